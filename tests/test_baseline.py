"""Baselines: what was there is not told again, and what is fixed since is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint import Finding, Severity, Span, Stage
from sidecar_lint.commands import cli
from sidecar_lint.commands.arguments import with_command
from sidecar_lint.linting.baseline import Baseline, Key
from sidecar_lint.linting.report import Report
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

MANIFEST = """\
name: api
type: Backend Service
image: {location: a}
sidecars:
  nginx:
    image: nginx
    mount_points:
      - {source_volume: a, path: /a, bogus: 1}
      - {source_volume: a, path: /b, bogus: 1}
environments:
  test: {sidecars: {nginx: {imge: x}}}
"""
PATH = "copilot/api/manifest.yml"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _write(MANIFEST)


def _write(text: str, path: str = PATH) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, with_command(list(arguments)), prog_name="sidecar-lint")


def _codes(*arguments: str) -> list[str]:
    return [each["rule"] for each in json.loads(_run("--format", "json", *arguments).stdout)["findings"]]


def _entries() -> list[tuple[str, str, list[str], int]]:
    found = json.loads(Path("known.json").read_text())["findings"]
    return [(each["rule"], each["path"], each["environments"], each["count"]) for each in found]


def test_what_is_known_is_not_told_again() -> None:
    result = _run("--write-baseline", "known.json")
    assert (result.exit_code, result.stdout) == (0, f"{len(_codes())} findings in known.json\n")
    assert _codes("--baseline", "known.json") == []
    result = _run("--baseline", "known.json")
    assert result.exit_code == 0
    assert "no findings" in result.stdout
    assert f"{len(_codes())} in the baseline" in result.stdout


def test_lines_may_move() -> None:
    _run("--write-baseline", "known.json")
    _write(
        "# one more line\n" + MANIFEST.replace("    image: nginx\n", "\n    # and more\n    image: nginx\n")
    )
    assert _codes("--baseline", "known.json") == []


def test_an_item_before_it_makes_no_finding_new() -> None:
    _run("--write-baseline", "known.json")
    _write(
        MANIFEST.replace("    mount_points:\n", "    mount_points:\n      - {source_volume: c, path: /c}\n")
    )
    assert _codes("--baseline", "known.json", "--ignore", "SL110") == []
    _write(MANIFEST.replace("    mount_points:\n", "    mount_points:\n      - {path: /c, bogus: 1}\n"))
    assert _lines("--baseline", "known.json", "--select", "SL007") == [8], "the new one, not the last"


def _lines(*arguments: str) -> list[int]:
    return [each["line"] for each in json.loads(_run("--format", "json", *arguments).stdout)["findings"]]


def test_items_may_change_places() -> None:
    _run("--write-baseline", "known.json")
    lines = MANIFEST.splitlines(keepends=True)
    _write(
        "".join((*lines[:6], lines[8], lines[7], *lines[9:])).replace(
            "nginx\n", "nginx\n    mount_points:\n", 1
        )
    )
    assert _codes("--baseline", "known.json") == []


def test_other_environments_are_known_where_all_had_it() -> None:
    _run("--write-baseline", "known.json")
    _write(MANIFEST.replace("test:", "staging:"))
    assert _codes("--baseline", "known.json") == ["SL007"], "an override of another name is another"
    assert "1 of the baseline fixed since" in _run("--baseline", "known.json").stdout


def test_it_is_new_where_it_holds_in_an_environment_more() -> None:
    head = MANIFEST.split("    mount_points", maxsplit=1)[0] + "    port: 70000\nenvironments:\n"
    right, open_ = "{sidecars: {nginx: {port: 80}}}", "{count: 2}"
    _write(f"{head}  test: {right}\n  prod: {open_}\n")
    _run("--write-baseline", "known.json", "--select", "SL505")
    assert _entries() == [("SL505", "sidecars.nginx.port", ["*", "prod"], 1)]
    _write(f"{head}  test: {right}\n  prod: {right}\n")
    assert _codes("--baseline", "known.json", "--select", "SL505") == [], "it holds in fewer"
    _write(f"{head}  test: {open_}\n  prod: {open_}\n")
    assert _codes("--baseline", "known.json", "--select", "SL505") == ["SL505"]


def test_what_was_one_finding_may_be_two_of_different_environments() -> None:
    """As where a message says a number that an override changes."""
    report = Report(Source(PATH, "a: 1\n"), (_finding("one", "test"), _finding("two", "prod")), ENVIRONMENTS)
    report = report._replace(rules=load_rules())
    known = Baseline("known.json", [(Key(PATH, "SL505", "a", ("all",)), 1)])
    assert (known.compared(report).findings, known.compared(report).gone) == ((), 0)
    known = Baseline("known.json", [(Key(PATH, "SL505", "a", ("test",)), 2)])
    assert [each.message for each in known.compared(report).findings] == ["two"]
    assert known.compared(report).gone == 1


ENVIRONMENTS = ("*", "prod", "test")


def _finding(message: str, environment: str) -> Finding:
    place = Span(3, 4)
    return Finding("SL505", "x", message, place, Severity.ERROR, Stage.TASK, environments=(environment,))


COLLECTOR = """\
name: api
type: Backend Service
image: {location: a}
sidecars:
  adot:
    image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3
    variables:
      AOT_CONFIG_CONTENT: |
        receivers: {otlp: {protocols: {grpc: {}}}}
        exporters:
          awsemf: {regoin: eu-west-1}
          awsxray: {regoin: eu-west-1}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray, awsemf]}}}
