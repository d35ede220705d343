"""How sure it is that what the newest release refuses is refused by the one that reads a configuration.

The table of settings is that of the newest release. Of those since v0.36.0 it is known which names of
settings they have; of older ones, of an image whose tag names no release, and of an image that is not
known to be ADOT's, only what never changed holds for sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.catalogue import catalogue
from sidecar_lint.collector.history import LAST_TO_EXPAND, STRICT, history
from sidecar_lint.collector.versions import Version, parse, spelt
from sidecar_lint.syntax.nearest import slip
from sidecar_lint.syntax.nodes import Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidecar_lint.collector.checks import Problem
    from sidecar_lint.collector.findings import MistypedValue, UnknownKey, WrongDuration, WrongValue
    from sidecar_lint.collector.unresolved_references import Fault

_LATEST: Final = ("", "latest")
#: A value that is a variable, as up to `LAST_TO_EXPAND`.
_VARIABLE: Final = re.compile(r"\$[A-Z][A-Z0-9_]{2,63}")
#: The first release whose image has a user (cmd/awscollector/Dockerfile).
_WITH_A_USER: Final = (0, 35, 0)


class Certainty(IntEnum):
    """From what may well be fine to what surely fails."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    SURE = 3

    @property
    def is_sure(self) -> bool:
        """Whether nothing is left open."""
        return self is Certainty.SURE

    @property
    def is_likely(self) -> bool:
        """Whether it is more than possible."""
        return self >= Certainty.LIKELY


@dataclass(frozen=True)
class Reader:
    """What reads a configuration: images of these tags, ADOT's or those of another distribution."""

    versions: tuple[str, ...]
    is_adot: bool

    @cached_property
    def releases(self) -> tuple[Version, ...]:
        """The releases of ADOT that the tags name; a later one counts as the newest known."""
        newest = catalogue().newest
        found = [newest if tag in _LATEST else parse(tag) for tag in self.versions or ("latest",)]
        return tuple(dict.fromkeys(min(release, newest) for release in found if release))

    @cached_property
    def later(self) -> str:
        """A release that came after the newest known one, as its tag spells it; empty where there is none."""
        found = [release for tag in self.versions if (release := parse(tag)) and release > catalogue().newest]
        return spelt(max(found)) if found else ""

    @property
    def newest_known(self) -> str:
        """The newest release that is known, as its tag spells it."""
        return spelt(catalogue().newest)

    @property
    def is_exact(self) -> bool:
        """Whether the release that we know to the last field reads it."""
        return self.is_adot and any(release >= catalogue().same_since for release in self.releases)

    @property
    def is_known(self) -> bool:
        """Whether all that read it are releases whose settings are known by name."""
        known = all(parse(tag) or tag in _LATEST for tag in self.versions)
        return self.is_adot and known and all(each >= history().oldest for each in self.releases)

    @property
    def is_strict(self) -> bool:
        """Whether every release of ADOT that reads it replaces `${NAME}` alone, and no `$NAME`."""
        return self.is_adot and bool(self.releases) and min(self.releases) > LAST_TO_EXPAND

    @property
    def is_unprivileged(self) -> bool:
        """Whether every release of ADOT that reads it runs as another user than root."""
        return self.is_adot and bool(self.releases) and min(self.releases) >= _WITH_A_USER

    def of_field(self, unknown: UnknownKey, component: str) -> Certainty:
        """Of a setting that the newest release does not have."""
        return self._most(lambda release: _of_field(unknown, component, release))

    def of_type(self, wrong: MistypedValue) -> Certainty:
        """Of a value of another type; what is no map where a component belongs never was one."""
        return self._most(lambda release: _of_type(wrong, release), wrong.node)

    def of_value(self, wrong: WrongValue) -> Certainty:
        """Of a value that is none of those allowed."""
        return self._most(lambda release: _of_value(wrong, release), wrong.node)

    def of_duration(self, wrong: WrongDuration) -> Certainty:
        """Of text that is no duration: none ever was one."""
        return self._most(lambda _: Certainty.SURE, wrong.node)

    def of_demand(self, problem: Problem) -> Certainty:
        """Of what a component demands besides."""
        return self._most(lambda release: _of_demand(release, missing=problem.missing), problem.node)

    def of_fault(self, fault: Fault) -> Certainty:
        """Of a reference that the newest release refuses."""
        return self._most(lambda release: _of_fault(fault, release))

    def _most(self, judge: Callable[[Version | None], Certainty], node: Node | None = None) -> Certainty:
        """How sure it is of the one that surely refuses it most; what a `$` may make of a value is not known."""
        if isinstance(node, Scalar) and _VARIABLE.fullmatch(node.text):
            return Certainty.NONE  # replaced, or told as what is not replaced any more
        if self.is_exact:
            return Certainty.SURE
        releases = (self.releases if self.is_adot else ()) or (None,)
        if isinstance(node, Scalar) and "$" in node.text:
            releases = tuple(each for each in releases if each and each > LAST_TO_EXPAND)
        return max((judge(release) for release in releases), default=Certainty.NONE)


def _of_field(unknown: UnknownKey, component: str, release: Version | None) -> Certainty:
    """Of a setting that the newest release does not have; `release` is None where nobody knows which one reads it."""
    own, name = history(), unknown.key.text
    until = own.until(component, name)
    if release is None or release < own.oldest:
        likely = until is None and slip(name, unknown.names) is not None
        return Certainty.LIKELY if likely else Certainty.NONE if until else Certainty.POSSIBLE
    if until:
        return Certainty.NONE if release <= until else Certainty.SURE
    return Certainty.SURE if own.is_nowhere(component, name) else Certainty.LIKELY


def _of_type(wrong: MistypedValue, release: Version | None) -> Certainty:
    """Of a value of another type: before `STRICT`, one was made of the other where that was possible."""
    if release is None:
        return Certainty.POSSIBLE
    return Certainty.SURE if release >= STRICT else Certainty.NONE if wrong.is_scalar else Certainty.POSSIBLE


def _of_value(wrong: WrongValue, release: Version | None) -> Certainty:
    """Of a value that is none of those allowed; some of these lists have only ever grown."""
    if wrong.always:
        return Certainty.SURE if release else Certainty.LIKELY
    return Certainty.LIKELY if release else Certainty.POSSIBLE


def _of_demand(release: Version | None, *, missing: bool) -> Certainty:
    """Of what a component demands besides: what it cannot do without has not changed."""
    if missing:
        return Certainty.SURE if release else Certainty.LIKELY
    return Certainty.LIKELY if release else Certainty.POSSIBLE


def _of_fault(fault: Fault, release: Version | None) -> Certainty:
    """Of a reference: one to an unknown scheme was always refused, a bad name only since `$NAME` is not replaced."""
    has_scheme = ":" in fault.reference.uri
    if release is None:
        return Certainty.LIKELY if has_scheme else Certainty.POSSIBLE
    return Certainty.SURE if has_scheme or release > LAST_TO_EXPAND else Certainty.NONE
