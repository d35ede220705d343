"""A place in a text that moves on, and the characters that the grammar tells apart."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NoReturn

#: Each is the inside of a character class. LF, CR, NEL, LS and PS end a line; NUL stands for the end.
BREAKS: Final = "\n\r\x85\u2028\u2029"
END: Final = "\0"
BLANKS: Final = " \t"
#: What may follow an indicator such as `-` or `:`, an anchor or a tag.
SPACE: Final = BLANKS + BREAKS + END

BLANK: Final = re.compile(f"[{BLANKS}]*")
SPACES: Final = re.compile(" *")


class LinePatterns:
    """What to look for in a text whose lines end with some of `BREAKS`; each is compiled when it is looked for."""

    def __init__(self, breaks: str) -> None:
        self._breaks, self._space = breaks, BLANKS + breaks + END
        self._rest = f"[^{breaks}{END}]*"

    @cached_property
    def line_break(self) -> re.Pattern[str]:
        return re.compile(f"\r\n|[{self._breaks}]")

    @cached_property
    def escaped_line_break(self) -> re.Pattern[str]:
        return re.compile(rf"\\(?:\r\n|[{self._breaks}])")

    @cached_property
    def whitespace(self) -> re.Pattern[str]:
        """Blanks and line breaks."""
        return re.compile(f"[{BLANKS}{self._breaks}]*")

    @cached_property
    def rest_of_line(self) -> re.Pattern[str]:
        return re.compile(self._rest)

    @cached_property
    def comment_behind(self) -> re.Pattern[str]:
        """A comment behind a token. (yaml.v3 looks at 512 bytes for one.)"""
        return re.compile(f"[{BLANKS}]{{0,511}}#{self._rest}")

    @cached_property
    def comments(self) -> re.Pattern[str]:
        """Comments in a row, with blank lines between them; all but the first may be indented with tabs."""
        return re.compile(f"#{self._rest}(?:[\n\r][ \t\n\r]{{0,510}}+#{self._rest})*")

    @cached_property
    def document_marker(self) -> re.Pattern[str]:
        return re.compile(rf"(?:---|\.\.\.)(?=[{self._space}])")

    @cached_property
    def word(self) -> re.Pattern[str]:
        """What a word without quotes is made of: all but a blank and a `:` before one."""
        return re.compile(f"(?:[^:{self._space}]|:(?![{self._space}]))*")

    @cached_property
    def flow_word(self) -> re.Pattern[str]:
        """In a flow collection the indicators end it, `?` among them, while a `:` before one still belongs to it."""
        return re.compile(rf"(?:[^:,?\[\]{{}}{self._space}]|:(?![{self._space}]))*")

    @cached_property
    def single_quoted_word(self) -> re.Pattern[str]:
        return re.compile(f"(?:[^'{self._space}]|'')*")

    @cached_property
    def double_quoted_word(self) -> re.Pattern[str]:
        return re.compile(rf'[^"\\{self._space}]*')


#: LS and PS are rare: to compile a class with them takes five times as long.
_WITHOUT_SEPARATORS: Final = LinePatterns(BREAKS[:-2])
_WITH_SEPARATORS: Final = LinePatterns(BREAKS)


class TextMark:
    """A place: zero-based, the index and the column in code points."""

    __slots__ = ("column", "index", "line")

    def __init__(self, index: int, line: int, column: int) -> None:
        self.index, self.line, self.column = index, line, column


class GrammarError(Exception):
    """What is wrong with a text (`problem`), and where; in what that is (`context`), and where that began."""

    def __init__(
        self, context: str, context_mark: TextMark | None, problem: str, problem_mark: TextMark
    ) -> None:
        super().__init__(problem)
        self.context, self.context_mark = context, context_mark
        self.problem, self.problem_mark = problem, problem_mark


class TextCursor:
    """Where reading has come to. Behind the text there is NUL to look at."""

    __slots__ = ("index", "line", "line_start", "patterns", "text")

    def __init__(self, text: str) -> None:
        self.text = text + END * 4
        has_separators = "\u2028" in text or "\u2029" in text
        self.patterns = _WITH_SEPARATORS if has_separators else _WITHOUT_SEPARATORS
        self.index = self.line = self.line_start = 0

    @property
    def column(self) -> int:
        return self.index - self.line_start

    @property
    def mark(self) -> TextMark:
        return TextMark(self.index, self.line, self.index - self.line_start)

    def peek(self, ahead: int = 0) -> str:
        """The character there; NUL at the end."""
        return self.text[self.index + ahead]

    def take(self, pattern: re.Pattern[str]) -> str:
        """What fits a pattern here, moved past; nothing where it does not fit. No line break may fit it."""
        found = pattern.match(self.text, self.index)
        if found is None:
            return ""
        self.index = found.end()
        return found[0]

    def take_lines(self, pattern: re.Pattern[str]) -> str:
        """As `take`, where line breaks may fit."""
        start = self.index
        taken = self.take(pattern)
        if taken == "\n":
            self.line += 1
            self.line_start = self.index
        elif taken.strip(BLANKS):
            for found in self.patterns.line_break.finditer(taken):
                self.line += 1
                self.line_start = start + found.end()
        return taken

    @property
    def at_break(self) -> bool:
        return self.text[self.index] in BREAKS

    @property
    def at_end_of_line(self) -> bool:
        return self.text[self.index] in BREAKS + END

    @property
    def at_document_marker(self) -> str:
        """`---` or `...` where a line begins with it here, else nothing."""
        if self.index != self.line_start:
            return ""
        found = self.patterns.document_marker.match(self.text, self.index)
        return found[0] if found else ""

    def refuse(self, problem: str, context: str = "", started: TextMark | None = None) -> NoReturn:
        """Say what is wrong here, in what, and where that had started."""
        raise GrammarError(context, started, problem, self.mark)


def content(line_break: str) -> str:
    """What a line break is in the text of a scalar: LS and PS stay, the others become LF."""
    return line_break if line_break in ("", "\u2028", "\u2029") else "\n"
