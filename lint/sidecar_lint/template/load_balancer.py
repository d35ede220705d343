"""The Application Load Balancer in front of a workload: its rules, and what the environment knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.load_balancing import RULE_FIELDS
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.template.decoding import is_set, items, scalar
from sidecar_lint.template.intrinsics import get_att
from sidecar_lint.template.routing import TrafficTarget, rule_target
from sidecar_lint.template.stack import Stack, numbered, once
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.manifests.ports import Listener

_OF_IMPORTED: Final = {
    "DNSName": "<ALB_DNS_NAME>",
    "HostedZone": "<ALB_HOSTED_ZONE_ID>",
}


class ListenerRule(NamedTuple):
    """A rule of `http`: the section that describes it, its place, and where it sends traffic."""

    section: Mapping
    ordinal: int
    target: TrafficTarget
    #: The path with a slash in front.
    path: str
    #: Where it is written, or the rule.
    path_node: Node

    @property
    def aliases(self) -> list[Scalar]:
        """The names that it answers to."""
        return aliases(self.section.get("alias"))


@once
def rules(stack: Stack) -> list[ListenerRule]:
    """The rule of `http`, and its additional ones; none where it is off or says nothing."""
    if not has_load_balancer(stack):
        return []
    listeners = [each for each in stack.manifest.ports.listeners if not each.is_network]
    return [_rule(stack, index, listener) for index, listener in enumerate(listeners)]


def _rule(stack: Stack, index: int, listener: Listener) -> ListenerRule:
    node = scalar(listener.section, "path")
    path = f"/{node.text.removeprefix('/')}" if node else "/"
    return ListenerRule(listener.section, index, rule_target(stack, listener), path, node or listener.section)


@once
def has_load_balancer(stack: Stack) -> bool:
    """Whether there is an Application Load Balancer in front of the workload."""
    http = stack.manifest.get("http") if stack.is_load_balanced or stack.is_backend else None
    return isinstance(http, Mapping) and (is_set(http, *RULE_FIELDS) or bool(aliases(http.get("alias"))))


@once
def imported(stack: Stack) -> Scalar | None:
    """The name of the user's own load balancer (`http.alb`); None where it is the environment's."""
    return stack.manifest.scalar("http", "alb") if has_load_balancer(stack) else None


def aliases(node: Node | None) -> list[Scalar]:
    """The names of an `alias`, in each of its forms: a text, a list, or a list of maps."""
    if isinstance(node, Scalar):
        return [node]
    maps = [each for each in node.items if isinstance(each, Mapping)] if isinstance(node, Sequence) else []
    named = (each.get("name") for each in maps)
    return [name for name in named if isinstance(name, Scalar)] if maps else items(node)


@once
def is_https(stack: Stack) -> bool:
    """Whether it listens to HTTPS: there is a certificate in the environment, or a domain."""
    return bool(rules(stack)) and (
        bool(stack.has_certificates) or (stack.is_load_balanced and stack.domain is not None)
    )


def alb_attribute(stack: Stack, name: str) -> Value:
    """What is asked of the load balancer: `DNSName`, `FullName`, `HostedZone`."""
    own = imported(stack)
    if own is not None:
        return Sourced(_OF_IMPORTED.get(name, _name_of(own.text)), own)
    side = "Public" if stack.is_load_balanced else "Internal"
    return get_att(f"EnvControllerAction.{side}LoadBalancer{name}")


def _name_of(balancer: str) -> str:
    """The name of a load balancer that is given by its name or its ARN (`…:loadbalancer/app/name/id`)."""
    return balancer.split("/")[2] if balancer.startswith("arn:") and balancer.count("/") > 1 else balancer


def imports_https(stack: Stack) -> bool:
    """Whether the user's own load balancer is taken to listen to HTTPS: where a rule has an alias."""
    return imported(stack) is not None and bool(all_aliases(stack))


@once
def all_aliases(stack: Stack) -> list[Scalar]:
    """The names that the rules answer to, each once, in their order."""
    found: dict[str, Scalar] = {}
    for rule in rules(stack):
        for alias in rule.aliases:
            found.setdefault(alias.text, alias)
    return list(found.values())


def target_group_id(stack: Stack, index: int) -> str:
    """The logical id of the target group of a rule."""
    return numbered("TargetGroup" if imported(stack) is None else "TargetGroupForImportedALB", index)


def rule_ids(stack: Stack, index: int) -> list[str]:
    """The logical ids of the listener rules that one rule of `http` becomes."""
    return [numbered(name, index) for name in _rule_names(stack)]


def _rule_names(stack: Stack) -> tuple[str, ...]:
    if imported(stack) is not None:
        if imports_https(stack):
            return ("HTTPSListenerRuleForImportedALB", "HTTPListenerRedirectRuleForImportedALB")
        return ("HTTPListenerRuleForImportedALB",)
    return ("HTTPListenerRuleWithDomain", "HTTPSListenerRule") if is_https(stack) else ("HTTPListenerRule",)
