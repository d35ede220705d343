container_image                = "<CONTAINER_IMAGE>"
public_load_balancer_dns_name  = "<PUBLIC_LOAD_BALANCER_DNS_NAME>"
env_file_arn                   = "<ENV_FILE_ARN>"
image_of_nginx                 = "<IMAGE_OF_NGINX>"
managed_file_system_id         = "<MANAGED_FILE_SYSTEM_ID>"
addons_delivery_policy_arn     = "<ADDONS_DELIVERY_POLICY_ARN>"
addons_telemetry_policy_arn    = "<ADDONS_TELEMETRY_POLICY_ARN>"
env_file_bucket                = "<ENV_FILE_BUCKET>"
service_discovery_namespace_id = "<SERVICE_DISCOVERY_NAMESPACE_ID>"
cluster_id                     = "<CLUSTER_ID>"
desired_count                  = 2
public_subnets = [
  "<PUBLIC_SUBNETS>",
]
environment_security_group  = "<ENVIRONMENT_SECURITY_GROUP>"
vpc_id                      = "<VPC_ID>"
http_listener_arn           = "<HTTP_LISTENER_ARN>"
http_listener_rule_priority = "<HTTP_LISTENER_RULE_PRIORITY>"
