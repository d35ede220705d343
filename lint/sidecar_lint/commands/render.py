"""`sidecar-lint render FILE --env NAME`."""

from __future__ import annotations

import sys
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
    isolated: Annotated[  # noqa: ARG001  what it asks for is always so here
        bool, typer.Option("--isolated", help="No configuration at all. This is what happens anyway.")
    ] = False,
) -> None:
    """Print the manifest that an environment gets."""
    from sidecar_lint.files.reading import Unread, read_bytes, read_stream
    from sidecar_lint.manifests.render import CannotRender, render
    from sidecar_lint.report.stderr import complain
    from sidecar_lint.workspace.root import project_root

    with door():
        try:
            stdin = file == "-"
            data = read_stream(sys.stdin.buffer) if stdin else read_bytes(file, project_root(file))
            if isinstance(data, Unread):
                raise failure(data.text, file=file)
            rendered = render(data, file, env, origin=origin)
        except CannotRender as error:
            raise failure(str(error), file=file) from error
        if rendered.note:
            complain(rendered.note, file)
        typer.echo(rendered.text, nl=False)
