"""Where a workload may go, and what is known of that."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class MigrationTarget(StrEnum):
    """What runs or describes the workload afterwards."""

    ECS = "ecs"
    EXPRESS = "express"
    CDK = "cdk"
    TERRAFORM = "terraform"

    @property
    def label(self) -> str:
        """Its name in a sentence."""
        return _LABELS[self]

    @property
    def sources(self) -> tuple[str, ...]:
        """What the statements about it rest on."""
        return (*_SOURCES.get(self, ()), _API, _COPILOT)


#: The day on which the statements were last compared with their sources.
AS_OF: Final = "2026-11-29"

_LABELS: Final = {
    MigrationTarget.ECS: "ECS",
    MigrationTarget.EXPRESS: "ECS Express Mode",
    MigrationTarget.CDK: "the CDK",
    MigrationTarget.TERRAFORM: "Terraform",
}
_API: Final = "the ECS API (botocore 1.44.8)"
_COPILOT: Final = "the templates of Copilot 1.34.1"
_SOURCES: Final = {
    MigrationTarget.EXPRESS: ("a task definition of one's own is taken since 2026-07-01",),
    MigrationTarget.CDK: ("aws-cdk-lib 2.276.0",),
    MigrationTarget.TERRAFORM: ("the provider hashicorp/aws 6",),
}
