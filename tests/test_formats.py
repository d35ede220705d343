"""Every format of a report: what it says of one workspace, and that it can be read whatever is in it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given, settings
from jsonschema import Draft7Validator
from reported import MANIFEST, PROBLEM, Denied, any_reports, printed, span, texts, whole, workspace
from workspaces import FIXTURES

from sidecar_lint import Edit, Finding, Fix, Severity, Span, Stage
from sidecar_lint.finding import NewFile
from sidecar_lint.fixing.applying import apply
from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.report.formats import Format
from sidecar_lint.report.repository import repository_path
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_snapshot.plugin import Snapshot

SNAPSHOTS = Path(__file__).parent / "snapshots" / "formats"
SCHEMAS = Path(__file__).parent / "schemas"
DEMO = FIXTURES / "demo"

_ENDINGS = {
    **dict.fromkeys((Format.TEXT, Format.CONCISE, Format.GITHUB, Format.AGENT), "txt"),
    **dict.fromkeys((Format.JSON, Format.SARIF, Format.GITLAB, Format.RDJSON), "json"),
    **dict.fromkeys((Format.JUNIT, Format.CHECKSTYLE), "xml"),
}
_JSON = [each for each, ending in _ENDINGS.items() if ending == "json"]
_XML = [each for each, ending in _ENDINGS.items() if ending == "xml"]


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("GITHUB_STEP_SUMMARY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("wanted", Format)
def test_everything_there_is_to_say(wanted: Format, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = SNAPSHOTS
    text = printed(wanted, whole(), [PROBLEM], [Denied()])
    snapshot.assert_match(text, f"{wanted}.{_ENDINGS[wanted]}")


def _cases() -> list[tuple[str, list[Report], list[PathProblem]]]:
    nothing = PathProblem(None, "no copilot/ folder here or above")
    return [
        ("whole", whole(), [PROBLEM, nothing]),
        ("demo", workspace(DEMO), []),
        ("clean", [Report(MANIFEST, ())], []),
        ("nothing", [], []),
    ]


_CASES = pytest.mark.parametrize(("name", "reports", "problems"), _cases())


@_CASES
def test_checkstyle_fits_its_schema(name: str, reports: list[Report], problems: list[PathProblem]) -> None:
    schema = xmlschema.XMLSchema(str(SCHEMAS / "checkstyle.xsd"))
    schema.validate(printed(Format.CHECKSTYLE, reports, problems))
    assert name


@_CASES
def test_code_quality_fits_its_schema(name: str, reports: list[Report], problems: list[PathProblem]) -> None:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.schema.json").read_text("utf-8"))
    found = json.loads(printed(Format.GITLAB, reports, problems))
    Draft7Validator(schema).validate(found)
    assert len({each["fingerprint"] for each in found}) == len(found)
    assert bool(found) == (name in ("whole", "demo"))


_anything = settings(max_examples=60, deadline=None)


def _clean(text: str) -> str:
    """What JSON readers get of a text."""
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)


@pytest.mark.parametrize("wanted", _JSON)
@_anything
@given(reports=any_reports(), words=texts)
def test_json_holds_any_text(wanted: Format, reports: list[Report], words: str) -> None:
    text = printed(wanted, reports, [PathProblem(words, words)], [Denied()])
    assert text.isascii()
    json.dumps(json.loads(text)).encode()
    if wanted is Format.JSON:
        (report,) = reports
        read = [each["message"] for each in json.loads(text)["findings"]]
        assert read == [_clean(each.message) for each in report.findings]


def _xml_clean(text: str) -> str:
    allowed: Callable[[str], bool] = lambda each: (  # noqa: E731  a table would be longer
        each in "\t\n\r" or " " <= each <= "\ud7ff" or "\ue000" <= each <= "\ufffd" or each > "\uffff"
    )
    return "".join(each if allowed(each) else "\ufffd" for each in text)


@pytest.mark.parametrize("wanted", _XML)
@_anything
@given(reports=any_reports(), words=texts)
def test_xml_holds_any_text(wanted: Format, reports: list[Report], words: str) -> None:
    text = printed(wanted, reports, [PathProblem(words, words)])
    assert text.isascii()
    root = ET.fromstring(text)  # noqa: S314  we wrote it
    messages = [each.get("message", "").partition("\neffect: ")[0] for each in root.iter("error")]
    assert _xml_clean(words) in messages
    if wanted is Format.CHECKSTYLE:
        (report,) = reports
        (file,) = (each for each in root if len(each) == len(report.findings))
        assert file.get("name") == _xml_clean(report.path)
        read = [each.get("message", "") for each in file]
        expected = [_xml_clean(each.message) for each in report.findings]
        assert [text[: len(words)] for text, words in zip(read, expected, strict=True)] == expected


@_anything
@given(reports=any_reports())
def test_concise_is_a_line_a_finding(reports: list[Report]) -> None:
    lines = printed(Format.CONCISE, reports).split("\n")
    assert len(lines) - 1 == len(reports[0].findings)
    assert all(line.isprintable() for line in lines)


def test_quiet_is_for_people() -> None:
    for wanted in (Format.TEXT, Format.CONCISE, Format.GITHUB, Format.AGENT):
        assert "there is storage" not in printed(wanted, whole(), quiet=True)
    for wanted in (*_JSON, *_XML):
        assert printed(wanted, whole(), quiet=True) == printed(wanted, whole())


# SARIF


def _run(*reports: Report, **options: Any) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(printed(Format.SARIF, reports, **options))["runs"][0]
    return run


def _text_in(region: dict[str, int], source: Source) -> str:
    """What a region of SARIF is about, its columns being code points and its lines ours."""
    lines = source.text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    return source.text[start : starts[region["endLine"] - 1] + region["endColumn"] - 1]


def test_sarif_regions_are_code_points() -> None:
    report = whole()[0]
    run = _run(report)
    assert run["columnKind"] == "unicodeCodePoints"
    for result, finding in zip(run["results"], report.findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert _text_in(region, MANIFEST) == MANIFEST.text[finding.span.start : finding.span.end]


def test_sarif_describes_the_rules_that_found_something() -> None:
    run = _run(*whole(), rules=[Denied()])
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["XX102", "XX103", "XX101"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["XX102", "XX103", "XX101"]
    described = rules[2]
    assert described["defaultConfiguration"] == {"level": "error"}
    assert described["properties"]["stage"] == "task"
    assert "An example that is `only` here" in described["help"]["markdown"]
    assert "```yaml\nname: api\n" in described["help"]["markdown"]
    assert rules[1]["defaultConfiguration"] == {"level": "note"}


def test_sarif_fixes_reach_new_files() -> None:
    fixes = _run(whole()[0])["results"][2]["fixes"]
    uris = [change["artifactLocation"]["uri"] for change in fixes[0]["artifactChanges"]]
    assert uris == ["copilot/api/manifest.yml", "copilot/api/addons/new.yml"]
    only_new = Fix("make it", (), new_files=(NewFile("a b.yml", "x"),))
    finding = whole()[0].findings[0]._replace(fixes=(only_new,))
    (change,) = _run(Report(MANIFEST, (finding,)))["results"][0]["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "a%20b.yml"


def test_sarif_tells_of_problems() -> None:
    (invocation,) = _run(problems=[PROBLEM])["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert "Permission denied" in notification["message"]["text"]
    assert _run(*whole())["invocations"][0]["executionSuccessful"]


def test_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    below = tmp_path / "services" / "a b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    finding = Finding("XX101", "x", "x", Span(0, 1), Severity.ERROR, Stage.TASK)
    results = _run(*(Report(Source(path, "a"), (finding,)) for path in ("m:é.yml", "../m.yml", "/else/m")))
    found = [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in results["results"]]
    assert found == [
        {"uri": "services/a%20b/m%3A%C3%A9.yml", "uriBaseId": "%SRCROOT%"},
        {"uri": "services/m.yml", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///else/m"},
    ]
    assert repository_path(str(tmp_path / "x.yml")) == "x.yml"


# Fingerprints


def _fingerprints(text: str, *parts: tuple[str, int]) -> list[str]:
    """Of findings at the numbered occurrences of parts."""
    findings = []
    for part, number in parts:
        start = -1
        for _ in range(number):
            start = text.index(part, start + 1)
        place = Span(start, start + len(part))
        findings.append(Finding("XX101", "x", f"{part} is odd", place, Severity.ERROR, Stage.TASK))
    results = _run(Report(Source("m.yml", text), tuple(findings)))["results"]
    return [each["partialFingerprints"]["sidecarLint/v2"] for each in results]


BEFORE = "a: {image: x}\nb:\n  image: x\nl: [x, x]\n"
AFTER = "# more\nnew: x\nb:\n  y: 1\n  image:   x\n\na: {image: x}\nl: [y, x, x]\n"


def test_a_fingerprint_stays_when_lines_move() -> None:
    before = _fingerprints(BEFORE, ("x", 1), ("x", 2), ("x", 3), ("x", 4))
    after = _fingerprints(AFTER, ("x", 3), ("x", 2), ("x", 4), ("x", 5))
    assert before == after
    assert len(set(before)) == 4


def test_a_fingerprint_is_of_one_file_and_rule() -> None:
    (one,) = _fingerprints(BEFORE, ("x", 1))
    finding = Finding("XX102", "x", "x is odd", Span(11, 12), Severity.ERROR, Stage.TASK)
    other_rule = Report(Source("m.yml", BEFORE), (finding,))
    other_file = Report(Source("n.yml", BEFORE), (finding._replace(code="XX101"),))
    results = _run(other_rule, other_file)["results"]
    assert len({one, *(each["partialFingerprints"]["sidecarLint/v2"] for each in results)}) == 3


@_anything
@given(reports=any_reports())
def test_no_two_findings_have_one_fingerprint(reports: list[Report]) -> None:
    twice = Report(reports[0].source, reports[0].findings * 2)
    results = _run(twice)["results"]
    assert len({each["partialFingerprints"]["sidecarLint/v2"] for each in results}) == len(results)


# rdjson


def _bytes_in(where: dict[str, Any], source: Source) -> slice:
    lines = source.text.encode().splitlines(keepends=True)
    ends = (where["start"], where["end"])
    return slice(*(sum(map(len, lines[: end["line"] - 1])) + end["column"] - 1 for end in ends))


def test_rdjson_counts_bytes_and_suggests_the_first_fix() -> None:
    report = whole()[0]
    diagnostics = json.loads(printed(Format.RDJSON, [report]))["diagnostics"]
    data = MANIFEST.text.encode()
    for diagnostic, finding in zip(diagnostics, report.findings, strict=True):
        found = data[_bytes_in(diagnostic["location"]["range"], MANIFEST)]
        assert found.decode() == MANIFEST.text[finding.span.start : finding.span.end]
    (suggestion,) = diagnostics[0]["suggestions"]
    place = _bytes_in(suggestion["range"], MANIFEST)
    fixed = data[: place.start] + suggestion["text"].encode() + data[place.stop :]
    assert fixed.decode() == apply(MANIFEST.text, report.findings[0].fixes)
    # A suggestion is of one file, and half a fix is none.
    assert diagnostics[2]["suggestions"] == []


def test_rdjson_suggests_an_insertion() -> None:
    fix = Fix("insert", (Edit(Span(4, 4), "x"),))
    finding = Finding("XX101", "x", "x", span(MANIFEST, "name"), Severity.ERROR, Stage.TASK, fixes=(fix,))
    text = printed(Format.RDJSON, [Report(MANIFEST, (finding,))])
    (suggestion,) = json.loads(text)["diagnostics"][0]["suggestions"]
    at = {"line": 1, "column": 5}
    assert suggestion == {"range": {"start": at, "end": at}, "text": "x"}


# For coding assistants


def _agent_edits(lines: list[str], source: Source) -> list[Edit]:
    """Edits as they are told, which must be true of the text."""
    starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
    edits = []
    for line in lines:
        read = re.fullmatch(r'    (\d+):(\d+) (?:replace|delete) ("[^"]*")(?: with ("[^"]*"))?', line)
        if read:
            start = starts[int(read[1]) - 1] + int(read[2]) - 1
            old = json.loads(read[3])
            assert source.text[start : start + len(old)] == old
            edits.append(Edit(Span(start, start + len(old)), json.loads(read[4] or '""')))
    return edits


def test_an_assistant_is_told_each_fix_as_edits() -> None:
    report = whole()[0]
    lines = printed(Format.AGENT, [report]).split("\n")
    first = lines[: next(number for number, line in enumerate(lines) if "XX103" in line)]
    assert "  fix (safe): write 81" in first
    told = Fix("", tuple(_agent_edits(first, MANIFEST)))
    assert apply(MANIFEST.text, [told]) == apply(MANIFEST.text, report.findings[0].fixes)
    assert '    new file "copilot/api/addons/new.yml": "é: 1\\n"' in lines


def _agent(text: str, edit: Edit, *hidden: Span) -> str:
    """What is told of an edit."""
    fix = Fix("mend it", (edit,), safe=True)
    finding = Finding("XX101", "x", "x", Span(0, 1), Severity.ERROR, Stage.TASK, fixes=(fix,))
    lines = printed(Format.AGENT, [Report(Source("m.yml", text), (finding,), hidden=hidden)]).split("\n")
    return lines[lines.index("  fix (safe): mend it") + 1]


def test_an_assistant_is_told_of_insertions_deletions_and_what_is_too_long_or_secret() -> None:
    assert _agent("a: 1\n", Edit(Span(5, 5), "b: 2\n")) == '    2:1 insert "b: 2\\n"'
    assert _agent("a: 1\n", Edit(Span(0, 5), "")) == '    1:1 delete "a: 1\\n"'
    assert _agent("a: 1\n" * 100, Edit(Span(0, 500), "b")) == '    1:1 replace what is before 101:1 with "b"'
    assert _agent("a: hunter22\n", Edit(Span(3, 11), ""), Span(3, 11)) == "    1:4 delete what is before 1:12"


@_anything
@given(reports=any_reports())
def test_a_report_for_assistants_has_lines_of_its_own_only(reports: list[Report]) -> None:
    lines = printed(Format.AGENT, reports).split("\n")
    assert all(line.isprintable() for line in lines)
    heads = [line for line in lines if not line.startswith("  ")]
    assert len(heads) >= len(reports[0].findings)


def test_an_assistant_is_told_how_to_go_on() -> None:
    text = printed(Format.AGENT, whole())
    assert text.endswith(
        "1 error, 1 warning, 1 info in 2 files\n"
        "next: `sidecar-lint --fix` makes the safe edits, with `--unsafe-fixes` also those that may not be meant;"
        " `sidecar-lint rule CODE` tells more of a rule\n"
    )
    assert printed(Format.AGENT, [Report(MANIFEST, ())]) == "1 file, no findings\n"


@pytest.mark.skipif(os.sep != "/", reason="paths of Windows have no such form")
def test_a_path_outside_stays_absolute() -> None:
    assert repository_path("/else/where.yml") == "/else/where.yml"
