"""sidecar-lint: what is wrong with an AWS Copilot manifest, before anything is built.

For programs: `lint_text` and `lint_paths`. For rule authors: `Rule`, `Bad`, and what a rule asks
(`Manifest`, `Document`) and yields (`Finding`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.finding import Edit, Finding, Fix, Related, Severity, Span, Stage
from sidecar_lint.manifest import Container, Manifest
from sidecar_lint.nearest import closest
from sidecar_lint.rule import Bad, Rule
from sidecar_lint.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from sidecar_lint.document import Document
    from sidecar_lint.engine import Report, lint_paths, lint_text

__version__ = "0.1.0"

__all__ = [
    "Bad",
    "Container",
    "Document",
    "Edit",
    "Finding",
    "Fix",
    "Manifest",
    "Mapping",
    "Node",
    "Related",
    "Report",
    "Rule",
    "Scalar",
    "Sequence",
    "Severity",
    "Span",
    "Stage",
    "closest",
    "lint_paths",
    "lint_text",
]

_LATER = {
    "Document": "sidecar_lint.document",
    "Report": "sidecar_lint.engine",
    "lint_paths": "sidecar_lint.engine",
    "lint_text": "sidecar_lint.engine",
}


def __getattr__(name: str) -> object:
    """Import what loads the rules only when it is asked for: rules import this module."""
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
