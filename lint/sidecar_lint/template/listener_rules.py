"""How the rules of a listener are called."""

from __future__ import annotations

from sidecar_lint.template.load_balancer import imported, imports_https, is_https
from sidecar_lint.template.stack import Stack, numbered


def rule_ids(stack: Stack, index: int) -> list[str]:
    """The logical ids of the listener rules that one rule of `http` becomes."""
    return [numbered(name, index) for name in _names(stack)]


def _names(stack: Stack) -> tuple[str, ...]:
    if imported(stack) is not None:
        if imports_https(stack):
            return ("HTTPSListenerRuleForImportedALB", "HTTPListenerRedirectRuleForImportedALB")
        return ("HTTPListenerRuleForImportedALB",)
    return ("HTTPListenerRuleWithDomain", "HTTPSListenerRule") if is_https(stack) else ("HTTPListenerRule",)
