"""Writing files: all of one or nothing, nothing outside of a root, and nothing left lying about."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from hearing import signals_heard

from sidecar_lint.files import writing
from sidecar_lint.files.writing import create, replacing
from sidecar_lint.finding import NewFile
from sidecar_lint.language.action import ActionKind, CodeAction
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

links = pytest.mark.skipif(os.name == "nt", reason="links take a privilege there")
signals = pytest.mark.skipif(os.name == "nt", reason="a process is ended in other ways there")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere"
)
MANIFEST = "name: api\ntype: Backend Service\nimage: {location: x:1}\n"
#: Two mistakes that are surely meant otherwise.
MISTAKEN = MANIFEST + "logging: {retention: '30'}\nsidecars: {a: {image: 'x:1', ports: 80}}\n"
#: The commands that change files of a project.
CHANGING = (
    ["check", "--fix"],
    ["check", "--add-ignores", "it is known"],
    ["check", "--write-baseline", "known.json"],
)
NOTHING_KNOWN = '{"version": 1, "findings": []}'
#: A run that stops for good before it puts the n-th file in its place.
PAUSED = """
import os, sys, time
from sidecar_lint.commands.main import main

left = int(sys.argv.pop(1))
sync = os.fsync

def fsync(descriptor):
    global left
    sync(descriptor)
    left -= 1
    if not left:
        print("paused", flush=True)
        time.sleep(600)

os.fsync = fsync
main()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.yml").write_bytes(b"old")
    (tmp_path / "out.yml").write_bytes(b"other")
    return tmp_path / "root"


def _replace(path: Path, root: Path, data: bytes = b"new") -> None:
    with replacing(str(path), str(root)) as file:
        file.write(data)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _texts(root: Path) -> dict[str, str]:
    """Every file below a folder, by its path from there, in the order of their names."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text() for path in files}


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced(root: Path) -> None:
    _replace(root / "a.yml", root)
    assert (root / "a.yml").read_bytes() == b"new"
    assert _names(root) == ["a.yml"]


def test_a_block_that_fails_leaves_all_as_it_was(root: Path) -> None:
    def fail() -> None:
        with replacing(str(root / "a.yml"), str(root)) as file:
            file.write(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (root / "a.yml").read_bytes() == b"old"
    assert _names(root) == ["a.yml"]


@links
def test_a_mode_stays_and_a_new_file_has_the_usual_one(root: Path) -> None:
    (root / "a.yml").chmod(0o640)
    before = os.umask(0o022)
    try:
        _replace(root / "a.yml", root)
        _replace(root / "b.yml", root)
        create(str(root / "c.yml"), b"new", str(root))
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in root.iterdir()}
    assert modes == {"a.yml": 0o640, "b.yml": 0o644, "c.yml": 0o644}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_an_owner_stays(root: Path) -> None:
    os.chown(root / "a.yml", 1234, 1234)
    _replace(root / "a.yml", root)
    assert ((root / "a.yml").stat().st_uid, (root / "a.yml").stat().st_gid) == (1234, 1234)


@links
def test_a_link_that_stays_inside_stays_a_link(root: Path) -> None:
    (root / "link.yml").symlink_to("a.yml")
    _replace(root / "link.yml", root)
    assert (root / "link.yml").is_symlink()
    assert (root / "a.yml").read_bytes() == b"new"


@links
@pytest.mark.parametrize(
    "path", ["link.yml", "folder/out.yml", "folder/new.yml", "../out.yml", "dangling.yml"]
)
def test_nothing_is_written_outside(root: Path, path: str) -> None:
    (root / "link.yml").symlink_to("../out.yml")
    (root / "folder").symlink_to("..")
    (root / "dangling.yml").symlink_to("../none.yml")
    with pytest.raises(PermissionError, match="project"):
        _replace(root / path, root)
    with pytest.raises((PermissionError, FileExistsError)):
        create(str(root / path), b"new", str(root))
    assert (root.parent / "out.yml").read_bytes() == b"other"
    assert _names(root.parent) == ["out.yml", "root"]


def test_nothing_is_written_into_what_belongs_to_git(root: Path) -> None:
    (root / ".git").mkdir()
    with pytest.raises(PermissionError, match="git"):
        create(str(root / ".git" / "hooks" / "new"), b"new", str(root))
    assert _names(root / ".git") == []


def test_a_new_file_gets_its_folders(root: Path) -> None:
    create(str(root / "x" / "y" / "new.yml"), b"new", str(root))
    assert (root / "x" / "y" / "new.yml").read_bytes() == b"new"
    assert _names(root / "x" / "y") == ["new.yml"]


@links
def test_a_new_file_takes_nobodys_place(root: Path) -> None:
    (root / "dangling.yml").symlink_to("none.yml")
    for name in ("a.yml", "dangling.yml"):
        with pytest.raises(FileExistsError):
            create(str(root / name), b"new", str(root))
    assert (root / "a.yml").read_bytes() == b"old"
    assert _names(root) == ["a.yml", "dangling.yml"]


def test_whoever_is_faster_keeps_the_place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is free when it is looked at, and taken when the file is to be put there."""
    monkeypatch.setattr("sidecar_lint.files.writing.os.path.lexists", lambda _: False)
    with pytest.raises(FileExistsError):
        create(str(root / "a.yml"), b"new", str(root))
    assert (root / "a.yml").read_bytes() == b"old"
    assert _names(root) == ["a.yml"]


