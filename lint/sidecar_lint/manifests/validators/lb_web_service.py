"""Whether a manifest fits lb-web-service.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from sidecar_lint.manifests.validators.shared import (
 Invalid,
 validate___definitions_alias,
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
 validate___definitions_image_properties_credentials,
 validate___definitions_image_properties_depends_on,
 validate___definitions_image_properties_labels,
 validate___definitions_image_properties_location,
 validate___definitions_int,
 validate___definitions_int64,
 validate___definitions_labels,
 validate___definitions_logging,
 validate___definitions_memory,
 validate___definitions_mount_point,
 validate___definitions_platform,
 validate___definitions_publish,
 validate___definitions_rollback_alarms,
 validate___definitions_routing_rule,
 validate___definitions_routing_rule_properties_alias,
 validate___definitions_routing_rule_properties_allowed_source_ips,
 validate___definitions_routing_rule_properties_deregistration_delay,
 validate___definitions_routing_rule_properties_healthcheck,
 validate___definitions_routing_rule_properties_hosted_zone,
 validate___definitions_routing_rule_properties_path,
 validate___definitions_routing_rule_properties_redirect_to_https,
 validate___definitions_routing_rule_properties_stickiness,
 validate___definitions_routing_rule_properties_target_container,
 validate___definitions_routing_rule_properties_target_port,
 validate___definitions_routing_rule_properties_version,
 validate___definitions_secrets,
 validate___definitions_security_groups,
 validate___definitions_storage,
 validate___definitions_subnet_args,
 validate___definitions_taskdef_overrides,
 validate___definitions_text,
 validate___definitions_uint16,
 validate___definitions_variables,
)

SECTIONS = frozenset((
 'name',
 'type',
 'environments',
 'image',
 'http',
 'nlb',
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
  if "http" in data_keys:
   del data_keys["http"]
   data__http = data["http"]
   validate___definitions_config_properties_http(data__http)
  if "nlb" in data_keys:
   del data_keys["nlb"]
   data__nlb = data["nlb"]
   validate___definitions_config_properties_nlb(data__nlb)
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
 validate___definitions_deployment(data)
 return

def validate___definitions_deployment(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "rolling" in data_keys:
   del data_keys["rolling"]
   data__rolling = data["rolling"]
   validate___definitions_text(data__rolling)
  if "rollback_alarms" in data_keys:
   del data_keys["rollback_alarms"]
   data__rollbackalarms = data["rollback_alarms"]
   validate___definitions_rollback_alarms(data__rollbackalarms)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
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

def validate___definitions_config_properties_nlb(data):
 validate___definitions_nlb(data)
 return

def validate___definitions_nlb(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "port" in data_keys:
   del data_keys["port"]
   data__port = data["port"]
   validate___definitions_listener_properties_port(data__port)
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_listener_properties_healthcheck(data__healthcheck)
  if "target_container" in data_keys:
   del data_keys["target_container"]
   data__targetcontainer = data["target_container"]
   validate___definitions_listener_properties_target_container(data__targetcontainer)
  if "target_port" in data_keys:
   del data_keys["target_port"]
   data__targetport = data["target_port"]
   validate___definitions_listener_properties_target_port(data__targetport)
  if "ssl_policy" in data_keys:
   del data_keys["ssl_policy"]
   data__sslpolicy = data["ssl_policy"]
   validate___definitions_listener_properties_ssl_policy(data__sslpolicy)
  if "stickiness" in data_keys:
   del data_keys["stickiness"]
   data__stickiness = data["stickiness"]
   validate___definitions_listener_properties_stickiness(data__stickiness)
  if "deregistration_delay" in data_keys:
   del data_keys["deregistration_delay"]
   data__deregistrationdelay = data["deregistration_delay"]
   validate___definitions_listener_properties_deregistration_delay(data__deregistrationdelay)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_alias(data__alias)
  if "additional_listeners" in data_keys:
   del data_keys["additional_listeners"]
   data__additionallisteners = data["additional_listeners"]
   if not isinstance(data__additionallisteners, (list, tuple, NoneType)):
    raise Invalid
   data__additionallisteners_is_list = isinstance(data__additionallisteners, (list, tuple))
   if data__additionallisteners_is_list:
    data__additionallisteners_len = len(data__additionallisteners)
    for data__additionallisteners_x, data__additionallisteners_item in enumerate(data__additionallisteners):
     validate___definitions_listener(data__additionallisteners_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_listener(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "port" in data_keys:
   del data_keys["port"]
   data__port = data["port"]
   validate___definitions_text(data__port)
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_nlb_healthcheck(data__healthcheck)
  if "target_container" in data_keys:
   del data_keys["target_container"]
   data__targetcontainer = data["target_container"]
   validate___definitions_text(data__targetcontainer)
  if "target_port" in data_keys:
   del data_keys["target_port"]
   data__targetport = data["target_port"]
   validate___definitions_int(data__targetport)
  if "ssl_policy" in data_keys:
   del data_keys["ssl_policy"]
   data__sslpolicy = data["ssl_policy"]
   validate___definitions_text(data__sslpolicy)
  if "stickiness" in data_keys:
   del data_keys["stickiness"]
   data__stickiness = data["stickiness"]
   validate___definitions_bool(data__stickiness)
  if "deregistration_delay" in data_keys:
   del data_keys["deregistration_delay"]
   data__deregistrationdelay = data["deregistration_delay"]
   validate___definitions_duration(data__deregistrationdelay)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_nlb_healthcheck(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "port" in data_keys:
   del data_keys["port"]
   data__port = data["port"]
   validate___definitions_int(data__port)
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

def validate___definitions_listener_properties_deregistration_delay(data):
 validate___definitions_duration(data)
 return

def validate___definitions_listener_properties_stickiness(data):
 validate___definitions_bool(data)
 return

def validate___definitions_listener_properties_ssl_policy(data):
 validate___definitions_text(data)
 return

def validate___definitions_listener_properties_target_port(data):
 validate___definitions_int(data)
 return

def validate___definitions_listener_properties_target_container(data):
 validate___definitions_text(data)
 return

def validate___definitions_listener_properties_healthcheck(data):
 validate___definitions_nlb_healthcheck(data)
 return

def validate___definitions_listener_properties_port(data):
 validate___definitions_text(data)
 return

def validate___definitions_config_properties_http(data):
 validate___definitions_http_or_bool(data)
 return

def validate___definitions_http_or_bool(data):
 try:
  if not isinstance(data, (dict)):
   raise Invalid
 except Invalid:
  validate___definitions_bool(data)
 else:
  validate___definitions_http(data)
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

def validate___definitions_http(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "alb" in data_keys:
   del data_keys["alb"]
   data__alb = data["alb"]
   validate___definitions_text(data__alb)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_routing_rule_properties_path(data__path)
  if "version" in data_keys:
   del data_keys["version"]
   data__version = data["version"]
   validate___definitions_routing_rule_properties_version(data__version)
  if "healthcheck" in data_keys:
   del data_keys["healthcheck"]
   data__healthcheck = data["healthcheck"]
   validate___definitions_routing_rule_properties_healthcheck(data__healthcheck)
  if "stickiness" in data_keys:
   del data_keys["stickiness"]
   data__stickiness = data["stickiness"]
   validate___definitions_routing_rule_properties_stickiness(data__stickiness)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_routing_rule_properties_alias(data__alias)
  if "deregistration_delay" in data_keys:
   del data_keys["deregistration_delay"]
   data__deregistrationdelay = data["deregistration_delay"]
   validate___definitions_routing_rule_properties_deregistration_delay(data__deregistrationdelay)
  if "target_container" in data_keys:
   del data_keys["target_container"]
   data__targetcontainer = data["target_container"]
   validate___definitions_routing_rule_properties_target_container(data__targetcontainer)
  if "target_port" in data_keys:
   del data_keys["target_port"]
   data__targetport = data["target_port"]
   validate___definitions_routing_rule_properties_target_port(data__targetport)
  if "allowed_source_ips" in data_keys:
   del data_keys["allowed_source_ips"]
   data__allowedsourceips = data["allowed_source_ips"]
   validate___definitions_routing_rule_properties_allowed_source_ips(data__allowedsourceips)
  if "hosted_zone" in data_keys:
   del data_keys["hosted_zone"]
   data__hostedzone = data["hosted_zone"]
   validate___definitions_routing_rule_properties_hosted_zone(data__hostedzone)
  if "redirect_to_https" in data_keys:
   del data_keys["redirect_to_https"]
   data__redirecttohttps = data["redirect_to_https"]
   validate___definitions_routing_rule_properties_redirect_to_https(data__redirecttohttps)
  if "targetContainer" in data_keys:
   del data_keys["targetContainer"]
   data__targetContainer = data["targetContainer"]
   validate___definitions_text(data__targetContainer)
  if "additional_rules" in data_keys:
   del data_keys["additional_rules"]
   data__additionalrules = data["additional_rules"]
   if not isinstance(data__additionalrules, (list, tuple, NoneType)):
    raise Invalid
   data__additionalrules_is_list = isinstance(data__additionalrules, (list, tuple))
   if data__additionalrules_is_list:
    data__additionalrules_len = len(data__additionalrules)
    for data__additionalrules_x, data__additionalrules_item in enumerate(data__additionalrules):
     validate___definitions_routing_rule(data__additionalrules_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_config_properties_image(data):
 validate___definitions_image_with_port_and_healthcheck(data)
 return

def validate___definitions_image_with_port_and_healthcheck(data):
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
   validate___definitions_image_with_port_and_healthcheck(data__image)
  if "http" in data_keys:
   del data_keys["http"]
   data__http = data["http"]
   validate___definitions_http_or_bool(data__http)
  if "nlb" in data_keys:
   del data_keys["nlb"]
   data__nlb = data["nlb"]
   validate___definitions_nlb(data__nlb)
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
   validate___definitions_deployment(data__deployment)
  if "observability" in data_keys:
   del data_keys["observability"]
   data__observability = data["observability"]
   validate___definitions_observability(data__observability)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return
