"""Templates, ours and Copilot's, in a form in which they can be compared.

`recorded` are those that the released 1.34.1 printed for manifests of ours, as JSON: of an application
"app" without a domain, in which no image is built.
"""

from __future__ import annotations

import json
import lzma
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sidecar_lint.manifests.interpolation import APPLICATION
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.syntax.nodes import Mapping
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read
from sidecar_lint.template.rereading import value_of
from sidecar_lint.template.stack import Account, Stack
from sidecar_lint.template.template import GeneratedTemplate
from sidecar_lint.template.values import plain
from sidecar_lint.workspace.files import Files

_RECORDINGS = Path(__file__).parents[1] / "conformance" / "templates.jsonl.xz"
#: What the upload to S3 knows, or chance decides.
_LEFT_OUT = {"Code", "TemplateURL", "UpdateID"}
#: The environment of a recording without one.
OTHER = "other"


class Recording(NamedTuple):
    """A manifest, an environment, and the template or the message of the refusal."""

    id: str
    manifest: str
    environment: str
    template: dict[str, Any] | None
    refused: str


@cache
def recorded() -> list[Recording]:
    """Every recording."""
    with lzma.open(_RECORDINGS, "rt", encoding="utf-8") as lines:
        return [
            Recording(
                case["id"],
                case["manifest"],
                case["env"] or OTHER,
                case.get("template"),
                case.get("refused", ""),
            )
            for case in map(json.loads, lines)
        ]


def stack(
    document: Document, environment: str, application: str = "app", account: Account | None = None
) -> Stack:
    """The stack of a manifest in an environment, which it need not name."""
    manifest = document.in_environment(environment, {APPLICATION: application})
    assert manifest
    return Stack(manifest, application, account)


def workload(folder: Path, name: str) -> Document:
    """The manifest of a workload below a project's folder."""
    path = folder / "copilot" / name / "manifest.yml"
    workspace = Files().workspace(str(path))
    assert workspace
    document = document_of(workspace.workloads[name])
    assert document
    return document


def template(text: str, environment: str = OTHER) -> GeneratedTemplate:
    """Our template of a manifest that stands alone."""
    return GeneratedTemplate.of(stack(Document(Source("manifest.yml", text)), environment))


def of_copilot(text: str) -> Any:
    """A template as Copilot printed it."""
    return plain(value_of(read(Source("stack.yml", text)).root or Mapping(span=None)))  # type: ignore[arg-type]


def comparable(value: Any) -> Any:
    """A value without what cannot be the same; numbers and bools as CloudFormation takes them, as texts."""
    if isinstance(value, dict):
        kept = {name: child for name, child in value.items() if name not in _LEFT_OUT and child is not None}
        return {name: comparable(child) for name, child in kept.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    # The environments of the recordings had none of their own.
    return re.sub(r"\b[a-z0-9-]+\.app\.local\b", "app.local", value) if isinstance(value, str) else value


def sections(document: Any) -> dict[str, Any]:
    """What is compared of a template: all but the copy of the manifest in it."""
    return {name: comparable(section) for name, section in document.items() if name != "Metadata"}
