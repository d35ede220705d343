"""Secrets and credentials: a finding shows where they are, and no output what they are."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lsp_client import copied
from reported import printed

from sidecar_lint import (
    Edit,
    Files,
    Finding,
    Fix,
    NewFile,
    Related,
    Rule,
    Severity,
    Span,
    Stage,
    lint_paths,
    lint_text,
)
from sidecar_lint.commands.changing import name_uncovered
from sidecar_lint.fixing.applying import apply_edits
from sidecar_lint.fixing.rewriting import rewrite
from sidecar_lint.language.diagnostic_text import message
from sidecar_lint.language.hints import hints
from sidecar_lint.language.hover import hover
from sidecar_lint.linting.hidden import Hidden
from sidecar_lint.linting.masking import smallest, told
from sidecar_lint.linting.report import Report
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.report.diff import DiffReport
from sidecar_lint.report.formats import Format
from sidecar_lint.report.statistics import StatisticsReport
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(os.path.abspath(os.sep)) / "nowhere"
AROUND = {
    "copilot/api/manifest.yml": """
name: api
type: Backend Service
image: {location: example.com/api}
secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
environments: {staging: {count: 2}}
""",
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
    "copilot/environments/prod/manifest.yml": "name: prod\ntype: Environment\n",
}


def _outputs(report: Report) -> Iterator[str]:
    """Everything that is said of a file, in every format and in an editor."""
    for wanted in Format:
        yield printed(wanted, [report], rules=load_rules())
    for made in (StatisticsReport, DiffReport):
        out = io.StringIO()
        made(out).add(report)
        yield out.getvalue()
    for finding in told(report).findings:
        yield message(finding, report.environments)
        yield from (each.message for each in finding.related)
        yield from (f"{fix.title} {fix.edits} {fix.new_files}" for fix in finding.fixes)


def _lint_secrets(text: str, path: str = "secrets.yml") -> Report:
    texts = {**AROUND, path: text}
    files = Files({str(ROOT / name): content for name, content in texts.items()})
    reports = {each.path: each for each in lint_paths([str(ROOT / path)], files=files)}
    return reports[str(ROOT / path)]


# Input files of `copilot secret init`


def _secret(number: int) -> str:
    return f"hunter{number}zz"


values = st.sampled_from(
    [
        "{}", "'{}'", '"{}"', "|-\n    {}\n    {}", ">\n    {}", "[{}]", "{{{}: {}}}", "*{}", "&{} {}", "!{} {}",
        "@{}", "%{}", "{}: {}", "'{}", '"{}', "[{}", "{{{}", "|{}", "\t{}", "\x07{}", '"\\q{}"', "{}\n{}", "- {}",
        "{} # {}", "'a{}''b'", "`{}", "? {}", "", "null", "{} '", "\n  - {}", "<<: *{}", "{}\n---\n{}: {}", "!!int {}",
    ]
)  # fmt: skip
names = st.sampled_from(["db_password", "api_key", "db_password", "other", "<<", "'q'", "# {}\nold"])
environments = st.sampled_from(["test", "prod", "staging", "prdo", "test", "# {}\n  new"])


@st.composite
def secret_files(draw: Callable[..., Any]) -> str:
    """A file of secrets, right or wrong, in which every value has a word that is nowhere else."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        entries = "".join(f"  {draw(environments)}: {draw(values)}\n" for _ in range(draw(st.integers(0, 3))))
        behind = draw(st.sampled_from(["", " ", "\t", " {}"]))
        lines.append(f"{draw(names)}:{behind}\n{entries}")
    text, number = "".join(lines).replace("{{", "\0").replace("}}", "\1"), 0
    while "{}" in text:
        text, number = text.replace("{}", _secret(number), 1), number + 1
    return text.replace("\0", "{").replace("\1", "}")


@settings(max_examples=120, deadline=None)
@given(text=secret_files(), path=st.sampled_from(["secrets.yml", "input.yml"]))
def test_nothing_of_a_secret_is_in_any_format(text: str, path: str) -> None:
    # Without a secret that a manifest uses, a file of any name is something else.
    assume(path == "secrets.yml" or re.search("(?m)^db_password:", text))
    report = _lint_secrets(text, path)
    for output in _outputs(report):
        assert not re.search(r"hunter\d", output), output


