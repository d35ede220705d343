"""The words of `command` and `entrypoint`, as Copilot takes them, and what of them only a shell understands."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.shell_words import UnterminatedError, bare_pieces, shell_words
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.effective import EffectiveManifest

_FIELDS: Final = ("entrypoint", "command")
_SHELLS: Final = frozenset(("sh", "bash", "ash", "dash", "zsh", "ksh"))
#: `-c`, alone or among other letters, says that the next word is a program for the shell.
_RUNS: Final = r"-[a-z]*c"
#: What joins commands or sends their output elsewhere, as a word of its own.
_OPERATOR: Final = re.compile(r"&&|\|\|?|;|&|<|[0-9&]?>{1,2}(?:&[0-9]|/[^\s]*)?")
#: What a shell replaces: a variable, or the output of a command.
_REPLACED: Final = re.compile(r"\$[A-Z_][A-Z0-9_]*|\$\{[A-Z_][A-Z0-9_]*\}|\$\(")
_ASSIGNMENT: Final = r"[A-Za-z_][A-Za-z0-9_]*=(?!=)"
#: What there is no program for, where it is given a path.
_BUILTINS: Final = frozenset(("cd", "source", "."))
#: Where these stand before it, `;` is an argument: `find` and `xargs` run a command of their own.
_TAKES_SEMICOLON: Final = frozenset(("-exec", "-execdir", "-ok", "-okdir"))


class CommandWords(NamedTuple):
    """A `command` or `entrypoint`: its node, and its words with the scalar each is written in.

    For a string all words are written in the one scalar, which is then `node` itself. `words` is
    None where the string cannot be split. `container` is the one that it is for.
    """

    field: str
    node: Scalar | Sequence
    words: tuple[tuple[Scalar, str], ...] | None
    container: Container

    @property
    def is_string(self) -> bool:
        """Whether it is written as one shell string."""
        return isinstance(self.node, Scalar)

    @property
    def runs_shell(self) -> bool:
        """Whether it begins a shell that is handed a program: `sh -c '…'`, also behind `env` or `tini --`."""
        words = [word for _, word in self.words or ()]
        return any(_is_shell(word) and re.fullmatch(_RUNS, following) for word, following in pairwise(words))

    @property
    def shell_operators(self) -> tuple[str, ...]:
        """The words that would join commands, or send output elsewhere, if a shell ran them.

        In a list each word is what it is, whatever it contains; in a string what is in quotes is not an operator.
        """
        words = tuple(self._unquoted())
        if not _TAKES_SEMICOLON.isdisjoint(words):
            words = tuple(word for word in words if not word.endswith(";"))
        return tuple(word for word in words if self._is_operator(word))

    @property
    def shell_beginning(self) -> str:
        """The first word of a string, where that sets a variable or calls what is in the shell itself; else empty.

        Where all words are like that, they are settings: there is nothing that a shell would run.
        """
        words = [word for _, word in self.words or ()] if self.is_string else []
        if all(re.match(_ASSIGNMENT, word) for word in words):
            return ""
        is_builtin = words[0] in _BUILTINS and any(word.startswith(("/", "./", "../")) for word in words[1:2])
        return words[0] if is_builtin or re.match(_ASSIGNMENT, words[0]) else ""

    @property
    def shell_replacements(self) -> tuple[str, ...]:
        """The words in which a shell would fill something in."""
        return tuple(word for _, word in self.words or () if _is_filled_in(word) and "://" not in word)

    @property
    def program(self) -> str:
        """The text for a shell: what is written, without a shell before it that gets its first word only."""
        if not isinstance(self.node, Scalar):
            return " ".join(word for _, word in self.words or ())
        text = self.node.text.strip()
        started = re.match(r"(?:/[^\s]*/)?(\w+) +(-[a-z]*c) +(?=[^'\"\s])", text)
        return text[started.end() :] if started and started[1] in _SHELLS else text

    @property
    def entrypoint(self) -> CommandWords | None:
        """The `entrypoint` that the words of a `command` are handed to."""
        return command_words(self.container, "entrypoint") if self.field == "command" else None

    def _unquoted(self) -> Iterator[str]:
        if self.words is None:
            return
        if isinstance(self.node, Scalar):
            yield from bare_pieces(self.node.text)
        else:
            yield from (word for _, word in self.words)

    def _is_operator(self, word: str) -> bool:
        """Whether it joins commands, or is one whose output a shell would fill in, which no template takes."""
        is_backquoted = self.is_string and "`" in word
        return is_backquoted or _OPERATOR.fullmatch(word) is not None or self._ends_command(word)

    def _ends_command(self, word: str) -> bool:
        """Whether a word of a string ends with the `;` that ends a command; nginx's own settings do as well."""
        first = self.words[0][1] if self.words else ""
        return self.is_string and word.endswith(";") and "nginx" not in first


def command_words(container: Container, field: str) -> CommandWords | None:
    """The `entrypoint` or `command` of a container; None where it has none, or none that is known."""
    node = container.section.get(field)
    if isinstance(node, Sequence):
        scalars = [item for item in node.items if isinstance(item, Scalar) and item.known]
        words = tuple((item, item.text) for item in scalars if not item.is_null)
        return CommandWords(field, node, words, container)
    if not isinstance(node, Scalar) or not node.known:
        return None
    try:
        split = tuple((node, word) for word in shell_words(node.text))
    except UnterminatedError:
        return CommandWords(field, node, None, container)
    return CommandWords(field, node, split, container)


def all_command_words(manifest: EffectiveManifest) -> list[CommandWords]:
    """Every known `entrypoint` and `command` of the service and its sidecars."""
    each = (
        command_words(container, field) for container in manifest.described_containers for field in _FIELDS
    )
    return [words for words in each if words is not None]


def _is_filled_in(word: str) -> bool:
    """Whether it holds a variable, a command, or a pattern for files below a folder."""
    is_pattern = "/" in word and "*" in word and ":" not in word and " " not in word
    return is_pattern or _REPLACED.search(word) is not None


def _is_shell(word: str) -> bool:
    return word.rpartition("/")[2] in _SHELLS
