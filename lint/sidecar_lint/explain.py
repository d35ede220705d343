"""A rule in words: its page, and the table of all rules. Nothing is written here twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from textwrap import dedent, indent
from typing import Any

from sidecar_lint.address import url_of
from sidecar_lint.option import options_of
from sidecar_lint.rule import Rule


def page(rule: Rule) -> str:
    """Everything there is to say about a rule, as plain text."""
    return "\n\n".join(_sections(rule)) + "\n"


def table(rules: Sequence[Rule]) -> str:
    """One line a rule."""
    rows = [(rule.code, rule.name, rule.severity.value, rule.stage.value, summary(rule)) for rule in rules]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = (
        "  ".join([*(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=False)), row[4]]) for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def as_json(rules: Sequence[Rule]) -> str:
    """The table for programs; docs/json.md describes it."""
    return json.dumps({"version": 1, "rules": [_entry(rule) for rule in rules]}, indent=1) + "\n"


def summary(rule: Rule) -> str:
    """The first paragraph of a rule's page, on one line."""
    return " ".join(_doc(rule).split("\n\n")[0].split())


def _entry(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "stage": rule.stage.value,
        "summary": summary(rule),
        "effect": rule.effect,
        "fixable": any(bad.fixed is not None for bad in rule.bad),
        "options": {name: option.schema for name, option in options_of(rule).items()},
        "url": url_of(rule.name),
    }


def _sections(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}\n{rule.severity}, stage {rule.stage}: {rule.stage.sentence}"
    yield _doc(rule)
    if rule.effect:
        yield f"What happens: {rule.effect}."
    for title, examples in (("Bad", [bad.text for bad in rule.bad]), ("Good", rule.good)):
        for example in examples:
            yield f"{title}:\n\n{indent(dedent(example).strip(chr(10)), '    ')}"
    if options := options_of(rule):
        yield "\n".join(("Options:", *(f"  {name}: {each.about}" for name, each in options.items())))
    if rule.sources:
        yield "\n".join(("Sources:", *(f"  {source}" for source in rule.sources)))
    url = url_of(rule.name)
    if url:
        yield url


def _doc(rule: Rule) -> str:
    return cleandoc(type(rule).__doc__ or "")
