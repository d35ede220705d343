"""What is the same for several kinds of manifest. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from re import search

class Invalid(Exception): pass

def validate___definitions_rollback_alarms(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_texts(data)
 else:
  validate___definitions_alarm_args(data)
 return

def validate___definitions_alarm_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "cpu_utilization" in data_keys:
   del data_keys["cpu_utilization"]
   data__cpuutilization = data["cpu_utilization"]
   validate___definitions_float(data__cpuutilization)
  if "memory_utilization" in data_keys:
   del data_keys["memory_utilization"]
   data__memoryutilization = data["memory_utilization"]
   validate___definitions_float(data__memoryutilization)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_float(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
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

def validate___definitions_config_properties_taskdef_overrides(data):
 validate___definitions_taskdef_overrides(data)
 return

def validate___definitions_taskdef_overrides(data):
 if not isinstance(data, (list, tuple, NoneType)):
  raise Invalid
 data_is_list = isinstance(data, (list, tuple))
 if data_is_list:
  data_len = len(data)
  for data_x, data_item in enumerate(data):
   validate___definitions_override_rule(data_item)
 return

def validate___definitions_override_rule(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_text(data__path)
  if "value" in data_keys:
   del data_keys["value"]
   data__value = data["value"]
   validate___definitions_any(data__value)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_any(data):
 return

def validate___definitions_config_properties_publish(data):
 validate___definitions_publish(data)
 return

def validate___definitions_publish(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "topics" in data_keys:
   del data_keys["topics"]
   data__topics = data["topics"]
   if not isinstance(data__topics, (list, tuple, NoneType)):
    raise Invalid
   data__topics_is_list = isinstance(data__topics, (list, tuple))
   if data__topics_is_list:
    data__topics_len = len(data__topics)
    for data__topics_x, data__topics_item in enumerate(data__topics):
     validate___definitions_topic(data__topics_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_topic(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "name" in data_keys:
   del data_keys["name"]
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "fifo" in data_keys:
   del data_keys["fifo"]
   data__fifo = data["fifo"]
   validate___definitions_fifo_topic(data__fifo)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
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
  data_keys = dict.fromkeys(data)
  if "content_based_deduplication" in data_keys:
   del data_keys["content_based_deduplication"]
   data__contentbaseddeduplication = data["content_based_deduplication"]
   validate___definitions_bool_value(data__contentbaseddeduplication)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
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

def validate___definitions_connect(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_connect_args(data)
 return

def validate___definitions_connect_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['alias']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = dict.fromkeys(data)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_text_value(data__alias)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_text_value(data):
 if not isinstance(data, (str, int, float, bool)):
  raise Invalid
 return

def validate___definitions_security_groups(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  if not isinstance(data, (list, tuple, NoneType)):
   raise Invalid
  data_is_list = isinstance(data, (list, tuple))
  if data_is_list:
   data_len = len(data)
   for data_x, data_item in enumerate(data):
    validate___definitions_text_or_from_cfn(data_item)
 else:
  validate___definitions_security_groups_config(data)
 return

def validate___definitions_security_groups_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "groups" in data_keys:
   del data_keys["groups"]
   data__groups = data["groups"]
   if not isinstance(data__groups, (list, tuple, NoneType)):
    raise Invalid
   data__groups_is_list = isinstance(data__groups, (list, tuple))
   if data__groups_is_list:
    data__groups_len = len(data__groups)
    for data__groups_x, data__groups_item in enumerate(data__groups):
     validate___definitions_text_or_from_cfn(data__groups_item)
  if "deny_default" in data_keys:
   del data_keys["deny_default"]
   data__denydefault = data["deny_default"]
   validate___definitions_bool(data__denydefault)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
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
  data_keys = dict.fromkeys(data)
  if "from_cfn" in data_keys:
   del data_keys["from_cfn"]
   data__fromcfn = data["from_cfn"]
   validate___definitions_text_value(data__fromcfn)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_subnet_args(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['from_tags']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = dict.fromkeys(data)
  if "from_tags" in data_keys:
   del data_keys["from_tags"]
   data__fromtags = data["from_tags"]
   if not isinstance(data__fromtags, (dict)):
    raise Invalid
   data__fromtags_is_dict = isinstance(data__fromtags, dict)
   if data__fromtags_is_dict:
    data__fromtags_len = len(data__fromtags)
    if data__fromtags_len < 1:
     raise Invalid
    data__fromtags_keys = dict.fromkeys(data__fromtags)
    for data__fromtags_key in data__fromtags_keys:
     if data__fromtags_key not in []:
      data__fromtags_value = data__fromtags.get(data__fromtags_key)
      validate___definitions_text_or_list(data__fromtags_value)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
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

def validate___definitions_command(data):
 try:
  if not isinstance(data, (list, tuple)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_texts(data)
 return

def validate___definitions_entrypoint(data):
 try:
  if not isinstance(data, (list, tuple)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_texts(data)
 return

def validate___definitions_container_healthcheck(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "command" in data_keys:
   del data_keys["command"]
   data__command = data["command"]
   validate___definitions_texts(data__command)
  if "interval" in data_keys:
   del data_keys["interval"]
   data__interval = data["interval"]
   validate___definitions_duration(data__interval)
  if "retries" in data_keys:
   del data_keys["retries"]
   data__retries = data["retries"]
   validate___definitions_int(data__retries)
  if "timeout" in data_keys:
   del data_keys["timeout"]
   data__timeout = data["timeout"]
   validate___definitions_duration(data__timeout)
  if "start_period" in data_keys:
   del data_keys["start_period"]
   data__startperiod = data["start_period"]
   validate___definitions_duration(data__startperiod)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_int(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data > 9223372036854775807:
   raise Invalid
 return

def validate___definitions_duration(data):
 if not isinstance(data, (str, NoneType)):
  raise Invalid
 if isinstance(data, str):
  if not search('^[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)\\Z|\\$\\{', data):
   raise Invalid
 return

def validate___definitions_depends_on(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text(data_value)
 return

def validate___definitions_labels(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text(data_value)
 return

def validate___definitions_mount_point(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "source_volume" in data_keys:
   del data_keys["source_volume"]
   data__sourcevolume = data["source_volume"]
   validate___definitions_text(data__sourcevolume)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_text(data__path)
  if "read_only" in data_keys:
   del data_keys["read_only"]
   data__readonly = data["read_only"]
   validate___definitions_bool(data__readonly)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_secrets(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
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
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "secretsmanager" in data_keys:
   del data_keys["secretsmanager"]
   data__secretsmanager = data["secretsmanager"]
   validate___definitions_text_value(data__secretsmanager)
  if "from_cfn" in data_keys:
   del data_keys["from_cfn"]
   data__fromcfn = data["from_cfn"]
   validate___definitions_text_value(data__fromcfn)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_env_file(data):
 validate___definitions_text(data)
 return

def validate___definitions_variables(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text_or_from_cfn(data_value)
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
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "context" in data_keys:
   del data_keys["context"]
   data__context = data["context"]
   validate___definitions_text(data__context)
  if "dockerfile" in data_keys:
   del data_keys["dockerfile"]
   data__dockerfile = data["dockerfile"]
   validate___definitions_text(data__dockerfile)
  if "args" in data_keys:
   del data_keys["args"]
   data__args = data["args"]
   validate___definitions_text_map(data__args)
  if "target" in data_keys:
   del data_keys["target"]
   data__target = data["target"]
   validate___definitions_text(data__target)
  if "cache_from" in data_keys:
   del data_keys["cache_from"]
   data__cachefrom = data["cache_from"]
   validate___definitions_texts(data__cachefrom)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_text_map(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_text(data_value)
 return

def validate___definitions_config_properties_logging(data):
 validate___definitions_logging(data)
 return

def validate___definitions_logging(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "retention" in data_keys:
   del data_keys["retention"]
   data__retention = data["retention"]
   validate___definitions_int(data__retention)
   try:
    if not isinstance(data__retention, (int)) and not (isinstance(data__retention, float) and data__retention.is_integer()) or isinstance(data__retention, bool):
     raise Invalid
   except Invalid:
    pass
   else:
    pass
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_text(data__image)
  if "destination" in data_keys:
   del data_keys["destination"]
   data__destination = data["destination"]
   validate___definitions_text_map(data__destination)
  if "enableMetadata" in data_keys:
   del data_keys["enableMetadata"]
   data__enableMetadata = data["enableMetadata"]
   validate___definitions_bool(data__enableMetadata)
  if "secretOptions" in data_keys:
   del data_keys["secretOptions"]
   data__secretOptions = data["secretOptions"]
   validate___definitions_secrets(data__secretOptions)
  if "configFilePath" in data_keys:
   del data_keys["configFilePath"]
   data__configFilePath = data["configFilePath"]
   validate___definitions_text(data__configFilePath)
  if "variables" in data_keys:
   del data_keys["variables"]
   data__variables = data["variables"]
   validate___definitions_variables(data__variables)
  if "secrets" in data_keys:
   del data_keys["secrets"]
   data__secrets = data["secrets"]
   validate___definitions_secrets(data__secrets)
  if "env_file" in data_keys:
   del data_keys["env_file"]
   data__envfile = data["env_file"]
   validate___definitions_env_file(data__envfile)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_storage(data):
 validate___definitions_storage(data)
 return

def validate___definitions_storage(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "ephemeral" in data_keys:
   del data_keys["ephemeral"]
   data__ephemeral = data["ephemeral"]
   validate___definitions_int(data__ephemeral)
  if "readonly_fs" in data_keys:
   del data_keys["readonly_fs"]
   data__readonlyfs = data["readonly_fs"]
   validate___definitions_bool(data__readonlyfs)
  if "volumes" in data_keys:
   del data_keys["volumes"]
   data__volumes = data["volumes"]
   if not isinstance(data__volumes, (dict, NoneType)):
    raise Invalid
   data__volumes_is_dict = isinstance(data__volumes, dict)
   if data__volumes_is_dict:
    data__volumes_keys = dict.fromkeys(data__volumes)
    for data__volumes_key in data__volumes_keys:
     if data__volumes_key not in []:
      data__volumes_value = data__volumes.get(data__volumes_key)
      validate___definitions_volume(data__volumes_value)
    data__volumes_len = len(data__volumes)
    if data__volumes_len != 0:
     data__volumes_property_names = True
     for data__volumes_key in data__volumes:
      try:
       pass
      except Invalid:
       data__volumes_property_names = False
     if not data__volumes_property_names:
      raise Invalid
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_volume(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_text(data__path)
  if "read_only" in data_keys:
   del data_keys["read_only"]
   data__readonly = data["read_only"]
   validate___definitions_bool(data__readonly)
  if "efs" in data_keys:
   del data_keys["efs"]
   data__efs = data["efs"]
   validate___definitions_efs(data__efs)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_efs(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_efs_config(data)
 return

def validate___definitions_efs_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "id" in data_keys:
   del data_keys["id"]
   data__id = data["id"]
   try:
    if not isinstance(data__id, (dict)):
     raise Invalid
   except Invalid:
    validate___definitions_text(data__id)
   else:
    validate___definitions_from_cfn(data__id)
  if "root_dir" in data_keys:
   del data_keys["root_dir"]
   data__rootdir = data["root_dir"]
   validate___definitions_text(data__rootdir)
  if "auth" in data_keys:
   del data_keys["auth"]
   data__auth = data["auth"]
   validate___definitions_efs_authorization(data__auth)
  if "uid" in data_keys:
   del data_keys["uid"]
   data__uid = data["uid"]
   validate___definitions_uint32(data__uid)
  if "gid" in data_keys:
   del data_keys["gid"]
   data__gid = data["gid"]
   validate___definitions_uint32(data__gid)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_uint32(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data < 0:
   raise Invalid
  if data > 4294967295:
   raise Invalid
 return

def validate___definitions_efs_authorization(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "iam" in data_keys:
   del data_keys["iam"]
   data__iam = data["iam"]
   validate___definitions_bool(data__iam)
  if "access_point_id" in data_keys:
   del data_keys["access_point_id"]
   data__accesspointid = data["access_point_id"]
   validate___definitions_text(data__accesspointid)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_secrets(data):
 validate___definitions_secrets(data)
 return

def validate___definitions_config_properties_env_file(data):
 validate___definitions_env_file(data)
 return

def validate___definitions_config_properties_variables(data):
 validate___definitions_variables(data)
 return

def validate___definitions_config_properties_exec(data):
 validate___definitions_exec(data)
 return

def validate___definitions_exec(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_exec_config(data)
 return

def validate___definitions_exec_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data__missing_keys = set(['enable']) - data.keys()
  if data__missing_keys:
   raise Invalid
  data_keys = dict.fromkeys(data)
  if "enable" in data_keys:
   del data_keys["enable"]
   data__enable = data["enable"]
   validate___definitions_bool_value(data__enable)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_count(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_int(data)
 else:
  validate___definitions_advanced_count(data)
 return

def validate___definitions_advanced_count(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "spot" in data_keys:
   del data_keys["spot"]
   data__spot = data["spot"]
   validate___definitions_int(data__spot)
  if "range" in data_keys:
   del data_keys["range"]
   data__range = data["range"]
   validate___definitions_range(data__range)
  if "cooldown" in data_keys:
   del data_keys["cooldown"]
   data__cooldown = data["cooldown"]
   validate___definitions_cooldown(data__cooldown)
  if "cpu_percentage" in data_keys:
   del data_keys["cpu_percentage"]
   data__cpupercentage = data["cpu_percentage"]
   validate___definitions_scaling_percentage(data__cpupercentage)
  if "memory_percentage" in data_keys:
   del data_keys["memory_percentage"]
   data__memorypercentage = data["memory_percentage"]
   validate___definitions_scaling_percentage(data__memorypercentage)
  if "requests" in data_keys:
   del data_keys["requests"]
   data__requests = data["requests"]
   validate___definitions_scaling_int(data__requests)
  if "response_time" in data_keys:
   del data_keys["response_time"]
   data__responsetime = data["response_time"]
   validate___definitions_scaling_duration(data__responsetime)
  if "queue_delay" in data_keys:
   del data_keys["queue_delay"]
   data__queuedelay = data["queue_delay"]
   validate___definitions_queue_scaling(data__queuedelay)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_queue_scaling(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "acceptable_latency" in data_keys:
   del data_keys["acceptable_latency"]
   data__acceptablelatency = data["acceptable_latency"]
   validate___definitions_duration(data__acceptablelatency)
  if "msg_processing_time" in data_keys:
   del data_keys["msg_processing_time"]
   data__msgprocessingtime = data["msg_processing_time"]
   validate___definitions_duration(data__msgprocessingtime)
  if "cooldown" in data_keys:
   del data_keys["cooldown"]
   data__cooldown = data["cooldown"]
   validate___definitions_cooldown(data__cooldown)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_scaling_duration(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_duration(data)
 else:
  validate___definitions_scaling_config_duration(data)
 return

def validate___definitions_scaling_config_duration(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "value" in data_keys:
   del data_keys["value"]
   data__value = data["value"]
   validate___definitions_duration(data__value)
  if "cooldown" in data_keys:
   del data_keys["cooldown"]
   data__cooldown = data["cooldown"]
   validate___definitions_cooldown(data__cooldown)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_scaling_int(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_int(data)
 else:
  validate___definitions_scaling_config_int(data)
 return

def validate___definitions_scaling_config_int(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "value" in data_keys:
   del data_keys["value"]
   data__value = data["value"]
   validate___definitions_int(data__value)
  if "cooldown" in data_keys:
   del data_keys["cooldown"]
   data__cooldown = data["cooldown"]
   validate___definitions_cooldown(data__cooldown)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_scaling_percentage(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_percentage(data)
 else:
  validate___definitions_scaling_config_percentage(data)
 return

def validate___definitions_scaling_config_percentage(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "value" in data_keys:
   del data_keys["value"]
   data__value = data["value"]
   validate___definitions_percentage(data__value)
  if "cooldown" in data_keys:
   del data_keys["cooldown"]
   data__cooldown = data["cooldown"]
   validate___definitions_cooldown(data__cooldown)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_percentage(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data > 9223372036854775807:
   raise Invalid
 return

def validate___definitions_cooldown(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "in" in data_keys:
   del data_keys["in"]
   data__in = data["in"]
   validate___definitions_duration(data__in)
  if "out" in data_keys:
   del data_keys["out"]
   data__out = data["out"]
   validate___definitions_duration(data__out)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_range(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_range_config(data)
 return

def validate___definitions_range_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 try:
  data_is_dict = isinstance(data, dict)
  if data_is_dict:
   data_len = len(data)
   if data_len < 1:
    raise Invalid
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "min" in data_keys:
   del data_keys["min"]
   data__min = data["min"]
   validate___definitions_int(data__min)
  if "max" in data_keys:
   del data_keys["max"]
   data__max = data["max"]
   validate___definitions_int(data__max)
  if "spot_from" in data_keys:
   del data_keys["spot_from"]
   data__spotfrom = data["spot_from"]
   validate___definitions_int(data__spotfrom)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
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
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "osfamily" in data_keys:
   del data_keys["osfamily"]
   data__osfamily = data["osfamily"]
   validate___definitions_text(data__osfamily)
  if "architecture" in data_keys:
   del data_keys["architecture"]
   data__architecture = data["architecture"]
   validate___definitions_text(data__architecture)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_memory(data):
 validate___definitions_int(data)
 return

def validate___definitions_cpu(data):
 validate___definitions_int(data)
 return

def validate___definitions_config_properties_entrypoint(data):
 validate___definitions_entrypoint(data)
 return

def validate___definitions_int64(data):
 if not isinstance(data, (int, float, NoneType)) or isinstance(data, bool):
  raise Invalid
 if isinstance(data, (int, float)) and not isinstance(data, bool):
  if data > 9223372036854775807:
   raise Invalid
 return

def validate___definitions_alias(data):
 try:
  if not isinstance(data, (list, tuple)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  if not isinstance(data, (list, tuple, NoneType)):
   raise Invalid
  data_is_list = isinstance(data, (list, tuple))
  if data_is_list:
   data_len = len(data)
   for data_x, data_item in enumerate(data):
    try:
     if not isinstance(data_item, (dict)):
      raise Invalid
    except Invalid:
     validate___definitions_text(data_item)
    else:
     validate___definitions_advanced_alias(data_item)
 return

def validate___definitions_advanced_alias(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "name" in data_keys:
   del data_keys["name"]
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "hosted_zone" in data_keys:
   del data_keys["hosted_zone"]
   data__hostedzone = data["hosted_zone"]
   validate___definitions_text(data__hostedzone)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_routing_rule(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_text(data__path)
  if "version" in data_keys:
   del data_keys["version"]
   data__version = data["version"]
   validate___definitions_text(data__version)
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_http_healthcheck(data__healthcheck)
  if "stickiness" in data_keys:
   del data_keys["stickiness"]
   data__stickiness = data["stickiness"]
   validate___definitions_bool(data__stickiness)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_alias(data__alias)
  if "deregistration_delay" in data_keys:
   del data_keys["deregistration_delay"]
   data__deregistrationdelay = data["deregistration_delay"]
   validate___definitions_duration(data__deregistrationdelay)
  if "target_container" in data_keys:
   del data_keys["target_container"]
   data__targetcontainer = data["target_container"]
   validate___definitions_text(data__targetcontainer)
  if "target_port" in data_keys:
   del data_keys["target_port"]
   data__targetport = data["target_port"]
   validate___definitions_uint16(data__targetport)
  if "allowed_source_ips" in data_keys:
   del data_keys["allowed_source_ips"]
   data__allowedsourceips = data["allowed_source_ips"]
   validate___definitions_texts(data__allowedsourceips)
  if "hosted_zone" in data_keys:
   del data_keys["hosted_zone"]
   data__hostedzone = data["hosted_zone"]
   validate___definitions_text(data__hostedzone)
  if "redirect_to_https" in data_keys:
   del data_keys["redirect_to_https"]
   data__redirecttohttps = data["redirect_to_https"]
   validate___definitions_bool(data__redirecttohttps)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
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
   data_keys = dict.fromkeys(data)
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
  data_keys = dict.fromkeys(data)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_text(data__path)
  if "port" in data_keys:
   del data_keys["port"]
   data__port = data["port"]
   validate___definitions_int(data__port)
  if "success_codes" in data_keys:
   del data_keys["success_codes"]
   data__successcodes = data["success_codes"]
   validate___definitions_text(data__successcodes)
  if "healthy_threshold" in data_keys:
   del data_keys["healthy_threshold"]
   data__healthythreshold = data["healthy_threshold"]
   validate___definitions_int64(data__healthythreshold)
  if "unhealthy_threshold" in data_keys:
   del data_keys["unhealthy_threshold"]
   data__unhealthythreshold = data["unhealthy_threshold"]
   validate___definitions_int64(data__unhealthythreshold)
  if "timeout" in data_keys:
   del data_keys["timeout"]
   data__timeout = data["timeout"]
   validate___definitions_duration(data__timeout)
  if "interval" in data_keys:
   del data_keys["interval"]
   data__interval = data["interval"]
   validate___definitions_duration(data__interval)
  if "grace_period" in data_keys:
   del data_keys["grace_period"]
   data__graceperiod = data["grace_period"]
   validate___definitions_duration(data__graceperiod)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
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

def validate___definitions_routing_rule_properties_redirect_to_https(data):
 validate___definitions_bool(data)
 return

def validate___definitions_routing_rule_properties_hosted_zone(data):
 validate___definitions_text(data)
 return

def validate___definitions_routing_rule_properties_allowed_source_ips(data):
 validate___definitions_texts(data)
 return

def validate___definitions_routing_rule_properties_target_port(data):
 validate___definitions_uint16(data)
 return

def validate___definitions_routing_rule_properties_target_container(data):
 validate___definitions_text(data)
 return

def validate___definitions_routing_rule_properties_deregistration_delay(data):
 validate___definitions_duration(data)
 return

def validate___definitions_routing_rule_properties_alias(data):
 validate___definitions_alias(data)
 return

def validate___definitions_routing_rule_properties_stickiness(data):
 validate___definitions_bool(data)
 return

def validate___definitions_routing_rule_properties_healthcheck(data):
 validate___definitions_http_healthcheck(data)
 return

def validate___definitions_routing_rule_properties_version(data):
 validate___definitions_text(data)
 return

def validate___definitions_routing_rule_properties_path(data):
 validate___definitions_text(data)
 return

def validate___definitions_image_properties_depends_on(data):
 validate___definitions_depends_on(data)
 return

def validate___definitions_image_properties_labels(data):
 validate___definitions_labels(data)
 return

def validate___definitions_image_properties_credentials(data):
 validate___definitions_text(data)
 return

def validate___definitions_image_properties_location(data):
 validate___definitions_text(data)
 return

def validate___definitions_text(data):
 if not isinstance(data, (str, int, float, bool, NoneType)):
  raise Invalid
 return
