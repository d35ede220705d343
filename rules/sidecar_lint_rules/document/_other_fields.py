"""What to do instead of a field that does not exist, where something else does what it is for."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint import Field, UndecodedField, as_mapping, environments_of

_POLICY: Final = "leave it out: a policy in addons/ of the workload gives the role of its tasks permissions"
_IDLE: Final = (
    "the load balancer is the environment's: patch its attribute idle_timeout.timeout_seconds"
    " in copilot/environments/overrides/"
)
_FROM_THE_VPC: Final = (
    "leave it out: a public load balancer takes requests from the VPC anyhow, and of the internal one it is"
    " http.private.ingress.vpc"
)
_NO_REQUESTS: Final = "leave it out: no requests come to a workload of this type"
#: By the last two names of the place. After the advice, the field that it speaks of: without that it is not given.
_INSTEAD: Final[dict[tuple[str, ...], tuple[str, str]]] = {
    ("environments",): ("each environment has a manifest of its own: write there what differs", "cdn"),
    ("healthcheck",): (
        "write `image.healthcheck` for the container's, `http.healthcheck` for the load balancer's",
        "http.healthcheck",
    ),
    ("autoscaling",): (
        "`count` scales: count.range has the least and the most, count.cpu_percentage what to aim at",
        "deployment",
    ),
    ("port",): ("the port of the container is `image.port`", "image.port"),
    ("portMappings",): ("leave it out: the port of the container is `image.port`", "image.port"),
    ("serviceConnectConfiguration",): (
        "leave it out: `network.connect: true` is Service Connect, and network.connect.alias another name in it",
        "network.connect.alias",
    ),
    ("task_role",): (_POLICY, "image"),
    ("permissions",): (_POLICY, "image"),
    ("platform_version",): (
        "leave it out: Copilot chooses the platform version of Fargate, and overrides can change it",
        "sidecars",
    ),
    ("enable_container_insights",): (
        "write observability.container_insights in the manifest of the environment",
        "image",
    ),
    ("addons",): (
        "leave it out: Copilot deploys the templates that lie in copilot/environments/addons/",
        "cdn",
    ),
    ("logging", "driver"): (
        "leave it out: without `destination`, logs go to CloudWatch Logs; `destination` sends them to FireLens",
        "",
    ),
    ("logging", "options"): (
        "leave it out: Copilot sets the options of the driver itself; `retention` says how long logs are kept",
        "",
    ),
    ("logging", "config"): (
        "leave it out: Copilot sets the options of the driver itself; `retention` says how long logs are kept",
        "logging.retention",
    ),
    ("http", "port"): (
        "leave it out: requests go to image.port, and `target_container` or `target_port` name another place",
        "http.target_container",
    ),
    ("http", "path"): ("leave it out: App Runner sends every request to the service", "http.alias"),
    ("http", "additional_listeners"): (
        "write `additional_rules`, without ports: a load balancer of this kind listens at 80 and 443 alone",
        "http.additional_rules",
    ),
    ("http", "idle_timeout"): (_IDLE, "http"),
    ("public", "idle_timeout"): (_IDLE, ""),
    ("http", "startup_timeout"): (
        "http.healthcheck.grace_period is how long a task may take to start",
        "http.healthcheck.grace_period",
    ),
    ("healthcheck", "protocol"): (
        "leave it out: the load balancer checks by HTTP, and by HTTPS at port 443",
        "",
    ),
    ("image", "cpuArchitecture"): ("the architecture is a part of `platform`, at the top level", "platform"),
    ("image", "port"): (_NO_REQUESTS, ""),
    ("vpc", "enable_logs"): (
        "flow logs are the environment's: network.vpc.flow_logs in its manifest",
        "sidecars",
    ),
    ("vpc", "ingress"): (
        "who may connect is the environment's: network.vpc.security_group.ingress in its manifest",
        "sidecars",
    ),
    ("ingress", "vpc"): (
        _FROM_THE_VPC,
        "http.private.ingress.vpc",
    ),
    ("observability", "container_logs"): (
        "leave it out: how long logs are kept is `logging.retention` of each workload",
        "cdn",
    ),
    ("network", "vpc_endpoints"): (
        "leave it out: patches in copilot/environments/overrides/ can add VPC endpoints",
        "cdn",
    ),
    ("stages", "depends_on"): ("leave it out: stages are deployed in the order in which they stand", ""),
}
_VARIABLE: Final = r"[A-Z][A-Z0-9_]*"


def instead_of(unknown: UndecodedField) -> str:
    """What to do instead of an unknown field; empty where nothing is known."""
    return _indented(unknown) or other_field(unknown) or _variable(unknown) or _environment(unknown)


def _indented(unknown: UndecodedField) -> str:
    """For an entry that stands in the column of the section above it, which is empty: `secrets:` and then `KEY:`."""
    names = list(unknown.siblings.entries)
    above = unknown.empty.text if unknown.empty is not None else ""
    if above not in names or names.index(above) + 1 != names.index(unknown.key.text):
        return ""
    section = unknown.parent.child(above)
    is_free = section is not None and not section.is_struct and section.child(unknown.key.text) is not None
    return f"indent it, to be under {above!r}" if is_free else ""


def other_field(unknown: UndecodedField) -> str:
    """What does the work of a field that people look for in this place."""
    inside = unknown.path[2:] if environments_of(unknown.path) else unknown.path
    names = tuple(step for step in inside if isinstance(step, str))
    advice, field = _INSTEAD.get(names[-2:], ("", ""))
    top = Field(unknown.parent.root, unknown.parent.root)
    if not field or top.at(iter(field.split("."))) is not None:
        return advice
    is_of_no_service = names == ("port",) and top.at(iter(("image",))) is not None
    return _NO_REQUESTS if is_of_no_service else ""


def _variable(unknown: UndecodedField) -> str:
    looks_so = re.fullmatch(_VARIABLE, unknown.key.text) and "variables" in unknown.parent.properties
    return "if it is a variable of the container, write it under `variables`" if looks_so else ""


def _environment(unknown: UndecodedField) -> str:
    """For what has the sections of a workload in it, in a place that has no room for them."""
    top = Field(unknown.parent.root, unknown.parent.root).properties
    below = as_mapping(unknown.value).entries
    if "environments" not in top or not below or any(name not in top for name in below):
        return ""
    return f"what differs in an environment belongs under environments.{unknown.key.text}, at the top level"
