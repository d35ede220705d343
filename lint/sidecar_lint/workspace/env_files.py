"""Environment files as ECS reads them: `NAME=value` lines, and nothing of what a shell allows.

Source: Amazon ECS developer guide, "Pass environment variables to a container"; amazon-ecs-agent,
taskresource/envFiles/envfile.go. Values may be secrets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXPORT: Final = "export "
_QUOTES: Final = ("'", '"')
#: A text in quotes has no more lines than that: a key has fifty.
_MOST_LINES: Final = 200
#: A line that sets a variable. What only `=` follows is the end of a text in base 64.
_SETS: Final = r"[A-Za-z_]\w*=(?!=*$)"


class Oddity(NamedTuple):
    """A line (counted from one) that does not mean what it looks like, what becomes of it, and what to write.

    `perhaps` says that it may be meant so all the same.
    """

    line: int
    reason: str
    advice: str = "write NAME=value, without anything around it"
    perhaps: bool = False


def oddities(text: str) -> Iterator[Oddity]:
    """The lines that ECS reads otherwise than a shell or Docker Compose would."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    closed = 0
    for number, line in enumerate(lines, 1):
        if number <= closed:
            continue
        if end := _end_of_quote(lines, number):
            closed = end
            yield Oddity(
                number,
                f"opens a quote that line {end} closes, and ECS takes each line by itself",
                "write it on one line, without quotes, or make it a secret",
            )
            continue
        reason = _oddity(line)
        if reason:
            yield Oddity(number, reason)
        elif not line.startswith("#"):
            reason, advice = _doubt(line.partition("=")[2].strip()) if "=" in line else ("", "")
            if reason:
                yield Oddity(number, reason, advice, perhaps=True)


def _end_of_quote(lines: list[str], number: int) -> int:
    """The line (counted from one) that closes the quote in which a value begins; 0 where it is the same, or none."""
    value = lines[number - 1].partition("=")[2].strip()
    quote = value[:1]
    if quote not in _QUOTES or value.find(quote, 1) > 0:
        return 0
    for at in range(number, min(len(lines), number + _MOST_LINES)):
        if re.match(_SETS, lines[at]):
            return 0
        if lines[at].rstrip().endswith(quote):
            return at + 1
    return 0


def _oddity(line: str) -> str:
    if not line.strip() or line.startswith("#"):
        return ""
    name, equals, value = line.partition("=")
    if name.lstrip().startswith("#"):
        return "is an indented comment, which ECS takes for a variable" if equals else ""
    if not equals or not name:
        return "is not a `NAME=value` and is left out"
    if name.startswith(_EXPORT):
        return "begins with `export`, which becomes a part of the name"
    if name != name.strip():
        return "has a space beside the name, which becomes a part of it"
    value = value.strip()
    if len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]:
        return "has quotes, which become a part of the value"
    return ""


def _doubt(value: str) -> tuple[str, str]:
    """What is odd about a value that has no quotes around it, and what to write; two empty texts where nothing is."""
    if not value:
        return (
            "has no value, and Fargate does not set the variable",
            "let the program take a missing one for empty",
        )
    if re.search(r"\s#", value):
        return (
            "has a comment behind the value, which becomes a part of it",
            "put the comment on a line of its own",
        )
    if re.search(r"\$\{[A-Za-z_]", value):
        return (
            "has a `${...}` that nothing fills in",
            "write the value itself, or put it together in the program",
        )
    return "", ""


class EnvFileLine(NamedTuple):
    """A variable that a file sets, and the line (counted from one) that does."""

    name: str
    value: str
    line: int


def lines(text: str) -> Iterator[EnvFileLine]:
    """The variables that a file sets. Who asks shows none of the values that may be a secret."""
    for number, line in enumerate(text.split("\n"), 1):
        name, equals, value = line.removesuffix("\r").partition("=")
        if equals and name.strip() and not name.startswith("#") and value.strip():
            yield EnvFileLine(name, value.strip(), number)
