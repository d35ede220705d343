from __future__ import annotations

from sidecar_lint import Rule, Severity, Stage


class RuleCrashed(Rule):
    """A rule raised an exception.

    What it would have said of this file nobody knows; the other rules were asked all the same. The message
    names the rule, the exception and the line that raised it: the author of the rule needs these, and the
    manifest if it can be shown. It is told whichever rules are selected. No baseline has it: the next
    crash is another one.
    """

    code, name = "SL000", "rule-crashed"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "this rule did not check the file; the others did"
    sources = ("docs/writing-rules.md", "docs/exit-statuses.md")
