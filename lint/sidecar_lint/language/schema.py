"""What a YAML server that validates with our JSON Schema says of a manifest, so that it is not said twice.

A rule may know more than the schema, so its findings are compared with what the schema really says,
one by one: leaving one out that nobody else reports would be a miss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.manifests.misfits import Misfit, misfits
from sidecar_lint.manifests.schema_check import instance_of, node_at
from sidecar_lint.manifests.schemas import ENVIRONMENT, FILES, PIPELINE, fields
from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.linting.inputs import FileModel
    from sidecar_lint.linting.report import Report
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.syntax.span import Span

#: How a text begins in which Copilot finds a list.
_TEXT_WITH_JSON: Final = ("'[", '"[')
#: What makes a manifest without a type that of a pipeline (manifest.schema.json).
_OF_PIPELINES: Final = ("version", "source", "stages")


def beyond_schema(report: Report, file: FileModel, rules: Iterable[Rule]) -> Report:
    """A report without the findings of these rules that the schema has as well."""
    shared = {rule.code for rule in rules if rule.in_schema}
    if not isinstance(file, ManifestFile) or shared.isdisjoint(each.code for each in report.findings):
        return report
    said = said_by_schema(file)
    kept = (each for each in report.findings if each.code not in shared or each.span not in said)
    return report._replace(findings=tuple(kept))


def said_by_schema(file: ManifestFile) -> frozenset[Span]:
    """Where a manifest as written does not fit the schema: values, and keys that may not be there."""
    root = file.root
    if not isinstance(root, Mapping):
        return frozenset()
    kind = _chosen(root)
    if kind is None:
        written = root.get("type")
        return frozenset((written.span,) if isinstance(written, Scalar) else ())
    if kind != file.kind:  # to Copilot, the place of the file decides
        return frozenset()
    found = misfits(kind, instance_of(root))
    spans = {span for each in found for span in _spans(root, kind, each)}
    return frozenset(span for span in spans if not _is_text(file, span))


def _chosen(root: Mapping) -> str | None:
    """The kind of manifest that the schema takes a file for, which does not see where it lies."""
    written = root.get("type")
    if written is None:
        return PIPELINE if any(name in root.entries for name in _OF_PIPELINES) else None
    known = (*FILES, ENVIRONMENT)
    return written.text if isinstance(written, Scalar) and written.text in known else None


def _spans(root: Mapping, kind: str, misfit: Misfit) -> Iterator[Span]:
    node = node_at(root, misfit.path)
    if node is None or misfit.keyword == "required":
        return  # what is missing has no place of its own
    if not isinstance(node, Mapping):
        yield node.span
    elif misfit.keyword == "additionalProperties":
        struct = fields(kind).at(iter(misfit.path))
        known = struct.properties if struct else {}
        yield from (key.span for key, _ in node if key.text not in known and not key.text.startswith("x-"))
    elif misfit.is_name:
        yield from (key.span for key, _ in node if key.text == misfit.value)
    else:
        yield node.span


def _is_text(file: ManifestFile, span: Span) -> bool:
    """Whether a YAML server sees a text there: one in quotes that is JSON is a list to Copilot alone."""
    return file.source.text.startswith(_TEXT_WITH_JSON, span.start)
