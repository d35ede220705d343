"""What Copilot calls things: the types of workloads, and what it adds to each."""

from __future__ import annotations

from typing import Final

#: A type of workload: a service behind a load balancer that the internet reaches.
LOAD_BALANCED: Final = "Load Balanced Web Service"
#: A type of workload: a service that only the VPC reaches.
BACKEND: Final = "Backend Service"
#: A type of workload: a service that takes messages from a queue.
WORKER: Final = "Worker Service"
#: A type of workload: a task that is run by a schedule.
JOB: Final = "Scheduled Job"
#: A type of workload: a service on AWS App Runner.
REQUEST_DRIVEN: Final = "Request-Driven Web Service"
#: A type of workload: files in a bucket behind CloudFront.
STATIC_SITE: Final = "Static Site"

#: The workload types that become an ECS task, and so have sidecars, logging and storage.
ECS_TYPES: Final = frozenset((LOAD_BALANCED, BACKEND, WORKER, JOB))

#: The name Copilot gives the FireLens container (workload_ecs.go, FirelensContainerName).
LOG_ROUTER: Final = "firelens_log_router"
#: The container that `observability.tracing: awsxray` adds, at template time only.
TRACING_CONTAINER: Final = "aws-otel-collector"
#: The runtime of every function that Copilot 1.34.1 writes.
COPILOT_RUNTIME: Final = "nodejs20.x"
