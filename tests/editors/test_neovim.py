"""Neovim with our server, and with yaml-language-server beside it, as docs/language-server.md configures them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import editors
import pytest
from workspaces import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.editors


def _session(folder: Path, configuration: str, *steps: str) -> dict[str, Any]:
    neovim = editors.program("nvim")
    manifest = editors.demo(folder)
    (folder / "init.lua").write_text(configuration, "utf-8")
    script = editors.HERE / "neovim.lua"
    return editors.session(
        folder, neovim, "--headless", "--clean", "-l", script, "init.lua", manifest, *steps
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    configuration = editors.shown("Neovim", "lua")
    steps = ("diagnostics", "hover", "fix", "completion", "rename")
    return _session(tmp_path_factory.mktemp("neovim"), configuration, *steps)


def test_findings_are_shown_where_they_are(seen: dict[str, Any]) -> None:
    (found,) = [each for each in seen["diagnostics"] if each["code"] == "SL110"]
    assert (found["source"], found["line"]) == ("sidecar-lint", 16)
    assert (found["column"], found["end_column"]) == (23, 29)


def test_a_field_is_explained(seen: dict[str, Any]) -> None:
    assert seen["hover"].startswith("**Target container**")


def test_the_preferred_fix_is_applied(seen: dict[str, Any]) -> None:
    assert "source_volume: uploads\n" in seen["fix"]


def test_containers_are_completed_and_nothing_else(seen: dict[str, Any]) -> None:
    assert seen["completion"]["labels"] == ["storefront", "nginx"]
    assert "target_container: nginx\n" in seen["completion"]["text"]


def test_a_sidecar_is_renamed_wherever_it_stands(seen: dict[str, Any]) -> None:
    assert "target_container: proxy\n" in seen["rename"]
    assert "\n  proxy:\n" in seen["rename"]
    assert "nginx:\n" not in seen["rename"]


def _lines(*words: str) -> set[int]:
    """The lines of the workspace's manifest with these words, from 0."""
    lines = (FIXTURES / "demo" / editors.MANIFEST).read_text("utf-8").splitlines()
    return {number for number, line in enumerate(lines) if any(word in line for word in words)}


def _doubled(found: list[dict[str, Any]]) -> set[int]:
    """The lines that both servers complain about."""
    ours = {each["line"] for each in found if each["source"] == "sidecar-lint"}
    return ours & {each["line"] for each in found if each["source"] != "sidecar-lint"}


@pytest.fixture
def both() -> str:
    editors.program("yaml-language-server")
    beside = editors.shown("Beside a YAML server", "lua")
    schema = f"local SCHEMA = {json.dumps(str(editors.SCHEMA))}\n"
    return schema + editors.shown("Neovim", "lua") + beside


def test_nothing_is_said_twice_beside_yaml_language_server(tmp_path: Path, both: str) -> None:
    found = _session(tmp_path, both, "all_diagnostics")["all_diagnostics"]
    assert not _doubled(found)
    wrong = _lines("nginz", "source_volume: upload", "healthCheck", "retention: 45")
    assert {each["line"] for each in found} == wrong
    assert len(wrong) == 4


def test_what_both_know_is_said_twice_where_the_user_wants_it(tmp_path: Path, both: str) -> None:
    wanted = both.replace("schemaIsValidated = true", "schemaIsValidated = true, schemaRules = 'on'")
    found = _session(tmp_path, wanted, "all_diagnostics")["all_diagnostics"]
    assert _doubled(found) == _lines("healthCheck", "retention: 45")
