"""What is called otherwise than Copilot's, so that both can stand beside each other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

#: What names of one's own end in, where Copilot's have the same otherwise.
OWN: Final = "-ecs"
#: How long the name of a role may be.
LONGEST_ROLE: Final = 64
_LONGEST_MACHINE: Final = 80


def family(migration: Migration) -> str:
    """The name of the task definition: not Copilot's, whose latest revision tells what placeholders stand for."""
    return f"{migration.stack.full_name}{OWN}"


def state_machine(migration: Migration) -> str:
    """The name of the state machine of a job."""
    return limited(family(migration), _LONGEST_MACHINE)


def limited(name: str, most: int) -> str:
    """A name of at most so many characters: of a longer one the beginning, and a number that tells it from others."""
    if len(name) <= most:
        return name
    number = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: most - len(number) - 1].rstrip('-')}-{number}"


def log_group(migration: Migration) -> str:
    """The name of the log group: not Copilot's, which goes with its stack."""
    return f"/ecs/{migration.stack.full_name}"


def discovery(migration: Migration) -> str:
    """The name under which other services find it: not Copilot's, as two of a namespace cannot have one."""
    return f"{migration.stack.name}{OWN}"
