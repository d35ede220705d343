from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage

_RANGE = r"([0-9]+)-([0-9]+)"
_NEARLY = r"\s*([0-9]{1,9})\s*(?:-|–|—|\.\.+|,|to)\s*([0-9]{1,9})\s*"
_INT_DIGITS: Final = 19
_INT_MAX: Final = 2**63 - 1


class InvalidRange(Rule):
    """`count.range` does not say from how many tasks to how many.

    It is the fewest and the most tasks with a hyphen between, `1-10`, or a map with `min` and `max`.
    Numbers cannot be negative, and the first cannot be the greater one.
    """

    code, name = "SL063", "invalid-range"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it cannot use the range"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: IntRangeBand.validate, RangeConfig.validate",)
    good = (
        "count: {range: 1-10, cpu_percentage: 70}",
        "count: {range: '${RANGE}', cpu_percentage: 70}",
        "count: {range: {min: 0, max: 10, spot_from: 3}, cpu_percentage: 70}",
    )
    bad = (
        Bad(
            """
            count:
              range: 1..10
            #        ^^^^^ SL063
              cpu_percentage: 70
            """,
            fixed="range: 1-10",
        ),
        Bad(
            """
            count: {range: 10-2, cpu_percentage: 70}
            #              ^^^^ SL063
            """,
            fixed="range: 2-10",
        ),
        Bad(
            """
            count:
              range:
            # ^^^^^ SL063
                max: 10
              cpu_percentage: 70
            """
        ),
        Bad(
            """
            count:
              range: {min: 1, max: 10}
              cpu_percentage: 70
            environments:
              prod:
                count: {range: {min: 20, spot_from: -1}}
            #                        ^^ SL063
            #                                       ^^ SL063
            """
        ),
    )
    also_good = ("count: {range: 3-3}",)
    also_bad = (
        Bad(
            """
            count: {range: {min: 1, max: 0}}
            #                    ^ SL063
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        band = manifest.mapping("count").get("range") if manifest.scaling.possible else None
        if isinstance(band, Scalar) and band.known:
            yield from self._text(band)
        elif isinstance(band, Mapping):
            yield from self._map(band)

    def _text(self, band: Scalar) -> Iterator[Finding]:
        match = re.fullmatch(_RANGE, band.text)
        if match is None:
            near = re.fullmatch(_NEARLY, band.text)
            replace = f"{near[1]}-{near[2]}" if near else None
            choice = "" if near else "write the fewest and the most tasks, such as 1-10"
            yield self.finding(band, f"{band.text!r} is not a range", replace=replace, help=choice)
            return
        low, high = (_number(digits) for digits in match.groups())
        if max(low, high) > _INT_MAX:
            yield self.finding(band, "the range has a number that is too great", help="write smaller numbers")
        elif low > high:
            message = f"the range begins with {low}, which is more than {high}"
            yield self.finding(band, message, replace=f"{high}-{low}")

    def _map(self, band: Mapping) -> Iterator[Finding]:
        if not any(band.get(name) for name in ("min", "max", "spot_from")):
            return  # nothing is written: empty-field
        missing = [name for name in ("min", "max") if band.get(name) is None]
        if missing:
            message = f"range has no {' and no '.join(missing)}"
            yield self.finding(band.key or band, message, help="write min: and max:")
            return
        for name in ("min", "max", "spot_from"):
            number = _int(band, name)
            if number is not None and number < 0:
                yield self.finding(band.entries[name], f"{name} is negative", help="write 0 or more")
        low, high = _int(band, "min"), _int(band, "max")
        if low is not None and high is not None and low > high >= 0:
            other = (Related(band.entries["max"].place, "the maximum"),)
            message = f"the minimum of {low} is more than the maximum of {high}"
            help_ = "write a minimum that is not greater than the maximum"
            yield self.finding(band.entries["min"], message, help=help_, related=other)


def _number(digits: str) -> int:
    """A number of any length, cut off where it is too great anyway."""
    return int(digits.lstrip("0")[: _INT_DIGITS + 1] or "0")


def _int(band: Mapping, name: str) -> int | None:
    node = band.get(name)
    return node.as_int if isinstance(node, Scalar) else None
