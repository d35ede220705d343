"""Workspaces on their way out of Copilot, and the files that are written for them."""

from __future__ import annotations

from pathlib import Path

from sidecar_lint.manifests.document import document_of
from sidecar_lint.migration.export.exporting import exported
from sidecar_lint.migration.express import limits
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.taking_inventory import migration_of
from sidecar_lint.migration.target import Target
from sidecar_lint.workspace.files import Files


def in_workspace(folder: Path, /, **files: str) -> Path:
    """A workspace with these files below `copilot/` (`a__b` is `a/b.yml`)."""
    texts = {f"{name.replace('__', '/')}.yml": text for name, text in files.items()}
    for name, text in {**texts, ".workspace": "application: shop\n"}.items():
        path = folder / "copilot" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def migration(folder: Path, workload: str, environment: str, target: Target) -> Migration:
    """A workload of a workspace on its way."""
    workspace = Files().workspace(str(folder / "-"))
    assert workspace
    document = document_of(workspace.workloads[workload])
    assert document
    found, _ = migration_of(document, environment, target)
    return found


def files_of(folder: Path, workload: str, environment: str, target: Target) -> dict[str, str]:
    """What is written for a workload, by the names of the files."""
    found = migration(folder, workload, environment, target)
    return exported(found, blocked=any(limit.blocks for limit in limits(found)))
