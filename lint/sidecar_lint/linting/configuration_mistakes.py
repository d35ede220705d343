"""What is wrong with a configuration. What is mistaken is left out, and everything else counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.configuration.mistakes import Mistake, MistakeKind
from sidecar_lint.dates import ends, read_date
from sidecar_lint.files.patterns import fault
from sidecar_lint.files.reading import Unread
from sidecar_lint.linting.baseline import read_baseline
from sidecar_lint.rulebook.configuration_schema import misfits, schema
from sidecar_lint.rulebook.ruleset import ruleset_of
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.workspace.environment_names import meant_environment
from sidecar_lint.workspace.workspace import Workspace, workspace_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.configuration.file import ConfigurationFile

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def mistakes_in(configuration: ConfigurationFile) -> tuple[Mistake, ...]:
    """Everything that is wrong with it, in the order of the text."""
    return configuration.once(_mistakes)


def is_mistaken(configuration: ConfigurationFile) -> bool:
    """Whether it says something wrong: that a file is not read, or a rule left out, is nothing of the kind."""
    return any(each.is_wrong for each in mistakes_in(configuration))


def missing_rules(configuration: ConfigurationFile) -> tuple[Mistake, ...]:
    """Why rules that it names, or may name, are not there."""
    kinds = (MistakeKind.UNREADABLE, MistakeKind.PLUGIN, MistakeKind.LEFT_OUT)
    return tuple(each for each in mistakes_in(configuration) if each.kind in kinds)


def _mistakes(made: ConfigurationFile) -> tuple[Mistake, ...]:
    found = (*_unreadable(made), *_misfits(made), *ruleset_of(made).mistakes, *_unusable(made))
    more = (*_misspelt(made), *_unknown_ends(made), *_meaningless(made))
    return tuple(sorted((*found, *more), key=lambda each: each.span))


def _unreadable(made: ConfigurationFile) -> Iterator[Mistake]:
    root = made.tree.root
    if made.tree.problem:
        yield Mistake(
            MistakeKind.UNREADABLE, made.tree.problem.span, f"it is not YAML: {made.tree.problem.problem}"
        )
    elif made.tree.too_deep:
        yield Mistake(MistakeKind.UNREADABLE, made.tree.too_deep, "it is nested too deeply to be read")
    elif root is not None and not root.is_null and not isinstance(root, Mapping):
        yield Mistake(MistakeKind.UNREADABLE, root.span, "it is not a map of settings")


def _misfits(made: ConfigurationFile) -> Iterator[Mistake]:
    if made.root.entries:
        yield from misfits(made.root, schema())
        yield from _repeated(made.root)


def _unusable(made: ConfigurationFile) -> Iterator[Mistake]:
    """Files that it names and that are not there, are not read, or are of no use."""
    if made.baseline and isinstance(why := read_baseline(made), (str, Unread)):
        yield made.mistake(made.baseline.span, made.resolve(made.baseline), why)
    named = [(each.span, each.path) for each in made.collectors]
    named += [(each.span, made.resolve(each)) for each in made.secret_inputs]
    for span, path in named:
        found = made.look(path)
        if isinstance(found, Unread):
            yield made.mistake(span, path, found)


def _meaningless(made: ConfigurationFile) -> Iterator[Mistake]:
    """Patterns that mean no path."""
    for pattern in (*made.exclusions, *(key for key, _ in made.file_ignores)):
        if why := fault(pattern.text):
            yield Mistake(MistakeKind.VALUE, pattern.span, f"{pattern.text[:80]!r} is not a pattern: {why}")


def _misspelt(made: ConfigurationFile) -> Iterator[Mistake]:
    """Environments that it names, where surely another one is meant that the workspace has."""
    known, named = _environments(made), made.map("environments")
    for key, _ in named:
        meant = meant_environment(key.text, known)
        if meant and meant not in named.entries:
            message = f"the workspace has no environment {key.text!r}"
            yield Mistake(MistakeKind.ENVIRONMENT, key.span, message, f"write `{meant}`", meant)


def _unknown_ends(made: ConfigurationFile) -> Iterator[Mistake]:
    """What `dates` says of something that is not in the table, or with a day that there is not."""
    for key, value in made.map("dates"):
        if key.text not in ends():
            near = closest(key.text, ends())
            help_ = f"write `{near}`" if near else "`sidecar-lint rules --dates` lists them"
            yield Mistake(MistakeKind.VALUE, key.span, f"{key.text!r} is none of the dates", help_, near)
        elif isinstance(value, Scalar) and _DATE.fullmatch(value.text) and not read_date(value.text):
            yield Mistake(MistakeKind.VALUE, value.span, f"{value.text!r} is not a day of the calendar")


def _environments(made: ConfigurationFile) -> tuple[str, ...]:
    """The environments of the workspace that it lies in or beside."""
    folder = workspace_folder(made.project, made.path) if made.project else None
    return Workspace(made.project, folder).environments if made.project and folder else ()


def _repeated(root: Mapping) -> Iterator[Mistake]:
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            for _, key in node.duplicates:
                yield Mistake(MistakeKind.VALUE, key.span, f"{key.text!r} is written twice", "write it once")
            pending.extend(node.entries.values())
