"""How grave a finding is where it is not known what reads a configuration, or what holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint import NamedTuple, Rule, Severity

if TYPE_CHECKING:
    from sidecar_lint import Certainty, Configuration


class Weight(NamedTuple):
    """The severity and the effect of a finding; None stands for the rule's own."""

    severity: Severity | None = None
    effect: str | None = None


def weight(rule: Rule, configuration: Configuration, certainty: Certainty) -> Weight:
    """How grave a finding is, by how sure it is; what is only likely says what it rests on."""
    if certainty.is_sure:
        return Weight()
    is_grave = rule.severity is Severity.ERROR and certainty.is_likely
    newest = configuration.reader.newest_known
    effect = f"{rule.effect}, if it is as {newest} is, the newest release that is known here"
    return Weight(Severity.WARNING if is_grave else Severity.INFO, effect)


def weight_in_parameter(rule: Rule, configuration: Configuration) -> Weight:
    """How grave it is that no parameter takes the text: information where nobody knows whether one is to hold it."""
    if configuration.stored:
        return Weight()
    return Weight(Severity.INFO, f"if a parameter is to hold this, {rule.effect}")
