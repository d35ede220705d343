"""What only a shell understands in the words of a `command` or `entrypoint`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from sidecar_lint import Edit, Fix, Manifest, Outcome, Scalar, image_contents, unquoted
from sidecar_lint_rules._words import Words, bare_pieces, words_of

_SHELLS: Final = frozenset(("sh", "bash", "ash", "dash", "zsh", "ksh"))
#: `-c`, alone or among other letters, says that the next word is a program for the shell.
_RUNS: Final = r"-[a-z]*c"
#: What joins commands or sends their output elsewhere, as a word of its own.
_OPERATOR: Final = re.compile(r"&&|\|\|?|;|&|<|[0-9&]?>{1,2}(?:&[0-9]|/[^\s]*)?")
#: What a shell replaces: a variable, or the output of a command.
_REPLACED: Final = re.compile(r"\$[A-Z_][A-Z0-9_]*|\$\{[A-Z_][A-Z0-9_]*\}|\$\(")
#: Where these stand before it, `;` is an argument: `find` and `xargs` run a command of their own.
_TAKES_SEMICOLON: Final = frozenset(("-exec", "-execdir", "-ok", "-okdir"))


def operators(override: Words) -> tuple[str, ...]:
    """The words that would join commands, or send output elsewhere, if a shell ran them.

    In a list each word is what it is, whatever it contains; in a string what is in quotes is not an operator.
    """
    words = tuple(_unquoted_words(override))
    if not _TAKES_SEMICOLON.isdisjoint(words):
        words = tuple(word for word in words if not word.endswith(";"))
    return tuple(word for word in words if _OPERATOR.fullmatch(word) or _ends_command(override, word))


def replaced(override: Words) -> tuple[str, ...]:
    """The words in which a shell would fill something in."""
    return tuple(word for _, word in override.words or () if _is_filled_in(word) and "://" not in word)


def _is_filled_in(word: str) -> bool:
    """Whether it holds a variable, a command, or a pattern for files below a folder."""
    is_pattern = "/" in word and "*" in word and ":" not in word
    return is_pattern or _REPLACED.search(word) is not None


def has_shell(override: Words) -> bool:
    """Whether it begins a shell that is handed a program: `sh -c '…'`, also behind `env` or `tini --`."""
    words = [word for _, word in override.words or ()]
    return any(_is_shell(word) and re.fullmatch(_RUNS, following) for word, following in pairwise(words))


def entrypoint_of(override: Words) -> Words | None:
    """The `entrypoint` that the words of a `command` are handed to."""
    return words_of(override.container, "entrypoint") if override.field == "command" else None


def shell_fixes(manifest: Manifest, override: Words) -> tuple[Fix, ...]:
    """A shell to run it, where that is written in the manifest's place and the image may have one."""
    node, program = override.node, program_of(override)
    if not isinstance(node, Scalar) or node.style in ("|", ">") or not _may_have_shell(manifest, override):
        return ()
    if node.alias is not None or node.template is not None or node.tag is not None:
        return ()
    return (Fix("let a shell run it", (Edit(node.span, with_shell(program)),)),)


def with_shell(program: str) -> str:
    """The list of words with which a shell runs a program, as it is written in a manifest."""
    return f'["sh", "-c", {protected(program)}]'


def protected(word: str) -> str:
    """A word in double quotes, and in those that the template needs besides."""
    if unquoted(word, item=True)[0] is Outcome.SAME:
        return double_quoted(word)
    single = "'" + word.replace("'", "''") + "'"
    return double_quoted(single if word.isprintable() else double_quoted(word))


def double_quoted(text: str) -> str:
    """A text as a scalar in double quotes, of YAML as of JSON."""
    from json import dumps

    return dumps(text, ensure_ascii=False)


def program_of(override: Words) -> str:
    """The text for the shell: what is written, without a shell before it that gets its first word only."""
    if not isinstance(override.node, Scalar):
        return " ".join(word for _, word in override.words or ())
    text = override.node.text.strip()
    started = re.match(r"(?:/[^\s]*/)?(\w+) +(-[a-z]*c) +(?=[^'\"\s])", text)
    return text[started.end() :] if started and started[1] in _SHELLS else text


def shell_help(manifest: Manifest, override: Words) -> str:
    """What to do where only a shell would do what is written."""
    if _lacks_shell(manifest, override):
        return "the image has no shell: build one that has a script to call, or call one program only"
    if override.field == "command" and override.container.section.get("entrypoint") is not None:
        return "let the entrypoint be [sh, -c], and the command one word"
    return f"write {with_shell(program_of(override))}"


def _lacks_shell(manifest: Manifest, override: Words) -> bool:
    contents = image_contents(manifest, override.container)
    return contents is not None and contents.has_no_shell


def _may_have_shell(manifest: Manifest, override: Words) -> bool:
    container, other = override.container, "entrypoint" if override.field == "command" else "command"
    return (
        not _lacks_shell(manifest, override)
        and not manifest.is_windows
        and container.section.get(other) is None
    )


def _unquoted_words(override: Words) -> Iterator[str]:
    if override.words is None:
        return
    if isinstance(override.node, Scalar):
        yield from bare_pieces(override.node.text)
    else:
        yield from (word for _, word in override.words)


def _ends_command(override: Words, word: str) -> bool:
    """Whether a word of a string ends with the `;` that ends a command; nginx's own settings do as well."""
    first = override.words[0][1] if override.words else ""
    return override.is_string and word.endswith(";") and "nginx" not in first


def _is_shell(word: str) -> bool:
    return word.rpartition("/")[2] in _SHELLS
