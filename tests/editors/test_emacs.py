"""Emacs and eglot with our server, as docs/language-server.md configures them."""

from __future__ import annotations

import subprocess
from typing import Any

import editors
import pytest

pytestmark = pytest.mark.editors


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    emacs = editors.program("emacs")
    folder = tmp_path_factory.mktemp("emacs")
    there = "(progn (package-activate-all) (require 'eglot) (require 'yaml-mode))"
    if subprocess.run([emacs, "-q", "--batch", "--eval", there], capture_output=True, check=False).returncode:
        pytest.skip("needs eglot and yaml-mode for Emacs: python3 dev.py editors")
    manifest = editors.demo(folder)
    (folder / "init.el").write_text(editors.shown("Emacs", "elisp"), "utf-8")
    script = editors.HERE / "emacs.el"
    steps = ("diagnostics", "hover", "fix", "completion", "rename")
    return editors.session(folder, emacs, "-q", "--batch", "--load", script, "init.el", manifest, *steps)


def test_findings_are_shown_where_they_are(seen: dict[str, Any]) -> None:
    (found,) = [each for each in seen["diagnostics"] if "SL110" in each["text"]]
    assert (found["line"], found["words"]) == (16, "upload")
    assert "no volume is named 'upload'" in found["text"]


def test_a_field_is_explained(seen: dict[str, Any]) -> None:
    assert "Target container" in seen["hover"]


def test_the_preferred_fix_is_applied(seen: dict[str, Any]) -> None:
    assert "source_volume: uploads\n" in seen["fix"]


def test_containers_are_completed_and_nothing_else(seen: dict[str, Any]) -> None:
    assert seen["completion"] == ["storefront", "nginx"]


def test_a_sidecar_is_renamed_wherever_it_stands(seen: dict[str, Any]) -> None:
    assert "target_container: proxy\n" in seen["rename"]
    assert "\n  proxy:\n" in seen["rename"]
