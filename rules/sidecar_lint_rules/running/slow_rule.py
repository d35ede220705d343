from __future__ import annotations

from sidecar_lint import Rule, Severity, Stage


class SlowRule(Rule):
    """A rule took longer than five seconds of processor time for one file.

    Every run waits for it, and so does an editor. What it found is told all the same. Where the rule is one of
    your own, look for work that grows faster than the file; where it is not, tell its author, or leave that
    rule out. It is told whichever rules are selected.
    """

    code, name = "SL039", "slow-rule"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "every run takes that long"
    sources = ("docs/writing-rules.md",)
