"""The page of a rule says what the rule says, as text and as Markdown, and nothing of its own."""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sidecar_lint import Bad, Rule, address
from sidecar_lint.commands import cli
from sidecar_lint.pages import explain
from sidecar_lint.pages.blocks import Code, Facts, Link, Listing, Prose, Table, Title
from sidecar_lint.pages.family import by_family, family_of
from sidecar_lint.pages.markdown import escaped, markdown
from sidecar_lint.pages.outcome import outcome
from sidecar_lint.pages.rule_page import index, page
from sidecar_lint.pages.text import text
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.testing import NOWHERE

RULES = load_rules()


def _named(code: str) -> Rule:
    return next(rule for rule in RULES if rule.code == code)


def _facts(rule: Rule) -> dict[str, str]:
    return dict(next(block for block in page(rule) if isinstance(block, Facts)).rows)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestPageOfARule:
    def test_both_ways_of_printing_have_all_that_the_rule_says(self, rule: Rule) -> None:
        printed, published = explain.page(rule), markdown(page(rule))
        flat = " ".join(printed.split())
        for paragraph in cleandoc(type(rule).__doc__ or "").split("\n\n"):
            assert " ".join(paragraph.split()) in flat
            assert paragraph in published
        for example in (*(bad.text for bad in rule.bad), *rule.good):
            shown = dedent(example).strip("\n")
            assert indent(shown, "    ") in printed
            assert f"yaml\n{shown}\n```" in published
        assert printed.startswith(f"{rule.code} {rule.name}\n")
        assert published.startswith(f"# {rule.code} {rule.name}\n")
        for said in (rule.effect, rule.when, *rule.sources):
            assert " ".join(said.split()) in flat
            assert escaped(said) in published

    def test_what_the_fix_writes_is_shown_where_there_is_one(self, rule: Rule) -> None:
        fixed = [bad for bad in rule.bad if bad.fixed is not None]
        assert all(outcome(rule, bad).changes for bad in fixed)
        assert ("--fix" in _facts(rule)["Fix"]) >= bool(fixed)

    def test_nothing_in_its_prose_is_markup_by_accident(self, rule: Rule) -> None:
        prose = re.sub("`[^`]*`", "x", cleandoc(type(rule).__doc__ or ""))
        assert not re.search(r"[`*<\[\]#|~\\]|\b_|_\b|^ ", prose, re.MULTILINE)


def test_a_fix_is_shown_as_the_lines_that_change() -> None:
    block, *_ = (each for each in page(_named("SL110")) if isinstance(each, Code) and each.language == "diff")
    assert block.text == "-      - source_volume: log\n+      - source_volume: logs"


def test_no_page_names_a_place_that_is_not_there() -> None:
    pages = [explain.page(rule) for rule in RULES]
    assert not [page for page in pages if NOWHERE in page]
    assert "help: write copilot/api/addons/log-router-policy.yml:\n\n" in explain.page(_named("SL801"))


def test_each_finding_of_an_example_has_its_help() -> None:
    unpinned = explain.page(_named("SL106"))
    assert unpinned.count("help: name a version or a digest") == 2


def test_how_to_be_rid_of_a_rule() -> None:
    assert "ignore[SL106] reason" in explain.page(_named("SL106"))
    assert "allow: []  # images that may float" in explain.page(_named("SL106"))
    assert "ignore[SL020] reason" not in explain.page(_named("SL020")).partition("CONFIGURATION")[2]


def test_how_sure_a_fix_is() -> None:
    assert _facts(_named("SL004"))["Fix"] == "none: only you can know what to write"
    assert _facts(_named("SL110"))["Fix"] == "`--fix --unsafe-fixes` puts it right; look at what it writes"
    assert _facts(_named("SL201"))["Fix"] == (
        "`--fix --unsafe-fixes` puts it right where it can tell what is meant; look at what it writes"
    )


def test_sources_that_say_where_they_are_can_be_followed() -> None:
    links = {
        item.text: item.url
        for rule in RULES
        for block in page(rule)
        if isinstance(block, Listing)
        for item in block.items
    }
    assert links["aws/copilot-cli#4872"] == "https://github.com/aws/copilot-cli/issues/4872"
    assert links["internal/pkg/manifest/validate.go: Workload.validate"] == (
        "https://github.com/aws/copilot-cli/blob/v1.34.1/internal/pkg/manifest/validate.go"
    )
    assert links["AWS ECS API: MountPoint"] is None


