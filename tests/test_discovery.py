"""Which files are linted, and which are none of Copilot's business."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sidecar_lint.linting.discovery import discover

COPILOT = "name: api\ntype: Backend Service\n"
FOREIGN = {
    "kubernetes": "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n",
    "kubernetes with a type": "apiVersion: v1\nkind: Secret\ntype: Opaque\n",
    "backstage": "apiVersion: backstage.io/v1alpha1\nkind: Component\nspec:\n  type: service\n",
    "cloud foundry": "applications:\n- name: api\n  memory: 1G\n",
    "web app": '{"name": "api", "start_url": "/", "icons": []}\n',
    "browser extension": "manifest_version: 3\nname: api\n",
    "another program": "type: service\nname: api\n",
    "another type": "type: module\nname: api\nimage: x\n",
    "continuous integration": "stages: [build]\nversion: 2\n",
    "nothing": "",
    "broken": "a: [\n",
    "no text": "\xff\xfe\x00",
}
OURS = {
    "plain": COPILOT,
    "quoted": "'type': \"Backend Service\"  # c\n",
    "crlf": "name: api\r\ntype: Static Site\r\n",
    "cr": "name: api\rtype: Static Site\r",
    "misspelt": "type: Backend Servise\nname: api\n",
    "other case": "type: backend service\n",
    "other spelling": "type: LoadBalancedWebService\n",
    "broken": "name: [\ntype: Worker Service\n",
    "flow": "{name: api, image: {port: 80}, type: Backend Service}\n",
    "json": '{"name": "api", "type": "Backend Service"}\n',
    "marked": "\ufefftype: Scheduled Job\n",
    "environment": "name: test\ntype: Environment\n",
    "pipeline": "name: main\nversion: 1\nsource:\n  provider: GitHub\nstages: []\n",
    "environment in small letters": "name: test\ntype: environment\n",
}


def _write(place: Path, text: str = COPILOT) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode())
    return place


def _found(folder: Path) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path in discover([str(folder)]).files]


@pytest.mark.parametrize("text", OURS.values(), ids=OURS)
def test_a_manifest_outside_copilots_folder(tmp_path: Path, text: str) -> None:
    _write(tmp_path / "infra" / "api" / "manifest.yml", text)
    assert _found(tmp_path) == ["infra/api/manifest.yml"]


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_manifest_of_another_program(tmp_path: Path, text: str) -> None:
    _write(tmp_path / "api" / "manifest.yml", text)
    _write(tmp_path / "manifest.yaml", text)
    found = discover([str(tmp_path)])
    assert found.files == []
    assert [problem.file for problem in found.problems] == [str(tmp_path)]


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_whatever_stands_in_copilots_folder_is_a_manifest(tmp_path: Path, text: str) -> None:
    _write(tmp_path / "copilot" / "api" / "manifest.yml", text)
    _write(tmp_path / "copilot" / "api" / "manifest.yaml", text)
    assert _found(tmp_path) == ["copilot/api/manifest.yml"]
    assert _found(tmp_path / "copilot") == ["api/manifest.yml"]


def test_what_lies_among_manifests_is_one(tmp_path: Path) -> None:
    """Such folders are in tests and examples: a broken manifest is known by its neighbours."""
    _write(tmp_path / "services" / "api" / "manifest.yml")
    for name in ("nothing", "broken", "no text", "another type"):
        _write(tmp_path / "services" / name / "manifest.yml", FOREIGN[name])
    for name in ("kubernetes", "cloud foundry", "web app"):
        _write(tmp_path / "services" / name / "manifest.yml", FOREIGN[name])
    _write(tmp_path / "elsewhere" / "deep" / "manifest.yml", FOREIGN["nothing"])
    found = {path.split("/")[1] for path in _found(tmp_path)}
    assert found == {"api", "nothing", "broken", "no text", "another type"}


def test_environments_are_found_by_their_place(tmp_path: Path) -> None:
    _write(tmp_path / "copilot" / "environments" / "test" / "manifest.yml", FOREIGN["nothing"])
    _write(tmp_path / "copilot" / "environments" / "manifest.yml", FOREIGN["nothing"])
    assert _found(tmp_path) == ["copilot/environments/test/manifest.yml"]


def test_pipelines_are_found_by_their_place(tmp_path: Path) -> None:
    _write(tmp_path / "copilot" / "pipelines" / "main" / "manifest.yml", FOREIGN["nothing"])
    _write(tmp_path / "copilot" / "pipeline.yml", FOREIGN["nothing"])
    _write(tmp_path / "other" / "pipeline.yml", OURS["pipeline"])
    assert _found(tmp_path) == ["copilot/pipeline.yml", "copilot/pipelines/main/manifest.yml"]


def test_an_addon_of_environments_is_no_manifest_whatever_its_name(tmp_path: Path) -> None:
    addon = _write(tmp_path / "copilot" / "environments" / "addons" / "manifest.yml")
    _write(tmp_path / "copilot" / "api" / "manifest.yml")
    assert _found(tmp_path) == ["copilot/api/manifest.yml"]
    assert discover([str(addon)]).files == [str(addon)]


def test_a_workload_may_be_called_as_it_likes(tmp_path: Path) -> None:
    _write(tmp_path / "copilot" / "copilot" / "manifest.yml")
    assert _found(tmp_path) == ["copilot/copilot/manifest.yml"]


def test_a_file_is_taken_as_it_is(tmp_path: Path) -> None:
    named = [str(_write(tmp_path / "values.yaml", "")), str(tmp_path / "missing.yml"), "-"]
    assert discover([*named, named[0]]).files == [*sorted(named[:2]), "-"]


def test_folders_of_tools_are_left_out(tmp_path: Path) -> None:
    for folder in (".git", "node_modules", ".venv", "venv", "__pycache__", "cdk.out"):
        _write(tmp_path / folder / "copilot" / "api" / "manifest.yml")
    _write(tmp_path / "b" / "copilot" / "api" / "manifest.yml")
    _write(tmp_path / "a" / "copilot" / "api" / "manifest.yml")
    assert _found(tmp_path) == ["a/copilot/api/manifest.yml", "b/copilot/api/manifest.yml"]


def test_links_are_not_followed_round_in_circles(tmp_path: Path) -> None:
    _write(tmp_path / "copilot" / "api" / "manifest.yml")
    (tmp_path / "copilot" / "loop").symlink_to(tmp_path)
    (tmp_path / "copilot" / "api" / "self").symlink_to("self")
    assert _found(tmp_path) == ["copilot/api/manifest.yml"]


def test_a_folder_that_is_a_link_is_followed_when_named(tmp_path: Path) -> None:
    _write(tmp_path / "real" / "copilot" / "api" / "manifest.yml")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _found(tmp_path / "link") == ["copilot/api/manifest.yml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    os.mkfifo(tmp_path / "api" / "manifest.yml")
    assert _found(tmp_path) == []


def test_paths_are_spelt_as_the_user_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "copilot" / "api" / "manifest.yml")
    monkeypatch.chdir(tmp_path)
    expected = os.path.join("copilot", "api", "manifest.yml")
    assert discover(["."]).files == [expected]
    assert discover(["copilot"]).files == [expected]
    assert discover([".", "copilot"]).files == [expected]


@pytest.mark.parametrize("here", [".", "copilot", "copilot/api", "src/deep"])
def test_nothing_named_is_the_workspace_around(
    tmp_path: Path, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = _write(tmp_path / "copilot" / "api" / "manifest.yml")
    _write(tmp_path / "other" / "manifest.yml")
    (tmp_path / here).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / here)
    assert [Path(path).resolve() for path in discover([]).files] == [manifest.resolve()]


def test_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = discover([])
    assert found.files == []
    assert "no copilot/ folder here or above" in found.problems[0].message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    _write(tmp_path / "copilot" / "api" / "manifest.yml")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    try:
        assert [problem.file for problem in discover([str(tmp_path)]).problems] == [str(locked)]
    finally:
        locked.chmod(0o700)
