"""What the extension for Visual Studio Code says of itself is so; tests/editors/test_vscode.py tries it."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest

from sidecar_lint import __version__
from sidecar_lint.address import PROJECT_ADDRESS

EXTENSION = Path(__file__).parents[1] / "editors" / "vscode"
PACKAGE: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
SETTINGS: dict[str, dict[str, Any]] = PACKAGE["contributes"]["configuration"]["properties"]
README = (EXTENSION / "README.md").read_text("utf-8")
#: What the extension finds out by itself, and tells the server.
FOUND_OUT = {"schemaIsValidated"}


def _size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:])
    return width, height


def test_the_icon_is_one_that_a_marketplace_takes() -> None:
    width, height = _size(EXTENSION / PACKAGE["icon"])
    assert width == height >= 128
    assert f"!{PACKAGE['icon']}\n" in (EXTENSION / ".vscodeignore").read_text("utf-8")


def test_the_pictures_of_its_page_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 3
    for picture in pictures:
        assert _size(EXTENSION / picture) == (900, 640)


def test_its_page_leads_nowhere_but_to_pictures() -> None:
    """In the package there is nothing beside the page, and the project has no address."""
    assert re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", README) == []


@pytest.mark.skipif(PROJECT_ADDRESS is not None, reason="the project has an address")
def test_it_names_no_address_before_there_is_one() -> None:
    assert {"repository", "bugs", "homepage", "qna"} & set(PACKAGE) == set()
    assert "://" not in json.dumps(PACKAGE) + README


def test_every_setting_that_the_server_reads_is_declared_with_its_default() -> None:
    pytest.importorskip("lsprotocol")
    from sidecar_lint.server.settings import ServerSettings

    read = {re.sub(r"_(.)", lambda part: part[1].upper(), name): name for name in ServerSettings._fields}
    defaults = ServerSettings()
    for setting in set(read) - FOUND_OUT:
        assert SETTINGS[f"sidecarLint.{setting}"]["default"] == getattr(defaults, read[setting])
    assert SETTINGS["sidecarLint.plugins"]["default"] is False
    assert set(read) >= FOUND_OUT


def test_its_page_has_every_setting_and_every_command() -> None:
    told = dict(re.findall(r"^\| `(sidecarLint\.[\w.]+)` \| `(.*?)` \|", README, re.MULTILINE))
    plain = {name: each["default"] for name, each in SETTINGS.items()}
    assert told == {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in plain.items()
    }
    commands = PACKAGE["contributes"]["commands"]
    listed = re.findall(r"^\| \*(.*?)\* \|", README, re.MULTILINE)
    assert sorted(listed) == sorted(f"{each['category']}: {each['title']}" for each in commands)


def test_its_source_reads_every_setting_that_it_declares() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((EXTENSION / "src").glob("*.ts")))
    assert [name for name in SETTINGS if f'"{name.removeprefix("sidecarLint.")}"' not in source] == []


def test_it_has_the_version_of_the_program_and_a_changelog() -> None:
    assert PACKAGE["version"] == __version__
    assert f"\n## {__version__} " in (EXTENSION / "CHANGELOG.md").read_text("utf-8")
