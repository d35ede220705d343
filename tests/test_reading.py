"""Reading what a path leads to: nothing outside of a root, nothing but plain files, never too much."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from sidecar_lint.files.reading import (
    LARGEST,
    Reason,
    Unread,
    list_names,
    locate,
    locator,
    look_at,
    read_bytes,
)
from sidecar_lint.files.store import FileStore
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = "not to be read"
links = pytest.mark.skipif(os.name == "nt", reason="links take a privilege there")
pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a file in it, and one beside it."""
    folder = tmp_path / "root"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.env").write_text("A=1\n")
    (tmp_path / "rootless.env").write_text(OUTSIDE)
    return folder


def _reason(path: Path | str, root: Path) -> Reason | None:
    """Why a file is not read; looking and reading agree."""
    found, why = read_bytes(str(path), str(root)), look_at(str(path), str(root))
    assert (found if isinstance(found, Unread) else None) == why
    return why.reason if why else None


def test_a_file_below_the_root(root: Path) -> None:
    assert read_bytes(str(root / "inner" / "a.env"), str(root)) == b"A=1\n"
    assert read_bytes(str(root / "inner" / ".." / "inner" / "a.env"), str(root)) == b"A=1\n"
    assert look_at(str(root / "inner" / "a.env"), str(root)) is None


@pytest.mark.parametrize(
    "path", ["inner/b.env", "other/a.env", "inner/a.env/b.env", "nul\0.env", "half\ud800.env", "a" * 300]
)
def test_what_is_not_there_is_missing(root: Path, path: str) -> None:
    assert _reason(root / path, root) is Reason.MISSING


def test_a_path_that_nobody_can_follow_is_missing_at_once(root: Path) -> None:
    assert _reason(os.path.join(root, *["a"] * 50_000), root) is Reason.MISSING


