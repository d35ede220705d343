"""Running a rule's own examples: `check_examples(MyRule())`, in the tests of any package of rules."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import NamedTuple

from sidecar_lint.engine import CRASH_CODE, lint_text
from sidecar_lint.finding import Finding
from sidecar_lint.fixing import apply, first_fixes
from sidecar_lint.rule import Bad, Rule

_MARK = re.compile(r"#? *(\^+) +([A-Z]+[0-9]+)\s*")


class Mark(NamedTuple):
    """Where an example expects a finding: a zero-based line and columns in code points."""

    line: int
    start: int
    end: int
    code: str


def parse(example: str) -> tuple[str, list[Mark]]:
    """An example without its lines of carets, and what they mark."""
    lines: list[str] = []
    marks: list[Mark] = []
    for line in dedent(example).strip("\n").split("\n"):
        if match := _MARK.fullmatch(line):
            marks.append(Mark(len(lines) - 1, match.start(1), match.end(1), match[2]))
        else:
            lines.append(line)
    return "\n".join(lines) + "\n", marks


def complete(text: str) -> str:
    """An example as a manifest: one that does not say gets a `name` and a `type` at its end."""
    for field, value in (("name", "api"), ("type", "Load Balanced Web Service")):
        if not re.search(rf"^[\"']?{field}[\"']?\s*:", text, re.MULTILINE) and not text.lstrip().startswith(
            "{"
        ):
            text += f"{field}: {value}\n"
    return text


def findings(rule: Rule, text: str) -> tuple[Finding, ...]:
    """What one rule says of an example."""
    found = lint_text(text, "manifest.yml", [rule]).findings
    crashes = [each.message for each in found if each.code == CRASH_CODE]
    assert not crashes, crashes
    return found


def check_examples(rule: Rule) -> None:
    """Assert that every `bad` is flagged exactly at its carets and every `good` is silent.

    Where `fixed` is given, the first fix of each finding must lead to a text that holds it and
    that the rule no longer flags there.
    """
    assert rule.bad, f"{rule.code} has no bad example"
    assert rule.good, f"{rule.code} has no good example"
    for good in rule.good:
        text, marks = parse(good)
        assert not marks, f"{rule.code}: a good example has carets"
        found = findings(rule, complete(text))
        assert not found, f"{rule.code} flags a good example:\n{good}\n{found}"
    for bad in rule.bad:
        _check_bad(rule, bad)


def _check_bad(rule: Rule, bad: Bad) -> None:
    text, marks = parse(bad.text)
    assert marks, f"{rule.code}: a bad example has no carets:\n{text}"
    text = complete(text)
    found = findings(rule, text)
    assert {_mark(text, each) for each in found} == set(marks), f"{rule.code}:\n{text}\n{found}"
    if bad.fixed is not None:
        fixed = apply(text, first_fixes(found))
        assert bad.fixed in fixed, f"{rule.code}: {bad.fixed!r} is not in\n{fixed}"
        assert fixed != text, f"{rule.code}: no fix"


def _mark(text: str, finding: Finding) -> Mark:
    """The mark that a finding should have; one of several lines is marked on the first."""
    before = text[: finding.span.start]
    line, start = before.count("\n"), len(before) - (before.rfind("\n") + 1)
    first_line = text[finding.span.start : finding.span.end].partition("\n")[0]
    return Mark(line, start, start + max(len(first_line.rstrip()), 1), finding.code)
