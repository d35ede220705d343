"""The docstring of a rule, which is the prose of its page."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule


def paragraphs(rule: Rule) -> list[str]:
    """The paragraphs as they are written, without the indentation of the source; never empty."""
    return cleandoc(type(rule).__doc__ or "").split("\n\n")


def summary(rule: Rule) -> str:
    """The first paragraph on one line."""
    return " ".join(paragraphs(rule)[0].split())
