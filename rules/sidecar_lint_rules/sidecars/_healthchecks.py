"""What the rules about container health checks share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sidecar_lint import (
    ADOT_COLLECTOR,
    SHELLS,
    Container,
    Edit,
    Fix,
    Manifest,
    Mapping,
    Scalar,
    Sequence,
    Span,
    is_container_overridden,
    quoted,
)

#: What shows that a text is for a shell, and where its meaning is no longer plain.
SHELL_SYNTAX: Final = r"&&|\|\||[|;<>`$*]"
_NOT_PLAIN: Final = r"[;\n`(){}]|\b(?:if|for|while|case|until)\b"
_GIVING_UP: Final = r"exit\s+[1-9][0-9]*|false|kill\b[^|]*"
_ASSIGNMENT: Final = r"\w+=\S*"
ADOT_CHECK: Final = "/healthcheck"
#: ECS refuses to wait for the health of a container that has no check.
_REMOVE: Final = "remove the health check, and `depends_on` where another waits for it"


class Call(NamedTuple):
    """A program that a health check cannot do without, and the word of the command that names it."""

    program: str
    word: Scalar


class Command(NamedTuple):
    """The command of a health check whose words are all known; there is at least one."""

    container: Container
    node: Sequence
    words: tuple[Scalar, ...]

    @property
    def form(self) -> str:
        """The first word, which says how the others are run."""
        return self.words[0].text

    @property
    def line(self) -> Scalar | None:
        """The text that is for a shell; None where there is none."""
        if self.form == "CMD-SHELL":
            return self.words[1] if len(self.words) > 1 else None
        texts = [word.text for word in self.words]
        is_shell = len(texts) > 3 and texts[1].rpartition("/")[2] in SHELLS and texts[2] == "-c"  # noqa: PLR2004
        return self.words[3] if is_shell else None

    @property
    def calls(self) -> Iterator[Call]:
        """The programs that it surely calls, a shell first."""
        if self.form == "CMD-SHELL":
            yield Call("sh", self.words[0])
        elif self.form == "CMD" and len(self.words) > 1:
            yield Call(self.words[1].text, self.words[1])
        if self.line:
            yield from (Call(program, self.line) for program in _needed(self.line.text))


def healthchecks(manifest: Manifest) -> Iterator[tuple[Container, Mapping]]:
    """The containers that have a health check in the manifest, each with it, where overrides do not change it."""
    for container in manifest.containers.values():
        healthcheck = container.healthcheck if container.is_main or container.is_sidecar else None
        if healthcheck is not None and not is_container_overridden(manifest, container.name, "HealthCheck"):
            yield container, healthcheck


def commands(manifest: Manifest) -> Iterator[Command]:
    """The commands of health checks; of Linux alone."""
    if manifest.is_windows:
        return
    for container, healthcheck in healthchecks(manifest):
        node = healthcheck.get("command")
        items = node.items if isinstance(node, Sequence) else []
        words = tuple(item for item in items if isinstance(item, Scalar) and item.known and not item.is_null)
        if isinstance(node, Sequence) and words and len(words) == len(items):
            yield Command(container, node, words)


def _needed(line: str) -> Iterator[str]:
    """The programs that a shell must find for a line to succeed; none where that is not plain."""
    first, *others = line.split("||")
    if re.search(_NOT_PLAIN, line) or not all(re.fullmatch(_GIVING_UP, other.strip()) for other in others):
        return
    for part in re.split(r"&&|\|", first):
        program = next((word for word in part.split() if not re.fullmatch(_ASSIGNMENT, word)), "")
        if program:
            yield program.strip("\"'")


def place(manifest: Manifest, word: Scalar, text: str) -> Span | Scalar:
    """Where a part of a word stands; the word itself, where that is not plain."""
    at = manifest.document.source.text.find(text, word.span.start, word.span.end)
    return Span(at, at + len(text)) if at != -1 and word.alias is None else word


def waiting(manifest: Manifest) -> dict[str, str]:
    """The containers that another one waits for to be healthy, each with the first that does."""
    found: dict[str, str] = {}
    for container in manifest.containers.values():
        for key, node in container.depends_on:
            if isinstance(node, Scalar) and node.text.lower() == "healthy":
                found.setdefault(key.text, container.name)
    return found


def what_happens(container: Container, waits: dict[str, str]) -> str:
    """What follows from a check that always fails, in words; `waits` is what `waiting` found."""
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


def rewritten(command: Command, *texts: str) -> tuple[Fix, ...]:
    """A fix that writes other words, as many as there are; none where they are not written there as they are."""
    words = command.words
    if len(words) != len(texts) or command.node.alias or any(map(_is_elsewhere, words)):
        return ()
    edits = tuple(
        Edit(word.span, quoted(text, word.style))
        for word, text in zip(words, texts, strict=True)
        if word.text != text
    )
    return (Fix(f"write [{', '.join(texts)}]", edits),)


def _is_elsewhere(word: Scalar) -> bool:
    written = word.alias or word.template or word.tag or word.style in ("|", ">")
    return bool(written) or word.span.start == word.span.end
