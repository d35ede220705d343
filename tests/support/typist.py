"""Somebody who edits files without a plan: inserts, deletes, pastes, undoes, leaves keys half written."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

#: What people are in the middle of typing, and what they paste.
_SNIPPETS = (
    "\n", " ", "  ", ":", "- ", "#", "'", '"', "{", "}", "[", "]", "|\n", "&a ", "*a", "<<: ", "!Ref ", "---\n",
    "\t", "é", "😀", "\u2028", "\x0c", "\x00", "\r\n", "\r", "${", "${COPILOT_ENVIRONMENT_NAME}",
    "sidec", "mount_po", "retention: 45\n", "environments:\n  prod:\n", "    count: 2\n", "type: Worker Serv",
    "sidecars:\n  nginx:\n    image: nginx\n    port: 80\n", "  depends_on: {nginx: healthy}\n",
    "# sidecar-lint: ignore[SL201] why\n", "secrets: {A: /copilot/app/prod/secrets/A}\n", "ignore: [SL1]\n",
)  # fmt: skip


class Keystroke(NamedTuple):
    """Replace `text[start:end]` of a file with `new`."""

    path: str
    start: int
    end: int
    new: str


class Typist:
    """Edits texts, by path. The same seed makes the same edits."""

    def __init__(self, texts: dict[str, str], seed: int) -> None:
        self.texts = dict(texts)
        self._random = Random(seed)  # noqa: S311  nothing here is a secret
        self._before: dict[str, list[str]] = {path: [] for path in texts}
        self._original = dict(texts)

    def next(self) -> Keystroke:
        """The next edit, which `texts` has already."""
        path = self._random.choice(sorted(self.texts))
        text = self.texts[path]
        start, end, new = self._edit(path, text)
        self._before[path] = [*self._before[path][-20:], text]
        self.texts[path] = text[:start] + new + text[end:]
        return Keystroke(path, start, end, new)

    def _edit(self, path: str, text: str) -> tuple[int, int, str]:
        kind = self._random.random()
        at = self._random.randrange(len(text) + 1)
        if kind < 0.45:
            return at, at, self._random.choice(_SNIPPETS)
        if kind < 0.65:
            return at, min(at + self._random.choice((1, 1, 1, 5, 40)), len(text)), ""
        if kind < 0.75:
            start, end = sorted((at, self._random.randrange(len(text) + 1)))
            return at, at, text[start:end][:200]
        if kind < 0.97 and self._before[path]:
            return 0, len(text), self._before[path].pop()
        return 0, len(text), self._original[path]