def test_the_index_has_every_rule_once_in_its_family() -> None:
    tables = [block for block in index(RULES) if isinstance(block, Table)]
    assert [row[0].url for table in tables for row in table.rows] == [
        f"{rule.name}.md" for rules in by_family(RULES).values() for rule in rules
    ]
    assert sorted(row[0].text for table in tables for row in table.rows) == [
        f"{rule.code} {rule.name}" for rule in RULES
    ]


def test_families_say_which_codes_are_theirs() -> None:
    """`SL1` and `SL80x` are how all their codes begin; `SL81x-SL83x` are the first and the last there may be.

    Commas stand between several.
    """
    for family, rules in by_family(RULES).items():
        for rule in rules:
            assert any(_has(codes, rule.code) for codes in family.codes.split(",")), family


def _has(codes: str, code: str) -> bool:
    first, dash, last = codes.partition("-")
    if dash:
        return first.replace("x", "0") <= code <= last.replace("x", "9")
    return bool(first) and code.startswith(first.removesuffix("x"))


class _Theirs(Rule):
    """A rule of somebody else's, in a package that says nothing."""

    code, name = "XX001", "theirs"
    severity, stage = RULES[0].severity, RULES[0].stage
    bad = (Bad("name: ```` <b>\n#     ^^^ XX001"),)


def test_a_rule_may_say_little() -> None:
    assert family_of(_Theirs()).title == type(_Theirs()).__module__.partition(".")[0]
    published = markdown(page(_Theirs()))
    assert "`````yaml\nname: ```` <b>\n" in published
    assert "Sources" not in published
    assert "What happens" not in published


def test_paths_start_where_those_of_the_example_do() -> None:
    assert "help: write copilot/api/addons/log-router-policy.yml:\n" in explain.page(_named("SL801"))
    assert not [rule.code for rule in RULES if NOWHERE in explain.page(rule)]


def test_options_say_their_defaults() -> None:
    written = [block.text for block in page(_named("SL106")) if isinstance(block, Code)][-1]
    assert "rules:\n  SL106:\n    allow: []  # images that may float" in written


def test_the_text_is_as_wide_as_a_terminal() -> None:
    facts = text((Facts((("Name", "word " * 40), ("Another", "x"))),))
    assert all(len(line) <= 100 for line in facts.splitlines())
    assert facts.splitlines()[1].startswith(" " * 9 + "word")
    assert facts.splitlines()[-1] == "Another  x"


@given(st.text(alphabet="ab `*_<>[]|#~\\1", max_size=30))
def test_a_text_without_code_has_no_markup_left(words: str) -> None:
    plain = words.replace("`", "")
    assert re.sub(r"\\(.)", r"\1", escaped(plain)) == plain
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_<>\[\]|#~]", escaped(plain))


def test_code_in_a_text_stays_code() -> None:
    assert escaped("`a_b` and a_b") == "`a_b` and a\\_b"


def test_blocks() -> None:
    blocks = (
        Title("A *"),
        Prose("*b*"),
        Listing((Link("c_d", "https://e"),)),
        Table(("f",), ((Link("g|h"),),)),
    )
    assert text(blocks) == "A *\n\n*b*\n\n  c_d\n\nf\ng|h\n"
    assert markdown(blocks) == "# A \\*\n\n*b*\n\n- [c\\_d](https://e)\n\n| f |\n| --- |\n| g\\|h |\n"


def test_web_without_an_address() -> None:
    run = CliRunner().invoke(cli.app, ["rule", "SL110", "--web"])
    assert (run.exit_code, run.stdout) == (3, "")
    assert "the pages have no address yet" in run.stderr


@pytest.mark.parametrize("opens", [True, False])
def test_web(monkeypatch: pytest.MonkeyPatch, *, opens: bool) -> None:
    opened: list[str] = []
    monkeypatch.setattr(address, "PROJECT_ADDRESS", "https://example.com")

    def browse(url: str) -> bool:
        opened.append(url)
        return opens

    monkeypatch.setattr("webbrowser.open", browse)
    run = CliRunner().invoke(cli.app, ["rule", "unknown-source-volume", "--web"])
    assert opened == ["https://example.com/rules/unknown-source-volume/"]
    assert run.exit_code == (0 if opens else 3)
    assert ("no browser" in run.stderr) is not opens


def test_with_an_address_the_text_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "PROJECT_ADDRESS", "https://example.com")
    assert explain.page(_named("SL110")).endswith("\n\n  https://example.com/rules/unknown-source-volume/\n")
