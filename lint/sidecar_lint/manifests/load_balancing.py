"""What a manifest says of load balancers: whether there is one, and what its rules answer to.

`http` and its further rules, and `nlb` and its further listeners, have `alias` in one of three forms: a
text, a list of texts, or a list of maps with a name and a hosted zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Scalar, Sequence, items_of, maps_of

if TYPE_CHECKING:
    from sidecar_lint.manifests.effective import EffectiveManifest

#: Fields that make the main rule of `http` more than nothing, besides its lists (http.go).
RULE_FIELDS: Final = (
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
#: The same of `http` (HTTP.IsEmpty). Copilot 1.33 forgot `alb`.
_FIELDS: Final = ("alb", *RULE_FIELDS)
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


def http_says_nothing(manifest: EffectiveManifest) -> bool:
    """Whether Copilot takes `http` for nothing written at all."""
    http = manifest.mapping("http")
    return not any(http.get(name) for name in _FIELDS) and not any(is_written(http, name) for name in _LISTS)


def has_nlb(manifest: EffectiveManifest) -> bool:
    """Whether Copilot takes `nlb` for written (lb_web_svc.go, IsEmpty)."""
    nlb, healthcheck = manifest.mapping("nlb"), manifest.mapping("nlb", "healthcheck")
    return (
        any(nlb.get(name) for name in _NLB_FIELDS)
        or any(healthcheck.get(name) for name in _NLB_HEALTHCHECK)
        or any(is_written(nlb, name) for name in _NLB_LISTS)
    )


def is_written(section: Mapping, name: str) -> bool:
    """Whether a field has a value that may be a list: a list with nothing in it is none."""
    node = section.get(name)
    return bool(items_of(node)) if isinstance(node, Sequence) else node is not None


def has_alias(rule: Mapping) -> bool:
    """Whether a rule or listener has an `alias` of texts: one with something in it, or a list that has an item."""
    alias = rule.get("alias")
    return bool(alias.text) if isinstance(alias, Scalar) else bool(items_of(alias))


def named_aliases(rule: Mapping) -> list[Mapping]:
    """The entries of `alias` where it is a list of maps, each with a name and a hosted zone."""
    return maps_of(rule.get("alias"))


def alias_names(rule: Mapping) -> list[Scalar]:
    """The names that a rule or listener answers to, in any form of `alias`."""
    alias = rule.get("alias")
    named = (each.get("name") for each in named_aliases(rule))
    return [each for each in (alias, *items_of(alias), *named) if isinstance(each, Scalar)]


def source_ips(rule: Mapping) -> list[Scalar]:
    """The ranges of addresses that a rule is for: `allowed_source_ips`."""
    return [item for item in items_of(rule.get("allowed_source_ips")) if isinstance(item, Scalar)]
