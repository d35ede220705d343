"""Names that `${NAME}` may have."""

from __future__ import annotations

#: What exists in a running container only: Copilot's variables, and those of ECS.
RUNTIME_ONLY = frozenset(
    (
        "COPILOT_LB_DNS",
        "COPILOT_MOUNT_POINTS",
        "COPILOT_QUEUE_URI",
        "COPILOT_SERVICE_DISCOVERY_ENDPOINT",
        "COPILOT_SERVICE_NAME",
        "COPILOT_SNS_TOPIC_ARNS",
        "COPILOT_TOPIC_QUEUE_URIS",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "ECS_AGENT_URI",
        "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
        "FLUENT_HOST",
        "FLUENT_PORT",
    )
)
