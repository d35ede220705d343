"""A baseline: the findings that were there when it was written, which are not reported again.

It has how many findings of each identity there were in each environment: one is new where there are more.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.files.reading import LARGEST_BASELINE, Unread
from sidecar_lint.linting.identity import Identities
from sidecar_lint.linting.rule_failures import CRASH_CODE
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source

_VERSION: Final = 2
#: Had the numbers of items in its paths, and nothing of texts inside a file.
_NUMBERED_VERSION: Final = 1
_NUMBER: Final = re.compile(r"\[[0-9]+\]")
#: Stands for all environments of a file, so that one that is added later is no new finding.
_ALL: Final = ("all",)
_FIELDS: Final = ("file", "rule", "path", "environments", "count")


class BaselineError(Exception):
    """A baseline that cannot be used: which file, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot use the baseline {path}: {reason}")
        self.reason = reason


class Key(NamedTuple):
    """Where findings of one identity hold. `file` is relative to the folder of the baseline, with `/`."""

    file: str
    rule: str
    path: str
    environments: tuple[str, ...]


class Baseline:
    """How many findings there are of each key. `path` is the file it was read from or will be written to."""

    def __init__(self, path: str, counts: Iterable[tuple[Key, int]] = ()) -> None:
        self.path = path
        self._counts: Counter[Key] = Counter()
        for key, count in counts:
            self._counts[key] += count

    @classmethod
    def read(cls, source: Source) -> Baseline:
        """A baseline from its text. Raises BaselineError."""
        try:
            return cls._of(source, json.loads(source.text))
        except ValueError as error:
            raise BaselineError(source.path, f"it is not JSON: {error}") from error
        except RecursionError as error:
            raise BaselineError(source.path, "it is nested too deeply to be one") from error

    @classmethod
    def _of(cls, source: Source, data: Any) -> Baseline:
        version = data.get("version") if isinstance(data, dict) else None
        if version not in (_VERSION, _NUMBERED_VERSION):
            raise BaselineError(source.path, f"it is not a baseline of version {_VERSION}")
        found = data.get("findings")
        if not isinstance(found, list):
            raise BaselineError(source.path, "it has no list of findings")
        entries = (_entry(each, source.path) for each in found)
        return cls(source.path, entries if version == _VERSION else map(_without_numbers, entries))

    def __len__(self) -> int:
        """How many findings it has."""
        return self._counts.total()

    def compared(self, report: Report) -> Report:
        """A report without what is known.

        Of several findings of one identity, the first are the known ones.
        """
        known = _KnownFindings(self._in(report.path), report)
        new = tuple(finding for finding in report.findings if not known.takes(finding))
        return report._replace(findings=new, known=len(report.findings) - len(new), gone=known.left)

    def items(self) -> Iterable[tuple[Key, int]]:
        """How many findings there are of each key."""
        return self._counts.items()

    @property
    def text(self) -> str:
        """The file: sorted, one finding a line."""
        lines = [
            json.dumps(dict(zip(_FIELDS, (*key, count), strict=True)), ensure_ascii=False)
            for key, count in sorted(self._counts.items())
            if count > 0
        ]
        body = ",\n".join(lines)
        return f'{{"version": {_VERSION}, "findings": [\n{body}\n]}}\n' if lines else _EMPTY

    def _in(self, path: str) -> dict[Key, int]:
        return self._by_file.get(_relative(path, self.path), {})

    @cached_property
    def _by_file(self) -> dict[str, dict[Key, int]]:
        files: dict[str, dict[Key, int]] = {}
        for key, count in self._counts.items():
            files.setdefault(key.file, {})[key] = count
        return files


class Rewriting:
    """A baseline in the making: the findings of the files that are linted, and what it had of others.

    Of files that are not there any more nothing is kept, and of rules that were not run everything.
    """

    def __init__(self, old: Baseline) -> None:
        self._old = old
        self._fresh: Counter[Key] = Counter()
        self._ran: dict[str, frozenset[str]] = {}

    def add(self, report: Report) -> None:
        """Take the findings of one file, and what follows from them: it is told once they are known."""
        keys = _Keys(self._old.path, report)
        self._ran[_relative(report.path, self._old.path)] = report.ran
        told = (finding for finding in report.with_consequences if finding.code != CRASH_CODE)
        self._fresh.update(map(keys.key, told))

    def result(self) -> Baseline:
        """The baseline to write."""
        kept = [(key, count) for key, count in self._old.items() if self._is_kept(key)]
        return Baseline(self._old.path, (*self._fresh.items(), *kept))

    def _is_kept(self, key: Key) -> bool:
        if key.file in self._ran:
            return key.rule not in self._ran[key.file]
        if os.path.isabs(key.file):  # on another drive, if it is ours: to ask may be to ask another machine
            return True
        return os.path.exists(os.path.join(os.path.dirname(os.path.abspath(self._old.path)), key.file))


