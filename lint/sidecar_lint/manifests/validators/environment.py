"""Whether a manifest fits environment.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
from sidecar_lint.manifests.validators.shared import (
 Invalid,
 validate___definitions_bool,
 validate___definitions_int,
 validate___definitions_text,
)

SECTIONS = frozenset((
 'name',
 'type',
 'network',
 'http',
 'cdn',
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
   validate___definitions_text(data__type)
  if "network" in data_keys:
   del data_keys["network"]
   data__network = data["network"]
   validate___definitions_network(data__network)
  if "http" in data_keys:
   del data_keys["http"]
   data__http = data["http"]
   validate___definitions_http(data__http)
  if "cdn" in data_keys:
   del data_keys["cdn"]
   data__cdn = data["cdn"]
   try:
    if not isinstance(data__cdn, (dict)):
     raise Invalid
   except Invalid:
    validate___definitions_bool(data__cdn)
   else:
    validate___definitions_cdn(data__cdn)
  if "observability" in data_keys:
   del data_keys["observability"]
   data__observability = data["observability"]
   validate___definitions_observability(data__observability)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_observability(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "container_insights" in data_keys:
   del data_keys["container_insights"]
   data__containerinsights = data["container_insights"]
   validate___definitions_bool(data__containerinsights)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_cdn(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "certificate" in data_keys:
   del data_keys["certificate"]
   data__certificate = data["certificate"]
   validate___definitions_text(data__certificate)
  if "terminate_tls" in data_keys:
   del data_keys["terminate_tls"]
   data__terminatetls = data["terminate_tls"]
   validate___definitions_bool(data__terminatetls)
  if "static_assets" in data_keys:
   del data_keys["static_assets"]
   data__staticassets = data["static_assets"]
   validate___definitions_static_assets(data__staticassets)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_static_assets(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "alias" in data_keys:
   del data_keys["alias"]
   data__alias = data["alias"]
   validate___definitions_text(data__alias)
  if "location" in data_keys:
   del data_keys["location"]
   data__location = data["location"]
   validate___definitions_text(data__location)
  if "path" in data_keys:
   del data_keys["path"]
   data__path = data["path"]
   validate___definitions_text(data__path)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_http(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "public" in data_keys:
   del data_keys["public"]
   data__public = data["public"]
   validate___definitions_public_http(data__public)
  if "private" in data_keys:
   del data_keys["private"]
   data__private = data["private"]
   validate___definitions_private_http(data__private)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_private_http(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "certificates" in data_keys:
   del data_keys["certificates"]
   data__certificates = data["certificates"]
   validate___definitions_certificates(data__certificates)
  if "subnets" in data_keys:
   del data_keys["subnets"]
   data__subnets = data["subnets"]
   if not isinstance(data__subnets, (list, tuple, NoneType)):
    raise Invalid
   data__subnets_is_list = isinstance(data__subnets, (list, tuple))
   if data__subnets_is_list:
    data__subnets_len = len(data__subnets)
    for data__subnets_x, data__subnets_item in enumerate(data__subnets):
     validate___definitions_text(data__subnets_item)
  if "ingress" in data_keys:
   del data_keys["ingress"]
   data__ingress = data["ingress"]
   validate___definitions_relaxed_ingress(data__ingress)
  if "ssl_policy" in data_keys:
   del data_keys["ssl_policy"]
   data__sslpolicy = data["ssl_policy"]
   validate___definitions_text(data__sslpolicy)
  if "security_groups" in data_keys:
   del data_keys["security_groups"]
   data__securitygroups = data["security_groups"]
   validate___definitions_deprecated_security_groups(data__securitygroups)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_deprecated_security_groups(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "ingress" in data_keys:
   del data_keys["ingress"]
   data__ingress = data["ingress"]
   validate___definitions_deprecated_ingress(data__ingress)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_deprecated_ingress(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "restrict_to" in data_keys:
   del data_keys["restrict_to"]
   data__restrictto = data["restrict_to"]
   validate___definitions_restrictive_ingress(data__restrictto)
  if "from_vpc" in data_keys:
   del data_keys["from_vpc"]
   data__fromvpc = data["from_vpc"]
   validate___definitions_bool(data__fromvpc)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_restrictive_ingress(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "cdn" in data_keys:
   del data_keys["cdn"]
   data__cdn = data["cdn"]
   validate___definitions_bool(data__cdn)
  if "source_ips" in data_keys:
   del data_keys["source_ips"]
   data__sourceips = data["source_ips"]
   if not isinstance(data__sourceips, (list, tuple, NoneType)):
    raise Invalid
   data__sourceips_is_list = isinstance(data__sourceips, (list, tuple))
   if data__sourceips_is_list:
    data__sourceips_len = len(data__sourceips)
    for data__sourceips_x, data__sourceips_item in enumerate(data__sourceips):
     validate___definitions_text(data__sourceips_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_relaxed_ingress(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "vpc" in data_keys:
   del data_keys["vpc"]
   data__vpc = data["vpc"]
   validate___definitions_bool(data__vpc)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_certificates(data):
 if not isinstance(data, (list, tuple, NoneType)):
  raise Invalid
 data_is_list = isinstance(data, (list, tuple))
 if data_is_list:
  data_len = len(data)
  for data_x, data_item in enumerate(data):
   validate___definitions_text(data_item)
 return

def validate___definitions_public_http(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "certificates" in data_keys:
   del data_keys["certificates"]
   data__certificates = data["certificates"]
   validate___definitions_certificates(data__certificates)
  if "access_logs" in data_keys:
   del data_keys["access_logs"]
   data__accesslogs = data["access_logs"]
   try:
    if not isinstance(data__accesslogs, (dict)):
     raise Invalid
   except Invalid:
    validate___definitions_bool(data__accesslogs)
   else:
    validate___definitions_access_logs(data__accesslogs)
  if "ingress" in data_keys:
   del data_keys["ingress"]
   data__ingress = data["ingress"]
   validate___definitions_restrictive_ingress(data__ingress)
  if "ssl_policy" in data_keys:
   del data_keys["ssl_policy"]
   data__sslpolicy = data["ssl_policy"]
   validate___definitions_text(data__sslpolicy)
  if "security_groups" in data_keys:
   del data_keys["security_groups"]
   data__securitygroups = data["security_groups"]
   validate___definitions_deprecated_security_groups(data__securitygroups)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_access_logs(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "bucket_name" in data_keys:
   del data_keys["bucket_name"]
   data__bucketname = data["bucket_name"]
   validate___definitions_text(data__bucketname)
  if "prefix" in data_keys:
   del data_keys["prefix"]
   data__prefix = data["prefix"]
   validate___definitions_text(data__prefix)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
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
  if "id" in data_keys:
   del data_keys["id"]
   data__id = data["id"]
   validate___definitions_text(data__id)
  if "cidr" in data_keys:
   del data_keys["cidr"]
   data__cidr = data["cidr"]
   validate___definitions_text(data__cidr)
  if "subnets" in data_keys:
   del data_keys["subnets"]
   data__subnets = data["subnets"]
   validate___definitions_subnets(data__subnets)
  if "security_group" in data_keys:
   del data_keys["security_group"]
   data__securitygroup = data["security_group"]
   validate___definitions_security_group(data__securitygroup)
  if "flow_logs" in data_keys:
   del data_keys["flow_logs"]
   data__flowlogs = data["flow_logs"]
   try:
    if not isinstance(data__flowlogs, (dict)):
     raise Invalid
   except Invalid:
    validate___definitions_bool(data__flowlogs)
   else:
    validate___definitions_flow_logs(data__flowlogs)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_flow_logs(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "retention" in data_keys:
   del data_keys["retention"]
   data__retention = data["retention"]
   validate___definitions_int(data__retention)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_security_group(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "ingress" in data_keys:
   del data_keys["ingress"]
   data__ingress = data["ingress"]
   if not isinstance(data__ingress, (list, tuple, NoneType)):
    raise Invalid
   data__ingress_is_list = isinstance(data__ingress, (list, tuple))
   if data__ingress_is_list:
    data__ingress_len = len(data__ingress)
    for data__ingress_x, data__ingress_item in enumerate(data__ingress):
     validate___definitions_security_group_rule(data__ingress_item)
  if "egress" in data_keys:
   del data_keys["egress"]
   data__egress = data["egress"]
   if not isinstance(data__egress, (list, tuple, NoneType)):
    raise Invalid
   data__egress_is_list = isinstance(data__egress, (list, tuple))
   if data__egress_is_list:
    data__egress_len = len(data__egress)
    for data__egress_x, data__egress_item in enumerate(data__egress):
     validate___definitions_security_group_rule(data__egress_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_security_group_rule(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "ip_protocol" in data_keys:
   del data_keys["ip_protocol"]
   data__ipprotocol = data["ip_protocol"]
   validate___definitions_text(data__ipprotocol)
  if "ports" in data_keys:
   del data_keys["ports"]
   data__ports = data["ports"]
   validate___definitions_text(data__ports)
  if "cidr" in data_keys:
   del data_keys["cidr"]
   data__cidr = data["cidr"]
   validate___definitions_text(data__cidr)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_subnets(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "public" in data_keys:
   del data_keys["public"]
   data__public = data["public"]
   if not isinstance(data__public, (list, tuple, NoneType)):
    raise Invalid
   data__public_is_list = isinstance(data__public, (list, tuple))
   if data__public_is_list:
    data__public_len = len(data__public)
    for data__public_x, data__public_item in enumerate(data__public):
     validate___definitions_subnet(data__public_item)
  if "private" in data_keys:
   del data_keys["private"]
   data__private = data["private"]
   if not isinstance(data__private, (list, tuple, NoneType)):
    raise Invalid
   data__private_is_list = isinstance(data__private, (list, tuple))
   if data__private_is_list:
    data__private_len = len(data__private)
    for data__private_x, data__private_item in enumerate(data__private):
     validate___definitions_subnet(data__private_item)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return

def validate___definitions_subnet(data):
 if not isinstance(data, (dict, NoneType)):
  raise Invalid
 data_is_dict = isinstance(data, dict)
 if data_is_dict:
  data_keys = dict.fromkeys(data)
  if "id" in data_keys:
   del data_keys["id"]
   data__id = data["id"]
   validate___definitions_text(data__id)
  if "cidr" in data_keys:
   del data_keys["cidr"]
   data__cidr = data["cidr"]
   validate___definitions_text(data__cidr)
  if "az" in data_keys:
   del data_keys["az"]
   data__az = data["az"]
   validate___definitions_text(data__az)
  for data_key in data_keys:
   if not data_key.startswith('x-'):
    raise Invalid
 return
