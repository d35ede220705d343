"""The example package of docs/, used as an outsider would: built, installed beside our wheel, and run."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example-rules"
MANIFEST = "name: a\ntype: Worker Service\nimage: {location: b}\nsidecars: {c: {image: 'd:1'}}\n"


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False
    )


def _must(*command: str | Path, cwd: Path) -> None:
    run = _run(*command, cwd=cwd)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with both wheels; what they need is ours."""
    folder = tmp_path_factory.mktemp("outside")
    wheels = folder / "wheels"
    for source in (ROOT, EXAMPLE):
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", wheels, source)
        _must(*pip, cwd=folder)
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    _must(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"),
        *sorted(wheels.glob("*.whl")),
        cwd=folder,
    )
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    site = next((folder / "venv" / "lib").glob("python*/site-packages"))
    # After its own packages, those of this environment: dependencies, and no second download.
    (site / "ours.pth").write_text(f"import sys; sys.path.append({ours!r})\n")
    (folder / "copilot" / "api").mkdir(parents=True)
    (folder / "copilot" / "api" / "manifest.yml").write_text(MANIFEST)
    return python


def test_its_rules_are_found_with_their_options(program: Path) -> None:
    folder = program.parents[2]
    lint = (program, "-P", "-m", "sidecar_lint", "--format", "json", "--select", "EX101")
    run = _run(*lint, cwd=folder)
    assert run.returncode == 1, run.stderr
    assert [each["message"] for each in json.loads(run.stdout)["findings"]] == [
        "'d:1' is from no registry of ours"
    ]
    (folder / ".sidecar-lint.yml").write_text("rules: {foreign-registry: {trusted: ['d:1']}}\n")
    run = _run(*lint, cwd=folder)
    assert (run.returncode, json.loads(run.stdout)["findings"]) == (0, [])


def test_its_tests_pass_there(program: Path) -> None:
    _must(program, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE / "tests", cwd=program.parents[2])


def test_it_is_the_wheel_that_is_used(program: Path) -> None:
    run = _run(
        program, "-P", "-c", "import sidecar_lint; print(sidecar_lint.__file__)", cwd=program.parents[2]
    )
    assert run.stdout.startswith(str(program.parents[1]))
