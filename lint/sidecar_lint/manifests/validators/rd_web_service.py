"""Whether a manifest fits rd-web-service.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

from re import search

class Invalid(Exception): pass

NoneType = type(None)
def validate(data):
 if not isinstance(data, (dict)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  if "name" in data_keys:
   data_keys.remove("name")
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "type" in data_keys:
   data_keys.remove("type")
   data__type = data["type"]
  if "environments" in data_keys:
   data_keys.remove("environments")
   data__environments = data["environments"]
   if not isinstance(data__environments, (dict, NoneType)):
    raise Invalid
   data__environments_is_dict = isinstance(data__environments, dict)
   if data__environments_is_dict:
    data__environments_keys = set(data__environments.keys())
    for data__environments_key in data__environments_keys:
     if data__environments_key not in []:
      data__environments_value = data__environments.get(data__environments_key)
      validate___definitions_config(data__environments_value)
  if "http" in data_keys:
   data_keys.remove("http")
   data__http = data["http"]
   validate___definitions_config_properties_http(data__http)
  if "image" in data_keys:
   data_keys.remove("image")
   data__image = data["image"]
   validate___definitions_config_properties_image(data__image)
  if "cpu" in data_keys:
   data_keys.remove("cpu")
   data__cpu = data["cpu"]
   validate___definitions_config_properties_cpu(data__cpu)
  if "memory" in data_keys:
   data_keys.remove("memory")
   data__memory = data["memory"]
   validate___definitions_config_properties_memory(data__memory)
  if "platform" in data_keys:
   data_keys.remove("platform")
   data__platform = data["platform"]
   validate___definitions_config_properties_platform(data__platform)
  if "command" in data_keys:
   data_keys.remove("command")
   data__command = data["command"]
   validate___definitions_config_properties_command(data__command)
  if "variables" in data_keys:
   data_keys.remove("variables")
   data__variables = data["variables"]
   validate___definitions_config_properties_variables(data__variables)
  if "secrets" in data_keys:
   data_keys.remove("secrets")
   data__secrets = data["secrets"]
   validate___definitions_config_properties_secrets(data__secrets)
  if "network" in data_keys:
   data_keys.remove("network")
   data__network = data["network"]
   validate___definitions_config_properties_network(data__network)
  if "count" in data_keys:
   data_keys.remove("count")
   data__count = data["count"]
   validate___definitions_config_properties_count(data__count)
  if "observability" in data_keys:
   data_keys.remove("observability")
   data__observability = data["observability"]
   validate___definitions_config_properties_observability(data__observability)
  if "publish" in data_keys:
   data_keys.remove("publish")
   data__publish = data["publish"]
   validate___definitions_config_properties_publish(data__publish)
  if "tags" in data_keys:
   data_keys.remove("tags")
   data__tags = data["tags"]
   validate___definitions_config_properties_tags(data__tags)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_config_properties_tags(data):
 validate___definitions_text_map(data)
 return
def validate___definitions_text_map(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text(data_value)
 return
def validate___definitions_config_properties_publish(data):
 validate___definitions_publish(data)
 return
def validate___definitions_publish(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  if "topics" in data_keys:
   data_keys.remove("topics")
   data__topics = data["topics"]
   if not isinstance(data__topics, (list, tuple, NoneType)):
    raise Invalid
   data__topics_is_list = isinstance(data__topics, (list, tuple))
   if data__topics_is_list:
    data__topics_len = len(data__topics)
    for data__topics_x, data__topics_item in enumerate(data__topics):
     validate___definitions_topic(data__topics_item)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_topic(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  if "name" in data_keys:
   data_keys.remove("name")
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "fifo" in data_keys:
   data_keys.remove("fifo")
   data__fifo = data["fifo"]
   validate___definitions_fifo_topic(data__fifo)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_fifo_topic(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_fifo_topic_config(data)
 return
def validate___definitions_fifo_topic_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['content_based_deduplication']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = set(data.keys())
  if "content_based_deduplication" in data_keys:
   data_keys.remove("content_based_deduplication")
   data__contentbaseddeduplication = data["content_based_deduplication"]
   validate___definitions_bool_value(data__contentbaseddeduplication)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_bool_value(data):
 if not (isinstance(data, bool) and data is True or isinstance(data, bool) and data is False or isinstance(data, str) and data == 'y' or isinstance(data, str) and data == 'Y' or isinstance(data, str) and data == 'yes' or isinstance(data, str) and data == 'Yes' or isinstance(data, str) and data == 'YES' or isinstance(data, str) and data == 'on' or isinstance(data, str) and data == 'On' or isinstance(data, str) and data == 'ON' or isinstance(data, str) and data == 'n' or isinstance(data, str) and data == 'N' or isinstance(data, str) and data == 'no' or isinstance(data, str) and data == 'No' or isinstance(data, str) and data == 'NO' or isinstance(data, str) and data == 'off' or isinstance(data, str) and data == 'Off' or isinstance(data, str) and data == 'OFF'):
  raise Invalid
 return
def validate___definitions_bool(data):
 if not (isinstance(data, bool) and data is True or isinstance(data, bool) and data is False or data is None or isinstance(data, str) and data == 'y' or isinstance(data, str) and data == 'Y' or isinstance(data, str) and data == 'yes' or isinstance(data, str) and data == 'Yes' or isinstance(data, str) and data == 'YES' or isinstance(data, str) and data == 'on' or isinstance(data, str) and data == 'On' or isinstance(data, str) and data == 'ON' or isinstance(data, str) and data == 'n' or isinstance(data, str) and data == 'N' or isinstance(data, str) and data == 'no' or isinstance(data, str) and data == 'No' or isinstance(data, str) and data == 'NO' or isinstance(data, str) and data == 'off' or isinstance(data, str) and data == 'Off' or isinstance(data, str) and data == 'OFF'):
  raise Invalid
 return
def validate___definitions_config_properties_observability(data):
 validate___definitions_observability(data)
 return
def validate___definitions_observability(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  if "tracing" in data_keys:
   data_keys.remove("tracing")
   data__tracing = data["tracing"]
   validate___definitions_text(data__tracing)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
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
  data_keys = set(data.keys())
  if "vpc" in data_keys:
   data_keys.remove("vpc")
   data__vpc = data["vpc"]
   validate___definitions_vpc(data__vpc)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_vpc(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  if "placement" in data_keys:
   data_keys.remove("placement")
   data__placement = data["placement"]
   validate___definitions_placement(data__placement)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
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
  data_keys = set(data.keys())
  if "subnets" in data_keys:
   data_keys.remove("subnets")
   data__subnets = data["subnets"]
   validate___definitions_subnets(data__subnets)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
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
def validate___definitions_subnet_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['from_tags']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = set(data.keys())
  if "from_tags" in data_keys:
   data_keys.remove("from_tags")
   data__fromtags = data["from_tags"]
   if not isinstance(data__fromtags, (dict)):
    raise Invalid
   data__fromtags_is_dict = isinstance(data__fromtags, dict)
   if data__fromtags_is_dict:
    data__fromtags_len = len(data__fromtags)
    if data__fromtags_len < 1:
     raise Invalid
    data__fromtags_keys = set(data__fromtags.keys())
    for data__fromtags_key in data__fromtags_keys:
     if data__fromtags_key not in []:
      data__fromtags_value = data__fromtags.get(data__fromtags_key)
      validate___definitions_text_or_list(data__fromtags_value)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_text_or_list(data):
 try:
  if not isinstance(data, (list, tuple)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_texts(data)
 return
def validate___definitions_texts(data):
 if not isinstance(data, (list, tuple, NoneType)):
  raise Invalid
 data_is_list = isinstance(data, (list, tuple))
 if data_is_list:
  data_len = len(data)
  for data_x, data_item in enumerate(data):
   validate___definitions_text(data_item)
 return
def validate___definitions_config_properties_secrets(data):
 validate___definitions_secrets(data)
 return
def validate___definitions_secrets(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_secret(data_value)
 return
def validate___definitions_secret(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_secret_source(data)
 return
def validate___definitions_secret_source(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = set(data.keys())
   for data_key in data_keys:
    if data_key not in []:
     data_value = data.get(data_key)
     if not isinstance(data_value, (NoneType)):
      raise Invalid
 except Invalid: pass
 else:
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_len = len(data)
  if data_len < 1:
   raise Invalid
  data_keys = set(data.keys())
  if "secretsmanager" in data_keys:
   data_keys.remove("secretsmanager")
   data__secretsmanager = data["secretsmanager"]
   validate___definitions_text_value(data__secretsmanager)
  if "from_cfn" in data_keys:
   data_keys.remove("from_cfn")
   data__fromcfn = data["from_cfn"]
   validate___definitions_text_value(data__fromcfn)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_text_value(data):
 if not isinstance(data, (str, int, float, bool)):
  raise Invalid
 return
def validate___definitions_config_properties_variables(data):
 validate___definitions_variables(data)
 return
def validate___definitions_variables(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text_or_from_cfn(data_value)
 return
def validate___definitions_text_or_from_cfn(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_from_cfn(data)
 return
def validate___definitions_from_cfn(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['from_cfn']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = set(data.keys())
  if "from_cfn" in data_keys:
   data_keys.remove("from_cfn")
   data__fromcfn = data["from_cfn"]
   validate___definitions_text_value(data__fromcfn)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_config_properties_command(data):
 validate___definitions_text(data)
 return
def validate___definitions_config_properties_platform(data):
 validate___definitions_platform(data)
 return
def validate___definitions_platform(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_platform_args(data)
 return
def validate___definitions_platform_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = set(data.keys())
   for data_key in data_keys:
    if data_key not in []:
     data_value = data.get(data_key)
     if not isinstance(data_value, (NoneType)):
      raise Invalid
 except Invalid: pass
 else:
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_len = len(data)
  if data_len < 1:
   raise Invalid
  data_keys = set(data.keys())
  if "osfamily" in data_keys:
   data_keys.remove("osfamily")
   data__osfamily = data["osfamily"]
   validate___definitions_text(data__osfamily)
  if "architecture" in data_keys:
   data_keys.remove("architecture")
   data__architecture = data["architecture"]
   validate___definitions_text(data__architecture)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_config_properties_memory(data):
 validate___definitions_int(data)
 return
def validate___definitions_int(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data > 9223372036854775807:
   raise Invalid
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
  data_keys = set(data.keys())
  if "build" in data_keys:
   data_keys.remove("build")
   data__build = data["build"]
   validate___definitions_image_properties_build(data__build)
  if "location" in data_keys:
   data_keys.remove("location")
   data__location = data["location"]
   validate___definitions_image_properties_location(data__location)
  if "credentials" in data_keys:
   data_keys.remove("credentials")
   data__credentials = data["credentials"]
   validate___definitions_image_properties_credentials(data__credentials)
  if "labels" in data_keys:
   data_keys.remove("labels")
   data__labels = data["labels"]
   validate___definitions_image_properties_labels(data__labels)
  if "depends_on" in data_keys:
   data_keys.remove("depends_on")
   data__dependson = data["depends_on"]
   validate___definitions_image_properties_depends_on(data__dependson)
  if "port" in data_keys:
   data_keys.remove("port")
   data__port = data["port"]
   validate___definitions_uint16(data__port)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_uint16(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data < 0:
   raise Invalid
  if data > 65535:
   raise Invalid
 return
def validate___definitions_image_properties_depends_on(data):
 validate___definitions_depends_on(data)
 return
def validate___definitions_depends_on(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text(data_value)
 return
def validate___definitions_image_properties_labels(data):
 validate___definitions_labels(data)
 return
def validate___definitions_labels(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text(data_value)
 return
def validate___definitions_image_properties_credentials(data):
 validate___definitions_text(data)
 return
def validate___definitions_image_properties_location(data):
 validate___definitions_text(data)
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
def validate___definitions_docker_build_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = set(data.keys())
   for data_key in data_keys:
    if data_key not in []:
     data_value = data.get(data_key)
     if not isinstance(data_value, (NoneType)):
      raise Invalid
 except Invalid: pass
 else:
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_len = len(data)
  if data_len < 1:
   raise Invalid
  data_keys = set(data.keys())
  if "context" in data_keys:
   data_keys.remove("context")
   data__context = data["context"]
   validate___definitions_text(data__context)
  if "dockerfile" in data_keys:
   data_keys.remove("dockerfile")
   data__dockerfile = data["dockerfile"]
   validate___definitions_text(data__dockerfile)
  if "args" in data_keys:
   data_keys.remove("args")
   data__args = data["args"]
   validate___definitions_text_map(data__args)
  if "target" in data_keys:
   data_keys.remove("target")
   data__target = data["target"]
   validate___definitions_text(data__target)
  if "cache_from" in data_keys:
   data_keys.remove("cache_from")
   data__cachefrom = data["cache_from"]
   validate___definitions_texts(data__cachefrom)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
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
  data_keys = set(data.keys())
  if "healthcheck" in data_keys:
   data_keys.remove("healthcheck")
   data__healthcheck = data["healthcheck"]
   validate___definitions_http_healthcheck(data__healthcheck)
  if "alias" in data_keys:
   data_keys.remove("alias")
   data__alias = data["alias"]
   validate___definitions_text(data__alias)
  if "private" in data_keys:
   data_keys.remove("private")
   data__private = data["private"]
   validate___definitions_private(data__private)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
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
  data_keys = set(data.keys())
  if "endpoint" in data_keys:
   data_keys.remove("endpoint")
   data__endpoint = data["endpoint"]
   validate___definitions_text_value(data__endpoint)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_http_healthcheck(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text_not_empty(data)
 else:
  validate___definitions_http_healthcheck_args(data)
 return
def validate___definitions_http_healthcheck_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = set(data.keys())
   for data_key in data_keys:
    if data_key not in []:
     data_value = data.get(data_key)
     if not isinstance(data_value, (NoneType)):
      raise Invalid
 except Invalid: pass
 else:
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_len = len(data)
  if data_len < 1:
   raise Invalid
  data_keys = set(data.keys())
  if "path" in data_keys:
   data_keys.remove("path")
   data__path = data["path"]
   validate___definitions_text(data__path)
  if "port" in data_keys:
   data_keys.remove("port")
   data__port = data["port"]
   validate___definitions_int(data__port)
  if "success_codes" in data_keys:
   data_keys.remove("success_codes")
   data__successcodes = data["success_codes"]
   validate___definitions_text(data__successcodes)
  if "healthy_threshold" in data_keys:
   data_keys.remove("healthy_threshold")
   data__healthythreshold = data["healthy_threshold"]
   validate___definitions_int64(data__healthythreshold)
  if "unhealthy_threshold" in data_keys:
   data_keys.remove("unhealthy_threshold")
   data__unhealthythreshold = data["unhealthy_threshold"]
   validate___definitions_int64(data__unhealthythreshold)
  if "timeout" in data_keys:
   data_keys.remove("timeout")
   data__timeout = data["timeout"]
   validate___definitions_duration(data__timeout)
  if "interval" in data_keys:
   data_keys.remove("interval")
   data__interval = data["interval"]
   validate___definitions_duration(data__interval)
  if "grace_period" in data_keys:
   data_keys.remove("grace_period")
   data__graceperiod = data["grace_period"]
   validate___definitions_duration(data__graceperiod)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_duration(data):
 if not isinstance(data, (str, NoneType)):
  raise Invalid
 if isinstance(data, str):
  if not search('^[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)\\Z|\\$\\{', data):
   raise Invalid
 return
def validate___definitions_int64(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data > 9223372036854775807:
   raise Invalid
 return
def validate___definitions_text_not_empty(data):
 if not isinstance(data, (str, int, float, bool, NoneType)):
  raise Invalid
 if isinstance(data, str):
  data_len = len(data)
  if data_len < 1:
   raise Invalid
 return
def validate___definitions_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = set(data.keys())
  if "http" in data_keys:
   data_keys.remove("http")
   data__http = data["http"]
   validate___definitions_http(data__http)
  if "image" in data_keys:
   data_keys.remove("image")
   data__image = data["image"]
   validate___definitions_image_with_port(data__image)
  if "cpu" in data_keys:
   data_keys.remove("cpu")
   data__cpu = data["cpu"]
   validate___definitions_int(data__cpu)
  if "memory" in data_keys:
   data_keys.remove("memory")
   data__memory = data["memory"]
   validate___definitions_int(data__memory)
  if "platform" in data_keys:
   data_keys.remove("platform")
   data__platform = data["platform"]
   validate___definitions_platform(data__platform)
  if "command" in data_keys:
   data_keys.remove("command")
   data__command = data["command"]
   validate___definitions_text(data__command)
  if "variables" in data_keys:
   data_keys.remove("variables")
   data__variables = data["variables"]
   validate___definitions_variables(data__variables)
  if "secrets" in data_keys:
   data_keys.remove("secrets")
   data__secrets = data["secrets"]
   validate___definitions_secrets(data__secrets)
  if "network" in data_keys:
   data_keys.remove("network")
   data__network = data["network"]
   validate___definitions_network(data__network)
  if "count" in data_keys:
   data_keys.remove("count")
   data__count = data["count"]
   validate___definitions_text(data__count)
  if "observability" in data_keys:
   data_keys.remove("observability")
   data__observability = data["observability"]
   validate___definitions_observability(data__observability)
  if "publish" in data_keys:
   data_keys.remove("publish")
   data__publish = data["publish"]
   validate___definitions_publish(data__publish)
  if "tags" in data_keys:
   data_keys.remove("tags")
   data__tags = data["tags"]
   validate___definitions_text_map(data__tags)
  for data_key, data_val in data.items():
   if search('^x-', data_key):
    if data_key in data_keys:
     data_keys.remove(data_key)
    pass
  if data_keys:
   raise Invalid
 return
def validate___definitions_text(data):
 if not isinstance(data, (str, int, float, bool, NoneType)):
  raise Invalid
 return
