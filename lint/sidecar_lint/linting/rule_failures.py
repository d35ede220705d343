"""What the program says itself: of a rule that crashes or takes too long, and where none is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.crash import described
from sidecar_lint.finding import Finding, Severity, Stage
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule

#: Reported for a rule that raises: the rest of the run goes on.
CRASH_CODE: Final = "SL000"
#: Reported for a rule that takes longer than PATIENCE seconds for one file.
SLOW_CODE: Final = "SL039"
#: Reported for a file that is too large for an editor: no rule is asked about it.
TOO_LARGE_CODE: Final = "SL041"
#: What is told whichever rules are run, unless it is ignored by name.
ALWAYS_TOLD: Final = frozenset((CRASH_CODE, SLOW_CODE, TOO_LARGE_CODE))
#: So many seconds of processor time: how busy the machine is with other things says nothing of a rule.
PATIENCE: Final = 5.0


def crashed(rule: Rule, error: Exception) -> Finding:
    """What is said of a rule that raised."""
    return Finding(
        code=CRASH_CODE,
        name="rule-crashed",
        message=f"rule {rule.code} ({rule.name}) crashed: {described(error)}",
        span=Span(0, 0),
        severity=Severity.WARNING,
        stage=Stage.SILENT,
        effect="this rule did not check the file; the others did",
        help=f"report it to the author of {type(rule).__module__}",
    )


def slow(rule: Rule, seconds: float) -> Finding:
    """What is said of a rule that took that long for one file."""
    return Finding(
        code=SLOW_CODE,
        name="slow-rule",
        message=f"rule {rule.code} ({rule.name}) took {seconds:.1f} s for this file",
        span=Span(0, 0),
        severity=Severity.INFO,
        stage=Stage.SILENT,
        effect="every run takes that long",
        help=f"ignore it, or tell the author of {type(rule).__module__}",
    )
