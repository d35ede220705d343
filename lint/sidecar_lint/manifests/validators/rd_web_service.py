"""Whether a manifest fits rd-web-service.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from sidecar_lint.manifests.validators.shared import (
 Invalid,
 validate___definitions_bool,
 validate___definitions_config_properties_platform,
 validate___definitions_config_properties_publish,
 validate___definitions_config_properties_secrets,
 validate___definitions_config_properties_variables,
 validate___definitions_docker_build_args,
 validate___definitions_http_healthcheck,
 validate___definitions_image_properties_credentials,
 validate___definitions_image_properties_depends_on,
 validate___definitions_image_properties_labels,
 validate___definitions_image_properties_location,
 validate___definitions_int,
 validate___definitions_platform,
 validate___definitions_publish,
 validate___definitions_secrets,
 validate___definitions_subnet_args,
 validate___definitions_text,
 validate___definitions_text_map,
 validate___definitions_text_value,
 validate___definitions_uint16,
 validate___definitions_variables,
)

SECTIONS = frozenset((
 'name',
 'type',
 'environments',
 'http',
 'image',
 'cpu',
 'memory',
 'platform',
 'command',
 'variables',
 'secrets',
 'network',
 'count',
 'observability',
 'publish',
 'tags',
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
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_config_properties_image(data__image)
  if "cpu" in data_keys:
   del data_keys["cpu"]
   data__cpu = data["cpu"]
   validate___definitions_config_properties_cpu(data__cpu)
  if "memory" in data_keys:
   del data_keys["memory"]
   data__memory = data["memory"]
   validate___definitions_config_properties_memory(data__memory)
  if "platform" in data_keys:
   del data_keys["platform"]
   data__platform = data["platform"]
   validate___definitions_config_properties_platform(data__platform)
  if "command" in data_keys:
   del data_keys["command"]
   data__command = data["command"]
   validate___definitions_config_properties_command(data__command)
  if "variables" in data_keys:
   del data_keys["variables"]
   data__variables = data["variables"]
   validate___definitions_config_properties_variables(data__variables)
  if "secrets" in data_keys:
   del data_keys["secrets"]
   data__secrets = data["secrets"]
   validate___definitions_config_properties_secrets(data__secrets)
  if "network" in data_keys:
   del data_keys["network"]
   data__network = data["network"]
   validate___definitions_config_properties_network(data__network)
  if "count" in data_keys:
   del data_keys["count"]
   data__count = data["count"]
   validate___definitions_config_properties_count(data__count)
  if "observability" in data_keys:
   del data_keys["observability"]
   data__observability = data["observability"]
   validate___definitions_config_properties_observability(data__observability)
  if "publish" in data_keys:
   del data_keys["publish"]
   data__publish = data["publish"]
   validate___definitions_config_properties_publish(data__publish)
  if "tags" in data_keys:
   del data_keys["tags"]
   data__tags = data["tags"]
   validate___definitions_config_properties_tags(data__tags)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_tags(data):
 validate___definitions_text_map(data)
 return

def validate___definitions_config_properties_observability(data):
 validate___definitions_observability(data)
 return

def validate___definitions_observability(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "tracing" in data_keys:
   del data_keys["tracing"]
   data__tracing = data["tracing"]
   validate___definitions_text(data__tracing)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_count(data):
 validate___definitions_text(data)
 return

def validate___definitions_config_properties_network(data):
 validate___definitions_network(data)
 return

def validate___definitions_network(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "vpc" in data_keys:
   del data_keys["vpc"]
   data__vpc = data["vpc"]
   validate___definitions_vpc(data__vpc)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_vpc(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "placement" in data_keys:
   del data_keys["placement"]
   data__placement = data["placement"]
   validate___definitions_placement(data__placement)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_placement(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_placement_args(data)
 return

def validate___definitions_placement_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['subnets']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = dict.fromkeys(data)
  if "subnets" in data_keys:
   del data_keys["subnets"]
   data__subnets = data["subnets"]
   validate___definitions_subnets(data__subnets)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_subnets(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  if not isinstance(data, (list, tuple)):
   raise Invalid
  data_is_list = isinstance(data, (list, tuple))
  if data_is_list:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   for data_x, data_item in enumerate(data):
    validate___definitions_text(data_item)
 else:
  validate___definitions_subnet_args(data)
 return

def validate___definitions_config_properties_command(data):
 validate___definitions_text(data)
 return

def validate___definitions_config_properties_memory(data):
 validate___definitions_int(data)
 return

def validate___definitions_config_properties_cpu(data):
 validate___definitions_int(data)
 return

def validate___definitions_config_properties_image(data):
 validate___definitions_image_with_port(data)
 return

def validate___definitions_image_with_port(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "build" in data_keys:
   del data_keys["build"]
   data__build = data["build"]
   validate___definitions_image_properties_build(data__build)
  if "location" in data_keys:
   del data_keys["location"]
   data__location = data["location"]
   validate___definitions_image_properties_location(data__location)
  if "credentials" in data_keys:
   del data_keys["credentials"]
   data__credentials = data["credentials"]
   validate___definitions_image_properties_credentials(data__credentials)
  if "labels" in data_keys:
   del data_keys["labels"]
   data__labels = data["labels"]
   validate___definitions_image_properties_labels(data__labels)
  if "depends_on" in data_keys:
   del data_keys["depends_on"]
   data__dependson = data["depends_on"]
   validate___definitions_image_properties_depends_on(data__dependson)
  if "port" in data_keys:
   del data_keys["port"]
   data__port = data["port"]
   validate___definitions_uint16(data__port)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_image_properties_build(data):
 validate___definitions_build(data)
 return

def validate___definitions_build(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_docker_build_args(data)
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
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_http_healthcheck(data__healthcheck)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_text(data__alias)
  if "private" in data_keys:
   del data_keys["private"]
   data__private = data["private"]
   validate___definitions_private(data__private)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_private(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_vpc_endpoint(data)
 return

def validate___definitions_vpc_endpoint(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['endpoint']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = dict.fromkeys(data)
  if "endpoint" in data_keys:
   del data_keys["endpoint"]
   data__endpoint = data["endpoint"]
   validate___definitions_text_value(data__endpoint)
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
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_image_with_port(data__image)
  if "cpu" in data_keys:
   del data_keys["cpu"]
   data__cpu = data["cpu"]
   validate___definitions_int(data__cpu)
  if "memory" in data_keys:
   del data_keys["memory"]
   data__memory = data["memory"]
   validate___definitions_int(data__memory)
  if "platform" in data_keys:
   del data_keys["platform"]
   data__platform = data["platform"]
   validate___definitions_platform(data__platform)
  if "command" in data_keys:
   del data_keys["command"]
   data__command = data["command"]
   validate___definitions_text(data__command)
  if "variables" in data_keys:
   del data_keys["variables"]
   data__variables = data["variables"]
   validate___definitions_variables(data__variables)
  if "secrets" in data_keys:
   del data_keys["secrets"]
   data__secrets = data["secrets"]
   validate___definitions_secrets(data__secrets)
  if "network" in data_keys:
   del data_keys["network"]
   data__network = data["network"]
   validate___definitions_network(data__network)
  if "count" in data_keys:
   del data_keys["count"]
   data__count = data["count"]
   validate___definitions_text(data__count)
  if "observability" in data_keys:
   del data_keys["observability"]
   data__observability = data["observability"]
   validate___definitions_observability(data__observability)
  if "publish" in data_keys:
   del data_keys["publish"]
   data__publish = data["publish"]
   validate___definitions_publish(data__publish)
  if "tags" in data_keys:
   del data_keys["tags"]
   data__tags = data["tags"]
   validate___definitions_text_map(data__tags)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return
