"""What is for the user to choose when a template is used, and what it is when nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.template.count import bounds, desired, scaling
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

DESIRED_COUNT: Final = "<DESIRED_COUNT>"
SCHEDULE_STATE: Final = "<SCHEDULE_STATE>"


class InputParameter(NamedTuple):
    """A parameter of CloudFormation, an input variable of Terraform: with a default."""

    default: str | int
    description: str


def input_parameters(migration: Migration) -> dict[str, InputParameter]:
    """The parameters by the placeholders (without brackets) that stand for them."""
    if migration.stack.is_job:
        return {
            SCHEDULE_STATE[1:-1]: InputParameter(
                "DISABLED", "ENABLED once Copilot's rule is disabled: before that the job runs twice"
            )
        }
    return {
        DESIRED_COUNT[1:-1]: InputParameter(
            _count(migration), "How many tasks there are at first; 0 makes all the rest, to be looked at"
        )
    }


def _count(migration: Migration) -> int:
    section = scaling(migration.stack)
    found = bare(desired(migration.stack) if section is None else bounds(section)[0])
    return int(found) if isinstance(found, (int, str)) and str(found).isdecimal() else 1
