"""What comes to an end, and on which day: the dates that findings rest on.

The table is `data/dates.json`, which `tables/build.py` makes of `tables/dates.json`. AWS moves such dates, so
a configuration may have others (`dates:`). Before its day a finding is information; before it is announced, there
is none.
"""

from __future__ import annotations

import os
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.finding import Severity
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.packaged import packaged_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

#: A date such as 2026-12-01 that is taken for today: for tests, and to see what will be said.
TODAY: Final = "SIDECAR_LINT_TODAY"
#: What `dates:` says of what does not come to an end.
NEVER: Final = "never"


class End(NamedTuple):
    """Something that ends. `day` is the first on which it no longer is; None where that never comes.

    `since` is the day from which on it is worth saying, such as that of a deprecation; `what` says it in the present tense; `source` is an address, `as_of` the month in which somebody read it there,
    `advice` what to do, `successor` what to write instead, where there is one.
    """

    id: str
    what: str
    since: date
    day: date | None
    source: str
    as_of: str
    advice: str = ""
    successor: str = ""
    #: Whether the day is one of the configuration.
    is_configured: bool = False
    #: Whether the day has come.
    is_over: bool = False

    @property
    def severity(self) -> Severity:
        """How grave a finding is that rests on it: information before the day, a warning from then on."""
        return Severity.WARNING if self.is_over else Severity.INFO


class Calendar:
    """The days on which something ends, and what is today.

    `own` has other days by id, None for never; `today` is for tests.
    """

    def __init__(
        self, today: date | None = None, own: Mapping[str, date | None] = MappingProxyType({})
    ) -> None:
        self._today = today
        self._own = own

    @property
    def today(self) -> date:
        """The day that all are held against."""
        return self._today or today()

    @property
    def ends(self) -> Iterator[End]:
        """All of them, in the order of the table."""
        return map(self._configured, ends().values())

    def end(self, id_: str) -> End | None:
        """What there is to say of an id today; None where that is nothing, or it never ends."""
        known = ends().get(id_)
        found = self._configured(known) if known and known.since <= self.today else None
        return found if found and found.day else None

    def _configured(self, end: End) -> End:
        day = self._own.get(end.id, end.day)
        is_over = day is not None and day <= self.today
        return end._replace(day=day, is_configured=end.id in self._own, is_over=is_over)


@cache
def ends() -> Mapping[str, End]:
    """The table, by id."""
    import json

    table: dict[str, Any] = json.loads(packaged_text("data", "dates.json"))
    return MappingProxyType({row["id"]: _end(row, table["sources"]) for row in table["dates"]})


def _end(row: dict[str, Any], sources: dict[str, str]) -> End:
    days = {name: read_date(row[name] or "") for name in ("since", "day")}
    return End(**{**row, **days, "source": sources[row["source"]]})


def today() -> date:
    """Today, by the reader's own calendar, or by the variable that says so."""
    from datetime import date  # most runs ask for no day

    return read_date(os.environ.get(TODAY, "")) or date.today()  # noqa: DTZ011  it counts where the reader is


def read_date(text: str) -> date | None:
    """A date such as 2027-01-31; None for anything else."""
    from datetime import date

    try:
        return date.fromisoformat(text) if len(text) == len("2027-01-31") else None
    except ValueError:
        return None
