"""`check --watch`: lint, and again whenever a file changes that was read or looked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import sleep
from typing import Final, NoReturn

from sidecar_lint.workspace.files import Files

#: How often files are looked at, in seconds: a save feels immediate, and a project of thousands costs little.
_INTERVAL: Final = 0.3
#: Clears a terminal, and goes to its first line.
_CLEAR: Final = "\x1b[2J\x1b[H"


def watch(files: Files, lint: Callable[[], int]) -> NoReturn:
    """Lint for as long as nobody interrupts it. `files` remembers what was read, and reads what changed anew."""
    while True:
        if sys.stdout.isatty():
            sys.stdout.write(_CLEAR)
        lint()
        sys.stdout.flush()
        sys.stderr.write("watching for changes; Ctrl-C ends it\n")
        sys.stderr.flush()
        while not files.refresh():
            sleep(_INTERVAL)
