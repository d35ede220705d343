"""Reports in files: all of one, or nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint.commands import cli
from sidecar_lint.report.formats import ASSISTANT_VARIABLES, FORMAT_VARIABLE
from sidecar_lint.report.output import CannotWrite, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "name: api\ntype: Backend Service\nimage: {location: x:1}\nlogging:\n  retention: 45\n"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "copilot" / "api" / "manifest.yml"
    path.parent.mkdir(parents=True)
    path.write_text(MANIFEST, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    before = set(os.listdir())
    yield
    leftover = [name for name in set(os.listdir()) - before if name.startswith(".")]
    assert leftover == []


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["check", *arguments], prog_name="sidecar-lint")


def test_several_formats_in_one_run() -> None:
    result = _run(
        "--format", "text", "--output", "sarif=out.sarif", "--output", "gitlab=q.json", "--output", "junit=-"
    )
    assert result.exit_code == 1
    text, _, junit = result.stdout.partition("<?xml")
    assert text.startswith("error[SL201]")
    assert ET.fromstring(f"<?xml{junit}").tag == "testsuites"  # noqa: S314  we wrote it
    assert json.loads(Path("out.sarif").read_bytes())["runs"][0]["results"][0]["ruleId"] == "SL201"
    assert len(json.loads(Path("q.json").read_bytes())) == 1


def test_what_could_not_be_read_is_in_every_report_and_said_once() -> None:
    result = _run("copilot", "missing.yml", "--output", "json=a.json", "--output", "sarif=b.sarif")
    assert result.exit_code == 3
    assert result.stderr == "sidecar-lint: missing.yml: cannot read it: No such file or directory\n"
    assert [each["file"] for each in json.loads(Path("a.json").read_bytes())["errors"]] == ["missing.yml"]
    assert "cannot read it" in Path("b.sarif").read_text("utf-8")


def test_a_path_cannot_put_a_line_of_its_own_into_the_log() -> None:
    result = _run("x\n::error::y")
    assert result.stderr == "sidecar-lint: x\\n::error::y: cannot read it: No such file or directory\n"


@pytest.mark.parametrize(
    ("output", "status", "said"),
    [
        ("sarif=missing/out.sarif", 3, "missing/out.sarif: cannot write it: No such file or directory"),
        ("sarif=copilot", 3, "copilot: cannot write it: it is a folder"),
        ("sraif=x", 2, "did you mean 'sarif'?"),
        ("quite else=x", 2, "there are text, concise, json"),
        ("sarif", 2, "takes FORMAT=FILE"),
        ("sarif=", 2, "takes FORMAT=FILE"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_else(output: str, status: int, said: str) -> None:
    result = _run("--output", output)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr


def test_one_file_takes_one_report() -> None:
    result = _run("--output", "sarif=x", "--output", "json=x")
    assert result.exit_code == 2
    assert "two reports cannot go to one file ('x')" in result.stderr
    assert not Path("x").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_takes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(0o500)
    assert _run("--output", "sarif=closed/x").exit_code == 3


def test_a_run_that_breaks_off_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sidecar_lint.commands.checking.look", interrupted)
    Path("x.json").write_text("before", "utf-8")
    assert _run("--output", "json=x.json", "--output", "sarif=new.sarif").exit_code == 130
    assert Path("x.json").read_text("utf-8") == "before"
    assert not Path("new.sarif").exists()


def _mode(path: str) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes and links")
def test_a_file_keeps_its_mode_and_a_link_stays_one() -> None:
    Path("real.json").write_text("before", "utf-8")
    Path("real.json").chmod(0o640)
    Path("link.json").symlink_to("real.json")
    before = os.umask(0o022)
    try:
        _run("--output", "json=link.json", "--output", "gitlab=new.json")
    finally:
        os.umask(before)
    assert Path("link.json").is_symlink()
    assert json.loads(Path("real.json").read_bytes())["version"] == 1
    assert (_mode("real.json"), _mode("new.json")) == (0o640, 0o644)


@pytest.mark.skipif(os.name == "nt", reason="links take a privilege there")
@pytest.mark.parametrize("target", ["other.json", "none.json", "/dev/full"])
def test_a_link_of_the_repository_leads_nobody_out_of_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, target: str
) -> None:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "other.json").write_text("before", "utf-8")
    Path("link.json").symlink_to(folder / target)
    for arguments in (["--output", "json=link.json"], ["--write-baseline", "link.json"]):
        result = _run(*arguments)
        assert result.exit_code == 3
        assert "a link on its way leads out of the project" in result.stderr
    assert (folder / "other.json").read_text("utf-8") == "before"
    assert [path.name for path in folder.iterdir()] == ["other.json"]
    assert _run("--output", f"json={folder / 'new.json'}").exit_code == 1
    assert (folder / "new.json").is_file()
    assert tmp_path.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_device_is_written_to_and_not_replaced() -> None:
    assert _run("--output", "json=/dev/null").exit_code == 1
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    run = subprocess.run(
        [sys.executable, "-m", "sidecar_lint", "--quiet", "--output", "json=/dev/stderr"],
        capture_output=True,
        check=False,
    )
    assert json.loads(run.stderr)["version"] == 1


def test_an_error_of_writing_names_the_file() -> None:
    with pytest.raises(CannotWrite) as raised, writing("folder/x"):
        pass
    assert (raised.value.path, str(raised.value)) == (
        "folder/x",
        "cannot write it: No such file or directory",
    )


@pytest.mark.parametrize(("value", "github"), [("true", True), ("", False), ("false", False)])
def test_github_is_chosen_by_itself(value: str, monkeypatch: pytest.MonkeyPatch, *, github: bool) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert _run().stdout.startswith("::error file=") == github
    assert _run("--format", "text").stdout.startswith("error[SL201]")


_TEXT, _AGENT, _GITHUB = "error[SL201]", "copilot/api/manifest.yml:5:14: error[SL201]", "::error file="


@pytest.mark.parametrize("variable", ASSISTANT_VARIABLES)
def test_the_format_for_assistants_is_chosen_by_itself(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    result = _run("--output", "text=a.txt")
    assert result.stdout.startswith(_AGENT)
    assert result.stderr == (
        f"sidecar-lint: {variable} is set: --format agent; SIDECAR_LINT_FORMAT=text turns this off\n"
    )
    assert Path("a.txt").read_text("utf-8").startswith(_TEXT)
    asked = _run("--format", "text")
    assert (asked.stdout[: len(_TEXT)], asked.stderr) == (_TEXT, "")
    assert _run("--statistics").stderr == ""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert _run().stdout.startswith(_GITHUB)
    monkeypatch.setenv(FORMAT_VARIABLE, "text")
    chosen = _run()
    assert (chosen.stdout[: len(_TEXT)], chosen.stderr) == (_TEXT, "")


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_a_variable_that_is_off_chooses_nothing(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUDECODE", value)
    assert _run().stdout.startswith(_TEXT)


def test_the_variable_names_any_format_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FORMAT_VARIABLE, "json")
    found = json.loads(_run().stdout)["findings"]
    assert found == json.loads(_run("--format", "json").stdout)["findings"]
    monkeypatch.setenv(FORMAT_VARIABLE, "jsno")
    result = _run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "SIDECAR_LINT_FORMAT is 'jsno'" in result.stderr


def test_statistics() -> None:
    Path("copilot/web").mkdir()
    text = MANIFEST.replace("45", "46") + "sidecars: {a: {image: 'x:1', mountPoints: []}}\n"
    Path("copilot/web/manifest.yml").write_text(text, "utf-8")
    result = _run("--statistics", "--select", "SL201,SL007,SL213")
    assert result.exit_code == 1
    assert result.stdout == (
        "2  SL201  unknown-retention  2 fixable with --unsafe-fixes\n"
        "1  SL007  unknown-field      1 fixable\n"
        "3 errors in 2 files\n"
    )
    assert _run("--statistics", "--select", "SL213").stdout == "2 files, no findings\n"


@pytest.mark.parametrize("other", ["--diff", "--format=json"])
def test_statistics_are_a_table_of_their_own(other: str) -> None:
    result = _run("--statistics", other)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--statistics" in result.stderr
    assert _run("--statistics", "--format=text").exit_code == 1


def test_a_diff_is_printed_whatever_else_is_written() -> None:
    result = _run("--diff", "--unsafe-fixes", "--output", "json=x.json")
    assert result.stdout.startswith("--- copilot/api/manifest.yml")
    assert json.loads(Path("x.json").read_bytes())["summary"]["fixed"] == 1


def test_formats_that_are_not_wanted_are_not_loaded() -> None:
    code = (
        "import sys; from sidecar_lint.commands.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "loaded = {name.rpartition('.')[2] for name in sys.modules if name.startswith('sidecar_lint.report.')}\n"
        "print(sorted(loaded & {'sarif', 'github', 'gitlab', 'junit', 'rdjson', 'json', 'agent', 'fingerprint'}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "--quiet", "--select", "SL501"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == "[]\n"


def test_an_assistant_reads_once_what_a_new_file_holds() -> None:
    """The help of the finding has it, too, for who reads it as text."""
    demo = str(Path(__file__).parents[1] / "fixtures" / "demo")
    assert _run("--format", "agent", demo).stdout.count("PolicyDocument:") == 1
