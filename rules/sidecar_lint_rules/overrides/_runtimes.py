"""Runtimes of AWS Lambda that come to an end, in words."""

from __future__ import annotations

from sidecar_lint import Calendar, End, NamedTuple


class Closing(NamedTuple):
    """A runtime that closes: when no function is created on it any more, and when none is updated."""

    runtime: str
    creation: End | None
    update: End | None

    @property
    def first(self) -> End:
        """What comes first of the two."""
        ends = [end for end in (self.creation, self.update) if end]
        return min(ends, key=lambda end: str(end.day))

    @property
    def closes(self) -> str:
        """`closes on 2027-02-01`, or that it did."""
        return f"{'closed' if self.first.is_over else 'closes'} on {self.first.day}"

    @property
    def effect(self) -> str:
        """What happens, and when."""
        found = ((self.creation, "creates"), (self.update, "updates"))
        parts = [f"{verb} no function on it from {end.day} on" for end, verb in found if end]
        return f"AWS Lambda {' and '.join(parts)} (as of {self.first.as_of})"

    @property
    def source(self) -> str:
        """Where the days are from."""
        return f"see {self.first.source}"


def closing(calendar: Calendar, runtime: str) -> Closing | None:
    """What is known of a runtime; None where it goes on."""
    creation, update = (calendar.end(f"lambda-{runtime}-{what}") for what in ("create", "update"))
    return Closing(runtime, creation, update) if creation or update else None
