"""What a finding is known by: its rule and its path, which nothing before it in the file changes."""

from __future__ import annotations

import pytest

from sidecar_lint import Finding, Severity, Span, Stage
from sidecar_lint.linting.identity import Identities
from sidecar_lint.linting.report import Report
from sidecar_lint.syntax.source import Source


def _paths(text: str, part: str, hidden: tuple[Span, ...] = ()) -> tuple[str, str]:
    """The paths of a finding at the first occurrence of a part of a text."""
    start = text.index(part)
    finding = Finding("XX101", "x", "odd", Span(start, start + len(part)), Severity.ERROR, Stage.TASK)
    rule, path, outer_path = Identities(Report(Source("m.yml", text), (finding,), hidden=hidden)).of(finding)
    assert rule == "XX101"
    return path, outer_path


@pytest.mark.parametrize(
    ("text", "part", "path"),
    [
        ("a: {b: x}\n", "x", "a.b"),
        ("a:\n  b: x\n", "b", "a.b"),
        ("a: [y, x]\n", "x", "a[x]"),
        ("a:\n  - y\n  - 'x   and\n    more'\n", "'x", "a[x and more]"),
        (f"a: [{'x' * 50}]\n", "x", f"a[{'x' * 40}]"),
        ("a: [[y, x]]\n", "x", "a[][x]"),
        ("a: [{size: 1, path: /p, name: n, bad: x}]\n", "x", "a[name=n].bad"),
        ("a: [{size: 1, path: /p, name: [n], bad: x}]\n", "x", "a[path=/p].bad"),
        ("a: [{size: 1, name: , id: 7, bad: x}]\n", "x", "a[id=7].bad"),
        ("a: [{size: 1, bad: x}]\n", "x", "a[].bad"),
        ("b: &b {name: n}\na: [*b, x]\n", "*b", "a[name=n]"),
        ("a:\n  - bad: x\n    name: n\n", "bad: x\n    name: n", "a[name=n]"),
        ("a: {b: x}\n", "a: {b: x}", "a"),
        ("a: 1\nb: 2\n", "a: 1\nb", ""),
        ("a: [x\n", "x", ""),
        ("a: x\na: y\n", "a", "a"),
        ("? [a]\n: x\n", "x", ""),
    ],
)
def test_an_item_is_known_by_what_it_says(text: str, part: str, path: str) -> None:
    assert _paths(text, part)[0] == path


def test_the_path_of_old_baselines_says_only_that_it_is_an_item() -> None:
    assert _paths("a:\n  - bad: x\n    name: n\n", "bad: x\n    name: n") == ("a[name=n]", "a[].bad")
    assert _paths("a: [y, x]\n", "x") == ("a[x]", "a[]")


def test_what_is_hidden_is_not_said() -> None:
    text = "a: [{name: secret, bad: x}, secret]\nsecret: y\n"
    places = [at for at in range(len(text)) if text.startswith("secret", at)]
    hidden = tuple(Span(at, at + 3) for at in places)
    assert _paths(text, "x", hidden)[0] == "a[name=***].bad"
    assert _paths(text, "secret]", hidden)[0] == "a"
    assert _paths(text, "secret", hidden[1:])[0] == "a[name=secret].name"
    assert _paths(text, "y", hidden)[0] == "***"
