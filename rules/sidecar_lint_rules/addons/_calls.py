"""Where the resources and outputs of a template call a function."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Call, Template, as_mapping, calls


def called(template: Template, function: str) -> Iterator[Call]:
    """The calls of a function; `is_chosen` also where the resource or output depends on a condition."""
    for section in ("Resources", "Outputs"):
        for node in as_mapping(template.section(section)).entries.values():
            is_chosen = as_mapping(node).get("Condition") is not None
            found = (call for call in calls(node, is_chosen=is_chosen) if call.function == function)
            yield from found
