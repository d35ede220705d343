"""sidecar-lint: what is wrong with an AWS Copilot manifest, before anything is built.

For programs: `lint_text` and `lint_paths`. For rule authors: `Rule`, `Bad`, and what a rule asks
(`Manifest`, `Document`) and yields (`Finding`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.containers import Container, Secret
from sidecar_lint.finding import Edit, Finding, Fix, NewFile, Related, Severity, Span, Stage
from sidecar_lint.firelens import LogOption, LogOutput
from sidecar_lint.images import ImageReference
from sidecar_lint.interpolation import PREDEFINED, Use
from sidecar_lint.manifest import LOG_ROUTER, TRACING_CONTAINER, Manifest
from sidecar_lint.nearest import closest, words
from sidecar_lint.option import Option
from sidecar_lint.outputs import Grant, OutputPlugin, agent_options, output_names, output_plugin
from sidecar_lint.ports import Exposure, Listener, PortMapping, Ports
from sidecar_lint.rule import Bad, Rule, quoted
from sidecar_lint.schemas import FILES, Field, homes
from sidecar_lint.shape import (
    Path,
    UnknownField,
    WrongType,
    dotted,
    environments_of,
)
from sidecar_lint.template import Outcome, unquoted
from sidecar_lint.tree import Mapping, Node, Scalar, Sequence, SyntaxProblem
from sidecar_lint.volumes import FileSystem, Volume
from sidecar_lint.workspace.env_files import oddities as env_file_oddities
from sidecar_lint.workspace.files import Files
from sidecar_lint.workspace.workspace import Workload, Workspace

if TYPE_CHECKING:
    from sidecar_lint.configuration.configuration import Configuration
    from sidecar_lint.document import Document
    from sidecar_lint.engine import Report, lint_paths, lint_text
    from sidecar_lint.suppressions.suppression import Suppression
    from sidecar_lint.suppressions.suppressions import Suppressed, Suppressions

#: Every type of workload, spelt as `type` must spell it.
WORKLOAD_TYPES = tuple(FILES)

__version__ = "0.1.0"

__all__ = [
    "LOG_ROUTER",
    "PREDEFINED",
    "TRACING_CONTAINER",
    "WORKLOAD_TYPES",
    "Bad",
    "Configuration",
    "Container",
    "Document",
    "Edit",
    "Exposure",
    "Field",
    "FileSystem",
    "Files",
    "Finding",
    "Fix",
    "Grant",
    "ImageReference",
    "Listener",
    "LogOption",
    "LogOutput",
    "Manifest",
    "Mapping",
    "NewFile",
    "Node",
    "Option",
    "Outcome",
    "OutputPlugin",
    "Path",
    "PortMapping",
    "Ports",
    "Related",
    "Report",
    "Rule",
    "Scalar",
    "Secret",
    "Sequence",
    "Severity",
    "Span",
    "Stage",
    "Suppressed",
    "Suppression",
    "Suppressions",
    "SyntaxProblem",
    "UnknownField",
    "Use",
    "Volume",
    "Workload",
    "Workspace",
    "WrongType",
    "agent_options",
    "closest",
    "dotted",
    "env_file_oddities",
    "environments_of",
    "homes",
    "lint_paths",
    "lint_text",
    "output_names",
    "output_plugin",
    "quoted",
    "unquoted",
    "words",
]

_LATER = {
    "Configuration": "sidecar_lint.configuration.configuration",
    "Document": "sidecar_lint.document",
    "Report": "sidecar_lint.engine",
    "Suppressed": "sidecar_lint.suppressions.suppressions",
    "Suppression": "sidecar_lint.suppressions.suppression",
    "Suppressions": "sidecar_lint.suppressions.suppressions",
    "lint_paths": "sidecar_lint.engine",
    "lint_text": "sidecar_lint.engine",
}


def __getattr__(name: str) -> object:
    """Import what loads the rules only when it is asked for: rules import this module."""
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
