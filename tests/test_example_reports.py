"""Everything that a rule says of its own examples, and what its fixes write: a snapshot for each rule.

`python3 dev.py test tests/test_example_reports.py --snapshot-update` writes them anew; what changed is reviewed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from example_reports import said

from sidecar_lint.rulebook.registry import load_rules

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

    from sidecar_lint import Rule

SNAPSHOTS = Path(__file__).parent / "snapshots" / "rules"
RULES = load_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_what_a_rule_says_of_its_examples(rule: Rule, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(said(rule), f"{rule.code}-{rule.name}.txt")


def test_no_snapshot_is_of_a_rule_that_is_gone() -> None:
    names = {f"{rule.code}-{rule.name}.txt" for rule in RULES}
    assert {path.name for path in SNAPSHOTS.iterdir()} == names