def test_a_file_system_without_links(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("sidecar_lint.files.writing.os.link", none)
    create(str(root / "b.yml"), b"new", str(root))
    assert (root / "b.yml").read_bytes() == b"new"
    assert _names(root) == ["a.yml", "b.yml"]


def test_a_folder_is_not_replaced(root: Path) -> None:
    (root / "folder").mkdir()
    with pytest.raises(IsADirectoryError, match="it is a folder"):
        _replace(root / "folder", root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_not_replaced(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(OSError, match="not a plain file"):
        _replace(root / "pipe", root)


@not_root
def test_a_folder_that_takes_nothing(root: Path) -> None:
    root.chmod(0o500)
    with pytest.raises(PermissionError):
        _replace(root / "a.yml", root)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_what_was_abandoned_is_taken_away_and_nothing_else(root: Path) -> None:
    old, fresh, other = (
        ".sidecar-lint-0123456789abcdef.tmp",
        ".sidecar-lint-fedcba9876543210.tmp",
        ".sidecar-lint.yml",
    )
    for name in (old, fresh, other):
        (root / name).write_text("")
    for name in (old, other):
        os.utime(root / name, (0, 0))
    _replace(root / "a.yml", root)
    assert _names(root) == sorted(["a.yml", fresh, other])


def test_an_editor_is_offered_no_file_outside(root: Path) -> None:
    pytest.importorskip("pygls", reason="the extra `server` is not installed")
    from sidecar_lint.server.edits import Abilities, EditWriter
    from sidecar_lint.server.positions import Positions
    from sidecar_lint.server.texts import Texts

    manifest = root / "copilot" / "api" / "manifest.yml"
    writer = EditWriter(Positions(Source(str(manifest), ""), "utf-16"), Texts(), Abilities(True, True, True))
    offered = {
        path: writer.edit(CodeAction("", ActionKind.FIX, (), (NewFile(str(root / path), ""),)))
        for path in ("copilot/api/addons/x.yml", "../x.yml", "copilot/../../x.yml")
    }
    assert [path for path, edit in offered.items() if edit] == ["copilot/api/addons/x.yml"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
def test_what_ends_a_copied_process_leaves_what_is_unfinished_here(root: Path) -> None:
    with replacing(str(root / "out.json"), str(root)) as out:
        out.write(b"whole")
        with signals_heard():
            copied = get_context("fork").Process(target=time.sleep, args=(600,))
            copied.start()
        while copied.exitcode is None:  # a signal that comes as it begins is lost
            copied.terminate()
            copied.join(0.05)
    assert copied.exitcode == -signal.SIGTERM
    assert (root / "out.json").read_bytes() == b"whole"


class TestSignals:
    """A run that has something unfinished: it waits for standard input, and its report lies beside its place."""

    @pytest.fixture
    def process(self, root: Path) -> Iterator[subprocess.Popen[bytes]]:
        (root / "out.json").write_text("before")
        with signals_heard():
            process = subprocess.Popen(
                [sys.executable, "-m", "sidecar_lint", "check", "-", "--output", "json=out.json"],
                cwd=root,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        patience = time.monotonic() + 60
        while not [name for name in _names(root) if name.endswith(".tmp")]:
            assert process.poll() is None
            assert time.monotonic() < patience
            time.sleep(0.02)
        yield process
        process.kill()
        process.communicate()

    @signals
    @pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
    def test_one_that_ends_it_leaves_nothing(
        self, root: Path, process: subprocess.Popen[bytes], name: str
    ) -> None:
        process.send_signal(getattr(signal, name))
        process.communicate()
        assert process.returncode == (130 if name == "SIGINT" else -getattr(signal, name))
        assert _names(root) == ["a.yml", "out.json"]
        assert (root / "out.json").read_text() == "before"

    @signals
    def test_one_that_nobody_can_handle_leaves_what_the_next_run_takes_away(
        self, root: Path, process: subprocess.Popen[bytes]
    ) -> None:
        process.kill()
        process.communicate()
        assert (root / "out.json").read_text() == "before"
        (left,) = (root / name for name in _names(root) if name.endswith(".tmp"))
        os.utime(left, (0, 0))
        _replace(root / "out.json", root)
        assert _names(root) == ["a.yml", "out.json"]

    @signals
    def test_one_that_is_ignored_stays_ignored(self, root: Path) -> None:
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with replacing(str(root / "a.yml"), str(root)):
                assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
                assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
        finally:
            signal.signal(signal.SIGHUP, before)

    @signals
    @pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"])
    @pytest.mark.parametrize("arguments", CHANGING, ids=" ".join)
    def test_one_while_a_file_changes_leaves_the_one_before(
        self, tmp_path: Path, arguments: list[str], name: str
    ) -> None:
        """The second file is written in full, and not yet in its place."""
        for workload in ("api", "web"):
            _write(tmp_path / "copilot" / workload / "manifest.yml", MISTAKEN.replace("api", workload))
        _write(tmp_path / "known.json", NOTHING_KNOWN)
        before = _texts(tmp_path)
        written = "2" if "known.json" not in arguments else "1"
        with (
            signals_heard(),
            subprocess.Popen(
                [sys.executable, "-c", PAUSED, written, *arguments],
                cwd=tmp_path,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as process,
        ):
            assert process.stdout
            assert "paused\n" in iter(process.stdout.readline, "")
            process.send_signal(getattr(signal, name))
        assert process.returncode == (130 if name == "SIGINT" else -getattr(signal, name))
        after = _texts(tmp_path)
        unfinished = [path for path in after if path.endswith(".tmp")]
        assert len(unfinished) == (name == "SIGKILL")
        changed = [path for path in before if after[path] != before[path]]
        assert changed == (["copilot/api/manifest.yml"] if written == "2" else [])

    def test_two_at_once(self, root: Path) -> None:
        with replacing(str(root / "a.yml"), str(root)):
            with replacing(str(root / "b.yml"), str(root)):
                pass
            assert signal.getsignal(signal.SIGTERM) == writing._end  # noqa: SLF001  nobody else is to know it
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
