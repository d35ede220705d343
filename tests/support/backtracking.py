"""Regular expressions as Python matches them, a step at a time: how many it takes is known without a clock.

A pattern becomes a list of instructions, which one loop follows; where something does not fit, it goes back to
the last choice, as Python does. Unicode and case are left to Python: a character is asked about as it would be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_REPEATS: Final = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
#: What is repeated more often than this at most is repeated without end.
_MANY: Final = 2_000
_CHARACTERS: Final = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN, sre.CATEGORY)


class TooManySteps(Exception):  # noqa: N818  a result, not an error
    """The bound is reached."""


class _Instruction(NamedTuple):
    """What to do: `fits` a character, or one of the `kind`s below, with where to go on and what to go into."""

    kind: str
    fits: Callable[..., bool] | None = None
    targets: tuple[int, ...] = ()
    inner: tuple[_Instruction, ...] = ()
    #: Of a look-around: whether it is one behind, and its width.
    behind: int | None = None
    slot: int = 0


class Machine:
    """A pattern that can be followed."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        parsed = parser.parse(pattern, flags)
        self._flags = parsed.state.flags
        self._slots = 2 * re.compile(pattern, flags).groups  # where each begins and ends
        self._program = self._made(list(parsed))

    def matched(self, text: str, start: int, *, to_end: bool, most: int) -> tuple[int | None, int]:
        """Where a match from a place ends, None without one, and the steps. Raises TooManySteps."""
        run = _Run(text, most, self._slots)
        return run.follow(self._program, start, to_end=to_end), run.steps

    def searched(self, text: str, *, most: int) -> int:
        """The steps of finding all there is. Raises TooManySteps."""
        at = steps = 0
        while at <= len(text):
            end, taken = self.matched(text, at, to_end=False, most=most - steps)
            steps += taken
            at = at + 1 if end is None or end == at else end
        return steps

    def _made(self, nodes: list[Any]) -> tuple[_Instruction, ...]:
        program: list[_Instruction] = []
        self._add(program, nodes)
        return (*program, _Instruction("end"))

    def _add(self, program: list[_Instruction], nodes: Iterable[Any]) -> None:
        for kind, value in nodes:
            if kind in _CHARACTERS:
                program.append(_Instruction("character", _test(kind, value, self._flags)))
            elif kind in _REPEATS:
                self._repeat(program, kind, *value)
            elif kind is sre.AT:
                program.append(_Instruction("at", _place(value, self._flags)))
            else:
                self._add_other(program, kind, value)

    def _add_other(self, program: list[_Instruction], kind: Any, value: Any) -> None:
        if kind is sre.SUBPATTERN:
            self._group(program, *value)
        elif kind is sre.BRANCH:
            self._branch(program, value[1])
        elif kind is sre.ATOMIC_GROUP:
            program.append(_Instruction("atomic", inner=self._made(list(value))))
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            self._look(program, negated=kind is sre.ASSERT_NOT, value=value)
        elif kind is sre.GROUPREF:
            program.append(_Instruction("again", slot=value))
        elif kind is sre.FAILURE:
            program.append(_Instruction("fail"))
        else:
            raise NotImplementedError(str(kind))

    def _group(
        self, program: list[_Instruction], number: int | None, more: int, fewer: int, body: Any
    ) -> None:
        around, self._flags = self._flags, (self._flags | more) & ~fewer
        if number is not None:
            program.append(_Instruction("note", slot=2 * number - 1))
        self._add(program, body)
        if number is not None:
            program.append(_Instruction("note", slot=2 * number))
        self._flags = around

    def _branch(self, program: list[_Instruction], branches: list[Any]) -> None:
        ends = []
        for branch in branches[:-1]:
            split = len(program)
            program.append(_Instruction("split"))
            self._add(program, branch)
            ends.append(len(program))
            program.append(_Instruction("jump"))
            program[split] = _Instruction("split", targets=(split + 1, len(program)))
        self._add(program, branches[-1])
        for end in ends:
            program[end] = _Instruction("jump", targets=(len(program),))

    def _repeat(self, program: list[_Instruction], kind: Any, least: int, most: int, body: Any) -> None:
        if kind is sre.POSSESSIVE_REPEAT:
            inner: list[_Instruction] = []
            self._repeat(inner, sre.MAX_REPEAT, least, most, body)
            program.append(_Instruction("atomic", inner=(*inner, _Instruction("end"))))
            return
        for _ in range(least):
            self._add(program, body)
        if most is sre.MAXREPEAT or most > _MANY:
            self._loop(program, kind, body)
            return
        splits = []
        for _ in range(most - least):
            splits.append(len(program))
            program.append(_Instruction("split"))
            self._add(program, body)
        for split in splits:
            program[split] = _split(kind, split + 1, len(program))

    def _loop(self, program: list[_Instruction], kind: Any, body: Any) -> None:
        """Without end, but never for nothing."""
        self._slots += 1
        slot, split = self._slots, len(program)
        program += (_Instruction("split"), _Instruction("note", slot=slot))
        self._add(program, body)
        program += (_Instruction("moved", slot=slot), _Instruction("jump", targets=(split,)))
        program[split] = _split(kind, split + 1, len(program))

    def _look(self, program: list[_Instruction], *, negated: bool, value: Any) -> None:
        direction, body = value
        behind = body.getwidth()[0] if direction < 0 else None
        name = "not" if negated else "look"
        program.append(_Instruction(name, inner=self._made(list(body)), behind=behind))


