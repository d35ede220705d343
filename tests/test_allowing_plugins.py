"""Rules that a repository brings run only where the user says so from outside of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lsp_client import copied
from typer.testing import CliRunner, Result

from sidecar_lint import Files, lint_paths, lint_text
from sidecar_lint.commands import cli
from sidecar_lint.commands.arguments import with_command
from sidecar_lint.rulebook.registry import PLUGINS_VARIABLE

#: A rule of a repository; whoever runs it finds a file.
PLUGIN = """\
from pathlib import Path
from sidecar_lint import Rule, Severity, Stage

Path(__file__).with_name("marker").write_text("")

class Own(Rule):
    "A rule of the repository."

    code, name, severity, stage = "OWN101", "own-rule", Severity.WARNING, Stage.SILENT

    def check_document(self, document):
        yield self.finding(document.tree.root.span, "was run")
"""
MANIFEST = "name: api\ntype: Backend Service\nimage: {location: a, port: 80}\n"
CONFIGURATION = "plugins: [lint/own.py]\n"
#: Every place that can name a rule.
NAMING = """\
plugins: [lint/own.py]
select: [SL, OWN101]
ignore: [own-rule]
per-file-ignores: {web: [OWN1]}
environments: {test: {ignore: [OWN101]}}
severity: {own-rule: error}
rules: {OWN101: {most: 3}}
"""
COMMANDS = [
    ("check",),
    ("check", "-", "--stdin-filename", "copilot/api/manifest.yml"),
    ("check", ".sidecar-lint.yml"),
    ("check", "--fix", "--unsafe-fixes"),
    ("check", "--affected", "lint/own.py", "copilot/api/manifest.yml"),
    ("check", "--statistics"),
    ("check", "--format", "sarif"),
    ("check", "--config", ".sidecar-lint.yml"),
    ("rules",),
    ("rules", "--format", "json"),
    ("rule", "SL001"),
    ("config",),
    ("config", "copilot/api/manifest.yml"),
    ("render", "copilot/api/manifest.yml", "--env", "test"),
]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    for path, text in {
        "copilot/api/manifest.yml": MANIFEST,
        "lint/own.py": PLUGIN,
        ".sidecar-lint.yml": CONFIGURATION,
        ".git/HEAD": "",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    monkeypatch.chdir(folder)
    monkeypatch.delenv(PLUGINS_VARIABLE, raising=False)
    return folder


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(
        cli.app, with_command(list(arguments)), prog_name="sidecar-lint", input=MANIFEST
    )


def _codes(*arguments: str) -> list[str]:
    found: list[dict[str, Any]] = json.loads(_run("--format", "json", *arguments).stdout)["findings"]
    return [each["rule"] for each in found]


def _was_run() -> bool:
    return Path("lint/marker").exists()


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_runs_them_unasked(arguments: tuple[str, ...]) -> None:
    result = _run(*arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not _was_run()


@pytest.mark.parametrize("arguments", [each for each in COMMANDS if each[0] != "render"], ids=" ".join)
def test_every_command_runs_them_where_they_are_allowed(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(*arguments, "--allow-plugins")
    assert _was_run()
    Path("lint/marker").unlink()
    monkeypatch.setenv(PLUGINS_VARIABLE, "1")
    from sidecar_lint.rulebook.registry import load_path

    load_path.cache_clear()
    _run(*arguments)
    assert _was_run()


NOT_NAMING_ONE = [each for each in COMMANDS if not {"--config", ".sidecar-lint.yml"} & set(each)]


@pytest.mark.parametrize("arguments", NOT_NAMING_ONE, ids=" ".join)
def test_isolated_is_without_them_everywhere(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLUGINS_VARIABLE, "1")
    result = _run(*arguments, "--isolated")
    assert result.exit_code == 0, result.output
    assert not _was_run()


@pytest.mark.parametrize("value", ["0", "", "true", "yes"])
def test_the_variable_has_one_value(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLUGINS_VARIABLE, value)
    assert _codes() == ["SL036"]
    assert not _was_run()


def test_what_is_left_out_is_one_warning_at_the_setting_and_the_run_goes_on() -> None:
    Path("copilot/api/manifest.yml").write_text(MANIFEST + "logging: {retention: 45}\n")
    found = json.loads(_run("--format", "json").stdout)["findings"]
    assert [(each["rule"], each["file"]) for each in found] == [
        ("SL201", "copilot/api/manifest.yml"),
        ("SL036", ".sidecar-lint.yml"),
    ]
    assert (found[1]["severity"], found[1]["line"], found[1]["column"], found[1]["end_column"]) == (
        "warning",
        1,
        1,
        8,
    )
    assert "--allow-plugins" in found[1]["help"]
    assert PLUGINS_VARIABLE in found[1]["help"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [((), 1), (("--fail-on", "error"), 0), (("--fail-on", "never"), 0), (("--ignore", "SL036"), 0)],
)
def test_it_is_a_warning_and_no_mistake(arguments: tuple[str, ...], status: int) -> None:
    assert _run(*arguments).exit_code == status


def test_a_mistake_beside_it_is_one() -> None:
    Path(".sidecar-lint.yml").write_text(CONFIGURATION + "fail_on: never\n")
    assert _codes("--ignore", "SL03") == ["SL036", "SL031"]
    assert _run("--ignore", "SL03").exit_code == 2


def test_a_configuration_cannot_hide_it_by_itself() -> None:
    Path(".sidecar-lint.yml").write_text(CONFIGURATION + "ignore: [SL036]\nselect: [SL1]\n")
    assert _codes() == ["SL036"]


def test_words_that_may_name_them_are_not_called_unknown() -> None:
    Path(".sidecar-lint.yml").write_text(NAMING)
    Path("copilot/api/manifest.yml").write_text(
        MANIFEST + "count: 1  # sidecar-lint: ignore[OWN101, own-rule]\n"
    )
    assert _codes() == ["SL036"]
    assert _codes("--select", "OWN101,SL036") == ["SL036"]
    assert _codes("--ignore", "own-rule") == ["SL036"]
    assert _run("--select", "OWN101").exit_code == 1
    assert _run("rules", "--select", "OWN101,SL001").exit_code == 0
    assert _run("--isolated", "--select", "OWN101").exit_code == 2


def test_words_that_name_nothing_are_unknown_where_they_are_allowed() -> None:
    Path(".sidecar-lint.yml").write_text(CONFIGURATION + "ignore: [OWN102]\n")
    Path("copilot/api/manifest.yml").write_text(MANIFEST + "count: 1  # sidecar-lint: ignore[OWN103]\n")
    assert _codes("--allow-plugins") == ["OWN101", "SL021", "SL033"]


def test_a_command_that_shows_rules_says_that_some_are_left_out() -> None:
    listed, explained = _run("rules"), _run("rule", "OWN101")
    assert "SL001" in listed.stdout
    assert ".sidecar-lint.yml:1: the rules that `plugins` names are left out" in listed.stderr
    assert explained.exit_code == 2
    assert "'OWN101' is none of the rules that are loaded" in explained.stderr
    shown = _run("config").stdout
    assert "lint/own.py (left out)" in shown
    assert ".sidecar-lint.yml:1: the rules that `plugins` names are left out" in shown


def test_a_baseline_keeps_what_they_found() -> None:
    assert _run("--write-baseline", "known.json", "--allow-plugins").exit_code == 0
    known = Path("known.json").read_text()
    assert "OWN101" in known
    assert _run("--write-baseline", "known.json").exit_code == 0
    assert Path("known.json").read_text() == known
    assert _codes("--baseline", "known.json") == ["SL036"]
    assert "OWN101" not in _run("--baseline", "known.json").output


@pytest.mark.parametrize("place", ["outside", "inside", "linked in"])
def test_a_configuration_from_outside_is_the_users_word(place: str, project: Path) -> None:
    inside, outside = project / "ci.yml", project.parent / "mine.yml"
    text = f"plugins: [{project}/lint/own.py]\n"
    inside.write_text(text)
    if place == "linked in":
        outside.symlink_to(inside)
    else:
        outside.write_text(text)
    result = _run("--format", "json", "--config", str(inside if place == "inside" else outside))
    assert ("OWN101" in result.stdout) is (place == "outside")
    assert _was_run() is (place == "outside")


def test_a_link_out_of_the_repository_is_no_configuration_from_outside(project: Path) -> None:
    (project.parent / "mine.yml").write_text(f"plugins: [{project}/lint/own.py]\n")
    (project / "ci.yml").symlink_to(project.parent / "mine.yml")
    assert _run("--config", "ci.yml").exit_code == 3
    assert not _was_run()


def test_outside_is_meant_of_the_files_that_are_linted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    arguments = ("--config", "project/.sidecar-lint.yml", "project/copilot")
    assert _codes(*arguments) == ["SL036"]
    assert not (project / "lint" / "marker").exists()


def test_the_library_is_asked_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    def codes(**asked: Any) -> list[str]:
        reports = lint_paths(["copilot/api/manifest.yml"], **asked)
        return [finding.code for report in reports for finding in report.findings]

    assert codes() == ["SL036"]
    assert codes(files=Files()) == ["SL036"]
    assert not _was_run()
    assert codes(allow_plugins=True) == ["OWN101"]
    assert codes(files=Files(plugins=True)) == ["OWN101"]
    monkeypatch.setenv(PLUGINS_VARIABLE, "1")
    assert codes() == ["OWN101"]


def test_a_text_that_is_a_configuration_runs_nothing() -> None:
    assert [each.code for each in lint_text(CONFIGURATION, ".sidecar-lint.yml").findings] == ["SL036"]
    assert not _was_run()


def _serve(project: Path, options: object, *flags: str, later: object = None) -> bool:
    with copied(project, *flags) as client:
        client.initialize({"workspace": {"configuration": True}}, initializationOptions=options)
        client.open("copilot/api/manifest.yml", MANIFEST)
        found = client.pushed("copilot/api/manifest.yml", 1)
        if later is not None:
            client.settings = later
            client.notify("workspace/didChangeConfiguration", {"settings": {"sidecarLint": later}})
            version = client.change("copilot/api/manifest.yml", {"text": MANIFEST + "count: 1\n"})
            found = client.pushed("copilot/api/manifest.yml", version)
        assert client.stop() == 0
    was_run = (project / "lint" / "marker").exists()
    assert was_run is any(each["code"] == "OWN101" for each in found)
    return was_run


@pytest.mark.parametrize(
    ("options", "flags", "variable", "allowed"),
    [
        (None, (), "", False),
        ({"plugins": True}, (), "", True),
        ({"sidecarLint": {"plugins": True}}, (), "", True),
        (None, ("--allow-plugins",), "", True),
        (None, (), "1", True),
        ({"plugins": False}, (), "1", False),
        ({"plugins": False}, ("--allow-plugins",), "", False),
        ({"plugins": "yes"}, (), "", False),
        ({"plugins": True}, ("--isolated",), "1", False),
    ],
)
def test_the_server_is_told_at_its_start(  # noqa: PLR0913  a column each
    project: Path,
    options: object,
    flags: tuple[str, ...],
    variable: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    allowed: bool,
) -> None:
    monkeypatch.setenv(PLUGINS_VARIABLE, variable)
    assert _serve(project, options, *flags) is allowed


def test_settings_that_come_later_allow_nothing(project: Path) -> None:
    assert not _serve(project, None, later={"plugins": True})


def test_the_editor_shows_what_is_left_out(project: Path) -> None:
    with copied(project) as client:
        client.initialize()
        client.open(".sidecar-lint.yml", NAMING)
        assert [each["code"] for each in client.pushed(".sidecar-lint.yml", 1)] == ["SL036"]
        assert client.stop() == 0
