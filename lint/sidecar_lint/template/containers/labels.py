"""Docker labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.syntax.nodes import Mapping, as_mapping
from sidecar_lint.template.decoding import by_name, text_of

if TYPE_CHECKING:
    from sidecar_lint.template.values import Value


def labels(section: Mapping) -> Value:
    """The `labels` of a section."""
    return {key.text: text_of(node) for key, node in by_name(as_mapping(section.get("labels")))} or None