@settings(max_examples=60, deadline=None)
@given(text=secret_files())
def test_nothing_of_a_secret_is_in_what_fixes_would_change(text: str) -> None:
    files = Files({str(ROOT / name): content for name, content in {**AROUND, "secrets.yml": text}.items()})
    source = files.read(str(ROOT / "secrets.yml"))
    report = rewrite(source, load_rules(), files, unsafe=True)
    for output in _outputs(report):
        assert not re.search(r"hunter\d", output), output


def test_names_and_environments_are_shown() -> None:
    text = "# old: hunter1zz\ndb_password: {test: hunter2zz, prod: [hunter3zz]}\n"
    shown = _lint_secrets(text).shown.text
    assert shown == "* **** *********\ndb_password: {test: *********, prod: [*********]}\n"


def test_of_a_file_that_cannot_be_read_only_what_is_known_from_elsewhere_is_shown() -> None:
    shown = _lint_secrets("db_password:\n  prod: 'hunter2zz\nother: x\n").shown.text
    assert shown == "db_password:\n  prod: **********\n****** *\n"


def test_what_is_merged_from_elsewhere_is_no_name() -> None:
    for text in ("<<:\n  test: {hunter0zz: {}}\n", "db_password: {test: a, <<: {hunter0zz: b}}\n"):
        assert "hunter0zz" not in _lint_secrets(text).shown.text


def test_a_broken_file_is_still_reported() -> None:
    report = _lint_secrets("db_password:\n  prod: *hunter2zz\n")
    (finding,) = told(report).findings
    assert finding.code == "SL001"
    assert finding.message == "unknown anchor '***' referenced"


def test_a_diff_leaves_out_what_would_show_a_secret() -> None:
    text = "db_password: {test: hunter2zz, prdo: hunter3zz}\n"
    files = Files({str(ROOT / name): content for name, content in {**AROUND, "secrets.yml": text}.items()})
    report = rewrite(files.read(str(ROOT / "secrets.yml")), load_rules(), files, unsafe=True)
    assert report.fixed == 1
    out = io.StringIO()
    DiffReport(out).add(report)
    assert out.getvalue().endswith("secrets.yml left out here: its lines hold the value of a secret\n")


# Credentials in manifests


KEY = "AKIA" + "ASDFGHJKLQ234567"
RANDOM = "b8Fk20dkSl39dkGs82kLq"
MANIFEST = f"""\
name: api
type: Backend Service
image:
  location: example.com/api
  prt: 80
variables:
  KEY_ID: {KEY}
  prt: 80
  SESSION_SECRET: {RANDOM}
  DATABASE: postgres://user:{RANDOM}@db
logging:
  destination:
    Name: datadog
    apikey: fedcba9876543210
    nme: x
  variables:
    TOKEN: {RANDOM}
sidecars:
  otel:
    image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
    variables:
      AOT_CONFIG_CONTENT: |
        exporters:
          otlp_http:
            endpoint: https://example.com
            headers:
              x-api-key: hunter7hunter7
              x: y
        service:
environments:
  prod:
    variables:
      SESSION_SECRET: {RANDOM}2
"""
_CREDENTIALS = (KEY, RANDOM, "fedcba9876543210", "hunter7hunter7")


def _codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_finding_about_a_credential_shows_where_it_is_and_not_what_it_is() -> None:
    report = lint_text(MANIFEST, "manifest.yml")
    assert {"SL204", "SL614", "SL923"} <= _codes(report)
    for output in _outputs(report):
        assert not any(text in output for text in _CREDENTIALS)
    text = printed(Format.TEXT, [report])
    assert re.search(r"SESSION_SECRET: \*{21}\n.*\^{21}\n", text)


@pytest.mark.parametrize("code", ["SL204", "SL614", "SL923"])
def test_lines_beside_other_findings_do_not_show_it_either(code: str) -> None:
    rules = [rule for rule in load_rules() if rule.code != code]
    report = lint_text(MANIFEST, "manifest.yml", rules=rules)
    assert code not in _codes(report)
    for output in _outputs(report):
        assert not any(text in output for text in _CREDENTIALS)


@pytest.mark.parametrize("broken", ["  X: 'a\n", "  X: *a\n", "\tX: a\n", "  X: a: b\n"])
def test_what_may_be_a_credential_is_hidden_in_a_file_that_cannot_be_read(broken: str) -> None:
    for line in ("  apikey: hunter2\n", "  DB_PASSWORD: |\n    hunter2\n    hunter2\n", f"  x: {KEY}\n"):
        for text in (f"a:\n{line}{broken}", f"a:\n{broken}{line}"):
            for output in _outputs(lint_text(text, "manifest.yml")):
                assert "hunter2" not in output
                assert KEY not in output


