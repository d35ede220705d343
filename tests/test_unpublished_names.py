"""The project is on no package index and has no release: nothing tells anybody to install, or installs, what another may register."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
NAME = r"sidecar[-_.]lint(?:[-_.]rules)?"
TOPS = (".ci", ".github", "bench", "docs", "editors", "lint", "rules", "schemas", "tables", "website")
SUFFIXES = {"", ".cfg", ".json", ".md", ".mjs", ".py", ".sh", ".toml", ".ts", ".txt", ".yaml", ".yml"}
#: What others brought, or what is made.
_NOT_OURS = {"node_modules", "dist", "wheel", "__pycache__", "data", ".venv"}
_LOCKS = {"package-lock.json"}

_INSTALLER = re.compile(
    r"\bpip3? (?:install|wheel|download)\b|\bpipx (?:install|run)\b|\buvx\b|\buv (?:tool (?:install|run)|pip install|add)\b"
    r"|\bnpx?\b|\bpoetry add\b|\bconda install\b|\b(?:docker|podman) pull\b|\bcode --install-extension\b"
)
#: Where the name is that of a command, behind the place that it comes from.
_COMMAND = re.compile(r"(?:--from|--spec) \S+ sidecar-lint\b")
_REQUIREMENT = re.compile(rf"(?<![\w./@-]){NAME}(?![\w/.-])(?!\.vsix)", re.IGNORECASE)
#: A requirement wherever it stands: an extra, or a version.
_MARKED = re.compile(rf"(?<![\w./-]){NAME}(?:\[\w+\]|\s*[=<>~!]=)", re.IGNORECASE)
_TAG = re.compile(r"\brev: *[\"']?v?\d+\.|sidecar-lint(?:\.git)?@v?\d+\.|# v0\.\d")


def _files() -> Iterator[Path]:
    for top in (ROOT / name for name in TOPS):
        yield from (path for path in top.rglob("*") if path.is_file() and not _NOT_OURS & set(path.parts))
    yield from (path for path in ROOT.iterdir() if path.is_file())


def _lines() -> Iterator[tuple[str, str]]:
    for path in _files():
        if path.suffix in SUFFIXES and path.name not in _LOCKS:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def asks_an_index(line: str) -> bool:
    """Whether a line has something installed by our name, rather than from a place."""
    where = _INSTALLER.search(line)
    words = _COMMAND.sub("", line[where.end() :].partition("#")[0]) if where else ""
    return bool(_MARKED.search(line) or _REQUIREMENT.search(words))


def test_nothing_is_installed_by_our_name() -> None:
    assert [place for place, line in _lines() if asks_an_index(line)] == []


def test_no_tag_is_named_while_there_is_none() -> None:
    ours = [(place, line) for place, line in _lines() if "sidecar-lint" in line or "rev:" in line]
    assert [place for place, line in ours if _TAG.search(line)] == []


def test_nothing_depends_on_our_name() -> None:
    found = {}
    for path in (path for path in _files() if path.name == "pyproject.toml"):
        project = tomllib.loads(path.read_text("utf-8"))["project"]
        lists = (project.get("dependencies", ()), *project.get("optional-dependencies", {}).values())
        words = [word for each in lists for word in each]
        found[str(path.relative_to(ROOT))] = [word for word in words if re.match(NAME, word)]
    assert len(found) > 1
    assert not any(found.values()), found


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("$ pip install sidecar-lint", True),
        ("$ pip install 'sidecar-lint[server]'", True),
        ("$ pip install sidecar_lint==0.1.0", True),
        ("$ pip install -U pip sidecar-lint", True),
        ("package=sidecar-lint==$VERSION", True),
        ('"default": "sidecar-lint[server]",', True),
        ("$ uvx sidecar-lint check", True),
        ("$ pipx run sidecar-lint", True),
        ("$ uvx --from PATH sidecar-lint  # run once", False),
        ("$ pip install 'PATH[server]'", False),
        ("$ pip install /path/to/a/clone/of/sidecar-lint", False),
        ("pip install git+https://example.com/your/mirror/sidecar-lint@0000000", False),
        ("$ code --install-extension sidecar-lint.vsix", False),
        ("$ sidecar-lint check  # after pip install PATH", False),
    ],
)
def test_what_asks_an_index_is_noticed(line: str, *, asks: bool) -> None:
    assert asks_an_index(line) is asks
