"""What the command of a collector tells it to read: its configuration is put together of that.

Source: opentelemetry-collector, otelcol/flags.go.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Sequence as Several

    from sidecar_lint.manifests.containers import Container

#: Go's flags have one dash or two.
_OPTION: Final = re.compile(r"--?(config|set)(?:=(.*))?")
_QUOTES: Final = "'\""


class ConfigSource(NamedTuple):
    """What an option of a collector names: with `config` a path or `env:NAME`, with `set` a setting.

    `at` is the index of the word that has it.
    """

    option: str
    text: str
    at: int


def config_sources(words: Several[str]) -> list[ConfigSource]:
    """All that the words of a command name, in their order; a word may be a whole line of a shell."""
    parts = [(part.strip(_QUOTES), at) for at, word in enumerate(words) for part in word.split()]
    found = []
    for (part, at), following in pairwise([*parts, ("", 0)]):
        if option := _OPTION.fullmatch(part):
            text, place = (option[2], at) if option[2] is not None else following
            found.append(ConfigSource(option[1], text.strip(_QUOTES), place))
    return [each for each in found if each.text]


def words_of(container: Container) -> list[Scalar]:
    """The words of a container's `entrypoint` and `command`."""
    nodes = (container.section.get(field) for field in ("entrypoint", "command"))
    words = (word for node in nodes for word in (node.items if isinstance(node, Sequence) else [node]))
    return [word for word in words if isinstance(word, Scalar)]
