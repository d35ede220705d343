"""Where a project ends, and what that keeps out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Files
from sidecar_lint.files.project_root import project_root, repository_root

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop" / "copilot" / "api").mkdir(parents=True)
    return tmp_path


def test_the_root_is_the_folder_with_the_repository(folder: Path) -> None:
    (folder / ".git").mkdir()
    assert project_root(str(folder / "shop" / "copilot" / "api" / "manifest.yml")) == str(folder)


def test_a_worktree_has_a_file_where_a_clone_has_a_folder(folder: Path) -> None:
    (folder / "shop" / ".git").write_text("gitdir: /elsewhere\n")
    assert project_root(str(folder / "shop" / "copilot" / "api" / "manifest.yml")) == str(folder / "shop")


@pytest.mark.parametrize(
    "path", ["copilot/api/manifest.yml", "copilot/.workspace", "secrets.yml", "src/none/x.yml"]
)
def test_without_a_repository_it_is_what_holds_the_copilot_folder(folder: Path, path: str) -> None:
    assert project_root(str(folder / "shop" / path)) == str(folder / "shop")


def test_a_copilot_folder_that_is_not_on_disk_counts_by_its_name(folder: Path) -> None:
    assert project_root(str(folder / "new" / "copilot" / "api" / "manifest.yml")) == str(folder / "new")


def test_a_workload_may_be_called_copilot(folder: Path) -> None:
    (folder / "shop" / "copilot" / "copilot").mkdir()
    assert project_root(str(folder / "shop" / "copilot" / "api" / "manifest.yml")) == str(folder / "shop")


def test_a_file_outside_of_both_has_its_own_folder(folder: Path) -> None:
    assert project_root(str(folder / "other" / "manifest.yml")) == str(folder / "other")


def test_a_path_is_taken_from_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "shop" / "copilot")
    assert project_root("api/manifest.yml") == project_root("../secrets.yml") == str(folder / "shop")


def test_no_repository_is_none(folder: Path) -> None:
    assert repository_root(str(folder)) is None


@pytest.mark.parametrize("inside", ["shop/copilot/api/manifest.yml", "other/manifest.yml"])
def test_a_configuration_outside_of_the_project_is_not_its_own(folder: Path, inside: str) -> None:
    (folder / ".sidecar-lint.yml").write_text("ignore: [SL1]\n")
    (folder / "other").mkdir()
    assert Files().configuration(str(folder / inside)) is None


def test_a_project_that_becomes_a_repository_gets_its_root(folder: Path) -> None:
    files, manifest = Files(), str(folder / "shop" / "copilot" / "api" / "manifest.yml")
    assert files.root(manifest) == str(folder / "shop")
    (folder / ".git").mkdir()
    files.project(str(folder / "new.yml")).names(str(folder))
    files.put(str(folder / "new.yml"), "")
    assert files.root(manifest) == str(folder)