def test_the_password_in_an_address_is_hidden_and_a_variable_is_not() -> None:
    text = "# https://user:hunter2@host/path postgres://${USER}:${PASSWORD}@host http://[::1]:80/a@b\n"
    shown = lint_text(text, "manifest.yml").shown.text
    assert shown == text.replace("hunter2", "*******")


def test_a_related_place_in_another_file_does_not_show_it() -> None:
    addon = Source("addon.yml", f"Resources:\n  Key: {KEY}\n  Other: 1\n")
    place = addon.text.index("Other")
    related = Related(Span(place, place + 5), "here", addon)
    finding = Finding("XX101", "x", "x", Span(0, 4), Severity.ERROR, Stage.TASK, related=(related,))
    masked = Source("addon.yml", addon.text.replace(KEY, "*" * len(KEY)))
    report = Report(Source("m.yml", "name: x\n"), (finding,), shown_elsewhere=(masked,))
    assert KEY not in printed(Format.TEXT, [report])


def test_related_files_are_masked_when_a_file_is_linted() -> None:
    texts = {**AROUND, "secrets.yml": "password: {test: hunter2zz}\nother: {test: hunter3zz}\n"}
    files = Files({str(ROOT / name): text for name, text in texts.items()})

    class Pointing(Rule):
        """It points at a line of a file of secrets."""

        code, name = "XX101", "pointing"
        severity, stage = Severity.ERROR, Stage.TASK

        def check_document(self, document: Document) -> Iterator[Finding]:
            assert document.source.path.endswith("manifest.yml")
            other = files.read(str(ROOT / "secrets.yml"))
            yield self.finding(Span(0, 1), "x", related=(Related(Span(0, 8), "here", other),))

    (report, *_) = lint_paths([str(ROOT / "copilot/api/manifest.yml")], [Pointing()], files)
    assert "hunter2zz" not in printed(Format.TEXT, [report])
    assert "password: {test: *********}" in printed(Format.TEXT, [report])


# What findings say, and what fixes write


def _report(text: str, secret: str, **changes: Any) -> Report:
    at = Span(text.index(secret), text.index(secret) + len(secret))
    fields: dict[str, Any] = {"message": "x", "span": at, "severity": Severity.ERROR, "stage": Stage.TASK}
    return Report(Source("m.yml", text), (Finding("XX101", "x", **{**fields, **changes}),), hidden=(at,))


@pytest.mark.parametrize("secret", ["hunter2", "p@ss!word", "a", "two words", "1234"])
@pytest.mark.parametrize("words", ["{!r} is odd", "it cannot be `{}`, really", "not '{}'"])
def test_a_message_does_not_say_it(secret: str, words: str) -> None:
    said = words.format(secret)
    report = _report(f"k: {secret}\n", secret, message=said, help=said, effect=said)
    (finding,) = told(report).findings
    for text in (finding.message, finding.help, finding.effect):
        assert secret not in re.sub("[a-z]{2,}", "", text) if len(secret) == 1 else secret not in text


def test_a_message_about_another_place_keeps_its_words() -> None:
    report = _report("port: 80\nk: port\n", "port\n"[:4], message="'port' is odd", span=Span(6, 8))
    assert told(report._replace(hidden=(Span(12, 16),))).findings[0].message == "'port' is odd"


def test_what_fixes_bring_to_light_is_told_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    report = _report("k: hunter2hunter2\n", "hunter2hunter2", message="'hunter2hunter2' is odd")
    name_uncovered(report._replace(uncovered=report.findings))
    assert capsys.readouterr().err == "sidecar-lint: m.yml:1:4: a fix brings XX101 to light: '***' is odd\n"


def test_a_crash_does_not_say_it() -> None:
    report = _report(
        "k: hunter2hunter2\n", "hunter2hunter2", span=Span(0, 0), message="crashed: 'hunter2hunter2'"
    )
    assert told(report).findings[0].message == "crashed: '***'"


texts = st.text("ab'\" ", max_size=12)


@given(before=texts, old=texts, new=texts | st.tuples(texts, texts).map("{}".join), after=texts)
def test_the_smallest_edits_do_the_same(before: str, old: str, new: str, after: str) -> None:
    text = before + old + after
    edit = Edit(Span(len(before), len(before) + len(old)), new.replace("{}", old))
    edits = smallest(text, edit)
    assert apply_edits(text, edits) == before + edit.text + after


