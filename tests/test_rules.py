"""Every installed rule against its own examples, and what all rules must have."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scaffold import FILL_IN
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.testing import check_examples

if TYPE_CHECKING:
    from sidecar_lint import Rule

RULES = load_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
class TestRule:
    def test_examples(self, rule: Rule) -> None:
        if rule.hooks:  # what the program says itself has a page, and nothing to look at
            check_examples(rule)

    def test_is_named_as_its_module(self, rule: Rule) -> None:
        assert type(rule).__module__.rpartition(".")[2] == rule.name.replace("-", "_")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert re.fullmatch(r"SL[0-9]{3}", rule.code)

    def test_has_a_page(self, rule: Rule) -> None:
        page = type(rule).__doc__ or ""
        assert len(page.split("\n\n")) >= 2, "say what is wrong, then why"
        assert rule.effect, "say what will happen"
        assert rule.sources, "say how we know"

    def test_leaves_nothing_to_fill_in(self, rule: Rule) -> None:
        assert FILL_IN not in Path(inspect.getfile(type(rule))).read_text("utf-8")
