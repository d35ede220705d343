"""What Copilot calls things: the types of workloads, and what it adds to each."""

from __future__ import annotations

from typing import Final

#: A type of workload: a service behind a load balancer that the internet reaches.
LOAD_BALANCED: Final = "Load Balanced Web Service"
#: A type of workload: a service that only the VPC reaches.
BACKEND: Final = "Backend Service"
WORKER: Final = "Worker Service"
JOB: Final = "Scheduled Job"

#: The workload types that become an ECS task, and so have sidecars, logging and storage.
ECS_TYPES: Final = frozenset((LOAD_BALANCED, BACKEND, WORKER, JOB))

#: The name Copilot gives the FireLens container (workload_ecs.go, FirelensContainerName).
LOG_ROUTER: Final = "firelens_log_router"
#: The container that `observability.tracing: awsxray` adds, at template time only.
TRACING_CONTAINER: Final = "aws-otel-collector"
#: The runtime of every function that Copilot 1.34.1 writes.
COPILOT_RUNTIME: Final = "nodejs20.x"
