"""What is in force for a file, besides which rules are run."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sidecar_lint.linting.baseline import Baseline
    from sidecar_lint.rulebook.rule import Rule


class FindingSettings(NamedTuple):
    """What happens to findings once rules have found them.

    `severities` by code, over what the rules say; `ignored` codes by environment, `silenced`
    those that are not told at all though no rule is asked about them; `fail_on` is the
    least severity that fails a run, None where nothing does; `others` are rules that suppressions
    may name although they are neither run nor installed; where some were left out, whose names nobody
    knows, they are not `all_known`; `today` is for tests.
    """

    severities: Mapping[str, Severity] = MappingProxyType({})
    ignored: Mapping[str, frozenset[str]] = MappingProxyType({})
    silenced: frozenset[str] = frozenset()
    fail_on: Severity | None = Severity.WARNING
    require_reasons: bool = False
    baseline: Baseline | None = None
    others: tuple[Rule, ...] = ()
    all_known: bool = True
    today: date | None = None


#: What is in force where nothing is configured.
PLAIN: Final = FindingSettings()
