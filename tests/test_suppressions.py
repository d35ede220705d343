"""Comments that take findings away: where they are found, what they cover, what is said about them."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint import Document, Files, Finding, Rule, Severity, Stage, Suppressed, lint_text
from sidecar_lint.embedding import Embedding
from sidecar_lint.fixing.rewriting import rewrite
from sidecar_lint.linting.check_target import CheckTarget
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.inputs import ManifestInput
from sidecar_lint.linting.settings import FindingSettings
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.rulebook.selection import holding
from sidecar_lint.suppressions.instruction import understand
from sidecar_lint.syntax.comments import comments
from sidecar_lint.syntax.nodes import Mapping, Scalar
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator


class Marked(Rule):
    """Flags every scalar value that is `x`."""

    code, name, severity, stage = "ZZ001", "marked", Severity.ERROR, Stage.DEPLOY

    def check_document(self, document: Document) -> Iterator[Finding]:
        for scalar in document.scalars:
            if scalar.text.strip() == "x":
                yield self.finding(scalar.span, "x")


ABOUT_COMMENTS = tuple(rule for rule in load_rules() if rule.code.startswith("SL02"))


def _lint(text: str, *, today: date = date(2026, 7, 1)) -> tuple[list[int], list[str]]:
    """The lines (from 1) of what is left of Marked, and the codes of what is said about comments."""
    source = Source("manifest.yml", dedent(text))
    report = lint_source(source, (Marked(), *ABOUT_COMMENTS), Files(), FindingSettings(today=today))
    left = [source.position(each.span.start).line + 1 for each in report.findings if each.code == "ZZ001"]
    return left, [each.code for each in report.findings if each.code != "ZZ001"]


@pytest.mark.parametrize(
    "text",
    [
        "a: x # sidecar-lint: ignore[ZZ001]",
        "a: x # sidecar-lint: ignore[marked] because",
        "a: x\t#sidecar-lint:ignore[ZZ001]",
        "a: 'x' # once # sidecar-lint: ignore[ZZ001, SL001]",
        "# sidecar-lint: ignore[ZZ001]\na: x",
        "# sidecar-lint: ignore[ZZ001]\n\n# another\na: {b: [x, x]}",
        "# sidecar-lint: ignore[ZZ001]\na:\n  b: x\n  c:\n  - x",
        "a: # sidecar-lint: ignore-file[ZZ001]\n- x\n- x",
        "a: x\nb: x\n# sidecar-lint: ignore-file[ZZ001] at the end",
        "a:\n  # sidecar-lint: ignore[ZZ001]\n  x",
        "a: [\n  x, # sidecar-lint: ignore[ZZ001]\n  y]",
        "a: # sidecar-lint: ignore[SL999]\n  'x\n  ' # sidecar-lint: ignore[ZZ001]",
        "a: | # sidecar-lint: ignore[ZZ001]\n  x\n",
        "a: x # sidecar-lint: ignore[ZZ001] until=2026-07-02",
        "---\na: x\n...\n# sidecar-lint: ignore-file[ZZ001]",
    ],
)
def test_what_is_suppressed(text: str) -> None:
    assert _lint(text)[0] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: x # sidecar-lint: ignore[SL001]", [1]),
        ("a: x # sidecar-lint: ignore[ZZ001] until=2026-07-01", [1]),
        ("a: 'x' # sidecar-lint: ingore[ZZ001]", [1]),
        ("a: x # sidecar-lint: ignore[ZZ001\nb: x", [1, 2]),
        ("a: x#sidecar-lint:ignore-file[ZZ001]\nb: x", [2]),
        ("a: x\n# sidecar-lint: ignore[ZZ001]\nb: x\nc: x", [1, 4]),
        ("a:\n  # sidecar-lint: ignore[ZZ001]\n  b: x\n  c: x", [4]),
        ("a:\n# sidecar-lint: ignore[ZZ001]\n- b: x\n  c: x\n- x", [5]),
        ("a:\n- # sidecar-lint: ignore[ZZ001]\n  b: x\n  c: x", [4]),
        ("a: '# sidecar-lint: ignore-file[ZZ001]'\nb: x", [2]),
        ("a: |\n  # sidecar-lint: ignore-file[ZZ001]\nb: x", [3]),
        ("a: {\n  # sidecar-lint: ignore[ZZ001]\n  b: x,\n  c: x}", [4]),
        ("a: &a\n  b: x\n# sidecar-lint: ignore[ZZ001]\nc: *a\nd: x", [2, 5]),
    ],
)
def test_what_is_not(text: str, lines: list[int]) -> None:
    assert _lint(text)[0] == lines


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: x # sidecar-lint: ignore[ZZ001]", []),
        ("a: y # sidecar-lint: ignore[ZZ001]", ["SL020"]),
        ("a: x # sidecar-lint: ignore[ZZ001, SL020]", ["SL020"]),
        ("a: y # sidecar-lint: ignore[SL106]", []),  # that rule was not run
        ("a: x # sidecar-lint: ignore[ZZ002]", ["SL021"]),
        ("a: x # sidecar-lint: ignore", ["SL022"]),
        ("a: x # sidecar-lint: ignore[]", ["SL022"]),
        ("a: y # sidecar-lint: ignore[ZZ001] until=2020-02-02", ["SL024"]),
        ("a: x # sidecar-lint: ignore[ZZ001] until=2020-22-02", ["SL023"]),
        ("a: x # sidecar-lint: ignore ZZ001", ["SL023"]),
        ("a: x # sidecar-lint:", ["SL023"]),
        ("a: [ # sidecar-lint: ignore[ZZ001]", []),  # what is no YAML cannot be judged
        ("a: x\n# sidecar-lint: ignore[ZZ001]", ["SL020"]),
    ],
)
def test_what_is_said_about_comments(text: str, codes: list[str]) -> None:
    assert _lint(text)[1] == codes


def test_without_the_files_around_nothing_is_called_unused() -> None:
    text = "name: a # sidecar-lint: ignore[SL003]\ntype: Backend Service\nimage: {location: b}\n"
    assert lint_text(text).findings == ()


def test_a_rule_that_crashed_cannot_be_judged() -> None:
    class Crash(Marked):
        def check_document(self, document: Document) -> Iterator[Finding]:
            raise ZeroDivisionError(document)

    source = Source("manifest.yml", "a: x # sidecar-lint: ignore[ZZ001]\n")
    report = lint_source(source, (Crash(), *ABOUT_COMMENTS), Files())
    assert [each.code for each in report.findings] == ["SL000"]


def test_what_was_suppressed_is_told_with_its_reason() -> None:
    report = lint_text("a: x # sidecar-lint: ignore[ZZ001] until=2999-01-01  is meant", rules=[Marked()])
    (gone,) = report.suppressed
    assert isinstance(gone, Suppressed)
    assert (gone.finding.code, gone.reason) == ("ZZ001", "is meant")


def test_a_comment_covers_no_finding_about_comments() -> None:
    text = "# sidecar-lint: ignore-file[SL023]\na: b # sidecar-lint: foo\n"
    report = lint_source(Source("manifest.yml", text), ABOUT_COMMENTS, Files())
    assert [each.code for each in report.findings] == ["SL020", "SL023"]


class _Inside:
    """A file of which the text of `a` is linted as a text of its own."""

    def __init__(self, text: str) -> None:
        self.document = Document(Source("manifest.yml", text))
        root = self.document.tree.root
        assert isinstance(root, Mapping)
        node = root.get("a")
        assert isinstance(node, Scalar)
        self.embedding = Embedding(self.document.source, node)
        inner = Document(self.embedding.source)
        self.target = CheckTarget(Rule.check_document, inner, embedding=self.embedding)


def test_a_comment_in_a_text_inside_counts_for_that_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: |\n  b: x # sidecar-lint: ignore[ZZ001]\n  # sidecar-lint: ignore[ZZ001]\n  c:\n    d: x\n  e: x\n"
    inside = _Inside(text)
    monkeypatch.setattr(ManifestInput, "targets", lambda _: iter([inside.target]))
    report = lint_source(inside.document.source, (Marked(), *ABOUT_COMMENTS), Files())
    assert [text[: each.span.start].count("\n") + 1 for each in report.findings] == [6]
    assert len(report.suppressed) == 2


def test_a_comment_about_the_key_covers_the_text_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = _Inside("# sidecar-lint: ignore[ZZ001]\na: |\n  b: x\n  e: x\n")
    monkeypatch.setattr(ManifestInput, "targets", lambda _: iter([inside.target]))
    report = lint_source(inside.document.source, (Marked(), *ABOUT_COMMENTS), Files())
    assert (report.findings, len(report.suppressed)) == ((), 2)


@given(st.text("#: \t\n'\"|>-a[]{}sidecar-lint: ignore[ZZ001]", max_size=60))
def test_any_comment_is_answered(text: str) -> None:
    instruction = understand("# sidecar-lint: " + text.replace("\n", " "))
    for word in instruction.words:
        assert ("# sidecar-lint: " + text)[word.span.start : word.span.end].replace("\n", " ") == word.text
    _lint("a: x # sidecar-lint: " + text)


_PIECES = st.sampled_from(
    [
        "a: b",
        "'",
        '"',
        "|",
        ">",
        " ",
        "\n",
        "\n  ",
        "# sidecar-lint: ignore[A1]",
        "- ",
        "[",
        "]",
        ": ",
        "c",
        "\r\n",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_comments_are_those_of_yaml(text: str) -> None:
    """Taking a comment away changes nothing for YAML; in a scalar it would."""
    import yaml

    def scanned(text: str) -> list[object] | None:
        try:
            return [
                (type(each).__name__, getattr(each, "value", None)) for each in yaml.parse(text, yaml.CLoader)
            ]
        except yaml.YAMLError:
            return None

    before = scanned(text)
    for comment in comments(Source("m.yml", text)) if before is not None else ():
        start, end = comment.span
        assert scanned(text[:start] + text[end:]) == before


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("unpined-image", "write `unpinned-image`"),
        ("SL0106", "write `SL106`"),
        ("SL-106", "write `SL106`"),
        ("SL9999", None),  # another number is another rule
        ("XX106", None),
        ("SL1", None),  # the beginning of many codes
    ],
)
def test_what_is_meant_by_a_rule_that_does_not_exist(word: str, right: str | None) -> None:
    report = lint_text(f"a: x # sidecar-lint: ignore[{word}]")
    helps = [each.help for each in report.findings if each.code == "SL021"]
    assert helps == [right or "write a whole code or a name: `sidecar-lint rules` lists them"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("SL106, SL501, SL502", "SL106"),
        ("SL501, SL106, SL502", "SL106"),
        ("SL501,SL502 , SL106", "SL106"),
        ("SL501, SL106", "SL106"),
        ("SL106 , SL501", "SL106"),
    ],
)
def test_words_that_find_nothing_are_taken_out_and_the_others_stay(words: str, left: str) -> None:
    head = "name: api\ntype: Backend Service\nimage: {location: 'nginx:1.27'}\n"
    text = f"{head}sidecars: {{a: {{image: nginx}}}} # sidecar-lint: ignore[{words}] why\n"
    fixed = rewrite(Source("manifest.yml", text), holding(load_rules()), Files(), unsafe=False)
    assert f"ignore[{left}] why" in fixed.source.text


def test_of_several_comments_each_that_covers_a_finding_is_used() -> None:
    text = """\
# sidecar-lint: ignore-file[SL106] first
name: api
type: Backend Service
image: {location: 'nginx:1.27'}
# sidecar-lint: ignore[SL106] second
sidecars: # sidecar-lint: ignore[SL106] third
  a: {image: nginx}
  b: {image: envoy} # sidecar-lint: ignore[SL106] third
# sidecar-lint: ignore[SL106] fourth
cpu: 512
"""
    report = lint_text(text)
    assert [each.reason for each in report.suppressed] == ["first", "first"]
