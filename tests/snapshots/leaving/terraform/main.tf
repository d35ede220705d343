terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

variable "container_image" {
  type        = string
  description = "aws ecs describe-task-definition --task-definition shop-prod-orders --query \"taskDefinition.containerDefinitions[?name=='orders'] | [0].image\" --output text"
}

variable "public_load_balancer_dns_name" {
  type        = string
  description = "aws ecs describe-task-definition --task-definition shop-prod-orders --query \"taskDefinition.containerDefinitions[?name=='orders'] | [0].environment[?name=='COPILOT_LB_DNS'] | [0].value\" --output text"
}

variable "env_file_arn" {
  type        = string
  description = "aws ecs describe-task-definition --task-definition shop-prod-orders --query \"taskDefinition.containerDefinitions[?name=='orders'] | [0].environmentFiles[0].value\" --output text"
}

variable "image_of_nginx" {
  type        = string
  description = "aws ecs describe-task-definition --task-definition shop-prod-orders --query \"taskDefinition.containerDefinitions[?name=='nginx'] | [0].image\" --output text"
}

variable "managed_file_system_id" {
  type        = string
  description = "aws ecs describe-task-definition --task-definition shop-prod-orders --query \"taskDefinition.volumes[?name=='receipts'] | [0].efsVolumeConfiguration.fileSystemId\" --output text"
}

variable "addons_delivery_policy_arn" {
  type        = string
  description = "aws cloudformation describe-stacks --stack-name \"$(aws cloudformation describe-stack-resource --stack-name shop-prod-orders --logical-resource-id AddonsStack --query StackResourceDetail.PhysicalResourceId --output text)\" --query \"Stacks[0].Outputs[?OutputKey=='DeliveryPolicyArn'].OutputValue\" --output text"
}

variable "addons_telemetry_policy_arn" {
  type        = string
  description = "aws cloudformation describe-stacks --stack-name \"$(aws cloudformation describe-stack-resource --stack-name shop-prod-orders --logical-resource-id AddonsStack --query StackResourceDetail.PhysicalResourceId --output text)\" --query \"Stacks[0].Outputs[?OutputKey=='TelemetryPolicyArn'].OutputValue\" --output text"
}

variable "env_file_bucket" {
  type        = string
  description = "the bucket that you put the environment files into"
}

variable "service_discovery_namespace_id" {
  type        = string
  description = "aws cloudformation list-exports --query \"Exports[?Name=='shop-prod-ServiceDiscoveryNamespaceID'].Value\" --output text"
}

variable "cluster_id" {
  type        = string
  description = "aws cloudformation list-exports --query \"Exports[?Name=='shop-prod-ClusterId'].Value\" --output text"
}

variable "desired_count" {
  type        = number
  default     = 2
  description = "How many tasks there are at first; 0 makes all the rest, to be looked at"
}

variable "public_subnets" {
  type        = list(string)
  description = "aws cloudformation list-exports --query \"Exports[?Name=='shop-prod-PublicSubnets'].Value\" --output text"
}

variable "environment_security_group" {
  type        = string
  description = "aws cloudformation list-exports --query \"Exports[?Name=='shop-prod-EnvironmentSecurityGroup'].Value\" --output text"
}

variable "vpc_id" {
  type        = string
  description = "aws cloudformation list-exports --query \"Exports[?Name=='shop-prod-VpcId'].Value\" --output text"
}

variable "http_listener_arn" {
  type        = string
  description = "aws cloudformation describe-stacks --stack-name shop-prod --query \"Stacks[0].Outputs[?OutputKey=='HTTPListenerArn'].OutputValue\" --output text"
}

variable "http_listener_rule_priority" {
  type        = number
  description = "aws elbv2 describe-rules --listener-arn \"<HTTP_LISTENER_ARN>\" --query \"Rules[].Priority\" --output text  # choose a number that is not there: below Copilot's it takes all of the traffic at once"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/shop-prod-orders"
  retention_in_days = 90
  skip_destroy      = true
}

