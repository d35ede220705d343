"""The command as users call it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner, Result

from sidecar_lint import Bad, Document, Finding, Manifest, Rule, Severity, Stage, __version__
from sidecar_lint.commands import cli
from sidecar_lint.commands.arguments import with_command
from sidecar_lint.commands.main import main
from sidecar_lint.dates import TODAY
from sidecar_lint.report.stderr import Progress
from sidecar_lint.rulebook.registry import RuleLoadError

if TYPE_CHECKING:
    from collections.abc import Iterator

CLEAN = "name: api\ntype: Backend Service\n"


class _Port(Rule):
    """A port that this test does not like.

    Nobody knows why. `×` is no ASCII.
    """

    code, name = "XX101", "bad-port"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "nothing happens"
    sources = ("this file",)
    good = ("image: {port: 80}",)
    bad = (Bad("image: {port: 13}\n#             ^^ XX101", fixed="14"),)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        port = manifest.scalar("image", "port")
        if port and port.text == "13":
            yield self.finding(port, "13 is unlucky", replace="14")


class _Name(Rule):
    """A name that could be longer."""

    code, name = "XX201", "short-name"
    severity, stage = Severity.WARNING, Stage.SILENT

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        name = manifest.scalar("name")
        if name and len(name.text) < 2:
            yield self.finding(name, "too short")


class _Note(Rule):
    """A note."""

    code, name = "XX202", "a-note"
    severity, stage = Severity.INFO, Stage.SILENT

    def check_document(self, document: Document) -> Iterator[Finding]:
        if document.type and document.type.text == "Static Site":
            yield self.finding(document.type, "how nice")


RULES = (_Port(), _Name(), _Note())


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sidecar_lint.rulebook.registry.load_rules", lambda: RULES)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)


def _run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli.app, with_command(list(arguments)), input=stdin, prog_name="sidecar-lint")


def _codes(*arguments: str) -> list[str]:
    found: list[dict[str, Any]] = json.loads(_run("--format", "json", *arguments).stdout)["findings"]
    return [each["rule"] for each in found]


def _write(path: str, text: str = CLEAN) -> str:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode())
    return path


@pytest.fixture
def workspace(_rules: None) -> None:
    """An error, a warning and a note in three manifests."""
    _write("copilot/api/manifest.yml", "name: api\ntype: Backend Service\nimage:\n  port: 13\n")
    _write("copilot/job/manifest.yml", "name: j\ntype: Scheduled Job\n")
    _write("copilot/web/manifest.yml", "name: web\ntype: Static Site\n")


def test_clean() -> None:
    _write("copilot/api/manifest.yml")
    result = _run()
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 file, no findings\n", "")


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("command", [[], ["check"], ["."], ["check", "."], ["copilot", "--format", "text"]])
def test_findings(command: list[str]) -> None:
    result = _run(*command)
    assert result.exit_code == 1
    assert [line for line in result.stdout.split("\n") if "[XX" in line or "-->" in line] == [
        "error[XX101] bad-port: 13 is unlucky",
        " --> copilot/api/manifest.yml:4:9",
        "warning[XX201] short-name: too short",
        " --> copilot/job/manifest.yml:1:7",
        "info[XX202] a-note: how nice",
        " --> copilot/web/manifest.yml:2:7",
    ]
    assert result.stdout.endswith(
        "1 error, 1 warning, 1 info in 3 files (`sidecar-lint rule CODE` tells more)\n"
        "1 can be fixed with `--fix --unsafe-fixes`\n"
    )


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("fail_on", "statuses"),
    [("error", [1, 0, 0]), ("warning", [1, 1, 0]), ("info", [1, 1, 1]), ("never", [0, 0, 0])],
)
def test_fail_on(fail_on: str, statuses: list[int]) -> None:
    names = ("api", "job", "web")
    got = [_run(f"copilot/{name}/manifest.yml", "--fail-on", fail_on).exit_code for name in names]
    assert got == statuses


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--select", "XX101"], ["XX101"]),
        (["--select", "xx2"], ["XX201", "XX202"]),
        (["--select", "bad-port,a-note"], ["XX101", "XX202"]),
        (["--select", "XX101", "--select", "XX202"], ["XX101", "XX202"]),
        (["--ignore", "XX2"], ["XX101"]),
        (["--ignore", "short-name, bad-port"], ["XX202"]),
        (["--select", "XX", "--ignore", "XX201"], ["XX101", "XX202"]),
    ],
)
def test_choosing_rules(arguments: list[str], codes: list[str]) -> None:
    assert _codes(*arguments) == codes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "bad-prot"], "did you mean 'bad-port'?"),
        (["--ignore", "X-101"], "did you mean 'XX101'?"),
        (["--ignore", "XX102"], "`sidecar-lint rules` lists them"),
        (["rule", "XX"], "`sidecar-lint rules` lists them"),
        (["--ignore", "quite else"], "`sidecar-lint rules` lists them"),
        (["--selct", "XX101"], "No such option"),
        (["--format", "xml"], "xml"),
        (["--fail-on", "sometimes"], "sometimes"),
        (["rule", "bad-prot"], "did you mean 'bad-port'?"),
        (["rule"], "CODE"),
        (["render", "x.yml", "--as", "poem"], "--as"),
        (["render"], "FILE|FOLDER"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_standard_input() -> None:
    data = b"name: j\ntype: Scheduled Job\n"
    assert "--> <stdin>:1:7" in _run("-", stdin=data).stdout
    assert "--> a/manifest.yml:1:7" in _run("-", "--stdin-filename", "a/manifest.yml", stdin=data).stdout


@pytest.mark.usefixtures("workspace")
def test_exit_zero() -> None:
    """Also where the configuration says otherwise; findings are printed all the same."""
    _write(".sidecar-lint.yml", "fail-on: info\n")
    result = _run("--exit-zero")
    assert (result.exit_code, "XX101" in result.stdout) == (0, True)
    assert _run("--exit-zero", "--fail-on", "never").exit_code == 0
    result = _run("--exit-zero", "--fail-on", "error")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "choose one" in result.stderr


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("reason", ["copilot", "copilot/api/manifest.yml", "."])
def test_a_path_is_no_reason(reason: str) -> None:
    before = Path("copilot/api/manifest.yml").read_bytes()
    result = _run("--add-ignores", reason)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{reason!r} is a file" in result.stderr or f"{reason!r} is a folder" in result.stderr
    assert Path("copilot/api/manifest.yml").read_bytes() == before


def test_only_standard_input_has_a_name_to_be_given() -> None:
    result = _run(_write("m.yml"), "--stdin-filename", "a/manifest.yml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no PATH is `-`" in result.stderr


@pytest.mark.parametrize(("word", "command"), [("rul", "rule"), ("rendr", "render"), ("chek", "check")])
def test_a_misspelt_command(word: str, command: str) -> None:
    result = _run(word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"No such command '{word}'" in result.stderr
    assert f"Did you mean '{command}'" in result.stderr


def test_a_folder_that_reads_like_a_command_is_linted() -> None:
    _write("rulez/copilot/api/manifest.yml")
    assert _run("rulez").stdout == "1 file, no findings\n"
    for path in ("./rul", "copilot", "api"):  # as far from any command as a folder's name is
        assert "cannot read it" in _run(path).stderr
    assert "cannot read it" in _run("rules.yml").stderr


def test_what_is_in_force_for_a_file_that_is_not_there() -> None:
    result = _run("config", "copilot/api/manifest.yml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "sidecar-lint: copilot/api/manifest.yml: there is no such file or folder\n"


def test_workspaces_below_are_named() -> None:
    for name in ("billing", "shop", "deep/er"):
        _write(f"{name}/copilot/api/manifest.yml")
    _write("node_modules/other/copilot/api/manifest.yml")
    result = _run()
    assert (result.exit_code, result.stdout) == (3, "")
    places = [os.path.join(*name.split("/"), "copilot") for name in ("billing", "deep/er", "shop")]
    assert f"but below: {', '.join(places)}; name those" in result.stderr
    assert _run(".").stdout == "3 files, no findings\n"


def test_not_all_of_a_disk_is_searched_for_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("billing", "shop"):
        _write(f"{name}/copilot/api/manifest.yml")
    monkeypatch.setattr("sidecar_lint.linting.discovery._LOOKED_AT", 2)
    assert f"but below: {os.path.join('billing', 'copilot')}; name those" in _run().stderr
    monkeypatch.setattr("sidecar_lint.linting.discovery._LOOKED_AT", 1)
    assert "here or above: name a manifest" in _run().stderr


def test_an_unreadable_file_does_not_end_the_run() -> None:
    _write("z.yml", "name: j\ntype: Scheduled Job\n")
    result = _run("missing.yml", "z.yml")
    assert result.exit_code == 3
    assert result.stderr == "sidecar-lint: missing.yml: cannot read it: No such file or directory\n"
    assert "XX201" in result.stdout
    read = json.loads(_run("--format", "json", "missing.yml", "z.yml").stdout)
    assert [error["file"] for error in read["errors"]] == ["missing.yml"]
    assert read["summary"]["files"] == 1


def test_nothing_to_lint() -> None:
    Path("empty").mkdir()
    result = _run("empty")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no Copilot manifest found" in result.stderr
    result = _run()
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no copilot/ folder here or above" in result.stderr
    result = _run("--format", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["errors"][0]["file"] is None


def test_rules_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> tuple[Rule, ...]:
        raise RuleLoadError("some_rules", "ImportError: no")

    monkeypatch.setattr("sidecar_lint.rulebook.registry.load_rules", broken)
    for arguments in ([], ["rules"], ["rule", "XX101"]):
        result = _run(*arguments)
        assert (result.exit_code, result.stdout) == (3, "")
        assert "cannot load the rules of 'some_rules'" in result.stderr


@pytest.mark.usefixtures("workspace")
def test_a_bug_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("sidecar_lint.commands.checking.lint_source", broken)
    result = _run()
    assert result.exit_code == 3
    assert "api/manifest.yml: internal error, please report it: ZeroDivisionError: oh" in result.stderr


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    "where",
    ["commands.checking.lint_source", "commands.checking.discover", "linting.rule_runner.RuleRunner._check"],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_interrupted(where: str, monkeypatch: pytest.MonkeyPatch, *, wrapped: bool) -> None:
    """Also where Python or a library has made another error of it."""

    def interrupted(*_: object) -> None:
        if wrapped:
            raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
        raise KeyboardInterrupt

    monkeypatch.setattr(f"sidecar_lint.{where}", interrupted)
    monkeypatch.setattr(sys, "argv", ["sidecar-lint", "copilot"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


class Panic(BaseException):
    """What a library in Rust raises where it panics is like this."""


@pytest.mark.parametrize("error", [ZeroDivisionError, Panic])
def test_what_nobody_expected_is_a_line_and_no_traceback(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise error("oh")

    monkeypatch.setattr("sidecar_lint.commands.checking.discover", broken)
    monkeypatch.setattr(sys, "argv", ["sidecar-lint", "copilot"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert said.startswith(
        f"sidecar-lint: internal error, please report it: {error.__name__}: oh at test_cli.py:"
    )
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00", b"a: \x80", b"\x00", b"\xef\xbb\xbf", b"a: [" * 5000, b"\t- {", os.urandom(5000)],
)
def test_any_bytes(data: bytes) -> None:
    for output in ("text", "json"):
        result = _run("-", "--format", output, "--fail-on", "never", stdin=data)
        assert result.exit_code == 0, result.output
    assert _run("render", "-", "--env", "prod", stdin=data).exit_code == 3


@pytest.mark.usefixtures("workspace")
def test_show_files() -> None:
    result = _run("--show-files")
    assert result.exit_code == 0
    names = [f"copilot/{name}/manifest.yml" for name in ("api", "job", "web")]
    assert result.stdout.split() == [name.replace("/", os.sep) for name in names]


@pytest.mark.usefixtures("workspace")
def test_quiet() -> None:
    out = _run("--quiet").stdout
    assert "XX101" in out
    assert "XX202" not in out
    assert "3 files" not in out


def test_version() -> None:
    assert _run("--version").stdout == f"sidecar-lint {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "--help"], ["render", "-h"]])
def test_help(arguments: list[str]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 0
    assert "Usage: sidecar-lint" in result.stdout


@pytest.mark.parametrize("word", ["XX101", "xx101", "bad-port"])
def test_rule(word: str) -> None:
    out = _run("rule", word).stdout
    for part in (
        "XX101 bad-port",
        "error",
        "Nobody knows why.",
        "nothing happens",
        "^^ XX101",
        "port: 80",
        "this file",
    ):
        assert part in out


@pytest.mark.parametrize(
    ("wanted", "codes"), [("XX2", ["XX201", "XX202"]), ("bad-port,XX202", ["XX101", "XX202"])]
)
def test_some_of_the_rules(wanted: str, codes: list[str]) -> None:
    assert [line.split()[0] for line in _run("rules", "--select", wanted).stdout.splitlines()] == codes
    read = json.loads(_run("rules", "--select", wanted, "--format", "json").stdout)
    assert [rule["code"] for rule in read["rules"]] == codes
    assert _run("rules", "--select", "bad-prot").exit_code == 2


def test_rules() -> None:
    assert _run("rules").stdout == (
        "XX101  bad-port    error    deploy  A port that this test does not like.\n"
        "XX201  short-name  warning  silent  A name that could be longer.\n"
        "XX202  a-note      info     silent  A note.\n"
    )
    read = json.loads(_run("rules", "--format", "json").stdout)
    assert read["version"] == 1
    assert [(rule["code"], rule["fixable"]) for rule in read["rules"]] == [
        ("XX101", True),
        ("XX201", False),
        ("XX202", False),
    ]


def test_render() -> None:
    path = _write("m.yml", CLEAN + "count: 1\nenvironments:\n  prod:\n    count: 2\n")
    assert _run("render", path, "--env", "prod").stdout == CLEAN + "count: 2\n"
    assert (
        "count: 2 # line 6, environments.prod\n" in _run("render", path, "--env", "prod", "--origin").stdout
    )
    result = _run("render", path, "--env", "test")
    assert (result.exit_code, result.stdout) == (0, CLEAN + "count: 1\n")
    assert result.stderr.startswith("sidecar-lint: m.yml: the file names no environment 'test'")
    result = _run("render", "missing.yml", "--env", "test")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "sidecar-lint: missing.yml: No such file or directory\n"
    assert _run("render", "-", "--env", "a", stdin=CLEAN.encode()).stdout == CLEAN
    assert _run("render", path).stdout == CLEAN + "count: 1\n"


SERVICE = "name: {}\ntype: Backend Service\nimage: {{location: nginx}}\n"


def test_render_what_copilot_makes() -> None:
    path = _write("copilot/api/manifest.yml", SERVICE.format("api") + "cpu: 512\n")
    _write("copilot/.workspace", "application: shop\n")
    result = _run("render", path, "--env", "prod", "--as", "template", "--format", "json")
    assert json.loads(result.stdout)["Resources"]["TaskDefinition"]["Type"] == "AWS::ECS::TaskDefinition"
    assert result.stderr == f"sidecar-lint: {path}: placeholders: <ARTIFACT_BUCKET>\n"
    result = _run("render", path, "--env", "prod", "--as", "task-definition", "--format", "json", "--origin")
    found = json.loads(result.stdout)
    assert found["document"]["family"] == "shop-prod-api"
    assert found["origins"]["/cpu"] == {"file": path, "line": 4, "column": 6}
    assert "<EXECUTION_ROLE_ARN>" in found["placeholders"]
    assert "cpu: '512' # line 4, base\n" in _run("render", path, "--as", "task-definition", "--origin").stdout


def test_render_a_folder() -> None:
    _write("copilot/api/manifest.yml", SERVICE.format("api"))
    _write("copilot/web/manifest.yml", "name: web\ntype: Static Site\n")
    _write("copilot/environments/prod/manifest.yml", "name: prod\ntype: Environment\n")
    result = _run("render", "copilot", "--env", "prod")
    documents = list(yaml.safe_load_all(result.stdout))
    assert [each["name"] for each in documents] == ["api", "web"]
    assert "# copilot/api/manifest.yml\n" in result.stdout
    result = _run("render", "copilot", "--as", "template", "--format", "json")
    assert ["Bucket" in each["Resources"] for each in json.loads(result.stdout)] == [False, True]
    result = _run("render", "copilot", "--as", "task-definition", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["networkMode"]) == (0, "awsvpc")


def test_render_a_folder_in_which_one_cannot_be() -> None:
    _write("copilot/api/manifest.yml", SERVICE.format("api"))
    _write("copilot/web/manifest.yml", "name: [")
    result = _run("render", "copilot", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["name"]) == (3, "api")
    assert result.stderr.startswith("sidecar-lint: copilot/web/manifest.yml: not YAML: line 1")


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({}, [], "no manifest of a workload below it"),
        (
            {"web": "name: web\ntype: Static Site\n"},
            ["--as", "task-definition"],
            "with a task definition below it",
        ),
    ],
)
def test_render_a_folder_with_nothing(files: dict[str, str], arguments: list[str], said: str) -> None:
    _write("copilot/environments/prod/manifest.yml", "name: prod\ntype: Environment\n")
    for name, text in files.items():
        _write(f"copilot/{name}/manifest.yml", text)
    result = _run("render", "copilot", *arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.endswith(f"{said}\n")


def test_render_what_has_no_such_form() -> None:
    site = _write("copilot/web/manifest.yml", "name: web\ntype: Static Site\n")
    assert "a Static Site has no task definition" in _run("render", site, "--as", "task-definition").stderr
    addon = _write("copilot/web/addons/a.yml", "Resources: {}\n")
    assert _run("render", addon).stderr.endswith("it is not a manifest of a workload\n")


@pytest.mark.parametrize("form", ["manifest", "template", "task-definition"])
@pytest.mark.parametrize(("folder", "of"), [("environments", "an environment"), ("pipelines", "a pipeline")])
def test_render_says_that_it_is_for_workloads(folder: str, of: str, form: str) -> None:
    result = _run("render", _write(f"copilot/{folder}/prod/manifest.yml", "name: prod\n"), "--as", form)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.endswith(f"it is the manifest of {of}: only those of workloads are rendered\n")


def _program(*arguments: str, code: str | None = None, **options: Any) -> subprocess.Popen[bytes]:
    start = ["-c", code] if code else ["-m", "sidecar_lint"]
    pipes: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }
    program: subprocess.Popen[bytes] = subprocess.Popen(
        [sys.executable, *start, *arguments], **pipes, **options
    )
    return program


@pytest.mark.parametrize("output", ["text", "json"])
def test_a_closed_pipe_is_silent(output: str) -> None:
    """Every manifest lacks a type, which is sure to be found; thousands fill any pipe."""
    for number in range(300):
        _write(f"copilot/w{number}/manifest.yml", f"name: {'n' * 20}\n")
    with _program("copilot", "--format", output) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 141


@pytest.mark.parametrize("arguments", ["m.yml >&-", "m.yml 2>&-", "m.yml >&- 2>&-", "- <&-", "- <&- >&-"])
def test_closed_streams_are_empty_or_swallow_what_is_written(arguments: str) -> None:
    _write("m.yml", "name: api\ntype: Web\n")
    line = f"{sys.executable} -m sidecar_lint --select SL003 {arguments}"
    run = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (1, b"")


#: A manifest that has most of what there is, and no finding.
WHOLE = Path(__file__).parents[1] / "bench" / "clean" / "manifest.yml"
#: What takes long to import, and what only other commands and files with findings need.
HEAVY = {
    "ast",
    "asyncio",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "email",
    "graphlib",
    "heapq",
    "inspect",
    "ipaddress",
    "json",
    "jsonschema",
    "jsonschema_rs",
    "multiprocessing",
    "rich",
    "ruamel",
    "shutil",
    "sidecar_lint.linting.consequences",
    "sidecar_lint.linting.masking",
    "sidecar_lint.syntax.grammar",
    "sidecar_lint.syntax.yaml_v3",
    "socket",
    "subprocess",
    "tempfile",
    "tokenize",
    "typer",
    "weakref",
    "yaml",
}


def test_a_clean_file_loads_no_more_than_needed() -> None:
    """Start-up is most of what a user waits for."""
    assert all(map(find_spec, HEAVY)), "what has another name by now would never be found"
    code = (
        "import sys; from sidecar_lint.commands.main import main\n"
        "try: main()\n"
        "except SystemExit as ended: assert ended.code == 0, ended.code\n"
        f"print(sorted({HEAVY} & set(sys.modules)))\n"
    )
    usual = {name: value for name, value in os.environ.items() if name != TODAY}  # most go by no other day
    with _program("check", "--force-exclude", str(WHOLE), code=code, env=usual) as program:
        assert program.stdout
        assert program.stdout.read().decode().splitlines() == ["1 file, no findings", "[]"]
    assert program.returncode == 0


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("retention: 30\n", "retention: 31\n", "SL201"),
        ("essential: false\n", "essential: maybe\n", "SL005"),
        ("interval: 15s\n", "intervall: 15s\n", "SL007"),
    ],
)
def test_what_is_wrong_with_a_manifest_needs_neither_jsonschema_nor_rich(
    right: str, wrong: str, code: str
) -> None:
    path = _write("m.yml", WHOLE.read_text("utf-8").replace(right, wrong, 1))
    run = (
        "import sys; from sidecar_lint.commands.main import main\n"
        "try: main()\n"
        "except SystemExit as ended: assert ended.code == 1, ended.code\n"
        "print({'jsonschema', 'jsonschema_rs', 'rich'} & set(sys.modules))\n"
    )
    with _program(path, code=run) as program:
        assert program.stdout
        lines = program.stdout.read().decode().splitlines()
    assert lines[0].startswith(f"error[{code}] ")
    assert lines[-1] == "set()"


_LAST = (
    "import atexit, os, sys\n"
    "class Kept:\n"
    "    def __del__(self, write=os.write): write(1, b'taken apart')\n"
    "sys.kept = Kept()\n"
    "from sidecar_lint.__main__ import run\n"
)


@pytest.mark.parametrize(("essential", "status"), [("false", 0), ("maybe", 1)])
def test_a_process_ends_with_its_status_and_takes_nothing_apart(essential: str, status: int) -> None:
    path = _write("m.yml", WHOLE.read_text("utf-8").replace("essential: false", f"essential: {essential}"))
    with _program(path, code=f"{_LAST}run()") as program:
        assert program.stdout
        lines = program.stdout.read().decode().splitlines()
    assert program.returncode == status
    assert "1 file" in lines[-1]


@pytest.mark.parametrize(("essential", "status"), [("false", 0), ("maybe", 1)])
def test_who_waits_for_the_end_of_the_process_is_told(essential: str, status: int) -> None:
    path = _write("m.yml", WHOLE.read_text("utf-8").replace("essential: false", f"essential: {essential}"))
    with _program(path, code=f"{_LAST}atexit.register(print, 'at last')\nrun()") as program:
        assert program.stdout
        lines = program.stdout.read().decode().splitlines()
    assert program.returncode == status
    assert lines[-2:] == ["at last", "taken apart"]


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder that somebody is in cannot be removed")
@pytest.mark.parametrize("command", ["check", "rules", "render"])
def test_a_current_folder_that_is_gone(command: str, tmp_path: Path) -> None:
    path = _write("m.yml", CLEAN)
    here = tmp_path / "here"
    here.mkdir()
    code = f"import os, sys; os.rmdir({str(here)!r}); from sidecar_lint.__main__ import run; run()"
    arguments = [command] if command == "rules" else [command, os.path.abspath(path)]
    with _program(*arguments, code=code, cwd=here) as program:
        said = program.communicate()
    assert said == (b"", b"sidecar-lint: the current folder is no longer there\n")
    assert program.returncode == 3


def test_an_encoding_that_lacks_characters() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    path = _write("m.yml", CLEAN + "x-é: ü\n")
    for arguments in (["--help"], ["render", path, "--env", "a"]):
        with _program(*arguments, env=environment) as program:
            assert program.stdout
            assert program.stdout.read()
        assert program.returncode == 0


class _Terminal:
    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(
    ("term", "wanted", "seconds"),
    [("xterm", True, 9), ("dumb", True, 9), ("xterm", False, 9), ("xterm", True, 0.5)],
)
def test_progress(term: str, seconds: float, monkeypatch: pytest.MonkeyPatch, *, wanted: bool) -> None:
    clock = [0.0]
    terminal = _Terminal()
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("sidecar_lint.report.stderr.monotonic", lambda: clock[0])
    progress = Progress(wanted=wanted)
    clock[0] = seconds
    progress.step(10, 1000)
    progress.step(11, 1000)
    progress.clear()
    progress.clear()
    shown = (term, wanted, seconds) == ("xterm", True, 9)
    assert terminal.text == (f"\r10 of 1000 files\r{' ' * 16}\r" if shown else "")


@pytest.mark.usefixtures("workspace")
def test_colours_are_for_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in _run("--output", "text=report.txt").stdout
    assert "\x1b" not in Path("report.txt").read_text("utf-8")
    assert "\x1b" not in _run("--color", "never").stdout
    assert "\x1b" not in _run("--color", "always", "--format", "concise").stdout


_COMMANDS = ["check", "rule", "rules", "render", "leave", "server", "config", "completion"]


@pytest.mark.parametrize("command", ["", *_COMMANDS])
def test_help_is_eighty_columns_wide(command: str) -> None:
    lines = _run(*filter(None, [command]), "--help").stdout.splitlines()
    assert lines
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines[1:] if "..." in line] == []  # nothing is cut off


def test_the_options_of_check_are_in_groups() -> None:
    out = _run("check", "--help").stdout
    sections = [line for line in out.splitlines() if re.fullmatch(r"[A-Z][a-z ]+:", line)]
    assert sections == [
        "Arguments:",
        "Report:",
        "Rules and exit status:",
        "Which files:",
        "Known findings:",
        "Fixes:",
        "Options:",
    ]
    fixes = out.partition("\nFixes:\n")[2].partition("\nOptions:\n")[0]
    assert re.findall(r"(?m)^  (?:-\w, )?(--[\w-]+)", fixes) == ["--fix", "--unsafe-fixes", "--diff"]
    check: Any = get_command(cli.app).commands["check"]  # type: ignore[attr-defined]
    every = {name for parameter in check.params for name in parameter.opts}
    assert {each for each in every if each.startswith("--") and each not in out} == set()
