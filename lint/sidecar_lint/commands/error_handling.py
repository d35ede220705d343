"""Turning what is expected to go wrong into a line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from sidecar_lint.exit_status import CLOSED_PIPE, FAILED, INTERRUPTED, USAGE
from sidecar_lint.report.stderr import complain

if TYPE_CHECKING:
    from typer._click.exceptions import ClickException


@contextmanager
def door() -> Iterator[None]:
    """Run a command. Whatever it raises that users cause becomes a message and a status."""
    from sidecar_lint.report.output import CannotWrite, InvalidTarget
    from sidecar_lint.rulebook.registry import RuleLoadError
    from sidecar_lint.rulebook.selection import UnknownRule

    try:
        os.getcwd()
    except OSError as error:  # what is relative to it, a report included, leads nowhere
        raise failure("the current folder is no longer there") from error
    try:
        yield
        sys.stdout.flush()
    except (UnknownRule, InvalidTarget) as error:
        raise failure(str(error), USAGE) from error
    except CannotWrite as error:
        raise failure(str(error), file=error.path) from error
    except RuleLoadError as error:
        raise failure(str(error)) from error
    except KeyboardInterrupt as error:
        raise SystemExit(INTERRUPTED) from error
    except BrokenPipeError as error:
        # Python flushes once more at its end, and must find something to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(CLOSED_PIPE) from error
    except OSError as error:
        raise failure(f"cannot write the report: {error.strerror or error}") from error


def failure(message: str, status: int = FAILED, *, file: str | None = None) -> SystemExit:
    """Complain, and give the exception that ends the program."""
    complain(message, file)
    return SystemExit(status)


def refuse(error: ClickException) -> int:
    """Say what is wrong with the arguments, which may be names of files, and give the status."""
    from sidecar_lint.escaping import terminal_lines
    from sidecar_lint.layout import columns_of, reading_width, wrapped

    said = StringIO()
    error.show(said)
    lines = terminal_lines(said.getvalue(), sys.stderr.encoding or "ascii").split("\n")
    columns = columns_of(sys.stderr)
    if columns is not None:
        lines = [part for line in lines for part in wrapped(line, reading_width(columns), others="    ")]
    sys.stderr.write("\n".join(lines))
    return error.exit_code


def reopen() -> None:
    """Let standard streams that are closed (`>&-`) be empty, or swallow what is written."""
    # In this order each gets back its own number, which the next file that is opened would have had.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115  it stays open
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def harmless(*streams: TextIO) -> None:
    """Let streams spell out what their encoding does not have, instead of failing."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
