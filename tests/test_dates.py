"""Findings that rest on a day: information before it, a warning from then on, and the day can be moved."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from sidecar_lint import Files, Finding, Severity, Stage
from sidecar_lint.commands.cli import app
from sidecar_lint.dates import Calendar, ends, read_date, today
from sidecar_lint.effective_configuration.configurations import CommandLineOverrides, Configurations
from sidecar_lint.linting.configuration_mistakes import mistakes_in
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.rulebook.registry import load_rules

FOLDER = "/nowhere/copilot"
ADDON = """\
Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
Resources: {Clean: {Type: 'AWS::Lambda::Function', Properties: {Runtime: nodejs18.x}}}
"""
TEXTS = {
    f"{FOLDER}/.workspace": "application: shop\n",
    f"{FOLDER}/api/manifest.yml": "name: api\ntype: Backend Service\nimage: {location: nginx}\n",
    f"{FOLDER}/api/addons/clean.yml": ADDON,
}


def _found(path: str, code: str, day: date, configuration: str = "") -> list[Finding]:
    configured = {"/nowhere/.sidecar-lint.yml": configuration} if configuration else {}
    files = Files({**TEXTS, **configured})
    force = Configurations(CommandLineOverrides(today=day)).of(f"{FOLDER}/{path}", files)
    report = lint_source(files.read(f"{FOLDER}/{path}"), force.rules, files, force.settings)
    return [finding for finding in report.findings if finding.code == code]


PLACES = [("api/manifest.yml", "SL845"), ("api/addons/clean.yml", "SL846")]


@pytest.mark.parametrize(("path", "code"), PLACES)
class TestDay:
    def test_before_it_is_announced_nothing_is_said(self, path: str, code: str) -> None:
        assert not _found(path, code, date(2025, 8, 31))

    def test_before_it_is_information(self, path: str, code: str) -> None:
        (finding,) = _found(path, code, date(2027, 1, 31))
        assert finding.severity is Severity.INFO
        assert "closes on 2027-02-01" in finding.message

    def test_from_then_on_it_is_a_warning(self, path: str, code: str) -> None:
        (finding,) = _found(path, code, date(2027, 2, 1))
        assert finding.severity is Severity.WARNING
        assert "closed on 2027-02-01" in finding.message

    def test_says_the_source_and_as_of_when(self, path: str, code: str) -> None:
        (finding,) = _found(path, code, date(2027, 1, 31))
        assert "as of 2026-11" in finding.effect
        assert "from 2027-03-03 on" in finding.effect
        assert "lambda-runtimes" in finding.help

    def test_is_that_of_the_configuration(self, path: str, code: str) -> None:
        moved = "dates: {lambda-nodejs20.x-create: 2028-01-01, lambda-nodejs18.x-create: 2028-01-01}\n"
        (finding,) = _found(path, code, date(2027, 2, 1), moved)
        assert finding.severity is Severity.INFO
        assert "closes on 2027-03-03" in finding.message

    def test_may_never_come(self, path: str, code: str) -> None:
        names = (f"lambda-nodejs{version}.x-{what}" for version in (18, 20) for what in ("create", "update"))
        never = "".join(f"  {name}: never\n" for name in names)
        assert not _found(path, code, date(2030, 1, 1), f"dates:\n{never}")


def test_mistakes_in_the_configuration_are_said() -> None:
    text = "dates: {lambda-nodejs20-create: 2027-01-01, lambda-nodejs20.x-update: soon, lambda-ruby3.2-create: 2027-02-30}\n"
    files = Files({"/nowhere/.sidecar-lint.yml": text})
    made = files.configuration("/nowhere/x")
    assert made is not None
    assert [(mistake.message, mistake.right) for mistake in mistakes_in(made)] == [
        ("'lambda-nodejs20-create' is none of the dates", "lambda-nodejs20.x-create"),
        (
            "'soon' is not a date such as 2027-02-01, or `never`, which `dates.lambda-nodejs20.x-update` must be",
            None,
        ),
        ("'2027-02-30' is not a day of the calendar", None),
    ]
    assert {"lambda-nodejs20.x-update", "lambda-ruby3.2-create"}.isdisjoint(dict(made.dates))


def test_the_table_says_where_and_when_each_day_was_read() -> None:
    for end in ends().values():
        assert end.source.startswith("https://"), end.id
        assert read_date(f"{end.as_of}-01"), end.id
        assert end.what, end.id
        assert end.advice, end.id


def test_a_calendar_knows_what_is_over() -> None:
    calendar = Calendar(date(2027, 2, 1), {"lambda-nodejs18.x-create": None})
    known = {end.id: end for end in calendar.ends}
    assert known["lambda-nodejs20.x-create"].is_over
    assert not known["lambda-nodejs20.x-update"].is_over
    assert known["lambda-nodejs18.x-create"].day is None
    assert calendar.end("lambda-nodejs18.x-create") is None
    assert calendar.end("no-such-thing") is None


def test_today_is_what_the_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDECAR_LINT_TODAY", "2031-05-06")
    assert today() == date(2031, 5, 6)
    monkeypatch.setenv("SIDECAR_LINT_TODAY", "tomorrow")
    assert today() == date.today()  # noqa: DTZ011
    run = CliRunner().invoke(app, ["check", "--isolated", "."])
    assert run.exit_code == 2
    assert "must be a date" in run.output


class TestCommand:
    def test_lists_ids_days_and_sources(self) -> None:
        run = CliRunner().invoke(app, ["rules", "--dates", "--isolated"])
        assert run.exit_code == 0
        (line,) = (line for line in run.output.splitlines() if line.startswith("lambda-nodejs20.x-create "))
        assert line.split()[1:5] == ["2027-02-01", "as", "of", "2026-11"]

    def test_lists_the_days_of_the_configuration(
        self, tmp_path: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(str(tmp_path))
        with open(".sidecar-lint.yml", "w", encoding="utf-8") as file:
            file.write("dates: {lambda-nodejs20.x-create: 2027-09-01, lambda-nodejs20.x-update: never}\n")
        run = CliRunner().invoke(app, ["rules", "--dates", "--format", "json"])
        dates = {each["id"]: each for each in json.loads(run.output)["dates"]}
        assert (
            dates["lambda-nodejs20.x-create"]["day"],
            dates["lambda-nodejs20.x-create"]["configured"],
        ) == (
            "2027-09-01",
            True,
        )
        assert dates["lambda-nodejs20.x-update"]["day"] is None


@pytest.mark.parametrize(
    ("image", "advised"),
    [
        ("amazonlinux2-x86_64-standard:4.0", "x86_64-standard:5.0"),
        ("amazonlinux2-aarch64-standard:2.0", "aarch64-standard:3.0"),
    ],
)
def test_a_build_image_is_advised_for_its_processor(image: str, advised: str) -> None:
    path = f"{FOLDER}/pipelines/main/manifest.yml"
    text = (
        "name: main\nversion: 1\nsource: {provider: CodeCommit, properties: {branch: main, repository: https://"
        f"us-west-2.console.aws.amazon.com/codesuite/codecommit/repositories/a/browse}}}}\nbuild: {{image: 'aws/codebuild/{image}'}}\n"
        "stages: [{name: test}]\n"
    )
    files = Files({**TEXTS, path: text})
    found = [
        each for each in lint_source(files.read(path), load_rules(), files).findings if each.code == "SL168"
    ]
    assert [(each.help.count("aws/codebuild/"), advised in each.help, each.stage) for each in found] == [
        (1, True, Stage.SILENT)
    ]