resource "aws_iam_role" "task" {
  name = "shop-prod-orders-ecs-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "task_1" {
  name = "DenyIAM"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Deny"
        Action   = "iam:*"
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "task_2" {
  name = "ExecuteCommand"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenDataChannel",
        ]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "task_3" {
  name = "GrantAccessCopilotManagedEFS"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientWrite",
        ]
        Condition = {
          StringEquals = {
            "elasticfilesystem:AccessPointArn" = aws_efs_access_point.access_point.arn
          }
        }
        Resource = [
          "arn:${data.aws_partition.current.partition}:elasticfilesystem:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:file-system/${var.managed_file_system_id}",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "task_1" {
  role       = aws_iam_role.task.name
  policy_arn = var.addons_delivery_policy_arn
}

resource "aws_iam_role_policy_attachment" "task_2" {
  role       = aws_iam_role.task.name
  policy_arn = var.addons_telemetry_policy_arn
}

resource "aws_iam_role" "execution" {
  name = "shop-prod-orders-ecs-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ecs-tasks.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "execution_1" {
  name = "ReadSecrets"
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "ssm:GetParameters",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:parameter/copilot/shop/prod/secrets/db_password",
          "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:parameter/copilot/shop/prod/secrets/otel_config",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy" "execution_2" {
  name = "ReadEnvironmentFiles"
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "s3:GetObject",
        ]
        Resource = [
          var.env_file_arn,
        ]
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetBucketLocation",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${var.env_file_bucket}",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "execution_1" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_ecs_task_definition" "this" {
  family       = "shop-prod-orders-ecs"
  cpu          = "1024"
  memory       = "2048"
  network_mode = "awsvpc"
  requires_compatibilities = [
    "FARGATE",
  ]
  execution_role_arn = aws_iam_role.execution.arn
  task_role_arn      = aws_iam_role.task.arn
  container_definitions = jsonencode([
    {
      name  = "orders"
      image = var.container_image
      secrets = [
        {
          name      = "DB_PASSWORD"
          valueFrom = "/copilot/shop/prod/secrets/db_password"
        },
      ]
      environment = [
        {
          name  = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name  = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name  = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name  = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name  = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
        {
          name  = "OTEL_EXPORTER_OTLP_ENDPOINT"
          value = "http://localhost:4317"
        },
        {
          name  = "COPILOT_MOUNT_POINTS"
          value = "{\"receipts\":\"/var/receipts\"}"
        },
      ]
      environmentFiles = [
        {
          type  = "s3"
          value = var.env_file_arn
        },
      ]
      logConfiguration = {
        logDriver = "awsfirelens"
        options = {
          Name            = "firehose"
          delivery_stream = "shop-orders"
          region          = "$${AWS_REGION}"
        }
      }
      mountPoints = [
        {
          containerPath = "/var/receipts"
          readOnly      = false
          sourceVolume  = "receipts"
        },
      ]
      dependsOn = [
        {
          condition     = "START"
          containerName = "collector"
        },
      ]
      portMappings = [
        {
          containerPort = 8080
          protocol      = "tcp"
        },
      ]
    },
    {
      name  = "firelens_log_router"
      image = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10"
      environment = [
        {
          name  = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name  = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name  = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name  = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name  = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
      ]
      firelensConfiguration = {
        type = "fluentbit"
        options = {
          "enable-ecs-log-metadata" = "true"
        }
      }
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-region"        = data.aws_region.current.region
          "awslogs-group"         = "/ecs/shop-prod-orders"
          "awslogs-stream-prefix" = "copilot"
        }
      }
    },
    {
      name      = "collector"
      image     = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
      essential = false
      environment = [
        {
          name  = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name  = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name  = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name  = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name  = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
      ]
      secrets = [
        {
          name      = "AOT_CONFIG_CONTENT"
          valueFrom = "/copilot/shop/prod/secrets/otel_config"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-region"        = data.aws_region.current.region
          "awslogs-group"         = "/ecs/shop-prod-orders"
          "awslogs-stream-prefix" = "copilot"
        }
      }
    },
    {
      name  = "nginx"
      image = var.image_of_nginx
      portMappings = [
        {
          containerPort = 80
          protocol      = "tcp"
          name          = "target"
        },
      ]
      environment = [
        {
          name  = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name  = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name  = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name  = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name  = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
        {
          name  = "COPILOT_MOUNT_POINTS"
          value = "{\"receipts\":\"/usr/share/nginx/receipts\"}"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-region"        = data.aws_region.current.region
          "awslogs-group"         = "/ecs/shop-prod-orders"
          "awslogs-stream-prefix" = "copilot"
        }
      }
      mountPoints = [
        {
          containerPath = "/usr/share/nginx/receipts"
          readOnly      = true
          sourceVolume  = "receipts"
        },
      ]
    },
  ])
  depends_on = [
    aws_cloudwatch_log_group.this,
  ]

  volume {
    name = "receipts"

    efs_volume_configuration {
      file_system_id     = var.managed_file_system_id
      root_directory     = "/"
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.access_point.id
        iam             = "ENABLED"
      }
    }
  }
}

resource "aws_service_discovery_service" "discovery_service" {
  name        = "orders-ecs"
  description = "Tasks of shop-prod-orders-ecs"

  dns_config {
    namespace_id   = var.service_discovery_namespace_id
    routing_policy = "MULTIVALUE"

    dns_records {
      ttl  = 10
      type = "A"
    }
    dns_records {
      ttl  = 10
      type = "SRV"
    }
  }
  health_check_custom_config {
    failure_threshold = 1
  }
}

resource "aws_appautoscaling_target" "auto_scaling_target" {
  min_capacity       = 2
  max_capacity       = 10
  resource_id        = "service/${var.cluster_id}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "auto_scaling_policy_ecs_service_average_cpu_utilization" {
  name               = "orders-ECSServiceAverageCPUUtilization-ScalingPolicy"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.auto_scaling_target.resource_id
  scalable_dimension = aws_appautoscaling_target.auto_scaling_target.scalable_dimension
  service_namespace  = aws_appautoscaling_target.auto_scaling_target.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value       = 70
    scale_in_cooldown  = 120
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_ecs_service" "this" {
  name                               = "shop-prod-orders-ecs"
  cluster                            = var.cluster_id
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.desired_count
  launch_type                        = "FARGATE"
  platform_version                   = "LATEST"
  propagate_tags                     = "SERVICE"
  enable_execute_command             = true
  health_check_grace_period_seconds  = 60
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  depends_on = [
    aws_lb_listener_rule.http_listener_rule,
  ]

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = var.public_subnets
    security_groups = [
      var.environment_security_group,
    ]
    assign_public_ip = true
  }
  load_balancer {
    container_name   = "nginx"
    container_port   = 80
    target_group_arn = aws_lb_target_group.target_group.arn
  }
  service_registries {
    registry_arn = aws_service_discovery_service.discovery_service.arn
    port         = 80
  }
  lifecycle {
    ignore_changes = [
      desired_count,
    ]
  }
}

resource "aws_lb_target_group" "target_group" {
  port                 = 80
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.vpc_id
  deregistration_delay = 60

  health_check {
    path = "/health"
  }
  stickiness {
    enabled = false
    type    = "lb_cookie"
  }
}

resource "aws_lb_listener_rule" "http_listener_rule" {
  listener_arn = var.http_listener_arn
  priority     = var.http_listener_rule_priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.target_group.arn
  }
  condition {
    path_pattern {
      values = [
        "/orders",
        "/orders/*",
      ]
    }
  }
}

resource "aws_efs_access_point" "access_point" {
  file_system_id = var.managed_file_system_id

  posix_user {
    uid = 3845127662
    gid = 3845127662
  }
  root_directory {
    path = "/orders"

    creation_info {
      owner_uid   = 3845127662
      owner_gid   = 3845127662
      permissions = "0755"
    }
  }
}
