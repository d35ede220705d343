"""The program: a thin door. What takes time to import is imported where it is needed."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

from sidecar_lint.commands.arguments import plain_check
from sidecar_lint.commands.error_handling import harmless, reopen
from sidecar_lint.commands.shells import VARIABLE
from sidecar_lint.crash import described, was_interrupted
from sidecar_lint.exit_status import FAILED, INTERRUPTED
from sidecar_lint.report.stderr import complain

#: Nearly all that a start makes is kept: seventy searches for garbage in it would take a tenth of the time.
_NEW_OBJECTS: Final = 50_000


def main() -> None:
    """Run the program: `check` where no command is named."""
    gc.set_threshold(_NEW_OBJECTS)
    reopen()
    harmless(sys.stdout, sys.stderr)
    try:
        status = _run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    except SystemExit:
        raise
    # A traceback is nothing that a user could act on. A library in Rust that panics, as one does where an interrupt
    # comes while it is imported, raises no Exception.
    except BaseException as error:  # noqa: BLE001
        status = INTERRUPTED if was_interrupted(error) else FAILED
        if status == FAILED:
            complain(f"internal error, please report it: {described(error)}")
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    asked = None if VARIABLE in os.environ else plain_check(arguments)
    if asked is None:
        from sidecar_lint.commands import cli

        return cli.run(arguments)
    from sidecar_lint.commands.check import check

    return check(asked)
