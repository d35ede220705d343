#!/usr/bin/env python3
"""Draw docs/images/*.svg: what the real command prints on fixtures/demo, in its colours.

    .venv/bin/python website/pictures.py

A test compares what each picture says it shows with what the command prints today.
"""

from __future__ import annotations

import os
import subprocess
import sys
from html import escape
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
WORKSPACE = ROOT / "fixtures" / "demo"
WIDTH: Final = 88

#: What each picture shows.
PICTURES = {
    "report": ("copilot/storefront",),
    "diff": ("--diff", "--unsafe-fixes", "copilot/storefront"),
}

#: rich's own format would fetch a font; this one takes what the reader has. It also says in words
#: what it shows, for those who cannot see it.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<desc>DESCRIPTION</desc>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: ui-sans-serif, Arial, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def output(name: str) -> str:
    """What is typed, and what the command prints."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    style = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    run = subprocess.run(
        [sys.executable, "-m", "sidecar_lint", *PICTURES[name]],
        cwd=WORKSPACE,
        env=kept | style | {"COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return f"$ sidecar-lint {' '.join(PICTURES[name])}\n{run.stdout.rstrip()}\n"


def description(name: str) -> str:
    """The words of a picture, as they stand in it."""
    lines = Text.from_ansi(output(name)).plain.splitlines()
    return escape("\n".join(line.rstrip() for line in lines))


def draw(name: str) -> str:
    console = Console(record=True, width=WIDTH + 2, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(output(name)), soft_wrap=True)
    picture = console.export_svg(title="", code_format=_FORMAT, unique_id=f"picture-{name}")
    lines = (line.rstrip() for line in picture.replace("DESCRIPTION", description(name), 1).splitlines())
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    for name in PICTURES:
        (IMAGES / f"{name}.svg").write_text(draw(name), "utf-8")


if __name__ == "__main__":
    main()
