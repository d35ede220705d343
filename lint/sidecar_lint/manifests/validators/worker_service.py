"""Whether a manifest fits worker-service.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from sidecar_lint.manifests.validators.shared import (
 Invalid,
 validate___definitions_any,
 validate___definitions_bool,
 validate___definitions_command,
 validate___definitions_config_properties_entrypoint,
 validate___definitions_config_properties_env_file,
 validate___definitions_config_properties_exec,
 validate___definitions_config_properties_logging,
 validate___definitions_config_properties_platform,
 validate___definitions_config_properties_publish,
 validate___definitions_config_properties_secrets,
 validate___definitions_config_properties_storage,
 validate___definitions_config_properties_taskdef_overrides,
 validate___definitions_config_properties_variables,
 validate___definitions_connect,
 validate___definitions_container_healthcheck,
 validate___definitions_count,
 validate___definitions_cpu,
 validate___definitions_depends_on,
 validate___definitions_docker_build_args,
 validate___definitions_duration,
 validate___definitions_entrypoint,
 validate___definitions_env_file,
 validate___definitions_exec,
 validate___definitions_float,
 validate___definitions_image_properties_credentials,
 validate___definitions_image_properties_depends_on,
 validate___definitions_image_properties_labels,
 validate___definitions_image_properties_location,
 validate___definitions_int,
 validate___definitions_labels,
 validate___definitions_logging,
 validate___definitions_memory,
 validate___definitions_mount_point,
 validate___definitions_platform,
 validate___definitions_publish,
 validate___definitions_secrets,
 validate___definitions_security_groups,
 validate___definitions_storage,
 validate___definitions_subnet_args,
 validate___definitions_taskdef_overrides,
 validate___definitions_text,
 validate___definitions_texts,
 validate___definitions_uint16,
 validate___definitions_variables,
)

SECTIONS = frozenset((
 'name',
 'type',
 'environments',
 'image',
 'subscribe',
 'entrypoint',
 'command',
 'cpu',
 'memory',
 'platform',
 'count',
 'exec',
 'variables',
 'env_file',
 'secrets',
 'storage',
 'logging',
 'sidecars',
 'network',
 'publish',
 'taskdef_overrides',
 'deployment',
 'observability',
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
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_config_properties_image(data__image)
  if "subscribe" in data_keys:
   del data_keys["subscribe"]
   data__subscribe = data["subscribe"]
   validate___definitions_config_properties_subscribe(data__subscribe)
  if "entrypoint" in data_keys:
   del data_keys["entrypoint"]
   data__entrypoint = data["entrypoint"]
   validate___definitions_config_properties_entrypoint(data__entrypoint)
  if "command" in data_keys:
   del data_keys["command"]
   data__command = data["command"]
   validate___definitions_config_properties_command(data__command)
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
  if "count" in data_keys:
   del data_keys["count"]
   data__count = data["count"]
   validate___definitions_config_properties_count(data__count)
  if "exec" in data_keys:
   del data_keys["exec"]
   data__exec = data["exec"]
   validate___definitions_config_properties_exec(data__exec)
  if "variables" in data_keys:
   del data_keys["variables"]
   data__variables = data["variables"]
   validate___definitions_config_properties_variables(data__variables)
  if "env_file" in data_keys:
   del data_keys["env_file"]
   data__envfile = data["env_file"]
   validate___definitions_config_properties_env_file(data__envfile)
  if "secrets" in data_keys:
   del data_keys["secrets"]
   data__secrets = data["secrets"]
   validate___definitions_config_properties_secrets(data__secrets)
  if "storage" in data_keys:
   del data_keys["storage"]
   data__storage = data["storage"]
   validate___definitions_config_properties_storage(data__storage)
  if "logging" in data_keys:
   del data_keys["logging"]
   data__logging = data["logging"]
   validate___definitions_config_properties_logging(data__logging)
  if "sidecars" in data_keys:
   del data_keys["sidecars"]
   data__sidecars = data["sidecars"]
   validate___definitions_config_properties_sidecars(data__sidecars)
  if "network" in data_keys:
   del data_keys["network"]
   data__network = data["network"]
   validate___definitions_config_properties_network(data__network)
  if "publish" in data_keys:
   del data_keys["publish"]
   data__publish = data["publish"]
   validate___definitions_config_properties_publish(data__publish)
  if "taskdef_overrides" in data_keys:
   del data_keys["taskdef_overrides"]
   data__taskdefoverrides = data["taskdef_overrides"]
   validate___definitions_config_properties_taskdef_overrides(data__taskdefoverrides)
  if "deployment" in data_keys:
   del data_keys["deployment"]
   data__deployment = data["deployment"]
   validate___definitions_config_properties_deployment(data__deployment)
  if "observability" in data_keys:
   del data_keys["observability"]
   data__observability = data["observability"]
   validate___definitions_config_properties_observability(data__observability)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
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
  data_keys = dict.fromkeys(data)
  if "tracing" in data_keys:
   del data_keys["tracing"]
   data__tracing = data["tracing"]
   validate___definitions_text(data__tracing)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_deployment(data):
 validate___definitions_worker_deployment(data)
 return

def validate___definitions_worker_deployment(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "rolling" in data_keys:
   del data_keys["rolling"]
   data__rolling = data["rolling"]
   validate___definitions_deployment_properties_rolling(data__rolling)
  if "rollback_alarms" in data_keys:
   del data_keys["rollback_alarms"]
   data__rollbackalarms = data["rollback_alarms"]
   validate___definitions_worker_rollback_alarms(data__rollbackalarms)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_worker_rollback_alarms(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_texts(data)
 else:
  validate___definitions_worker_alarm_args(data)
 return

def validate___definitions_worker_alarm_args(data):
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
   validate___definitions_alarm_args_properties_cpu_utilization(data__cpuutilization)
  if "memory_utilization" in data_keys:
   del data_keys["memory_utilization"]
   data__memoryutilization = data["memory_utilization"]
   validate___definitions_alarm_args_properties_memory_utilization(data__memoryutilization)
  if "messages_delayed" in data_keys:
   del data_keys["messages_delayed"]
   data__messagesdelayed = data["messages_delayed"]
   validate___definitions_int(data__messagesdelayed)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_alarm_args_properties_memory_utilization(data):
 validate___definitions_float(data)
 return

def validate___definitions_alarm_args_properties_cpu_utilization(data):
 validate___definitions_float(data)
 return

def validate___definitions_deployment_properties_rolling(data):
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
  if "connect" in data_keys:
   del data_keys["connect"]
   data__connect = data["connect"]
   validate___definitions_connect(data__connect)
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
  if "security_groups" in data_keys:
   del data_keys["security_groups"]
   data__securitygroups = data["security_groups"]
   validate___definitions_security_groups(data__securitygroups)
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

def validate___definitions_config_properties_sidecars(data):
 validate___definitions_sidecars(data)
 return

def validate___definitions_sidecars(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  for data_key in data_keys:
   if data_key not in []:
    data_value = data.get(data_key)
    validate___definitions_sidecar(data_value)
  data_len = len(data)
  if data_len != 0:
   data_property_names = True
   for data_key in data:
    try:
     pass
    except Invalid:
     data_property_names = False
   if not data_property_names:
    raise Invalid
 return

def validate___definitions_sidecar(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "port" in data_keys:
   del data_keys["port"]
   data__port = data["port"]
   validate___definitions_text(data__port)
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_sidecar_image(data__image)
  if "essential" in data_keys:
   del data_keys["essential"]
   data__essential = data["essential"]
   validate___definitions_bool(data__essential)
  if "credentialsParameter" in data_keys:
   del data_keys["credentialsParameter"]
   data__credentialsParameter = data["credentialsParameter"]
   validate___definitions_text(data__credentialsParameter)
  if "variables" in data_keys:
   del data_keys["variables"]
   data__variables = data["variables"]
   validate___definitions_variables(data__variables)
  if "env_file" in data_keys:
   del data_keys["env_file"]
   data__envfile = data["env_file"]
   validate___definitions_env_file(data__envfile)
  if "secrets" in data_keys:
   del data_keys["secrets"]
   data__secrets = data["secrets"]
   validate___definitions_secrets(data__secrets)
  if "mount_points" in data_keys:
   del data_keys["mount_points"]
   data__mountpoints = data["mount_points"]
   if not isinstance(data__mountpoints, (list, tuple, NoneType)):
    raise Invalid
   data__mountpoints_is_list = isinstance(data__mountpoints, (list, tuple))
   if data__mountpoints_is_list:
    data__mountpoints_len = len(data__mountpoints)
    for data__mountpoints_x, data__mountpoints_item in enumerate(data__mountpoints):
     validate___definitions_mount_point(data__mountpoints_item)
  if "labels" in data_keys:
   del data_keys["labels"]
   data__labels = data["labels"]
   validate___definitions_labels(data__labels)
  if "depends_on" in data_keys:
   del data_keys["depends_on"]
   data__dependson = data["depends_on"]
   validate___definitions_depends_on(data__dependson)
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_container_healthcheck(data__healthcheck)
  if "entrypoint" in data_keys:
   del data_keys["entrypoint"]
   data__entrypoint = data["entrypoint"]
   validate___definitions_entrypoint(data__entrypoint)
  if "command" in data_keys:
   del data_keys["command"]
   data__command = data["command"]
   validate___definitions_command(data__command)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_sidecar_image(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_text(data)
 else:
  validate___definitions_image_location_or_build(data)
 return

def validate___definitions_image_location_or_build(data):
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
  if "build" in data_keys:
   del data_keys["build"]
   data__build = data["build"]
   validate___definitions_build(data__build)
  if "location" in data_keys:
   del data_keys["location"]
   data__location = data["location"]
   validate___definitions_text(data__location)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
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

def validate___definitions_config_properties_count(data):
 validate___definitions_count(data)
 return

def validate___definitions_config_properties_memory(data):
 validate___definitions_memory(data)
 return

def validate___definitions_config_properties_cpu(data):
 validate___definitions_cpu(data)
 return

def validate___definitions_config_properties_command(data):
 validate___definitions_command(data)
 return

def validate___definitions_config_properties_subscribe(data):
 validate___definitions_subscribe(data)
 return

def validate___definitions_subscribe(data):
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
     validate___definitions_topic_subscription(data__topics_item)
  if "queue" in data_keys:
   del data_keys["queue"]
   data__queue = data["queue"]
   validate___definitions_queue(data__queue)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_queue(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "retention" in data_keys:
   del data_keys["retention"]
   data__retention = data["retention"]
   validate___definitions_duration(data__retention)
  if "delay" in data_keys:
   del data_keys["delay"]
   data__delay = data["delay"]
   validate___definitions_duration(data__delay)
  if "timeout" in data_keys:
   del data_keys["timeout"]
   data__timeout = data["timeout"]
   validate___definitions_duration(data__timeout)
  if "dead_letter" in data_keys:
   del data_keys["dead_letter"]
   data__deadletter = data["dead_letter"]
   validate___definitions_dead_letter_queue(data__deadletter)
  if "fifo" in data_keys:
   del data_keys["fifo"]
   data__fifo = data["fifo"]
   validate___definitions_fifo_queue(data__fifo)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_fifo_queue(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_fifo_queue_config(data)
 return

def validate___definitions_fifo_queue_config(data):
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
  if "content_based_deduplication" in data_keys:
   del data_keys["content_based_deduplication"]
   data__contentbaseddeduplication = data["content_based_deduplication"]
   validate___definitions_bool(data__contentbaseddeduplication)
  if "deduplication_scope" in data_keys:
   del data_keys["deduplication_scope"]
   data__deduplicationscope = data["deduplication_scope"]
   validate___definitions_text(data__deduplicationscope)
  if "throughput_limit" in data_keys:
   del data_keys["throughput_limit"]
   data__throughputlimit = data["throughput_limit"]
   validate___definitions_text(data__throughputlimit)
  if "high_throughput" in data_keys:
   del data_keys["high_throughput"]
   data__highthroughput = data["high_throughput"]
   validate___definitions_bool(data__highthroughput)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_dead_letter_queue(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "tries" in data_keys:
   del data_keys["tries"]
   data__tries = data["tries"]
   validate___definitions_uint16(data__tries)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_topic_subscription(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "name" in data_keys:
   del data_keys["name"]
   data__name = data["name"]
   validate___definitions_text(data__name)
  if "service" in data_keys:
   del data_keys["service"]
   data__service = data["service"]
   validate___definitions_text(data__service)
  if "filter_policy" in data_keys:
   del data_keys["filter_policy"]
   data__filterpolicy = data["filter_policy"]
   if not isinstance(data__filterpolicy, (dict, NoneType)):
    raise Invalid
   data__filterpolicy_is_dict = isinstance(data__filterpolicy, dict)
   if data__filterpolicy_is_dict:
    data__filterpolicy_keys = dict.fromkeys(data__filterpolicy)
    for data__filterpolicy_key in data__filterpolicy_keys:
     if data__filterpolicy_key not in []:
      data__filterpolicy_value = data__filterpolicy.get(data__filterpolicy_key)
      validate___definitions_any(data__filterpolicy_value)
  if "queue" in data_keys:
   del data_keys["queue"]
   data__queue = data["queue"]
   validate___definitions_queue_or_bool(data__queue)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_queue_or_bool(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_queue(data)
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
 return

def validate___definitions_config_properties_image(data):
 validate___definitions_image_with_healthcheck(data)
 return

def validate___definitions_image_with_healthcheck(data):
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
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_container_healthcheck(data__healthcheck)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_image_properties_build(data):
 validate___definitions_build(data)
 return

def validate___definitions_config(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "image" in data_keys:
   del data_keys["image"]
   data__image = data["image"]
   validate___definitions_image_with_healthcheck(data__image)
  if "subscribe" in data_keys:
   del data_keys["subscribe"]
   data__subscribe = data["subscribe"]
   validate___definitions_subscribe(data__subscribe)
  if "entrypoint" in data_keys:
   del data_keys["entrypoint"]
   data__entrypoint = data["entrypoint"]
   validate___definitions_entrypoint(data__entrypoint)
  if "command" in data_keys:
   del data_keys["command"]
   data__command = data["command"]
   validate___definitions_command(data__command)
  if "cpu" in data_keys:
   del data_keys["cpu"]
   data__cpu = data["cpu"]
   validate___definitions_cpu(data__cpu)
  if "memory" in data_keys:
   del data_keys["memory"]
   data__memory = data["memory"]
   validate___definitions_memory(data__memory)
  if "platform" in data_keys:
   del data_keys["platform"]
   data__platform = data["platform"]
   validate___definitions_platform(data__platform)
  if "count" in data_keys:
   del data_keys["count"]
   data__count = data["count"]
   validate___definitions_count(data__count)
  if "exec" in data_keys:
   del data_keys["exec"]
   data__exec = data["exec"]
   validate___definitions_exec(data__exec)
  if "variables" in data_keys:
   del data_keys["variables"]
   data__variables = data["variables"]
   validate___definitions_variables(data__variables)
  if "env_file" in data_keys:
   del data_keys["env_file"]
   data__envfile = data["env_file"]
   validate___definitions_env_file(data__envfile)
  if "secrets" in data_keys:
   del data_keys["secrets"]
   data__secrets = data["secrets"]
   validate___definitions_secrets(data__secrets)
  if "storage" in data_keys:
   del data_keys["storage"]
   data__storage = data["storage"]
   validate___definitions_storage(data__storage)
  if "logging" in data_keys:
   del data_keys["logging"]
   data__logging = data["logging"]
   validate___definitions_logging(data__logging)
  if "sidecars" in data_keys:
   del data_keys["sidecars"]
   data__sidecars = data["sidecars"]
   validate___definitions_sidecars(data__sidecars)
  if "network" in data_keys:
   del data_keys["network"]
   data__network = data["network"]
   validate___definitions_network(data__network)
  if "publish" in data_keys:
   del data_keys["publish"]
   data__publish = data["publish"]
   validate___definitions_publish(data__publish)
  if "taskdef_overrides" in data_keys:
   del data_keys["taskdef_overrides"]
   data__taskdefoverrides = data["taskdef_overrides"]
   validate___definitions_taskdef_overrides(data__taskdefoverrides)
  if "deployment" in data_keys:
   del data_keys["deployment"]
   data__deployment = data["deployment"]
   validate___definitions_worker_deployment(data__deployment)
  if "observability" in data_keys:
   del data_keys["observability"]
   data__observability = data["observability"]
   validate___definitions_observability(data__observability)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return