def _split(kind: Any, into: int, past: int) -> _Instruction:
    return _Instruction("split", targets=(past, into) if kind is sre.MIN_REPEAT else (into, past))


class _Run:
    """One match: its choices, and the steps so far."""

    def __init__(self, text: str, most: int, slots: int) -> None:
        self.steps = 0
        self._text = text
        self._most = most
        self._noted = [-1] * (slots + 1)

    def follow(self, program: tuple[_Instruction, ...], at: int, *, to_end: bool = False) -> int | None:
        """Where a match ends; None where there is none."""
        choices: list[tuple[int, int]] = []
        step = 0
        while True:
            self.steps += 1
            if self.steps > self._most:
                raise TooManySteps
            instruction = program[step]
            if instruction.kind == "end" and (not to_end or at == len(self._text)):
                return at
            moved = self._done(instruction, at, choices, step)
            if moved is None:
                if not choices:
                    return None
                step, at = choices.pop()
            else:
                step, at = moved

    def _done(
        self, instruction: _Instruction, at: int, choices: list[tuple[int, int]], step: int
    ) -> tuple[int, int] | None:
        """What comes next; None where it does not fit."""
        match instruction.kind:
            case "character" if (
                at < len(self._text) and instruction.fits and instruction.fits(self._text[at])
            ):
                return step + 1, at + 1
            case "split":
                choices.append((instruction.targets[1], at))
                return instruction.targets[0], at
            case "jump":
                return instruction.targets[0], at
            case "note":
                self._noted[instruction.slot] = at
                return step + 1, at
            case "moved":
                return (step + 1, at) if self._noted[instruction.slot] != at else (step + 2, at)
            case "atomic":
                end = self.follow(instruction.inner, at)
                return None if end is None else (step + 1, end)
            case "look" | "not":
                start = at - (instruction.behind or 0)
                found = start >= 0 and self.follow(instruction.inner, start) is not None
                return (step + 1, at) if found is (instruction.kind == "look") else None
            case "again":
                group = self._text[self._noted[2 * instruction.slot - 1] : self._noted[2 * instruction.slot]]
                self.steps += len(group)
                return (step + 1, at + len(group)) if self._text.startswith(group, at) else None
            case "at" if _is_at(instruction, self._text, at):
                return step + 1, at
        return None


def _is_at(instruction: _Instruction, text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at + 2]
    # What counts is what is around: the beginning, the end, and a line break at the end.
    before = "" if at == 0 else "x" + around[:1]
    after = text[at : at + 2] + ("xx" if at + 2 < len(text) else "")
    return instruction.fits is not None and instruction.fits(before, after)


@lru_cache(None)
def _place(kind: Any, flags: int) -> Callable[[str, str], bool]:
    state = parser.State()
    state.flags = flags
    compiled = compiler.compile(parser.SubPattern(state, [(sre.AT, kind)]), flags)
    known: dict[tuple[str, str], bool] = {}

    def fits(before: str, after: str) -> bool:
        key = (before, after)
        if key not in known:
            known[key] = compiled.match(before + after, len(before)) is not None
        return known[key]

    return fits


def _test(kind: Any, value: Any, flags: int) -> Callable[[str], bool]:
    """Whether a character fits, as Python has it; asked once for each."""
    state = parser.State()
    state.flags = flags
    compiled = compiler.compile(parser.SubPattern(state, [(kind, value)]), flags)
    known: dict[str, bool] = {}

    def fits(character: str) -> bool:
        if character not in known:
            known[character] = compiled.match(character) is not None
        return known[character]

    return fits