@pytest.mark.parametrize("path", ["../rootless.env", "../none.env", "..", "inner/../../rootless.env"])
def test_what_lies_outside_is_not_even_asked_for(
    root: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(os, "lstat", asked)
    monkeypatch.setattr(os, "stat", asked)
    assert _reason(os.path.join(root, path), root) is Reason.OUTSIDE


@links
@pytest.mark.parametrize("target", ["../rootless.env", "../none.env", "/dev/zero", "/proc/self/environ"])
def test_a_link_that_leads_out(root: Path, target: str) -> None:
    (root / "link.env").symlink_to(target)
    assert _reason(root / "link.env", root) is Reason.OUTSIDE


@links
def test_a_folder_that_leads_out(root: Path) -> None:
    (root / "folder").symlink_to(root.parent)
    assert _reason(root / "folder" / "rootless.env", root) is Reason.OUTSIDE
    assert _reason(root / "folder" / "none.env", root) is Reason.OUTSIDE
    names = list_names(str(root / "folder"), str(root))
    assert isinstance(names, Unread)
    assert names.reason is Reason.OUTSIDE


@links
def test_a_link_that_stays_inside_is_followed(root: Path) -> None:
    (root / "link.env").symlink_to("inner/a.env")
    (root / "folder").symlink_to("inner")
    assert read_bytes(str(root / "link.env"), str(root)) == b"A=1\n"
    assert read_bytes(str(root / "folder" / "a.env"), str(root)) == b"A=1\n"
    assert list_names(str(root / "folder"), str(root)) == ("a.env",)


@links
def test_a_link_to_the_root_itself_changes_nothing(root: Path) -> None:
    other = root.parent / "other"
    other.symlink_to(root)
    assert read_bytes(str(other / "inner" / "a.env"), str(other)) == b"A=1\n"
    assert _reason(other / ".." / "rootless.env", other) is Reason.OUTSIDE


@links
def test_a_link_that_leads_nowhere_is_no_missing_file(root: Path) -> None:
    (root / "link.env").symlink_to("none.env")
    (root / "loop.env").symlink_to("loop.env")
    assert _reason(root / "link.env", root) is Reason.UNREADABLE
    assert _reason(root / "loop.env", root) is Reason.UNREADABLE


@pytest.mark.parametrize("folder", [".git", ".GIT", "inner/.git", ".g\u200cit", ".git ", ".git.", ".git::x"])
def test_what_belongs_to_git(root: Path, folder: str) -> None:
    (root / folder).mkdir()
    (root / folder / "config").write_text(OUTSIDE)
    assert _reason(root / folder / "config", root) is Reason.OUTSIDE


@links
def test_a_link_into_what_belongs_to_git(root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text(OUTSIDE)
    (root / "link.yml").symlink_to(".git/config")
    assert _reason(root / "link.yml", root) is Reason.OUTSIDE


@pytest.mark.parametrize("name", [".github", ".gitignore", "a.git", "git"])
def test_what_only_sounds_like_it(root: Path, name: str) -> None:
    (root / name).write_text("")
    assert read_bytes(str(root / name), str(root)) == b""


def test_a_folder_is_no_file(root: Path) -> None:
    assert _reason(root / "inner", root) is Reason.FOLDER
    assert _reason(root, root) is Reason.FOLDER


@pipes
def test_a_pipe_keeps_nobody_waiting(root: Path) -> None:
    os.mkfifo(root / "pipe.env")
    assert _reason(root / "pipe.env", root) is Reason.NOT_REGULAR


@pipes
def test_a_file_that_became_a_pipe_keeps_nobody_waiting(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may put it there after it was looked at."""
    status = os.stat(root / "inner" / "a.env")
    os.mkfifo(root / "pipe.env")
    monkeypatch.setattr("sidecar_lint.files.reading.os.stat", lambda _: status)
    found = read_bytes(str(root / "pipe.env"), str(root))
    assert isinstance(found, Unread)
    assert found.reason is Reason.NOT_REGULAR


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX") or sys.platform == "win32", reason="no such files")
def test_a_socket(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)  # the path of one is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.env")
        assert _reason(root / "a.env", root) is Reason.NOT_REGULAR


def test_no_more_is_read_than_is_allowed(root: Path) -> None:
    path = root / "large.env"
    path.write_bytes(b"x" * 11)
    assert read_bytes(str(path), str(root), 11) == b"x" * 11
    found = read_bytes(str(path), str(root), 10)
    assert isinstance(found, Unread)
    assert found.reason is Reason.TOO_LARGE


def test_a_file_that_grows_meanwhile(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is what it was a moment ago, or, as on some file systems, nothing at all."""
    path = root / "inner" / "a.env"
    before = os.stat(path)
    monkeypatch.setattr("sidecar_lint.files.reading.os.fstat", lambda _: before)
    path.write_bytes(b"x" * 10)
    assert read_bytes(str(path), str(root), 10) == b"x" * 10
    path.write_bytes(b"x" * 11)
    monkeypatch.setattr("sidecar_lint.files.reading.os.stat", lambda _: before)
    found = read_bytes(str(path), str(root), 10)
    assert isinstance(found, Unread)
    assert found.reason is Reason.TOO_LARGE


def test_a_huge_file_is_not_opened(root: Path) -> None:
    path = root / "large.env"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert _reason(path, root) is Reason.TOO_LARGE


@not_root
def test_a_mode_that_does_not_let_us(root: Path) -> None:
    (root / "inner" / "a.env").chmod(0)
    found = read_bytes(str(root / "inner" / "a.env"), str(root))
    assert isinstance(found, Unread)
    assert (found.reason, found.text) == (Reason.UNREADABLE, "Permission denied")
    (root / "inner").chmod(0)
    assert _reason(root / "inner" / "b.env", root) is Reason.UNREADABLE
    names = list_names(str(root / "inner"), str(root))
    assert isinstance(names, Unread)
    assert names.reason is Reason.UNREADABLE


def test_whoever_named_the_file_gets_the_systems_error(root: Path) -> None:
    why = look_at(str(root / "none"), str(root))
    assert why is not None
    assert isinstance(why.error("none"), FileNotFoundError)
    assert str(why.error("none")) == "[Errno 2] No such file or directory: 'none'"


def test_the_root_of_the_file_system_holds_everything(root: Path) -> None:
    assert locate(str(root), root.anchor) == os.path.realpath(root)


class TestStore:
    def test_unsaved_texts_are_below_the_root_too(self, root: Path) -> None:
        store = FileStore({str(root.parent / "rootless.env"): OUTSIDE, str(root / "b.env"): "B=1"})
        found = store.look(str(root / ".." / "rootless.env"), str(root))
        assert isinstance(found, Unread)
        assert found.reason is Reason.OUTSIDE
        assert store.look(str(root / "b.env"), str(root)) == Source(str(root / "b.env"), "B=1")

    def test_a_file_that_is_gone_and_one_that_cannot_be_read(self, root: Path) -> None:
        why = Unread(Reason.UNREADABLE, "no")
        store = FileStore({str(root / "inner" / "a.env"): None, str(root / "b.env"): why})
        gone = store.look(str(root / "inner" / "a.env"), str(root))
        assert isinstance(gone, Unread)
        assert gone.is_missing
        assert store.unread(str(root / "inner" / "a.env"), str(root)) == gone
        assert store.look(str(root / "b.env"), str(root)) == why
        assert store.unread(str(root / "b.env"), str(root)) == why
        assert store.listing(str(root), str(root)) == ("b.env", "inner")
        assert store.listing(str(root / "inner"), str(root)) == ()

    @links
    def test_a_link_that_is_turned_is_judged_anew(self, root: Path) -> None:
        store, link = FileStore(), root / "link.env"
        link.symlink_to("inner/a.env")
        assert isinstance(store.look(str(link), str(root)), Source)
        link.unlink()
        link.symlink_to("../rootless.env")
        assert isinstance(store.look(str(link), str(root)), Unread)

    def test_what_is_at_rest_is_opened_no_more_than_before(self, root: Path) -> None:
        store, link = FileStore(at_rest=True), root / "link.env"
        link.symlink_to("inner/a.env")
        assert store.unread(str(link), str(root)) is None
        assert store.unread(str(root / "b.env"), str(root)) is not None
        link.unlink()
        link.symlink_to("../rootless.env")
        (root / "b.env").touch()
        assert store.unread(str(link), str(root)) is None
        assert store.unread(str(root / "b.env"), str(root)) is not None
        assert isinstance(store.look(str(link), str(root)), Unread)

    def test_what_is_at_rest_does_not_get_stale(self, root: Path) -> None:
        path = root / "inner" / "a.env"
        for at_rest in (False, True):
            path.write_text("A=1\n")
            store = FileStore(at_rest=at_rest)
            assert store.unread(str(path), str(root)) is None
            assert store.listing(str(root / "inner"), str(root)) == ("a.env",)
            path.write_text("A=1234\n")
            assert bool(store.stale()) is not at_rest

    def test_a_limit_that_counts_when_it_is_read(self, root: Path) -> None:
        (root / "large.json").write_bytes(b" " * (LARGEST + 1))
        assert isinstance(FileStore().look(str(root / "large.json"), str(root)), Unread)
        assert isinstance(FileStore().look(str(root / "large.json"), str(root), 2 * LARGEST), Source)


def _placed(root: Path) -> None:
    """Links to a file, to folders inside, outside and back again, and what is git's."""
    (root / "inner" / "deep").mkdir()
    (root / "inner" / "deep" / "b.env").write_text("B=1\n")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("")
    (root / "file").symlink_to("inner/a.env")
    (root / "folder").symlink_to("inner")
    (root / "out").symlink_to("..")
    (root / "none").symlink_to("nowhere")


@links
def test_a_locator_says_what_is_said_without_it(root: Path) -> None:
    _placed(root)
    ways = ["", "inner", "folder", "out", "out/root", ".git", "GIT~1", "none", "file", "inner/deep", "nul\0"]
    ends = [
        "",
        "a.env",
        "b.env",
        "deep/b.env",
        "inner/a.env",
        "..",
        "../..",
        ".git/config",
        "root/inner/a.env",
    ]
    paths = [os.path.join(root, way, end) for way in ways for end in ends]
    paths += [os.path.join(root, *["a"] * count) for count in (90, 150, 3000)]
    located = locator()
    for _ in range(2):
        assert [located(path, str(root)) for path in paths] == [locate(path, str(root)) for path in paths]
    assert located(str(root), root.anchor) == locate(str(root), root.anchor)


def test_a_locator_follows_each_folder_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    is_link = os.path.islink

    def asking(path: str) -> bool:
        asked.append(path)
        return is_link(path)

    monkeypatch.setattr(os.path, "islink", asking)
    located = locator()
    for name in "abc":
        located(str(root / "inner" / name), str(root))
    assert len([path for path in asked if path.endswith("inner")]) == 1
