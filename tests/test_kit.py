"""What an example of a rule is taken to be, where it does not say all."""

from __future__ import annotations

import pytest

from sidecar_lint import Bad, Rule
from sidecar_lint.pages.explain import page
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.testing import check_examples, parse

COMPLETE = "name: api\ntype: Load Balanced Web Service\n"


@pytest.mark.parametrize("folder", ["addons", "overrides"])
def test_what_belongs_to_a_workload_need_not_come_with_its_manifest(folder: str) -> None:
    file = f"copilot/api/{folder}/cfn.patches.yml"
    assert parse(f"# file: {file}\na: 1").files == {file: "a: 1\n", "copilot/api/manifest.yml": COMPLETE}


def test_what_belongs_to_environments_has_no_manifest_beside_it() -> None:
    file = "copilot/environments/addons/x.yml"
    assert parse(f"# file: {file}\na: 1").files == {file: "a: 1\n"}


def test_a_manifest_that_is_written_stays_as_it_is() -> None:
    files = parse("type: Backend Service\nname: web\n# file: copilot/api/addons/x.yml\na: 1").files
    assert files["copilot/api/manifest.yml"] == "type: Backend Service\nname: web\n"


def test_a_file_without_a_line_is_there() -> None:
    files = parse("# file: copilot/api/manifest.yml\n# file: copilot/api/Dockerfile").files
    assert files == {"copilot/api/manifest.yml": COMPLETE, "copilot/api/Dockerfile": ""}


@pytest.fixture
def rule() -> Rule:
    """A rule of which this test may change the examples."""
    (type_,) = (type(rule) for rule in load_rules() if rule.code == "SL501")
    changed: Rule = type("Changed", (type_,), {})()
    return changed


def test_examples_that_no_page_shows_are_tests_too(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    fine, wrong = "count: 1", Bad("count: 1\n#      ^ SL501")
    for name, examples in (("also_good", (wrong.text,)), ("also_bad", (wrong,))):
        with monkeypatch.context() as patch:
            patch.setattr(type(rule), name, examples)
            with pytest.raises(AssertionError):
                check_examples(rule)
    monkeypatch.setattr(type(rule), "also_good", (fine,))
    check_examples(rule)
    assert fine not in page(rule)
