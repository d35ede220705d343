"""`sidecar-lint render FILE --env NAME`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sidecar_lint.commands.door import door, failure


def render(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A manifest, or - for standard input.")],
    *,
    env: Annotated[str, typer.Option(metavar="NAME", help="The environment.")],
    origin: Annotated[
        bool, typer.Option("--origin", help="Say after each value where it is written.")
    ] = False,
) -> None:
    """Print the manifest that an environment gets."""
    from sidecar_lint.manifests.render import CannotRender, render
    from sidecar_lint.report.stderr import complain

    with door():
        try:
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            rendered = render(data, file, env, origin=origin)
        except (OSError, CannotRender) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise failure(str(reason or error), file=file) from error
        if rendered.note:
            complain(rendered.note, file)
        typer.echo(rendered.text, nl=False)
