"""The command of a container's health check: how it is run, and what it calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.image_contents import SHELLS
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, Sequence, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.containers import Container

#: Where the meaning of a line for a shell is no longer plain.
_NOT_PLAIN: Final = r"[;\n`(){}]|\b(?:if|for|while|case|until)\b"
_GIVING_UP: Final = r"exit\s+[1-9][0-9]*|false|kill\b[^|]*"
_ASSIGNMENT: Final = r"\w+=\S*"


class ProgramCall(NamedTuple):
    """A program that a health check cannot do without, and the word of the command that names it."""

    program: str
    word: Scalar


class HealthCheckCommand(NamedTuple):
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
    def calls(self) -> Iterator[ProgramCall]:
        """The programs that it surely calls, a shell first."""
        if self.form == "CMD-SHELL":
            yield ProgramCall("sh", self.words[0])
        elif self.form == "CMD" and len(self.words) > 1:
            yield ProgramCall(self.words[1].text, self.words[1])
        if self.line:
            yield from (ProgramCall(program, self.line) for program in _needed(self.line.text))


def health_check_command(container: Container) -> HealthCheckCommand | None:
    """The command of a container's health check; None where it has none, or not all of it is known."""
    node = as_mapping(container.healthcheck).get("command")
    items = node.items if isinstance(node, Sequence) else []
    words = tuple(item for item in items if isinstance(item, Scalar) and item.known and not item.is_null)
    if not isinstance(node, Sequence) or not words or len(words) < len(items):
        return None
    return HealthCheckCommand(container, node, words)


def _needed(line: str) -> Iterator[str]:
    """The programs that a shell must find for a line to succeed; none where that is not plain."""
    first, *others = line.split("||")
    if re.search(_NOT_PLAIN, line) or not all(re.fullmatch(_GIVING_UP, other.strip()) for other in others):
        return
    for part in re.split(r"&&|\|", first):
        program = next((word for word in part.split() if not re.fullmatch(_ASSIGNMENT, word)), "")
        if program:
            yield program.strip("\"'")