"""


def test_the_path_goes_on_in_a_text_inside_the_file() -> None:
    _write(COLLECTOR)
    assert _codes("--select", "SL908") == ["SL908", "SL908"]
    _run("--write-baseline", "known.json", "--select", "SL908")
    outer = "sidecars.adot.variables.AOT_CONFIG_CONTENT"
    paths = [path for _, path, _, _ in _entries()]
    assert paths == [f"{outer} > exporters.awsemf.regoin", f"{outer} > exporters.awsxray.regoin"]
    _write(COLLECTOR.replace("awsemf: {regoin", "awsemf: {region"))
    assert _codes("--baseline", "known.json", "--select", "SL908") == []


def test_a_baseline_of_version_1_is_read_whatever_the_numbers_of_its_items() -> None:
    entry = {"file": PATH, "rule": "SL007", "environments": ["all"], "count": 1}
    bogus = [{**entry, "path": f"sidecars.nginx.mount_points[{number}].bogus"} for number in (0, 7)]
    other = {**entry, "path": "sidecars.nginx.imge", "file": "copilot/web/manifest.yml"}
    _write(MANIFEST, str(other["file"]))
    Path("known.json").write_text(json.dumps({"version": 1, "findings": [*bogus, other]}))
    arguments = ("--baseline", "known.json", "--select", "SL007")
    assert _codes(PATH, *arguments) == ["SL007"], "of the override"
    _write(MANIFEST.replace("{source_volume: a, path: /a,", "{source_volume: a, path: /a, more: 1,"))
    assert _codes(PATH, *arguments) == ["SL007", "SL007"]
    _run(PATH, "--write-baseline", "known.json", "--select", "SL007")
    assert json.loads(Path("known.json").read_text())["version"] == 2
    assert ("SL007", "sidecars.nginx.mount_points[path=/a].more", ["all"], 1) in _entries()
    assert ("SL007", "sidecars.nginx.imge", ["all"], 1) in _entries(), "of a file that was not linted"


def test_an_environment_more_is_no_new_finding_where_all_had_it() -> None:
    _run("--write-baseline", "known.json")
    _write(MANIFEST + "  prod: {count: 2}\n")
    assert _codes("--baseline", "known.json") == []


def test_what_is_new_is_told_and_so_is_what_is_fixed_since() -> None:
    _run("--write-baseline", "known.json")
    _write(
        MANIFEST.replace("image: nginx", "image: 'nginx:1'").replace("/b, bogus: 1", "/b, bogus: 1, more: 1")
    )
    assert _codes("--baseline", "known.json") == ["SL007"]
    result = _run("--baseline", "known.json")
    assert "1 of the baseline fixed since: write it again" in result.stdout
    assert result.exit_code == 1


def test_of_equal_findings_the_number_counts() -> None:
    _write(
        "name: a\ntype: Backend Service\nimage: {location: x}\nvariables: {A: '${COPILOT_ENV}${COPILOT_APP}'}\n"
    )
    _run("--write-baseline", "known.json", "--select", "SL613")
    assert _entries() == [("SL613", "variables.A", ["all"], 2)]
    _write(
        "name: a\ntype: Backend Service\nimage: {location: x}\nvariables: {A: '${COPILOT_ENV}${COPILOT_APP}${COPILOT_APP_NAME}'}\n"
    )
    assert _codes("--baseline", "known.json", "--select", "SL613") == ["SL613"]


def test_the_file_is_sorted_and_the_same_each_time() -> None:
    _run("--write-baseline", "known.json")
    first = Path("known.json").read_text()
    assert ("SL007", "environments.test.sidecars.nginx.imge", ["test"], 1) in _entries()
    assert ("SL007", "sidecars.nginx.mount_points[path=/b].bogus", ["all"], 1) in _entries()
    assert _entries() == sorted(_entries())
    assert len(first.splitlines()) == len(_entries()) + 2, "one finding a line"
    _run("--write-baseline", "known.json")
    assert Path("known.json").read_text() == first


def test_writing_again_drops_what_is_fixed_and_keeps_what_was_not_looked_at() -> None:
    _write(MANIFEST.replace("name: api", "name: web"), "copilot/web/manifest.yml")
    _write(MANIFEST.replace("name: api", "name: old"), "copilot/old/manifest.yml")
    _run("--write-baseline", "known.json")
    before = len(json.loads(Path("known.json").read_text())["findings"])
    Path("copilot/old/manifest.yml").unlink()
    _write(MANIFEST.replace("image: nginx", "image: 'nginx:1'").replace("bogus", "read_only"))
    result = _run(PATH, "--write-baseline", "known.json", "--select", "SL106")
    after = json.loads(Path("known.json").read_text())["findings"]
    files = {each["file"] for each in after}
    assert files == {PATH, "copilot/web/manifest.yml"}
    assert not [each for each in after if each["file"] == PATH and each["rule"] == "SL106"]
    assert [each for each in after if each["file"] == PATH and each["rule"] == "SL007"], (
        "that rule was not run"
    )
    assert f", {before} before" in result.stdout


def test_rules_that_are_not_run_are_not_said_to_be_fixed() -> None:
    _run("--write-baseline", "known.json")
    assert "fixed since" not in _run("--baseline", "known.json", "--select", "SL106").stdout


def test_the_configuration_can_name_it() -> None:
    Path("lint").mkdir()
    _run("--write-baseline", "lint/known.json")
    Path(".sidecar-lint.yml").write_text("baseline: lint/known.json\n")
    assert _codes() == []
    assert _run("--write-baseline", "lint/known.json").exit_code == 0
    assert _codes() == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "it is not JSON"),
        ("[]", "it is not a baseline of version 2"),
        ('{"version": 3}', "it is not a baseline of version 2"),
        ('{"version": 2}', "it has no list of findings"),
        ('{"version": 1}', "it has no list of findings"),
        ('{"version": 1, "findings": [1]}', "this is not an entry: 1"),
        (
            '{"version": 1, "findings": [{"file": "a", "rule": "b", "path": "", "environments": []}]}',
            "not an entry",
        ),
        (
            '{"version": 1, "findings": [{"file": "a", "rule": 1, "path": "", "environments": [], "count": 1}]}',
            "not an entry",
        ),
    ],
)
def test_a_broken_baseline_is_a_clear_error_and_left_alone(text: str, reason: str) -> None:
    Path("known.json").write_text(text)
    for option in ("--baseline", "--write-baseline"):
        result = _run(option, "known.json")
        assert (result.exit_code, result.stdout) == (3, "")
        assert reason in result.stderr
    assert Path("known.json").read_text() == text
    Path(".sidecar-lint.yml").write_text("baseline: known.json\n")
    result = _run("--fail-on", "never")
    assert result.exit_code == 2
    assert reason in " ".join(result.stdout.split())


def test_a_baseline_that_is_not_there() -> None:
    result = _run("--baseline", "none.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "none.json: cannot read it" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--fix"], ["--diff"], ["--add-ignores", "x"], ["--baseline", "known.json"]],
)
def test_writing_goes_with_nothing_else(arguments: list[str]) -> None:
    assert _run("--write-baseline", "known.json", *arguments).exit_code == 2
    assert not Path("known.json").exists()


def test_what_is_known_is_not_fixed() -> None:
    _run("--write-baseline", "known.json")
    _run("--baseline", "known.json", "--fix", "--unsafe-fixes")
    assert Path(PATH).read_text() == MANIFEST


def test_a_baseline_that_cannot_be_written() -> None:
    result = _run("--write-baseline", "none/known.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "sidecar-lint: none/known.json: cannot write it: No such file or directory\n"


def test_a_baseline_is_replaced_in_one_step_and_a_link_stays() -> None:
    _run("--write-baseline", "known.json")
    known = Path("known.json").read_text("utf-8")
    Path("there").mkdir()
    Path("known.json").rename("there/known.json")
    Path("known.json").symlink_to("there/known.json")
    assert _run("--write-baseline", "known.json").exit_code == 0
    assert Path("known.json").is_symlink()
    assert Path("there/known.json").read_text("utf-8") == known
    assert [each.name for each in Path("there").iterdir()] == ["known.json"]