_EMPTY: Final = f'{{"version": {_VERSION}, "findings": []}}\n'


def _relative(path: str, baseline: str) -> str:
    folder = os.path.dirname(os.path.abspath(baseline))
    try:
        return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")


class _KnownFindings:
    """The findings of one file that a baseline has, to be taken one by one."""

    def __init__(self, counts: dict[Key, int], report: Report) -> None:
        ran = report.ran - {CRASH_CODE}
        self._identities = report.once(Identities)
        self._had: dict[tuple[str, str], _Had] = defaultdict(_Had)
        for key, count in counts.items():
            if key.rule in ran:
                self._had[key.rule, key.path].add(key.environments, count)

    def takes(self, finding: Finding) -> bool:
        """Whether it has a finding of a report, which is taken from it."""
        if not self._had:
            return False
        rule, path, outer_path = self._identities.of(finding)
        had = (self._had.get((rule, each)) for each in dict.fromkeys((path, outer_path)))
        return any(each.takes(finding.environments or _ALL) for each in had if each)

    @property
    def left(self) -> int:
        """How many it has that were not taken."""
        return sum(each.left for each in self._had.values())


class _Had:
    """How many findings of one identity there were in each environment."""

    def __init__(self) -> None:
        self.left = 0
        self._everywhere = 0
        self._in: Counter[str] = Counter()

    def add(self, environments: tuple[str, ...], count: int) -> None:
        """There were so many in some environments."""
        self.left += count
        if environments == _ALL:
            self._everywhere += count
        else:
            self._in.update(dict.fromkeys(environments, count))

    def takes(self, environments: tuple[str, ...]) -> bool:
        """Take one that holds in some environments, where there is one more in each of them."""
        if not all(self._in[name] + self._everywhere > 0 for name in environments):
            return False
        self._in.subtract(environments)
        self.left = max(self.left - 1, 0)
        return True


class _Keys:
    """The keys of the findings of one file."""

    def __init__(self, baseline: str, report: Report) -> None:
        self._file = _relative(report.path, baseline)
        self._identities = report.once(Identities)
        self._environments = frozenset(report.environments)

    def key(self, finding: Finding) -> Key:
        held = finding.environments
        rule, path, _ = self._identities.of(finding)
        return Key(self._file, rule, path, _ALL if self._environments <= set(held) else held)


def _entry(value: Any, path: str) -> tuple[Key, int]:
    fields: list[Any] = [value.get(name) for name in _FIELDS] if isinstance(value, dict) else [None] * 5
    file, rule, place, environments, count = fields
    texts = (file, rule, place, *environments) if isinstance(environments, list) else (None,)
    counted = isinstance(count, int) and not isinstance(count, bool) and count > 0
    if not counted or not all(isinstance(text, str) for text in texts):
        raise BaselineError(path, f"this is not an entry: {json.dumps(value, ensure_ascii=False)[:100]}")
    return Key(file, rule, place, tuple(environments)), count


def _without_numbers(entry: tuple[Key, int]) -> tuple[Key, int]:
    key, count = entry
    return key._replace(path=_NUMBER.sub("[]", key.path)), count


def configured_baseline(configuration: ConfigurationFile) -> Baseline | None:
    """The baseline that a configuration names, where that can be used."""
    found = read_baseline(configuration)
    return found if isinstance(found, Baseline) else None


def read_baseline(configuration: ConfigurationFile) -> Baseline | Unread | str | None:
    """The same; or why it cannot be used."""
    return configuration.once(_configured)


def _configured(made: ConfigurationFile) -> Baseline | Unread | str | None:
    if made.baseline is None:
        return None
    found = made.look(made.resolve(made.baseline), LARGEST_BASELINE)
    if found is None or isinstance(found, Unread):
        return found
    try:
        return Baseline.read(found)
    except BaselineError as error:
        return str(error)
