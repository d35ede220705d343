"""Whether a manifest fits pipeline.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from sidecar_lint.manifests.validators.shared import (
 Invalid,
 validate___definitions_any,
 validate___definitions_bool,
 validate___definitions_int,
 validate___definitions_text,
)

SECTIONS = frozenset((
 'name',
 'version',
 'source',
 'build',
 'stages',
))

def validate(data):
 if not isinstance(data, (dict)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "name" in data_keys:
   del data_keys["name"]
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "version" in data_keys:
   del data_keys["version"]
   data__version = data["version"]
   validate___definitions_int(data__version)
  if "source" in data_keys:
   del data_keys["source"]
   data__source = data["source"]
   validate___definitions_source(data__source)
  if "build" in data_keys:
   del data_keys["build"]
   data__build = data["build"]
   validate___definitions_build(data__build)
  if "stages" in data_keys:
   del data_keys["stages"]
   data__stages = data["stages"]
   if not isinstance(data__stages, (list, tuple, NoneType)):
    raise Invalid
   data__stages_is_list = isinstance(data__stages, (list, tuple))
   if data__stages_is_list:
    data__stages_len = len(data__stages)
    for data__stages_x, data__stages_item in enumerate(data__stages):
     validate___definitions_stage(data__stages_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_stage(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "name" in data_keys:
   del data_keys["name"]
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "requires_approval" in data_keys:
   del data_keys["requires_approval"]
   data__requiresapproval = data["requires_approval"]
   validate___definitions_bool(data__requiresapproval)
  if "pre_deployments" in data_keys:
   del data_keys["pre_deployments"]
   data__predeployments = data["pre_deployments"]
   if not isinstance(data__predeployments, (dict, NoneType)):
    raise Invalid
   data__predeployments_is_dict = isinstance(data__predeployments, dict)
   if data__predeployments_is_dict:
    data__predeployments_keys = dict.fromkeys(data__predeployments)
    for data__predeployments_key in data__predeployments_keys:
     if data__predeployments_key not in []:
      data__predeployments_value = data__predeployments.get(data__predeployments_key)
      validate___definitions_action(data__predeployments_value)
  if "deployments" in data_keys:
   del data_keys["deployments"]
   data__deployments = data["deployments"]
   if not isinstance(data__deployments, (dict, NoneType)):
    raise Invalid
   data__deployments_is_dict = isinstance(data__deployments, dict)
   if data__deployments_is_dict:
    data__deployments_keys = dict.fromkeys(data__deployments)
    for data__deployments_key in data__deployments_keys:
     if data__deployments_key not in []:
      data__deployments_value = data__deployments.get(data__deployments_key)
      validate___definitions_deployment(data__deployments_value)
  if "post_deployments" in data_keys:
   del data_keys["post_deployments"]
   data__postdeployments = data["post_deployments"]
   if not isinstance(data__postdeployments, (dict, NoneType)):
    raise Invalid
   data__postdeployments_is_dict = isinstance(data__postdeployments, dict)
   if data__postdeployments_is_dict:
    data__postdeployments_keys = dict.fromkeys(data__postdeployments)
    for data__postdeployments_key in data__postdeployments_keys:
     if data__postdeployments_key not in []:
      data__postdeployments_value = data__postdeployments.get(data__postdeployments_key)
      validate___definitions_action(data__postdeployments_value)
  if "test_commands" in data_keys:
   del data_keys["test_commands"]
   data__testcommands = data["test_commands"]
   if not isinstance(data__testcommands, (list, tuple, NoneType)):
    raise Invalid
   data__testcommands_is_list = isinstance(data__testcommands, (list, tuple))
   if data__testcommands_is_list:
    data__testcommands_len = len(data__testcommands)
    for data__testcommands_x, data__testcommands_item in enumerate(data__testcommands):
     validate___definitions_text(data__testcommands_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_deployment(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "stack_name" in data_keys:
   del data_keys["stack_name"]
   data__stackname = data["stack_name"]
   validate___definitions_text(data__stackname)
  if "template_path" in data_keys:
   del data_keys["template_path"]
   data__templatepath = data["template_path"]
   validate___definitions_text(data__templatepath)
  if "template_config" in data_keys:
   del data_keys["template_config"]
   data__templateconfig = data["template_config"]
   validate___definitions_text(data__templateconfig)
  if "depends_on" in data_keys:
   del data_keys["depends_on"]
   data__dependson = data["depends_on"]
   if not isinstance(data__dependson, (list, tuple, NoneType)):
    raise Invalid
   data__dependson_is_list = isinstance(data__dependson, (list, tuple))
   if data__dependson_is_list:
    data__dependson_len = len(data__dependson)
    for data__dependson_x, data__dependson_item in enumerate(data__dependson):
     validate___definitions_text(data__dependson_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_action(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "buildspec" in data_keys:
   del data_keys["buildspec"]
   data__buildspec = data["buildspec"]
   validate___definitions_text(data__buildspec)
  if "depends_on" in data_keys:
   del data_keys["depends_on"]
   data__dependson = data["depends_on"]
   if not isinstance(data__dependson, (list, tuple, NoneType)):
    raise Invalid
   data__dependson_is_list = isinstance(data__dependson, (list, tuple))
   if data__dependson_is_list:
    data__dependson_len = len(data__dependson)
    for data__dependson_x, data__dependson_item in enumerate(data__dependson):
     validate___definitions_text(data__dependson_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_build(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_text(data__image)
  if "buildspec" in data_keys:
   del data_keys["buildspec"]
   data__buildspec = data["buildspec"]
   validate___definitions_text(data__buildspec)
  if "additional_policy" in data_keys:
   del data_keys["additional_policy"]
   data__additionalpolicy = data["additional_policy"]
   validate___definitions_additional_policy(data__additionalpolicy)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_additional_policy(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "PolicyDocument" in data_keys:
   del data_keys["PolicyDocument"]
   data__PolicyDocument = data["PolicyDocument"]
   validate___definitions_any(data__PolicyDocument)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_source(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "provider" in data_keys:
   del data_keys["provider"]
   data__provider = data["provider"]
   validate___definitions_text(data__provider)
  if "properties" in data_keys:
   del data_keys["properties"]
   data__properties = data["properties"]
   validate___definitions_source_properties(data__properties)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_source_properties(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "repository" in data_keys:
   del data_keys["repository"]
   data__repository = data["repository"]
  if "branch" in data_keys:
   del data_keys["branch"]
   data__branch = data["branch"]
  if "connection_name" in data_keys:
   del data_keys["connection_name"]
   data__connectionname = data["connection_name"]
  if "connection_arn" in data_keys:
   del data_keys["connection_arn"]
   data__connectionarn = data["connection_arn"]
  if "output_artifact_format" in data_keys:
   del data_keys["output_artifact_format"]
   data__outputartifactformat = data["output_artifact_format"]
  if "access_token_secret" in data_keys:
   del data_keys["access_token_secret"]
   data__accesstokensecret = data["access_token_secret"]
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return
