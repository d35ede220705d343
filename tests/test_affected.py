"""Which manifests a changed file may affect."""

from __future__ import annotations

from pathlib import Path

import pytest

from sidecar_lint.commands.affected import affected_by
from sidecar_lint.linting.discovery import discover

BOTH = ["copilot/api/manifest.yml", "copilot/job/manifest.yml"]
TEST = "copilot/environments/test/manifest.yml"
PIPELINE = "copilot/pipelines/main/manifest.yml"
ALL = sorted([*BOTH, TEST, PIPELINE])
MANIFEST = "name: api\ntype: Backend Service\n"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bare").mkdir()
    for path in ALL:
        file = tmp_path / "shop" / path
        file.parent.mkdir(parents=True)
        file.write_text(MANIFEST)
    monkeypatch.chdir(tmp_path / "shop")


@pytest.mark.parametrize(
    ("changed", "manifests"),
    [
        (["copilot/api/manifest.yml"], [*BOTH, PIPELINE]),
        (["copilot/api/addons/gone.yml"], BOTH[:1]),
        (["copilot/api/a/b/collector.yml", "copilot/api/x"], BOTH[:1]),
        (["copilot/api/addons/manifest.yml"], BOTH[:1]),
        (["copilot/job/overrides/cfn.patches.yml", "copilot/api/x"], BOTH),
        ([TEST], ALL),
        (["copilot/environments/overrides/cfn.patches.yml"], [TEST, *BOTH]),
        (["copilot/environments/addons/db.yml"], [TEST, *BOTH]),
        (["copilot/environments/gone/manifest.yml"], [*BOTH, PIPELINE]),
        (["copilot/.workspace"], ALL),
        (["copilot/.sidecar-lint.yml"], ALL),
        ([".sidecar-lint.yml"], ALL),
        (["secrets.yml"], [*BOTH, PIPELINE]),
        (["Dockerfile"], [*BOTH, PIPELINE]),
        (["web/.env"], [*BOTH, PIPELINE]),
        ([PIPELINE], [PIPELINE]),
        (["copilot/pipelines/main/buildspec.yml"], [PIPELINE]),
        (["copilot/pipelines/gone/manifest.yml"], [PIPELINE]),
        (["copilot/gone/manifest.yml"], [PIPELINE]),
        (["copilot/gone/addons/x.yml"], []),
        (["../bare/manifest.yml", "../x"], []),
        ([], []),
    ],
)
def test_a_change(changed: list[str], manifests: list[str]) -> None:
    found = affected_by(changed)
    assert (found.files, found.problems) == (sorted(manifests), [])


def test_the_manifest_of_a_workload_matters_to_those_that_name_it() -> None:
    Path("copilot/api/manifest.yml").write_text("name: api\n")
    Path("copilot/job/manifest.yml").write_text("subscribe: {topics: [{name: a, service: api}]}\n")
    assert affected_by(["copilot/api/manifest.yml"]).files == [*BOTH, PIPELINE]
    assert affected_by(["copilot/api/addons/x.yml"]).files == BOTH[:1]
    assert affected_by(["copilot/job/manifest.yml"]).files == [*BOTH[1:], PIPELINE]


def test_the_manifest_of_a_pipeline_matters_to_all_of_them() -> None:
    """Two may have the same name."""
    Path("copilot/pipeline.yml").write_text(MANIFEST)
    assert affected_by([PIPELINE]).files == ["copilot/pipeline.yml", PIPELINE]
    assert affected_by(["copilot/pipelines/main/x.yml"]).files == [PIPELINE]


def test_paths_stay_in_the_users_spelling(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir("copilot/job")
    assert affected_by(["../api/x.yml"]).files == ["../api/manifest.yml"]
    monkeypatch.chdir(tmp_path)
    assert affected_by(["shop/copilot/.workspace"]).files == [f"shop/{path}" for path in ALL]
    full = str(tmp_path / "shop" / "copilot" / "api")
    assert affected_by([f"{full}/x.yml"]).files == [f"{full}/manifest.yml"]


def test_a_manifest_of_another_name_is_itself() -> None:
    path = "copilot/web/manifest.yaml"
    assert affected_by([path]).files == []
    Path(path).parent.mkdir()
    Path(path).write_text(MANIFEST)
    assert affected_by([path]).files == [path]


def test_folders_and_standard_input_are_what_they_always_are() -> None:
    for paths in (["copilot"], ["-"], ["-", "copilot/api"], ["."]):
        affected, found = affected_by(paths), discover(paths)
        assert (affected.files, affected.problems) == (found.files, found.problems)
