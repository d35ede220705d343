"""A real pre-commit installs the hooks from a repository and runs them in another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRONG = "name: api\ntype: Backend Service\nimage:\n  location: nginx\n  prot: 80\n"
RIGHT = WRONG.replace("prot", "port")
CONFIG = """\
repos:
  - repo: {repository}
    rev: "{revision}"
    hooks:
      - id: {hook}
        args: [--select, SL0]
"""

pytestmark = pytest.mark.slow


class Repository:
    """A folder with git in it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self._environment = os.environ | {
            "PRE_COMMIT_HOME": str(home),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_NAME": "a" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "a@example.com" for who in ("AUTHOR", "COMMITTER")},
        }
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet")

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self._environment, capture_output=True, text=True, check=False
        )

    def git(self, *arguments: str) -> str:
        run = self._run("git", *arguments)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.git("add", path)

    def read(self, path: str) -> str:
        return (self.folder / path).read_text()

    def commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Commit what is staged; the hook of pre-commit has its say."""
        return self._run("git", "commit", "--message", "x", *arguments)

    def pre_commit(self, *arguments: str) -> str:
        run = self._run(sys.executable, "-m", "pre_commit", *arguments)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """This checkout as a repository, as users get it."""
    repository = Repository(tmp_path_factory.mktemp("published"), home)
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            target = repository.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "x")
    return repository.folder


@pytest.fixture
def users(tmp_path: Path, home: Path, published: Path, request: pytest.FixtureRequest) -> Repository:
    """A repository whose commits run the hook."""
    repository = Repository(tmp_path / "users", home)
    revision = Repository(published, home).git("rev-parse", "HEAD").strip()
    config = CONFIG.format(repository=published.as_uri(), revision=revision, hook=request.param)
    repository.write(".pre-commit-config.yaml", config)
    repository.write("copilot/api/manifest.yml", RIGHT)
    repository.write("copilot/api/addons/x.yml", "Resources: {}\n")
    repository.pre_commit("install", "--install-hooks")
    assert repository.commit().returncode == 0
    return repository


lint = pytest.mark.parametrize("users", ["sidecar-lint"], indirect=True)
fix = pytest.mark.parametrize("users", ["sidecar-lint-fix"], indirect=True)
either = pytest.mark.parametrize("users", ["sidecar-lint", "sidecar-lint-fix"], indirect=True)


def test_the_hooks_are_well_formed(published: Path, home: Path) -> None:
    hooks = str(published / ".pre-commit-hooks.yaml")
    assert Repository(published, home).pre_commit("validate-manifest", hooks) == ""


@lint
def test_a_mistake_stops_a_commit(users: Repository) -> None:
    users.write("copilot/api/manifest.yml", WRONG)
    commit = users.commit()
    assert commit.returncode == 1
    assert "SL007" in commit.stderr
    assert "exit code: 1" in commit.stderr
    assert users.read("copilot/api/manifest.yml") == WRONG


@lint
def test_a_file_around_the_manifest_has_it_linted(users: Repository) -> None:
    users.write("copilot/api/manifest.yml", WRONG)
    assert users.commit("--no-verify").returncode == 0
    users.write("copilot/api/addons/x.yml", "Resources:\n  {}\n")
    commit = users.commit()
    assert commit.returncode == 1
    assert "copilot/api/manifest.yml:5" in commit.stderr


@either
def test_what_is_no_concern_of_ours_is_not_looked_at(users: Repository) -> None:
    users.write("manifest.yml", WRONG)
    users.write("copilot/api/README.md", "x\n")
    commit = users.commit()
    assert commit.returncode == 0
    assert "no files to check" in commit.stderr


@fix
def test_a_fix_stops_a_commit_once(users: Repository) -> None:
    right = f"# A comment.\n{RIGHT}logging:\n  retention: 7 # days\n"
    users.write("copilot/api/manifest.yml", right.replace("7", "'7'"))
    first = users.commit()
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stderr
    assert users.read("copilot/api/manifest.yml") == right
    users.git("add", "--update")
    second = users.commit()
    assert second.returncode == 0, second.stderr


@fix
def test_what_is_left_stops_a_commit(users: Repository) -> None:
    users.write("copilot/api/manifest.yml", RIGHT.replace("name: api\n", ""))
    commit = users.commit()
    assert commit.returncode == 1
    assert "SL004" in commit.stderr
