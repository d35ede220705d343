"""Whether a manifest fits static-site.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from sidecar_lint.manifests.validators.shared import (
 Invalid,
 validate___definitions_bool,
 validate___definitions_text,
 validate___definitions_text_or_list,
)

SECTIONS = frozenset((
 'name',
 'type',
 'environments',
 'http',
 'files',
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
  if "type" in data_keys:
   del data_keys["type"]
   data__type = data["type"]
  if "environments" in data_keys:
   del data_keys["environments"]
   data__environments = data["environments"]
   if not isinstance(data__environments, (dict, NoneType)):
    raise Invalid
   data__environments_is_dict = isinstance(data__environments, dict)
   if data__environments_is_dict:
    data__environments_keys = dict.fromkeys(data__environments)
    for data__environments_key in data__environments_keys:
     if data__environments_key not in []:
      data__environments_value = data__environments.get(data__environments_key)
      validate___definitions_config(data__environments_value)
  if "http" in data_keys:
   del data_keys["http"]
   data__http = data["http"]
   validate___definitions_config_properties_http(data__http)
  if "files" in data_keys:
   del data_keys["files"]
   data__files = data["files"]
   validate___definitions_config_properties_files(data__files)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_files(data):
 if not isinstance(data, (list, tuple, NoneType)):
  raise Invalid
 data_is_list = isinstance(data, (list, tuple))
 if data_is_list:
  data_len = len(data)
  for data_x, data_item in enumerate(data):
   validate___definitions_file_upload(data_item)
 return

def validate___definitions_file_upload(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "source" in data_keys:
   del data_keys["source"]
   data__source = data["source"]
   validate___definitions_text(data__source)
  if "destination" in data_keys:
   del data_keys["destination"]
   data__destination = data["destination"]
   validate___definitions_text(data__destination)
  if "recursive" in data_keys:
   del data_keys["recursive"]
   data__recursive = data["recursive"]
   validate___definitions_bool(data__recursive)
  if "exclude" in data_keys:
   del data_keys["exclude"]
   data__exclude = data["exclude"]
   validate___definitions_text_or_list(data__exclude)
  if "reinclude" in data_keys:
   del data_keys["reinclude"]
   data__reinclude = data["reinclude"]
   validate___definitions_text_or_list(data__reinclude)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_http(data):
 validate___definitions_http(data)
 return

def validate___definitions_http(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_text(data__alias)
  if "certificate" in data_keys:
   del data_keys["certificate"]
   data__certificate = data["certificate"]
   validate___definitions_text(data__certificate)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "http" in data_keys:
   del data_keys["http"]
   data__http = data["http"]
   validate___definitions_http(data__http)
  if "files" in data_keys:
   del data_keys["files"]
   data__files = data["files"]
   if not isinstance(data__files, (list, tuple, NoneType)):
    raise Invalid
   data__files_is_list = isinstance(data__files, (list, tuple))
   if data__files_is_list:
    data__files_len = len(data__files)
    for data__files_x, data__files_item in enumerate(data__files):
     validate___definitions_file_upload(data__files_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return
