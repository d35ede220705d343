"""What stands between the environment's Application Load Balancer and the tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.template.load_balancer import has_load_balancer, imported, is_https
from sidecar_lint.template.resources.http_listener import http_listener
from sidecar_lint.template.resources.https_listener import https_listener
from sidecar_lint.template.resources.imported_load_balancer import imported_load_balancer
from sidecar_lint.template.resources.listener_rules import rule_priority_function
from sidecar_lint.template.resources.target_groups import target_groups

if TYPE_CHECKING:
    from sidecar_lint.template.resource import Resources
    from sidecar_lint.template.stack import Stack


def load_balancer_targets(stack: Stack) -> Resources:
    """Where it sends requests to."""
    if has_load_balancer(stack):
        yield from target_groups(stack)


def rule_priorities(stack: Stack) -> Resources:
    """What finds priorities for its rules."""
    if has_load_balancer(stack):
        yield from rule_priority_function(stack)


def load_balancer_rules(stack: Stack) -> Resources:
    """The rules of its listeners."""
    if not has_load_balancer(stack):
        return
    if imported(stack) is not None:
        yield from imported_load_balancer(stack)
    elif is_https(stack):
        yield from https_listener(stack)
    else:
        yield from http_listener(stack)
