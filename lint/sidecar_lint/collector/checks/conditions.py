"""Conditions in the OpenTelemetry Transformation Language, as far as a mistake is plain.

Source: opentelemetry-collector-contrib, pkg/ottl/grammar.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Problem, wrong
from sidecar_lint.collector.values import Type, value_of
from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

_STRING: Final = r'"(?:\\.|[^"\\])*"'
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
#: Where the filter processor has lists of conditions.
_LISTS: Final = {
    "traces": ("resource", "span", "spanevent"),
    "metrics": ("resource", "metric", "datapoint"),
    "logs": ("resource", "log_record"),
    "profiles": ("resource", "profile"),
}
_INFERRED: Final = ("trace_conditions", "metric_conditions", "log_conditions", "profile_conditions")


def fault(condition: str) -> tuple[str, str]:
    """What is plainly wrong with a condition, and what to write; nothing where nothing is."""
    bare = re.sub(_STRING, '""', condition)
    if not bare.strip():
        return "a condition cannot be empty", ""
    if '"' in bare.replace('""', ""):
        return 'a `"` is never closed', ""
    if "'" in bare:
        return "text stands in double quotes", 'write `"…"`'
    if re.search(r"(?<![=!<>])=(?![=~])", bare):
        return "`=` compares nothing", "write `==`"
    for wrong_word, word in (("&&", "and"), ("||", "or")):
        if wrong_word in bare:
            return f"`{wrong_word}` joins nothing", f"write `{word}`"
    return _brackets(bare) or _comparison(bare), ""


def _comparison(text: str) -> str:
    """A condition compares, calls a function, or is a literal."""
    if re.search(r"[=!<>]|\(", text) or re.fullmatch(r"(\s|true|false|not|and|or)+", text):
        return ""
    return "it compares nothing"


def _brackets(text: str) -> str:
    expected: list[str] = []
    for character in text:
        if character in _PAIRS:
            expected.append(_PAIRS[character])
        elif character in _PAIRS.values() and (not expected or expected.pop() != character):
            return f"a `{character}` closes nothing"
    return f"a `{expected[-1]}` is missing" if expected else ""


def filter_conditions(settings: Settings) -> Iterator[Problem]:
    """All conditions of a filter processor."""
    for section, names in _LISTS.items():
        block = settings.below(section)
        for name in names:
            yield from _each(block, name)
    for name in _INFERRED:
        yield from _each(settings, name)
        for block in settings.blocks(name):
            yield from _each(block, "conditions")


def _each(settings: Settings, name: str) -> Iterator[Problem]:
    for item in settings.items(name) or ():
        if isinstance(item, Mapping) or not isinstance(item, Scalar):
            continue
        value = value_of(item)
        reason, help_ = fault(str(value.data)) if value.type is Type.TEXT and value.known else ("", "")
        if reason:
            yield wrong(item, f"{settings.path(name)} has a condition that cannot be read: {reason}", help_)
