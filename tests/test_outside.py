"""A repository whose files lead out of it: what lies there gets into no report, and is not taken for missing.

Everything is harmless: what must not be read says MARKER, in a way that would be shown if it were read.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsp_client import copied
from typer.testing import CliRunner, Result

from sidecar_lint import Files
from sidecar_lint.commands import cli
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.report.formats import Format

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report

MARKER = "MARKER"
MANIFEST = "name: api\ntype: Backend Service\nimage: {location: 'nginx:1', port: 80}\n"
#: What would be shown of it, whatever it is taken for.
TELLING = {
    "manifest.yml": "name: MARKER\ntype: MARKER\n",
    "addon.yml": "Resources: {MARKER: MARKER}\n",
    "otel.yaml": "receivers: {MARKER: {}}\nservice: {pipelines: {traces: {receivers: [MARKER]}}}\n",
    "known.json": '{"version": 1, "findings": ["MARKER"]}',
    "secrets.yml": "MARKER: {test: a, MARKER: b}\ndb: {test: c, prod: d}\n",
    "prod.env": "export MARKER=1\n",
    "patches.yml": "- MARKER\n",
    "summary": "application: MARKER\n",
    "config.yml": "MARKER: 1\n",
    "rule.py": f"print('{MARKER}')\nopen('{MARKER}', 'w')\n",
}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="links take a privilege there")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    for name, text in TELLING.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a workload in it that is in order."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repository"
    _write(root / "copilot" / ".workspace", "application: shop\n")
    _write(root / "copilot" / "api" / "manifest.yml", MANIFEST)
    _write(root / "src" / "main.py", "")
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def hostile(repository: Path, outside: Path) -> Path:
    """Every way out that there is: `..`, absolute paths, links to files and to folders, settings."""
    links = {
        "copilot/api/addons/x.yml": "addon.yml",
        "copilot/api/overrides/cfn.patches.yml": "patches.yml",
        "copilot/web/manifest.yml": "manifest.yml",
        "copilot/environments/test/manifest.yml": "manifest.yml",
        "copilot/job/addons": "",
        "config/link.env": "prod.env",
        "config/folder": "",
        "secrets.yml": "secrets.yml",
        "link.yaml": "otel.yaml",
    }
    for path, target in links.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).symlink_to(outside / target)
    (repository / "copilot" / ".workspace").unlink()
    (repository / "copilot" / ".workspace").symlink_to(outside / "summary")
    _write(repository / "copilot" / "job" / "manifest.yml", "name: job\ntype: Scheduled Job\n")
    _write(repository / ".git" / "config", f"[x]\n\turl = https://{MARKER}@example.com\n")
    _write(
        repository / "copilot" / "api" / "manifest.yml",
        f"{MANIFEST}env_file: ../outside/prod.env\n"
        "secrets: {db: '/copilot/${COPILOT_APPLICATION_NAME}/test/secrets/db'}\n"
        "sidecars:\n"
        "  a: {image: 'nginx:1', env_file: config/link.env}\n"
        "  b: {image: 'nginx:1', env_file: config/folder/prod.env}\n"
        "  c: {image: {build: ../outside/Dockerfile}}\n"
        "  d: {image: {build: {context: ../outside}}}\n"
        "  otel:\n"
        "    image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0\n"
        "    secrets: {AOT_CONFIG_CONTENT: /copilot/shop/test/secrets/otel}\n",
    )
    _write(
        repository / ".sidecar-lint.yml",
        "baseline: ../outside/known.json\n"
        "collectors: {api: ../outside/otel.yaml, job: link.yaml, web: .git/config}\n",
    )
    return repository


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments), prog_name="sidecar-lint")


def _found(path: str = "copilot/api/manifest.yml") -> dict[str, list[str]]:
    """The codes that are found in each file, for those that have any."""
    reports = lint_paths([path])
    return {each.path: [finding.code for finding in each.findings] for each in reports if each.findings}


def _codes(report: Report) -> set[str]:
    return {each.code for each in report.findings}


@pytest.mark.parametrize("printed", list(Format))
def test_nothing_from_outside_is_in_any_format(hostile: Path, printed: Format) -> None:
    result = _run("check", "--format", printed.value)
    assert MARKER not in result.output
    assert "config/link.env" in result.output
    assert MARKER not in _run("check", "--format", printed.value, *map(str, _files(hostile))).output


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--diff", "--unsafe-fixes"],
        ["check", "--fix", "--unsafe-fixes"],
        ["check", "--add-ignores", "because"],
        ["check", "--write-baseline", "new.json"],
        ["check", "--statistics"],
        ["check", "--affected", "copilot/api/addons/x.yml", "secrets.yml"],
        ["check", "--config", ".git/config"],
        ["check", "--baseline", "link.yaml"],
        ["check", "link.yaml", "secrets.yml", ".git/config"],
        ["config", "copilot/api/manifest.yml"],
        ["render", "copilot/api/manifest.yml", "--env", "test"],
        ["render", "copilot/web/manifest.yml", "--env", "test"],
        ["rules"],
    ],
)
def test_nothing_from_outside_is_in_what_a_command_prints_or_writes(
    hostile: Path, outside: Path, arguments: list[str]
) -> None:
    result = _run(*arguments)
    assert MARKER not in result.output
    assert not isinstance(result.exception, Exception)
    assert {path.name: path.read_text() for path in outside.iterdir()} == TELLING
    assert not Path(MARKER).exists()
    written = [path for path in _files(hostile) if not path.is_symlink() and ".git" not in path.parts]
    assert [path for path in written if MARKER in path.read_text()] == []


def _files(root: Path) -> list[Path]:
    return [Path(folder, name) for folder, _, names in os.walk(root) for name in names]


def test_each_place_that_leads_out_is_named(hostile: Path) -> None:
    result = _run("check", "--format", "json", "--select", "SL037")
    found = {(each["file"], each["line"]) for each in json.loads(result.stdout)["findings"]}
    assert {path for path, _ in found} == {
        ".sidecar-lint.yml",
        "copilot/.workspace",
        "copilot/api/addons/x.yml",
        "copilot/api/manifest.yml",
        "copilot/api/overrides/cfn.patches.yml",
        "copilot/environments/test/manifest.yml",
        "copilot/job/addons",
        "copilot/web/manifest.yml",
        "secrets.yml",
    }
    assert len([path for path, _ in found if path == "copilot/api/manifest.yml"]) == 5
    assert result.exit_code == 0
    assert hostile.is_dir()


def test_nothing_from_outside_reaches_an_editor(hostile: Path) -> None:
    with copied(hostile) as client:
        client.initialize()
        client.open("copilot/api/manifest.yml")
        client.pushed("copilot/api/manifest.yml", 1)
        client.open(".sidecar-lint.yml")
        found = client.request("workspace/executeCommand", {"command": "sidecarLint.lintWorkspace"})
        assert MARKER not in json.dumps(found)
        assert MARKER not in json.dumps(client.received)
        paths = {uri.removeprefix(client.root.as_uri() + "/") for uri in found["diagnostics"]}
        assert "copilot/web/manifest.yml" in paths
        assert client.stop() == 0


@pytest.mark.parametrize(
    "text", ["image: {build: ../service/Dockerfile}", "image: {location: 'x:1'}\nenv_file: ../prod.env"]
)
@pytest.mark.parametrize("is_there", [True, False])
def test_without_a_repository_a_file_beside_the_workspace_is_no_mistake(
    repository: Path, text: str, *, is_there: bool
) -> None:
    (repository / ".git").rmdir()
    if is_there:
        _write(repository.parent / "service" / "Dockerfile", "FROM scratch\n")
        _write(repository.parent / "prod.env", "export A=1\n")
    _write(repository / "copilot" / "api" / "manifest.yml", f"name: api\ntype: Backend Service\n{text}\n")
    assert _found() == {"copilot/api/manifest.yml": ["SL037"]}
    assert _run("check").exit_code == 0


@pytest.mark.parametrize("as_file", [True, False])
def test_in_a_repository_the_same_file_is_looked_for(repository: Path, *, as_file: bool) -> None:
    (repository / ".git").rmdir()
    if as_file:  # a worktree, a submodule
        _write(repository.parent / ".git", "gitdir: /elsewhere\n")
    else:
        (repository.parent / ".git").mkdir()
    manifest = "name: api\ntype: Backend Service\nimage: {build: ../service/Dockerfile, port: 80}\n"
    _write(repository / "copilot" / "api" / "manifest.yml", manifest)
    assert _found() == {"copilot/api/manifest.yml": ["SL085"]}
    _write(repository.parent / "service" / "Dockerfile", "FROM scratch\n")
    assert _found() == {}


def test_addons_that_were_not_read_may_grant_anything(repository: Path, outside: Path) -> None:
    manifest = f"{MANIFEST}logging: {{image: 'x:1', destination: {{Name: firehose, region: eu-west-1, delivery_stream: b}}}}\n"
    _write(repository / "copilot" / "api" / "manifest.yml", manifest)
    assert _found() == {"copilot/api/manifest.yml": ["SL801"]}
    (repository / "copilot" / "api" / "addons").symlink_to(outside)
    assert _found() == {"copilot/api/addons": ["SL037"]}


@pytest.mark.parametrize(
    ("plugin", "code", "status"),
    [
        ("../outside/rule.py", "SL037", 0),
        ("link.py", "SL037", 0),
        ("folder", "SL037", 0),
        ("rules", "SL037", 0),
        ("large.py", "SL038", 3),
        ("dangling.py", "SL038", 3),
    ],
)
def test_rules_are_loaded_from_inside_where_they_are_allowed(
    repository: Path, outside: Path, plugin: str, code: str, status: int
) -> None:
    _write(repository / ".sidecar-lint.yml", f"plugins: [{plugin}]\nignore: [OWN1]\n")
    (repository / "link.py").symlink_to(outside / "rule.py")
    (repository / "folder").symlink_to(outside)
    (repository / "dangling.py").symlink_to("none.py")
    (repository / "rules").mkdir()
    (repository / "rules" / "link.py").symlink_to(outside / "rule.py")
    with (repository / "large.py").open("wb") as file:
        file.truncate(5 << 20)
    result = _run("check", "--allow-plugins", "--format", "json")
    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == [code]
    assert result.exit_code == status
    assert not (repository / MARKER).exists()


def test_the_buildspec_of_a_pipeline(repository: Path, outside: Path) -> None:
    pipeline = "name: main\nversion: 1\nsource: {provider: GitHub, properties: {repository: 'https://github.com/a/b'}}\n"
    stages = "stages: [{name: test, pre_deployments: {a: {buildspec: link.yml}}}]\nbuild: {buildspec: ../buildspec.yml}\n"
    _write(repository / "copilot" / "pipelines" / "main" / "manifest.yml", pipeline + stages)
    (repository / "link.yml").symlink_to(outside / "manifest.yml")
    found = _found("copilot/pipelines/main/manifest.yml")
    assert found["copilot/pipelines/main/manifest.yml"].count("SL037") == 2
    assert "SL898" not in found["copilot/pipelines/main/manifest.yml"]


def test_overrides_that_were_not_read_may_change_anything(repository: Path, outside: Path) -> None:
    manifest = (
        f"{MANIFEST}sidecars: {{a: {{image: 'x:1', mount_points: [{{source_volume: b, path: /c}}]}}}}\n"
    )
    _write(repository / "copilot" / "api" / "manifest.yml", manifest)
    (before,) = _found().values()
    (repository / "copilot" / "api" / "overrides").symlink_to(outside)
    found = _found()
    assert before != []
    assert found == {"copilot/api/overrides": ["SL037"]}


def test_a_secret_may_be_in_a_file_that_was_not_read(repository: Path, outside: Path) -> None:
    secrets = "".join(f"  {name}: /copilot/shop/test/secrets/{name}\n" for name in ("db", "key", "token"))
    _write(repository / "copilot" / "api" / "manifest.yml", f"{MANIFEST}secrets:\n{secrets}")
    _write(repository / "secrets.yml", "db: {test: a}\nkey: {test: b}\n")
    assert "SL623" in _found()["copilot/api/manifest.yml"]
    (repository / "more-secrets.yml").symlink_to(outside / "secrets.yml")
    assert _found() == {"more-secrets.yml": ["SL037"]}


def test_environments_that_were_not_read_may_be_any(repository: Path, outside: Path) -> None:
    _write(
        repository / "copilot" / "api" / "manifest.yml", f"{MANIFEST}environments: {{test: {{count: 1}}}}\n"
    )
    (repository / "copilot" / "environments").symlink_to(outside)
    assert _found() == {"copilot/environments": ["SL037"]}


def test_a_workload_behind_a_link_inside_is_linted(repository: Path, outside: Path) -> None:
    _write(repository / "services" / "web" / "manifest.yml", MANIFEST.replace("api", "other"))
    (repository / "copilot" / "web").symlink_to("../services/web")
    (repository / "copilot" / "out").symlink_to(outside)
    result = _run("check", "--format", "json")
    found = {each["file"]: each["rule"] for each in json.loads(result.stdout)["findings"]}
    assert found == {"copilot/web/manifest.yml": "SL013", "copilot/out/manifest.yml": "SL037"}


class TestExitStatus:
    """What is not to be read changes none; what cannot be read is never a clean run."""

    def test_a_file_that_is_larger_than_any_that_matters(self, repository: Path) -> None:
        _write(repository / "copilot" / "api" / "manifest.yml", f"{MANIFEST}env_file: prod.env\n")
        (repository / "prod.env").write_text("#" * 4_400_000)
        result = _run("check", "--format", "concise")
        assert result.exit_code == 3
        assert "SL038" in result.stdout
        assert "there is no file" not in result.stdout

    @pytest.mark.parametrize("path", ["prod.env", "copilot/api/addons/x.yml", "copilot/.workspace"])
    def test_a_link_that_leads_nowhere(self, repository: Path, path: str) -> None:
        _write(repository / "copilot" / "api" / "manifest.yml", f"{MANIFEST}env_file: prod.env\n")
        (repository / "prod.env").write_text("")
        assert _run("check").exit_code == 0
        (repository / path).parent.mkdir(exist_ok=True)
        (repository / path).unlink(missing_ok=True)
        (repository / path).symlink_to("none")
        result = _run("check", "--format", "json")
        assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == ["SL038"]
        assert result.exit_code == 3

    @pytest.mark.parametrize("arguments", [[], ["--select", "SL1"], ["--fail-on", "never"], ["--fix"]])
    def test_a_manifest_that_was_found(self, repository: Path, arguments: list[str]) -> None:
        (repository / "copilot" / "api" / "manifest.yml").unlink()
        (repository / "copilot" / "api" / "manifest.yml").symlink_to("none.yml")
        result = _run("check", *arguments)
        assert result.exit_code == 3
        assert "SL038" in result.stdout

    def test_a_configuration_is_not_taken_for_a_report(self, repository: Path) -> None:
        (repository / ".sidecar-lint.yml").symlink_to("none.yml")
        result = _run("check", "--format", "concise")
        assert result.exit_code == 3
        assert result.stdout.startswith(".sidecar-lint.yml:1:1: warning[SL038]")
        assert "cannot be read: it is a link that leads nowhere" in _run("config").stdout
        assert "report" not in result.stderr

    @pytest.mark.parametrize(
        ("target", "said"),
        [
            ("../outside/manifest.yml", "a link on its way leads out of the project"),
            ("none.yml", "it is a link that leads nowhere"),
        ],
    )
    @pytest.mark.usefixtures("outside")
    def test_a_file_that_the_user_named(self, repository: Path, target: str, said: str) -> None:
        (repository / "link.yml").symlink_to(target)
        result = _run("check", "link.yml")
        assert (result.exit_code, result.stderr) == (3, f"sidecar-lint: link.yml: cannot read it: {said}\n")

    def test_a_pipe_that_the_user_named(self, repository: Path) -> None:
        os.mkfifo(repository / "pipe.yml")
        result = _run("check", "pipe.yml")
        assert (result.exit_code, result.stderr) == (
            3,
            "sidecar-lint: pipe.yml: cannot read it: it is a pipe\n",
        )

    def test_standard_input_without_end(self, repository: Path) -> None:
        assert repository.is_dir()
        result = CliRunner().invoke(cli.app, ["check", "-"], input=b"#" * ((4 << 20) + 1))
        assert result.exit_code == 3
        assert "it is larger than 4 MiB" in result.stderr


def test_a_program_is_told_of_what_it_named_itself(repository: Path) -> None:
    (repository / "copilot" / "web").mkdir()
    (repository / "copilot" / "web" / "manifest.yml").symlink_to("none")
    with pytest.raises(OSError, match="leads nowhere"):
        list(lint_paths(["copilot/web/manifest.yml"]))
    assert Files().look("copilot/none.yml") is not None