def test_a_fix_writes_only_what_changes() -> None:
    text = "k: hunter2\n"
    fix = Fix("write `'hunter2'`", (Edit(Span(3, 10), "'hunter2'"),))
    (finding,) = told(_report(text, "hunter2", fixes=(fix,))).findings
    assert finding.fixes == (Fix("write `'***'`", (Edit(Span(3, 3), "'"), Edit(Span(10, 10), "'"))),)


def test_a_fix_that_must_repeat_it_is_not_told() -> None:
    text = "k: hunter2hunter2\n"
    moved = Fix("move it", (Edit(Span(0, 18), ""), Edit(Span(18, 18), "other:\n  k: hunter2hunter2\n")))
    made = Fix("put it elsewhere", (), new_files=(NewFile("x.yml", "k: hunter2hunter2\n"),))
    (finding,) = told(_report(text, "hunter2hunter2", fixes=(moved, made))).findings
    assert finding.fixes == ()


def test_a_suggestion_does_not_repeat_what_is_between_its_edits() -> None:
    fix = Fix("quote it", (Edit(Span(3, 3), "'"), Edit(Span(10, 10), "'")))
    assert "hunter2" not in printed(Format.RDJSON, [_report("k: hunter2\n", "hunter2", fixes=(fix,))])


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))), st.integers(0, 20), st.integers(0, 20))
def test_what_is_touched(pairs: list[tuple[int, int]], one: int, other: int) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    covered = {at for span in spans for at in range(*span)}
    place = Span(min(one, other), max(one, other))
    characters = range(place.start, max(place.end, place.start + 1))
    assert Hidden(spans).touches(place) == any(at in covered for at in characters)
    assert {at for span in Hidden(spans) for at in range(*span)} == covered


# Editors


def test_hover_and_hints_do_not_show_it() -> None:
    document = Document(Source("manifest.yml", MANIFEST))
    for text in _CREDENTIALS:
        for found in re.finditer(re.escape(text), MANIFEST):
            shown = hover(document, found.start())
            assert shown is None or text not in shown.markdown
    said = [hint.text for hint in hints(document)]
    assert said == ["base: ***"]


def test_an_editor_is_not_shown_secrets(tmp_path: Path) -> None:
    secrets = "db_password:\n  test: hunter2zz\n  prod: [hunter3zz, {hunter4zz: x}]\n  prdo: hunter5zz\n"
    for name, text in {**AROUND, "secrets.yml": secrets, "copilot/api/manifest.yml": MANIFEST}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 60, "character": 0}}
    with copied(tmp_path) as client:
        client.initialize({"textDocument": {"publishDiagnostics": {"relatedInformation": True}}})
        for path in ("secrets.yml", "copilot/api/manifest.yml"):
            client.open(path)
            answers = [
                client.pushed(path),
                client.ask("textDocument/documentSymbol", path),
                client.ask("textDocument/inlayHint", path, range=whole),
                client.ask("textDocument/codeAction", path, range=whole, context={"diagnostics": []}),
                client.ask("textDocument/hover", path, position={"line": 8, "character": 20}),
            ]
            assert answers[0]
            said = repr(answers)
            assert not any(text in said for text in (*_CREDENTIALS, *map(_secret, range(2, 6))))
        client.change("copilot/api/manifest.yml", {"text": "name: api\nvariables:\n  TOKEN: *hunter7zz\n"})
        (finding,) = client.pushed("copilot/api/manifest.yml", 2)
        assert finding["message"].startswith("unknown anchor '***' referenced\n")


def test_no_part_of_a_configuration_shows_its_credentials() -> None:
    """A collector puts the two variables together, so that neither is linted as a configuration."""
    part = "exporters: {otlp: {headers: {api-key: hunter2hunter2}, endpoint: 'http://api:4318'}}"
    report = lint_text(f"""
name: api
type: Backend Service
image: {{location: example.com/api, port: 80}}
sidecars:
  otel:
    image: otel/opentelemetry-collector-contrib:0.115.1
    command: ["--config=env:ONE", "--config=env:TWO"]
    variables:
      ONE: "{part}"
      TWO: 'receivers: {{}}'
""")
    assert any(each.code == "SL152" for each in report.findings)
    assert not [text for text in _outputs(report) if "hunter2hunter2" in text]
