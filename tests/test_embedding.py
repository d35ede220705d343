"""A text inside a text: every place is found again, whatever the style of the scalar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint import Cause, Edit, Finding, Fix, Mapping, Related, Scalar, Severity, Span, Stage
from sidecar_lint.embedding import Embedding
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read


def _embedded(text: str) -> Embedding:
    source = Source("f.yml", text)
    root = read(source).root
    assert isinstance(root, Mapping)
    scalar = root.get("a")
    assert isinstance(scalar, Scalar)
    return Embedding(source, scalar)


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  one:\n    two: 3 # é😀\n\n  four: five\n",
        "a: |2- # header\n    one:\n      two: 3\n  four: five\n",
        "a: >\n  one\n  two 3\n\n  four five\n",
        "a: one two\n  four five\n",
        "a: 'one two four five'\n",
        'a: "one two four five"\n',
        "b: &x |\n    one two\n    four five\na: *x\n",
        "a: |\r\n  one two\r\n  four five\r\n",
    ],
)
def test_every_word_is_found(text: str) -> None:
    embedded = _embedded(text)
    for word in ("one", "two", "four", "five"):
        at = embedded.source.text.index(word)
        span = embedded.span(Span(at, at + len(word)))
        assert embedded.file.text[span.start : span.end] == word
        assert embedded.inner(span) == Span(at, at + len(word))


def test_where_characters_differ_the_scalar_is_meant() -> None:
    embedded = _embedded('a: "one\\ntwo"\n')
    assert embedded.span(Span(4, 7)) == embedded.scalar.span
    assert embedded.inner(embedded.scalar.span) is None
    assert _embedded("a: ''\n").span(Span(0, 0)) == Span(3, 5)


@given(st.lists(st.text("ab :#é😀-", max_size=12), max_size=6), st.integers(0, 4))
def test_a_literal_block_keeps_its_lines(lines: list[str], indent: int) -> None:
    body = "".join(f"{' ' * (indent + 1)}.{line}\n" for line in lines)
    embedded = _embedded(f"a: |\n{body}b: 1\n")
    text = embedded.source.text
    for start in range(len(text)):
        if not text[start].isspace():
            span = embedded.span(Span(start, start + 1))
            assert embedded.file.text[span.start : span.end] == text[start]


def test_a_finding_and_its_fix_are_moved() -> None:
    embedded = _embedded("a: |\n  one: two\n")
    fix = Fix("write `three`", (Edit(Span(5, 8), "three"),))
    related = Related(Span(0, 3), "the key")
    finding = Finding(
        "X1", "x", "m", Span(5, 8), Severity.ERROR, Stage.TASK, fixes=(fix,), related=(related,)
    )
    finding = finding._replace(follows_from=(Cause("X2", Span(0, 3)),))
    moved = embedded.finding(finding)
    assert moved.span == Span(12, 15)
    assert moved.related == (Related(Span(7, 10), "the key"),)
    assert moved.follows_from == (Cause("X2", Span(7, 10)),)
    assert moved.fixes == (Fix("write `three`", (Edit(Span(12, 15), "three"),)),)
    several = fix._replace(edits=(Edit(Span(0, 8), "a\nb"),))
    assert embedded.finding(finding._replace(fixes=(several,))).fixes == ()
    quoted = _embedded("a: 'one: two'\n")
    assert quoted.finding(finding).fixes == ()
