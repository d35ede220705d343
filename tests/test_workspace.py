"""The folder around a manifest: found from any file, read once, unsaved texts first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sidecar_lint import Files
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.syntax.source import Source

MANIFEST = "name: api\ntype: Backend Service\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _write("copilot/.workspace", "application: shop\n", tmp_path)
    _write("copilot/api/manifest.yml", MANIFEST, tmp_path)
    _write("copilot/web/manifest.yml", MANIFEST, tmp_path)
    _write("copilot/notes/readme.txt", "", tmp_path)
    _write("copilot/environments/test/manifest.yml", "name: test\ntype: Environment\n", tmp_path)
    _write("copilot/environments/addons/x.yml", "", tmp_path)
    _write("copilot/pipelines/main/manifest.yml", "name: main\n", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(path: str, text: str, root: Path) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


@pytest.mark.usefixtures("project")
def test_what_a_workspace_holds() -> None:
    workspace = Files().workspace("copilot/api/manifest.yml")
    assert workspace is not None
    assert workspace.application == "shop"
    assert workspace.environments == ("test",)
    assert sorted(workspace.workloads) == ["api", "web"]
    assert workspace.folder == "copilot"
    assert workspace.project == "."
    assert workspace.path("src", ".env") == os.path.join("src", ".env")


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        (".", "copilot/api/manifest.yml"),
        (".", "./copilot/api/addons/x.yml"),
        ("copilot/api", "manifest.yml"),
        ("copilot/api", "addons/x.yml"),
        ("copilot", "api/manifest.yml"),
        ("copilot/notes", "../api/manifest.yml"),
    ],
)
def test_it_is_found_from_any_file(
    project: Path, folder: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / folder)
    workspace = Files().workspace(path)
    assert workspace is not None
    assert not os.path.isabs(workspace.folder)
    assert Path(workspace.folder).resolve() == project / "copilot"
    workload = workspace.workload(path)
    assert workload is not None
    assert workload.folder_name == "api"


@pytest.mark.usefixtures("project")
def test_a_file_beside_it_belongs_to_no_workload() -> None:
    workspace = Files().workspace("collector.yml")
    assert workspace is not None
    assert workspace.workload("collector.yml") is None


def test_an_absolute_path_stays_absolute(project: Path) -> None:
    workspace = Files().workspace(str(project / "copilot" / "api" / "manifest.yml"))
    assert workspace is not None
    assert workspace.workloads["api"].manifest_path == str(project / "copilot" / "api" / "manifest.yml")


def test_a_file_in_no_workspace(tmp_path: Path) -> None:
    assert Files().workspace(str(tmp_path / "manifest.yml")) is None


@pytest.mark.usefixtures("project")
def test_each_file_is_read_once() -> None:
    files = Files()
    for _ in range(3):
        workspace = files.workspace("copilot/api/manifest.yml")
        assert workspace is not None
        assert document_of(workspace.workloads["api"]) is document_of(workspace.workloads["api"])
        assert workspace.application == "shop"
        files.read("./copilot/web/manifest.yml")
        with pytest.raises(FileNotFoundError):
            files.read("copilot/missing.yml")
    assert set(files.reads.values()) == {1}


@pytest.mark.usefixtures("project")
def test_unsaved_text_wins() -> None:
    files = Files(
        {"copilot/api/manifest.yml": "new", "copilot/job/manifest.yml": "x", "copilot/web/manifest.yml": None}
    )
    workspace = files.workspace("copilot/api/manifest.yml")
    assert workspace is not None
    assert sorted(workspace.workloads) == ["api", "job"]
    assert files.read("copilot/api/manifest.yml").text == "new"
    assert workspace.files.source("copilot/web/manifest.yml") is None
    later = files.having(Source("copilot/api/manifest.yml", "newer"))
    assert later.read("copilot/api/manifest.yml").text == "newer"
    assert files.read("copilot/api/manifest.yml").text == "new"


@pytest.mark.usefixtures("project")
def test_what_cannot_be_looked_at_is_not_there() -> None:
    files = Files().project("copilot/pipe.yml")
    os.mkfifo("copilot/pipe.yml")
    assert files.source("copilot/pipe.yml") is None
    assert files.source("copilot\0") is None
    assert files.names("copilot/none") == ()
    with Path("copilot/large.yml").open("wb") as file:
        file.truncate(5 << 20)
    assert files.source("copilot/large.yml") is None
