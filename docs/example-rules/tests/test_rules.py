"""Every example of every rule is a test: what the carets mark must be found, and nothing else."""

from __future__ import annotations

from example_rules.foreign_registry import ForeignRegistry

from sidecar_lint.testing import check_examples


def test_foreign_registry() -> None:
    check_examples(ForeignRegistry())
