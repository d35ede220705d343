"""What the suppressions of a file did: what rules about suppressions ask."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.finding import Edit, Finding, Fix
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rule_codes import closest_code
from sidecar_lint.suppressions.covering import Cover, Places, takers
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from sidecar_lint.suppressions.instruction import SuppressionWord
    from sidecar_lint.suppressions.suppression import Suppression
    from sidecar_lint.syntax.source import Source


class Suppressed(NamedTuple):
    """A finding that a comment took away, and the reason that it gives, if any."""

    finding: Finding
    reason: str


class Terms(NamedTuple):
    """What suppressions are judged by: the rules there are, by code and by name, and the codes of those run.

    A suppression of a rule that was not run cannot be told to be unused; `judge` is False where
    none can, as the file could not be read, or a rule crashed, or what is around it is not known.
    Where rules were left out that the repository brings, the `codes` are not `all_known`.
    """

    codes: dict[str, str]
    run: frozenset[str]
    today: date
    judge: bool = True
    require_reasons: bool = False
    all_known: bool = True


class Suppressions:
    """The suppressions of a file, applied to its findings; `findings` are those that are left."""

    def __init__(
        self, source: Source, found: Iterable[Suppression], findings: Iterable[Finding], terms: Terms
    ) -> None:
        self.source = source
        self.all = tuple(found)
        self._terms = terms
        told = sorted(findings, key=lambda each: each.span.start)
        self._places = Places(told)
        self.findings: list[Finding] = []
        self.suppressed: list[Suppressed] = []
        self._take(told)

    def _take(self, findings: Sequence[Finding]) -> None:
        understood = tuple(self.understood)
        for finding, taker in zip(findings, takers([*map(self._cover, understood)], findings), strict=True):
            if taker is None:
                self.findings.append(finding)
            else:
                self.suppressed.append(Suppressed(finding, understood[taker].instruction.reason))

    def _cover(self, suppression: Suppression) -> Cover:
        codes = frozenset(code for word in suppression.words if (code := self.code(word)))
        return Cover(suppression.scope, codes if suppression.words else None)

    def code(self, word: SuppressionWord) -> str | None:
        """The code of the rule that a word names; None where none is called so."""
        return self._terms.codes.get(word.text.upper()) or self._terms.codes.get(word.text.lower())

    def is_unknown(self, word: SuppressionWord) -> bool:
        """Whether surely no rule is called so: not where rules were left out."""
        return self._terms.all_known and self.code(word) is None

    def nearest(self, word: SuppressionWord) -> str | None:
        """The code or name most like a word that no rule is called."""
        if word.text[-1:].isdigit():
            return closest_code(word.text, self._terms.codes)
        return closest(word.text, (each for each in self._terms.codes if not each[-1:].isdigit()))

    @property
    def require_reasons(self) -> bool:
        """Whether each must say why."""
        return self._terms.require_reasons

    def _is_over(self, suppression: Suppression) -> bool:
        until = suppression.instruction.until
        return until is not None and until <= self._terms.today

    @cached_property
    def expired(self) -> tuple[Suppression, ...]:
        """Those whose day has come."""
        return tuple(each for each in self.all if self._is_over(each))

    @property
    def understood(self) -> Iterator[Suppression]:
        """Those that can be understood and are not over."""
        return (each for each in self.all if not each.instruction.problem and not self._is_over(each))

    def taken(self, suppression: Suppression) -> tuple[str, ...]:
        """The codes of the findings that one took away, sorted; it is one of those understood."""
        return self._places.codes(self._cover(suppression))

    def unused(self, suppression: Suppression) -> tuple[SuppressionWord, ...]:
        """The words of one that took nothing away, as far as that can be told."""
        taken, run = self.taken(suppression), self._terms.run
        named = ((word, self.code(word)) for word in suppression.words if self._terms.judge)
        return tuple(word for word, code in named if code in run and code not in taken)

    def removal(self, suppression: Suppression) -> Edit | None:
        """The edit that takes a comment out, with its line where it has one for itself."""
        if not suppression.editable:
            return None
        text, (start, end) = self.source.text, suppression.span
        line = self.source.position(start).line
        starts = self.source.line_starts
        while start > starts[line] and text[start - 1].isspace():
            start -= 1
        alone = start == starts[line] and line + 1 < len(starts)
        return Edit(Span(start, starts[line + 1] if alone else end), "")

    def removing(self, suppression: Suppression, *, safe: bool) -> tuple[Fix, ...]:
        """The fix that takes a comment out."""
        edit = self.removal(suppression)
        return (Fix("take the comment out", (edit,), safe),) if edit else ()

    def naming(self, suppression: Suppression, names: Iterable[str]) -> tuple[Fix, ...]:
        """The fix that makes a comment name these rules and no others."""
        if not suppression.editable:
            return ()
        codes = ", ".join(names)
        written = self.source.text[suppression.inside.start - 1 : suppression.inside.start]
        text = codes if written == "[" else f"[{codes}]"
        return (Fix(f"write `[{codes}]`", (Edit(suppression.inside, text),), safe=True),)

    def dropping(
        self, suppression: Suppression, words: Collection[SuppressionWord]
    ) -> Iterator[tuple[SuppressionWord, tuple[Fix, ...]]]:
        """For each of some of the words of a comment, but not all, the fix that takes it out.

        With the word goes the comma behind it, or the one before it where no other word is left behind it.
        """
        gone = set(words)
        last = max(at for at, word in enumerate(suppression.words) if word not in gone)
        for at, word in enumerate(suppression.words):
            if word in gone:
                before, after = suppression.words[at - 1 : at], suppression.words[at + 1 : at + 2]
                start, end = (
                    (before[0].span.end, word.span.end)
                    if at > last
                    else (word.span.start, after[0].span.start)
                )
                fix = Fix(f"take `{word.text}` out", (Edit(Span(start, end), ""),), safe=True)
                yield word, (fix,) if suppression.editable else ()
