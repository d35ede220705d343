"""`sidecar-lint render FILE|FOLDER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sidecar_lint.commands.error_handling import door, failure
from sidecar_lint.exit_status import FAILED, USAGE
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.linting.inputs import FileModel
    from sidecar_lint.manifests.manifest import Document
    from sidecar_lint.rendering.rendering import Rendering


class Rendered(StrEnum):
    """What to print."""

    MANIFEST = "manifest"
    TEMPLATE = "template"
    TASK_DEFINITION = "task-definition"
    DIAGRAM = "diagram"


class Syntax(StrEnum):
    """How to print it."""

    YAML = "yaml"
    JSON = "json"
    SVG = "svg"
    MERMAID = "mermaid"


_OF_DIAGRAMS: Final = (Syntax.SVG, Syntax.MERMAID)
#: Without a task definition, these have nothing to show.
_OF_TASKS: Final = (Rendered.TASK_DEFINITION, Rendered.DIAGRAM)


class _NamedRendering(NamedTuple):
    path: str
    rendering: Rendering


def render(  # noqa: PLR0913  one parameter an option
    path: Annotated[
        str,
        typer.Argument(
            metavar="FILE|FOLDER", help="A manifest, a folder with some, or - for standard input."
        ),
    ],
    *,
    env: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default="one that the manifest does not name",
            help="The environment, which the manifest need not name.",
        ),
    ] = None,
    rendered: Annotated[
        Rendered,
        typer.Option(
            "--as",
            help="The manifest with the environment's overrides laid over it, the CloudFormation template"
            " that Copilot makes of it, the task definition as ECS's API takes it, or a picture of the task.",
        ),
    ] = Rendered.MANIFEST,
    syntax: Annotated[
        Syntax | None,
        typer.Option("--format", show_default="yaml; svg for a diagram", help="How to print it."),
    ] = None,
    origin: Annotated[
        bool, typer.Option("--origin", help="Say after each value where it is written.")
    ] = False,
    isolated: Annotated[  # noqa: ARG001  what it asks for is always so here
        bool, typer.Option("--isolated", help="No configuration at all. This is what happens anyway.")
    ] = False,
) -> None:
    """Print the manifest that an environment gets, or what Copilot makes of it.

    Of a folder with several manifests: a stream of YAML documents, or a JSON array.
    """
    from sidecar_lint.finding import ANY_ENVIRONMENT
    from sidecar_lint.report.stderr import complain

    with door():
        syntax = _syntax(rendered, syntax, origin=origin)
        found = _Renderings(path, ANY_ENVIRONMENT if env is None else env, rendered, syntax)
        made = list(found)
        if not made:
            raise failure(found.lacking, file=path) if found.lacking else SystemExit(FAILED)
        if syntax is Syntax.SVG and len(made) > 1:
            raise failure("several diagrams are not SVG: name one manifest, or --format mermaid", USAGE)
        for each in made:
            for note in _notes(each.rendering):
                complain(note, each.path)
        as_json = syntax is Syntax.JSON
        sys.stdout.write(_json(made, origin=origin) if as_json else _text(made, syntax, origin=origin))
    if found.failed:
        raise SystemExit(FAILED)


def _syntax(rendered: Rendered, syntax: Syntax | None, *, origin: bool) -> Syntax:
    """How to print it, where nothing is said; a diagram has languages of its own, and no origins."""
    drawn = rendered is Rendered.DIAGRAM
    found = syntax or (Syntax.SVG if drawn else Syntax.YAML)
    if drawn is not (found in _OF_DIAGRAMS):
        raise failure(f"--as {rendered.value} does not go with --format {found.value}", USAGE)
    if drawn and origin:
        raise failure("--origin does not go with --as diagram", USAGE)
    return found


class _Renderings:
    """What is rendered of the files that a path stands for. What cannot be is said at once."""

    def __init__(self, path: str, environment: str, rendered: Rendered, syntax: Syntax) -> None:
        self._path = path
        self._environment = environment
        self._rendered = rendered
        self._syntax = syntax
        self.failed = False
        #: Why there is nothing, where nothing was wrong.
        self.lacking = ""

    def __iter__(self) -> Iterator[_NamedRendering]:
        from sidecar_lint.linting.discovery import STDIN

        if self._path != STDIN and os.path.isdir(self._path):
            yield from self._of_folder()
        else:
            yield from self._of_file(self._path)

    def _of_folder(self) -> Iterator[_NamedRendering]:
        from sidecar_lint.linting.discovery import discover
        from sidecar_lint.manifests.copilot_names import ECS_TYPES
        from sidecar_lint.manifests.manifest import Document

        self.lacking = "no manifest of a workload below it"
        found = discover((self._path,))
        for problem in found.problems:
            self._complain(problem.message, problem.file)
        for path in found.files:
            document = self._model(path)
            if not isinstance(document, Document) or (document.kind is None and document.problem is None):
                continue
            if self._rendered in _OF_TASKS and document.kind and document.kind not in ECS_TYPES:
                self.lacking = "no manifest of a workload with a task definition below it"
                continue
            yield from self._of_document(document, path)

    def _of_file(self, path: str) -> Iterator[_NamedRendering]:
        from sidecar_lint.manifests.file import ManifestFile
        from sidecar_lint.manifests.manifest import Document

        file = self._model(path)
        if isinstance(file, Document):
            yield from self._of_document(file, path)
        elif isinstance(file, ManifestFile):
            self._complain(f"it is {file.description}: only those of workloads are rendered", path)
        elif file is not None:
            self._complain("it is not a manifest of a workload", path)

    def _of_document(self, document: Document, path: str) -> Iterator[_NamedRendering]:
        from sidecar_lint.rendering.rendering import CannotRender, DiagramLanguage, Form, draw, render

        try:
            if self._rendered is Rendered.DIAGRAM:
                yield _NamedRendering(path, draw(document, self._environment, DiagramLanguage(self._syntax)))
            else:
                yield _NamedRendering(path, render(document, self._environment, Form(self._rendered)))
        except CannotRender as error:
            self._complain(str(error), path)

    def _model(self, path: str) -> FileModel | None:
        """A file as what it is; None where it is not read."""
        from sidecar_lint.files.reading import Unread, read_stream
        from sidecar_lint.linting.classify import classify
        from sidecar_lint.linting.discovery import STDIN
        from sidecar_lint.manifests.manifest import Document
        from sidecar_lint.syntax.source import Source
        from sidecar_lint.workspace.files import Files

        files = Files(isolated=True)
        found = read_stream(sys.stdin.buffer) if path == STDIN else files.look(path)
        if isinstance(found, Unread):
            self._complain(found.text, path)
            return None
        if isinstance(found, bytes):
            return Document(Source.from_bytes(path, found))
        return classify(found, files).file

    def _complain(self, message: str, path: str | None) -> None:
        from sidecar_lint.report.stderr import complain

        self.failed = True
        self.lacking = ""
        complain(message, path)


def _notes(rendering: Rendering) -> Iterator[str]:
    yield from rendering.notes
    if rendering.placeholders:
        yield f"placeholders: {', '.join(rendering.placeholders)}"


def _text(made: list[_NamedRendering], syntax: Syntax, *, origin: bool) -> str:
    if syntax is Syntax.MERMAID:
        return "\n".join(each.rendering.yaml() for each in made)
    return _yaml(made, origin=origin)


def _yaml(made: list[_NamedRendering], *, origin: bool) -> str:
    from sidecar_lint.escaping import terminal

    if len(made) == 1:
        return made[0].rendering.yaml(origin=origin)
    return "".join(f"---\n# {terminal(path)}\n{each.yaml(origin=origin)}" for path, each in made)


def _json(made: list[_NamedRendering], *, origin: bool) -> str:
    from sidecar_lint.rendering.rendering import json_text

    documents = [each.rendering.json(origin=origin) for each in made]
    return json_text(documents[0] if len(documents) == 1 else documents)
