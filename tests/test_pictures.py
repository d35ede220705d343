"""The pictures in docs/images show what the command prints today."""

from __future__ import annotations

import re

import pictures
import pytest


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_what_the_command_prints(name: str) -> None:
    drawn = (pictures.IMAGES / f"{name}.svg").read_text("utf-8")
    stale = "stale: run `.venv/bin/python website/pictures.py`"
    assert f"<desc>{pictures.description(name)}</desc>" in drawn, stale


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_loads_nothing(name: str) -> None:
    drawn = (pictures.IMAGES / f"{name}.svg").read_text("utf-8")
    addresses = set(re.findall(r"https?://[^\"'\s)<]+", drawn))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", drawn)


def test_every_picture_has_its_script() -> None:
    # Those of the editor are made by its own end-to-end test (`python3 dev.py editors`).
    assert {path.name for path in pictures.IMAGES.iterdir()} == {
        "vscode.png",
        "vscode-fix.png",
        "vscode-environment.png",
        *(f"{name}.svg" for name in pictures.PICTURES),
    }
