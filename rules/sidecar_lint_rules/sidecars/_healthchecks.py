"""Wording and fixes that the rules about container health checks share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    ADOT_COLLECTOR,
    Container,
    Edit,
    Fix,
    HealthCheckCommand,
    Manifest,
    Scalar,
    Span,
    deployed_health_checks,
    health_check_command,
    quoted,
)

#: What shows that a text is for a shell.
SHELL_SYNTAX: Final = r"&&|\|\||[|;<>`$*]"
ADOT_CHECK: Final = "/healthcheck"
#: ECS refuses to wait for the health of a container that has no check.
_REMOVE: Final = "remove the health check, and `depends_on` where another waits for it"


def commands(manifest: Manifest) -> Iterator[HealthCheckCommand]:
    """The commands of health checks that overrides do not change; of Linux alone."""
    for container, _ in () if manifest.is_windows else deployed_health_checks(manifest):
        command = health_check_command(container)
        if command is not None:
            yield command


def place(manifest: Manifest, word: Scalar, text: str) -> Span | Scalar:
    """Where a part of a word stands; the word itself, where that is not plain."""
    at = manifest.document.source.text.find(text, word.span.start, word.span.end)
    return Span(at, at + len(text)) if at != -1 and word.alias is None else word


def what_happens(container: Container, waits: dict[str, str]) -> str:
    """What follows from a check that always fails, in words; `waits` is `manifest.awaited_for_health`."""
    if container.name in waits:
        return f"the check always fails, and {waits[container.name]!r}, which waits for it, never starts"
    if container.is_essential:
        return "the check always fails: ECS replaces the task again and again"
    return "the check always fails: ECS shows the container as unhealthy"


def help_for(container: Container) -> str:
    """What to write where an image has nothing but its own program."""
    image = container.image_reference
    if image and image.kind == ADOT_COLLECTOR:
        return f"write command: [CMD, {ADOT_CHECK}], and start the extension health_check"
    if image and image.is_observer:
        return f"{_REMOVE}: the image has no program that could do it"
    return f"{_REMOVE}, or have a program of the image itself do it: [CMD, /path/of/it]"


def _is_written(word: Scalar) -> bool:
    return word.is_verbatim and word.span.start < word.span.end


def rewritten(command: HealthCheckCommand, *texts: str) -> tuple[Fix, ...]:
    """A fix that writes other words, as many as there are; none where they are not written there as they are."""
    words = command.words
    if len(words) != len(texts) or command.node.alias or not all(map(_is_written, words)):
        return ()
    edits = tuple(
        Edit(word.span, quoted(text, word.style))
        for word, text in zip(words, texts, strict=True)
        if word.text != text
    )
    return (Fix(f"write [{', '.join(texts)}]", edits),)
