"""What the rules about `http` share."""

from __future__ import annotations

from typing import Final

from sidecar_lint import Manifest, Mapping, Node, Scalar, Sequence

#: Fields that make `http` more than nothing (http.go, HTTP.IsEmpty). Copilot 1.33 forgot `alb`.
_FIELDS: Final = (
    "alb",
    "path",
    "version",
    "healthcheck",
    "stickiness",
    "deregistration_delay",
    "target_container",
    "targetContainer",
    "target_port",
    "allowed_source_ips",
    "hosted_zone",
    "redirect_to_https",
)
_LISTS: Final = ("alias", "additional_rules")
_NLB_FIELDS: Final = (
    "port",
    "target_container",
    "target_port",
    "ssl_policy",
    "stickiness",
    "deregistration_delay",
)
_NLB_LISTS: Final = ("alias", "additional_listeners")
#: `grace_period` is forgotten in NLBHealthCheckArgs.isEmpty (svc.go).
_NLB_HEALTHCHECK: Final = ("port", "healthy_threshold", "unhealthy_threshold", "timeout", "interval")


def is_empty(http: Mapping) -> bool:
    """Whether Copilot takes `http` for nothing written at all."""
    return not any(http.get(name) for name in _FIELDS) and not any(has(http, name) for name in _LISTS)


def is_off(manifest: Manifest) -> bool:
    """Whether `http: false` is written."""
    http = manifest.scalar("http")
    return http is not None and http.as_bool is False


def has_nlb(manifest: Manifest) -> bool:
    """Whether Copilot takes `nlb` for written (lb_web_svc.go, IsEmpty)."""
    nlb, healthcheck = manifest.mapping("nlb"), manifest.mapping("nlb", "healthcheck")
    return (
        any(nlb.get(name) for name in _NLB_FIELDS)
        or any(healthcheck.get(name) for name in _NLB_HEALTHCHECK)
        or any(has(nlb, name) for name in _NLB_LISTS)
    )


def has(section: Mapping, name: str) -> bool:
    """Whether a field is set that may be a list: a list with nothing in it is not."""
    node = section.get(name)
    return bool(values(node)) if isinstance(node, Sequence) else node is not None


def values(node: Node | None) -> list[Node]:
    """The items of a list; Copilot drops null ones. Empty for anything else."""
    return [item for item in node.items if not item.is_null] if isinstance(node, Sequence) else []


def named_aliases(section: Mapping) -> list[Mapping]:
    """The entries of `alias` where it is a list of maps, each with a name and a hosted zone."""
    return [item for item in values(section.get("alias")) if isinstance(item, Mapping)]


def source_ips(rule: Mapping) -> list[Scalar]:
    """The entries of `allowed_source_ips`."""
    return [item for item in values(rule.get("allowed_source_ips")) if isinstance(item, Scalar)]
