"""What git leaves out of commits, without asking git; git itself is the judge here."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidecar_lint import Files
from sidecar_lint.files.patterns import LONGEST, matches

NAMES = ["a", "b", "ab", "aab", ".env", "a b", "*", "!a", "#a", "]", "-", "a "]
PIECES = [
    "a",
    "b",
    "*",
    "**",
    "?",
    "/",
    "[ab]",
    "[!a]",
    "[^b]",
    "[b-a]",
    "[]a]",
    "[a",
    "\\a",
    "\\*",
    "!",
    "#",
    " ",
]
PIECES += ["\\ ", "a*b", "*a*b", "**/", "/**", ".env", "[a-]", "[!]]", "***", "\t", "]"]
LINE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
#: In `a**/b` git takes the stars for any folders, as it cuts off what is plain before it looks; its manual says otherwise.
#: A `/` in brackets is a part of them for git, and the end of a name for us.
LINES = st.lists(LINE.filter(lambda line: not re.search(r"[^/*]\*\*|\[[^]]*/", line)), max_size=5)
PATHS = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map("/".join), min_size=10, max_size=20
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _git("init", "-q")
    return tmp_path


def _git(*arguments: str, given: str = "") -> str:
    command = ["git", "-c", "core.excludesFile=", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False).stdout


def _write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(top=LINES, inner=LINES, exclude=LINES, paths=PATHS)
@pytest.mark.usefixtures("project")
def test_it_is_what_git_says(top: list[str], inner: list[str], exclude: list[str], paths: list[str]) -> None:
    _write(".gitignore", "\n".join(top))
    _write("a/.gitignore", "\r\n".join(inner))
    _write(".git/info/exclude", "\n".join(exclude))
    files = Files()
    asked = [path for path in paths if not os.path.isdir(path)]
    ignored = _git("check-ignore", "--stdin", "-z", given="\0".join(asked)).split("\0")
    assert [path for path in asked if files.is_ignored(path)] == [path for path in asked if path in ignored]


@pytest.mark.usefixtures("project")
def test_a_folder_that_is_left_out_takes_all_in_it_with_it() -> None:
    _write(".gitignore", "/secrets/\n!secrets/kept.env\n")
    assert Files().is_ignored("secrets/prod/web.env") is True
    assert Files().is_ignored("secrets/kept.env") is True
    assert Files().is_ignored("other/secrets/web.env") is False


def test_without_a_repository_the_files_count_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _write("copilot/api/manifest.yml", "")
    _write(".gitignore", "*.env\n!kept.env\n")
    _write(".env", "")
    assert Files().is_ignored(".env") is True
    assert Files().is_ignored("kept.env") is False


@pytest.mark.usefixtures("project")
def test_a_committed_file_is_not_ignored() -> None:
    _write("web/.env", "")
    _write("other/web/.env", "")
    _git("add", "-f", "web/.env")
    _write(".gitignore", ".env\n")
    assert Files().is_ignored("web/.env") is False
    assert Files().is_ignored("other/web/.env") is True
    assert Files().is_ignored(".env") is True


@pytest.mark.usefixtures("project")
def test_an_index_with_shortened_names_says_nothing() -> None:
    _write(".env", "")
    _git("add", ".env")
    _write(".gitignore", ".env\n")
    _git("update-index", "--index-version", "4")
    assert Files().is_ignored(".env") is None


def test_the_repository_of_a_worktree_is_not_read(project: Path) -> None:
    _write(".gitignore", ".env\n")
    (project / ".git").rename(project / "elsewhere")
    _write(".git", "gitdir: elsewhere\n")
    assert Files().is_ignored(".env") is None
    assert Files().is_ignored("kept") is False


@pytest.mark.parametrize("linked", [".gitignore", ".git/info/exclude", ".git/info", ".git/index"])
def test_a_link_is_not_followed(linked: str, project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in ("", "exclude"):
        (elsewhere / name if name else elsewhere / "file").write_text("secret\n")
    _write(".gitignore", "left-out\n")
    (project / linked).rename(project / "moved") if (project / linked).exists() else None
    (project / linked).symlink_to(elsewhere if linked == ".git/info" else elsewhere / "file")
    assert Files().is_ignored("secret") is False


@pytest.mark.usefixtures("project")
def test_an_ignore_file_that_is_no_plain_file_says_nothing() -> None:
    os.mkfifo(".gitignore")
    assert Files().is_ignored("a") is False


@pytest.mark.usefixtures("project")
def test_a_path_that_no_system_opens_is_not_asked_about() -> None:
    _write(".gitignore", "*\n")
    assert Files().is_ignored("a" * LONGEST) is None
    assert Files().is_ignored("a/" * 100 + "b") is None


@pytest.mark.usefixtures("project")
def test_a_new_line_counts_once_the_file_is_known_to_have_changed() -> None:
    files = Files()
    assert files.is_ignored(".env") is False
    files.put(".gitignore", ".env\n")
    assert files.is_ignored(".env") is True


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 20 + "*b", "a" * 50_000),
        ("**/a/" * 20 + "b", "a/" * 25_000 + "c"),
        ("*a?" * 20 + "b", "a" * 50_000),
        ("*[ab]" * 20 + "c", "ab" * 25_000),
        ("**/*a*a*a/" * 8 + "b", "aaaa/" * 10_000 + "c"),
        ("[" * 4000, "[" * 50_000),
        ("*" * 4000 + "b", "a" * 50_000),
        ("**/" * 1000 + "b", "a/" * 25_000),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    """With any that tries again what it has tried, this does not end."""
    assert not matches(pattern, path)


def test_a_pattern_that_is_too_long_means_nothing() -> None:
    assert matches("*a" * 2000, "a" * 2000)
    assert not matches("*a" * 3000, "a" * 3000)
