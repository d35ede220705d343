"""A rule in words: its page, and the table of all rules. Nothing is written here twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidecar_lint.address import url_of
from sidecar_lint.escaping import json_document
from sidecar_lint.pages.blocks import Link, Listing, Table
from sidecar_lint.pages.docstring import summary
from sidecar_lint.pages.text import text
from sidecar_lint.rulebook.option import options_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.rulebook.rule import Rule


def page(rule: Rule, columns: int | None = None) -> str:
    """Everything there is to say about a rule, as plain text, for a terminal of so many columns."""
    from sidecar_lint.pages.rule_page import page

    url = url_of(rule.name)
    return text(page(rule) if url is None else (*page(rule), Listing((Link(url),))), columns)


def table(rules: Sequence[Rule], columns: int | None = None) -> str:
    """One line a rule, where a terminal has so many columns; otherwise two or more."""
    rows = tuple(
        (rule.code, rule.name, rule.severity.value, rule.stage.value, summary(rule)) for rule in rules
    )
    return text((Table((), tuple(tuple(map(Link, row)) for row in rows)),), columns)


def as_json(rules: Sequence[Rule]) -> str:
    """The table for programs; docs/json.md describes it."""
    return json_document({"version": 1, "rules": [_entry(rule) for rule in rules]}, indent=1) + "\n"


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
