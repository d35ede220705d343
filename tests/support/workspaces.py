"""The fixture workspaces: every folder of fixtures/ is one."""

from __future__ import annotations

from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = sorted(path for path in FIXTURES.iterdir() if path.is_dir())
MANIFESTS = sorted(FIXTURES.glob("*/copilot/*/manifest.yml"))


def identify(path: Path) -> str:
    """A short name for a test."""
    return path.relative_to(FIXTURES).as_posix().removesuffix("/manifest.yml")
