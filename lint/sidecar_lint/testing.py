"""Running a rule's own examples: `check_examples(MyRule())`, in the tests of any package of rules.

An example is a manifest. One of several files says which: a line `# file: copilot/api/addons/x.yml`
begins another file, and what comes before the first such line is `copilot/api/manifest.yml`. A line
`# unreadable file: prod.env` says that there is a file which cannot be read. What every manifest must
have (`name`, `type`) need not be written, nor the manifest of a workload of which there is an addon.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import date
from errno import EACCES
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from sidecar_lint.dates import Calendar
from sidecar_lint.files.reading import Reason, Unread
from sidecar_lint.fixing.applying import apply, first_fixes
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.linting.engine import lint_text
from sidecar_lint.linting.rule_failures import CRASH_CODE
from sidecar_lint.manifests.copilot_names import LOAD_BALANCED
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.option import dated
from sidecar_lint.rulebook.rule import Bad, Rule
from sidecar_lint.syntax.tree import read
from sidecar_lint.workspace.files import Files
from sidecar_lint.workspace.places import ManifestKind, kind_of
from sidecar_lint.workspace.workspace import MANIFEST, NO_WORKLOADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.linting.report import Report

_MARK = re.compile(r"#? *(\^+) +([A-Z]+[0-9]+)\s*")
_FILE = re.compile(r"# file: (\S+)\s*")
#: A file that is looked at for the workload whose folder it is in.
_BESIDE_MANIFEST = re.compile(r"copilot/([^/]+)/(?:addons|overrides)/[^/]+")
_UNREADABLE_FILE = re.compile(r"# unreadable file: (\S+)\s*")
_UNREADABLE: Final = Unread(Reason.UNREADABLE, os.strerror(EACCES), EACCES)
_MANIFEST: Final = "copilot/api/manifest.yml"
_SOURCE: Final = "{provider: GitHub, properties: {repository: example/shop}}"
#: Where the files of an example are said to be; nothing is there.
NOWHERE: Final = os.path.abspath(os.path.join(os.sep, "sidecar-lint-example"))
#: What is today in the examples of rules that go by dates.
EXAMPLES_DAY: Final = date(2026, 12, 1)


class Mark(NamedTuple):
    """Where an example expects a finding: a zero-based line and columns in code points."""

    path: str
    line: int
    start: int
    end: int
    code: str


class Example(NamedTuple):
    """The files of an example by their paths, without the lines of carets, and what these mark.

    `unreadable` are the paths of files that cannot be read.
    """

    files: dict[str, str]
    marks: list[Mark]
    unreadable: frozenset[str] = frozenset()
    allow_plugins: bool = False

    def reports(self, rule: Rule) -> Iterator[Report]:
        """What one rule says of it on the day of examples, file by file."""
        rule = dated(rule, Calendar(EXAMPLES_DAY))
        alone = type(rule).check_suppressions is Rule.check_suppressions
        if alone and list(self.files) == [_MANIFEST] and not self.unreadable:
            yield lint_text(self.files[_MANIFEST], _MANIFEST, [rule])
            return
        texts = {os.path.join(NOWHERE, path): text for path, text in self.files.items()}
        unreadable = {os.path.join(NOWHERE, path): _UNREADABLE for path in self.unreadable}
        files = Files({**texts, **unreadable}, plugins=self.allow_plugins)
        yield from lint_paths(texts, [rule], files)


def parse_bad(bad: Bad) -> Example:
    """Take a bad example apart."""
    return parse(bad.text)._replace(allow_plugins=bad.allow_plugins)


def parse(example: str) -> Example:
    """Take an example apart. A manifest that does not say gets a `name` and a `type` at its end."""
    files: dict[str, list[str]] = {}
    marks: list[Mark] = []
    unreadable: set[str] = set()
    path = _MANIFEST
    for line in dedent(example).strip("\n").split("\n"):
        if match := _FILE.fullmatch(line):
            path = match[1]
            files.setdefault(path, [])
        elif match := _UNREADABLE_FILE.fullmatch(line):
            unreadable.add(match[1])
        elif match := _MARK.fullmatch(line):
            number = len(files.get(path, ())) - 1
            marks.append(Mark(path, number, match.start(1), match.end(1), match[2]))
        else:
            files.setdefault(path, []).append(line)
    texts = {path: "".join(f"{line}\n" for line in lines) for path, lines in files.items()}
    texts = {**texts, **{path: "" for path in _manifests_beside(files) if path not in texts}}
    complete = {path: _complete(path, text) for path, text in texts.items()}
    return Example(complete, marks, frozenset(unreadable))


def _manifests_beside(paths: Iterable[str]) -> Iterator[str]:
    """The manifests of the workloads that files are of."""
    folders = (match[1] for path in paths if (match := _BESIDE_MANIFEST.fullmatch(path)))
    yield from (f"copilot/{name}/{MANIFEST}" for name in folders if name not in NO_WORKLOADS)


def _complete(path: str, text: str) -> str:
    if text.lstrip().startswith("{"):
        return text
    for field, value in _needed(path):
        if not re.search(rf"^[\"']?{field}[\"']?\s*:", text, re.MULTILINE):
            text += f"{field}: {value}\n"
    return text


def _needed(path: str) -> tuple[tuple[str, str], ...]:
    """The fields that every manifest at such a place has, and what they are in examples."""
    folder, name = path.split("/")[-2:] if "/" in path else ("", path)
    if kind_of(path) is ManifestKind.ENVIRONMENT:
        return ("name", folder), ("type", "Environment")
    if kind_of(path) is ManifestKind.PIPELINE:
        return ("name", folder), ("version", "1"), ("source", _SOURCE), ("stages", "[{name: test}]")
    if name == os.path.basename(_MANIFEST):
        return ("name", "api"), ("type", LOAD_BALANCED)
    return ()


def check_examples(rule: Rule) -> None:
    """Assert that every `bad` is flagged exactly at its carets and every `good` is silent.

    `also_bad` and `also_good` are examples like these. Each caret stands for one finding. Where `fixed` is given, the
    first fix of each finding must lead to a file that holds it; a rule with fixes has to show one in `bad`. For rules
    that go by dates it is the first of December 2026.
    """
    assert rule.bad, f"{rule.code} has no bad example"
    assert rule.good, f"{rule.code} has no good example"
    for good in (*rule.good, *rule.also_good):
        example = parse(good)
        assert not example.marks, f"{rule.code}: a good example has carets"
        reports = _reports(rule, example)
        broken = [problem for report in reports if (problem := read(report.source).problem)]
        assert not broken, f"{rule.code}: a good example is not YAML:\n{good}\n{broken}"
        found = [finding for report in reports for finding in report.findings]
        marks = [mark for report in reports for mark in _marks(report)]
        assert not found, _difference(rule, example, marks)
    fixable = [_check_bad(rule, bad) for bad in (*rule.bad, *rule.also_bad)]
    shown = any(bad.fixed is not None for bad in rule.bad)
    assert shown or not any(fixable), f"{rule.code}: no example shows what its fix writes: give one `fixed`"


def _check_bad(rule: Rule, bad: Bad) -> bool:
    """Whether what is found in it can be fixed."""
    example = parse_bad(bad)
    hint = f"write a line such as `#   ^^^^ {rule.code}` under what is flagged"
    assert example.marks, f"{rule.code}: a bad example has no carets: {hint}\n{bad.text}"
    reports = _reports(rule, example)
    found = [mark for report in reports for mark in _marks(report)]
    assert sorted(found) == sorted(example.marks), _difference(rule, example, found)
    if bad.fixed is not None:
        changed = [text for report in reports for text in _changed(report)]
        assert changed, f"{rule.code}: no fix"
        told = "\n".join(changed)
        message = f"{rule.code}: after its fix, no file holds {bad.fixed!r}:\n{told}"
        assert any(bad.fixed in text for text in changed), message
    return any(finding.fixes for report in reports for finding in report.findings)


def _difference(rule: Rule, example: Example, found: Sequence[Mark]) -> str:
    """The example with carets as they are, and what each of them should be."""
    lines = [f"{rule.code} does not find what its example says:"]
    there, wanted = Counter(found), Counter(example.marks)
    said = {
        **dict.fromkeys(there & wanted, "right"),
        **dict.fromkeys(wanted - there, "expected, not found"),
        **dict.fromkeys(there - wanted, "found, not expected, or more often"),
    }
    for path, text in example.files.items():
        lines += [f"  # file: {path}"] if len(example.files) > 1 else []
        for number, line in enumerate(text.splitlines()):
            lines.append(f"  {line}")
            here = sorted(mark for mark in said if (mark.path, mark.line) == (path, number))
            lines += [
                f"  {' ' * each.start}{'^' * (each.end - each.start)} {each.code} {said[each]}"
                for each in here
            ]
    return "\n".join(lines)


def _reports(rule: Rule, example: Example) -> list[Report]:
    reports = list(example.reports(rule))
    crashes = [each.message for report in reports for each in report.findings if each.code == CRASH_CODE]
    assert not crashes, crashes
    return reports


def _changed(report: Report) -> Iterator[str]:
    """The files that the first fixes change or make."""
    fixes = first_fixes(report.findings)
    text = apply(report.source.text, fixes)
    if text != report.source.text:
        yield text
    yield from (file.text for fix in fixes for file in fix.new_files)


def _marks(report: Report) -> Iterator[Mark]:
    """The marks that the findings should have; one of several lines is marked on the first."""
    text, path = report.source.text, report.path.removeprefix(NOWHERE + os.sep)
    for finding in report.findings:
        before = text[: finding.span.start]
        line, start = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        first_line = text[finding.span.start : finding.span.end].partition("\n")[0]
        yield Mark(path, line, start, start + max(len(first_line.rstrip()), 1), finding.code)
