"""Telling a collector's configuration from other YAML."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.tree import Tree

_SECTIONS: Final = frozenset(("receivers", "processors", "exporters", "connectors", "extensions", "service"))
#: Keys at the top that other programs' files have, and a collector's never.
_FOREIGN: Final = frozenset(
    (
        "apiVersion",
        "kind",
        "Resources",
        "AWSTemplateFormatVersion",
        "Transform",
        "services",
        "jobs",
        "on",
        "scrape_configs",
        "route",
        "inhibit_rules",
        "provider",
        "functions",
        "pipeline",
        "$schema",
    )
)
_NAME: Final = re.compile(r"otel|collector|\badot\b|\baot\b", re.IGNORECASE)
#: At least so many of its sections make a file a collector's.
_ENOUGH: Final = 2


def is_configuration(root: Node | None) -> bool:
    """Whether YAML is surely a collector's configuration, by the keys at its top."""
    if not isinstance(root, Mapping) or not _FOREIGN.isdisjoint(root.entries) or _is_manifest(root):
        return False
    service = root.get("service")
    if isinstance(service, Mapping) and "pipelines" in service.entries:
        return True
    return len(_SECTIONS & {name.partition("::")[0] for name in root.entries}) >= _ENOUGH


def _is_manifest(root: Mapping) -> bool:
    """Whether it has what every manifest of Copilot has."""
    return all(isinstance(root.get(name), Scalar) for name in ("name", "type"))


def is_collector_file(source: Source, tree: Tree) -> bool:
    """Whether a file that the user named is a collector's: by its content, or else by its name.

    The name counts only where the content does not say what it is: nothing, text, or no YAML.
    """
    if isinstance(tree.root, Mapping) and tree.root.entries:
        return is_configuration(tree.root)
    if tree.problem is not None and _sections(source.text) >= _ENOUGH:
        return True
    return _NAME.search(os.path.basename(source.path)) is not None


def _sections(text: str) -> int:
    """How many sections of a collector begin lines of a text."""
    return len(_SECTIONS & set(re.findall(r"^([a-z]+):", text, re.MULTILINE)))
