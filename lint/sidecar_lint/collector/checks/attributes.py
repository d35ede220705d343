"""Actions on attributes, and what an `include` or `exclude` selects.

Sources: opentelemetry-collector-contrib: internal/coreinternal/attraction, internal/filter/filterconfig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Problem, missing, wrong
from sidecar_lint.collector.patterns import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

_SOURCES: Final = ("value", "from_attribute", "from_context")
_TARGETS: Final = ("string", "int", "double")
_MATCH_TYPES: Final = ("strict", "regexp")
_MATCHED: Final = ("services", "span_names", "attributes", "libraries", "resources", "span_kinds")
_MATCHED_IN_LOGS: Final = ("log_bodies", "log_severity_texts", "log_severity_number", "metric_names")
#: What each action cannot have.
_UNUSED: Final = {
    "insert": ("pattern", "converted_type"),
    "update": ("pattern", "converted_type"),
    "upsert": ("pattern", "converted_type"),
    "delete": ("value", "from_attribute", "converted_type"),
    "hash": ("value", "from_attribute", "converted_type"),
    "extract": (*_SOURCES, "converted_type"),
    "convert": (*_SOURCES, "pattern"),
}


def actions(settings: Settings, name: str) -> Iterator[Problem]:
    """The list of actions of `attributes` or `resource`."""
    items = settings.items(name)
    if items == []:
        yield missing(settings, name, "write a list of actions, each with `key` and `action`")
    for action in settings.blocks(name):
        yield from _action(action)


def _action(action: Settings) -> Iterator[Problem]:
    kind = (action.text("action") or "").lower()
    if action.text("action") == "":
        yield missing(action, "action", f"it is one of {', '.join(_UNUSED)}", if_used=True)
    if kind not in _UNUSED:
        return
    has_pattern = action.has("pattern")
    if action.text("key") == "" and not (kind in ("delete", "hash") and has_pattern is not False):
        yield missing(action, "key", if_used=True)
    for name in _UNUSED[kind]:
        if action.has(name):
            yield wrong(action.at(name), f"the action `{kind}` has no `{name}`", if_used=True)
    if kind in ("insert", "update", "upsert"):
        yield from _value(action)
    elif kind == "extract" and has_pattern is False:
        yield missing(action, "pattern", if_used=True)
    elif kind == "convert":
        yield from _target(action)
    yield from regular(action, "pattern")
    yield from _groups(action, kind)


def _value(action: Settings) -> Iterator[Problem]:
    written = [name for name in _SOURCES if action.has(name) is not False]
    if not written and not action.is_written("default_value") and not action.is_written("value"):
        yield missing(action, "value", "or `from_attribute`, or `from_context`", if_used=True)
    if len(written) > 1:
        names = " and ".join(f"`{name}`" for name in written)
        yield wrong(
            action.at(written[1]), f"an action takes its value from one place, not {names}", if_used=True
        )


def _target(action: Settings) -> Iterator[Problem]:
    target = action.text("converted_type")
    if target == "":
        yield missing(action, "converted_type", "it is one of string, int, double", if_used=True)
    elif target is not None and target not in _TARGETS:
        message = f"nothing can be converted to {target!r}; it is one of string, int, double"
        yield wrong(action.at("converted_type"), message, if_used=True)


def _groups(action: Settings, kind: str) -> Iterator[Problem]:
    pattern = action.text("pattern")
    if kind == "extract" and pattern and "(?P<" not in pattern and "(?<" not in pattern:
        message = "the pattern has no group with a name"
        yield wrong(action.at("pattern"), message, "write `(?P<name>…)`", if_used=True)


def regular(settings: Settings, name: str, *, if_used: bool = True) -> Iterator[Problem]:
    """A setting that is a regular expression."""
    pattern = settings.text(name)
    if pattern and (reason := fault(pattern)):
        message = f"{settings.path(name)} is not a regular expression: {reason}"
        yield wrong(settings.at(name), message, if_used=if_used)


def selection(settings: Settings, name: str) -> Iterator[Problem]:
    """An `include` or `exclude` of spans, logs or metrics."""
    block = settings.below(name)
    if not settings.has(name):
        return
    chosen = [each for each in (*_MATCHED, *_MATCHED_IN_LOGS) if block.has(each) is not False]
    if not chosen and not block.is_open:
        names = ", ".join(_MATCHED)
        yield Problem(
            block.owner,
            f"{block.place} selects by nothing",
            f"write one of {names}",
            missing=True,
            if_used=True,
        )
    yield from match_type(
        block, needed=any(each in chosen for each in ("services", "span_names", "span_kinds"))
    )


def match_type(block: Settings, *, needed: bool) -> Iterator[Problem]:
    """The `match_type` of a selection by names."""
    kind = block.text("match_type")
    if kind == "" and needed:
        yield missing(block, "match_type", "it is strict or regexp", if_used=True)
    elif kind and kind not in _MATCH_TYPES:
        message = f"{block.path('match_type')} cannot be {kind!r}; it is strict or regexp"
        yield wrong(block.at("match_type"), message, if_used=True)
