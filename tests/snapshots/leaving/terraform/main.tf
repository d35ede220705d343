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

variable "access_point" {
  type        = string
  description = "aws ecs describe-task-definition --task-definition shop-prod-orders --query \"taskDefinition.volumes[?name=='receipts'] | [0].efsVolumeConfiguration.authorizationConfig.accessPointId\" --output text"
}

variable "access_point_arn" {
  type        = string
  description = "aws efs describe-access-points --access-point-id \"<ACCESS_POINT>\" --query \"AccessPoints[0].AccessPointArn\" --output text"
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
  description = "what you make yourself"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/shop-prod-orders"
  retention_in_days = 90
  skip_destroy      = true
}

resource "aws_iam_role" "task" {
  name               = "shop-prod-orders-ecs-task"
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
  name   = "DenyIAM"
  role   = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Deny"
        Action = "iam:*"
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "task_2" {
  name   = "ExecuteCommand"
  role   = aws_iam_role.task.id
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
  name   = "GrantAccessCopilotManagedEFS"
  role   = aws_iam_role.task.id
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
            "elasticfilesystem:AccessPointArn" = var.access_point_arn
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
  name               = "shop-prod-orders-ecs-execution"
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
  name   = "ReadSecrets"
  role   = aws_iam_role.execution.id
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
  name   = "ReadEnvironmentFiles"
  role   = aws_iam_role.execution.id
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
  family                   = "shop-prod-orders-ecs"
  cpu                      = "1024"
  memory                   = "2048"
  network_mode             = "awsvpc"
  requires_compatibilities = [
    "FARGATE",
  ]
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([
    {
      name = "orders"
      image = var.container_image
      secrets = [
        {
          name = "DB_PASSWORD"
          valueFrom = "/copilot/shop/prod/secrets/db_password"
        },
      ]
      environment = [
        {
          name = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
        {
          name = "OTEL_EXPORTER_OTLP_ENDPOINT"
          value = "http://localhost:4317"
        },
        {
          name = "COPILOT_MOUNT_POINTS"
          value = "{\"receipts\":\"/var/receipts\"}"
        },
      ]
      environmentFiles = [
        {
          type = "s3"
          value = var.env_file_arn
        },
      ]
      logConfiguration = {
        logDriver = "awsfirelens"
        options = {
          Name = "firehose"
          delivery_stream = "shop-orders"
          region = "$${AWS_REGION}"
        }
      }
      mountPoints = [
        {
          containerPath = "/var/receipts"
          readOnly = false
          sourceVolume = "receipts"
        },
      ]
      dependsOn = [
        {
          condition = "START"
          containerName = "collector"
        },
      ]
      portMappings = [
        {
          containerPort = 8080
          protocol = "tcp"
        },
      ]
    },
    {
      name = "firelens_log_router"
      image = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10"
      environment = [
        {
          name = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name = "COPILOT_LB_DNS"
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
          "awslogs-region" = data.aws_region.current.region
          "awslogs-group" = "/ecs/shop-prod-orders"
          "awslogs-stream-prefix" = "copilot"
        }
      }
    },
    {
      name = "collector"
      image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
      essential = false
      environment = [
        {
          name = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
      ]
      secrets = [
        {
          name = "AOT_CONFIG_CONTENT"
          valueFrom = "/copilot/shop/prod/secrets/otel_config"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-region" = data.aws_region.current.region
          "awslogs-group" = "/ecs/shop-prod-orders"
          "awslogs-stream-prefix" = "copilot"
        }
      }
    },
    {
      name = "nginx"
      image = var.image_of_nginx
      portMappings = [
        {
          containerPort = 80
          protocol = "tcp"
          name = "target"
        },
      ]
      environment = [
        {
          name = "COPILOT_APPLICATION_NAME"
          value = "shop"
        },
        {
          name = "COPILOT_SERVICE_DISCOVERY_ENDPOINT"
          value = "prod.shop.local"
        },
        {
          name = "COPILOT_ENVIRONMENT_NAME"
          value = "prod"
        },
        {
          name = "COPILOT_SERVICE_NAME"
          value = "orders"
        },
        {
          name = "COPILOT_LB_DNS"
          value = var.public_load_balancer_dns_name
        },
        {
          name = "COPILOT_MOUNT_POINTS"
          value = "{\"receipts\":\"/usr/share/nginx/receipts\"}"
        },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-region" = data.aws_region.current.region
          "awslogs-group" = "/ecs/shop-prod-orders"
          "awslogs-stream-prefix" = "copilot"
        }
      }
      mountPoints = [
        {
          containerPath = "/usr/share/nginx/receipts"
          readOnly = true
          sourceVolume = "receipts"
        },
      ]
    },
  ])
  depends_on               = [aws_cloudwatch_log_group.this]

  volume {
    name = "receipts"
    efs_volume_configuration {
      file_system_id = var.managed_file_system_id
      root_directory = "/"
      transit_encryption = "ENABLED"
      authorization_config {
        access_point_id = var.access_point
        iam = "ENABLED"
      }
    }
  }
}
