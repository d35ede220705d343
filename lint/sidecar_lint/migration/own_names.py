"""What is called otherwise than Copilot's, so that both can stand beside each other."""

from __future__ import annotations

from typing import Final

from sidecar_lint.migration.migration import Migration

#: What names of one's own end in, where Copilot's have the same otherwise.
OWN: Final = "-ecs"


def family(migration: Migration) -> str:
    """The name of the task definition: not Copilot's, whose latest revision tells what placeholders stand for."""
    return f"{migration.stack.full_name}{OWN}"


def log_group(migration: Migration) -> str:
    """The name of the log group: not Copilot's, which goes with its stack."""
    return f"/ecs/{migration.stack.full_name}"


def discovery(migration: Migration) -> str:
    """The name under which other services find it: not Copilot's, as two of a namespace cannot have one."""
    return f"{migration.stack.name}{OWN}"
