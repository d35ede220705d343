"""What the task role must allow so that a configuration can do its work.

Sources: opentelemetry-collector-contrib: internal/aws/cwlogs/cwlog_client.go (a stream is made first,
the group only where it is missing; nothing is ever described), exporter/awsxrayexporter,
internal/aws/proxy, extension/observer/ecsobserver, extension/sigv4authextension,
processor/resourcedetectionprocessor; docs.aws.amazon.com: Amazon Managed Service for Prometheus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.catalogue import KINDS
from sidecar_lint.collector.cloudwatch import targets
from sidecar_lint.collector.components import PROMETHEUS_WORKSPACES
from sidecar_lint.collector.settings import Settings
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from sidecar_lint.collector.configuration import Configuration

_SAMPLING: Final = (
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
)
_OBSERVED: Final = (
    "ecs:ListTasks",
    "ecs:DescribeTasks",
    "ecs:DescribeTaskDefinition",
    "ecs:ListServices",
    "ecs:DescribeServices",
)


#: The address of a workspace: its region, and its id.
_WORKSPACE: Final = rf"{PROMETHEUS_WORKSPACES}\.([a-z0-9-]+)\.amazonaws\.com/workspaces/([A-Za-z0-9-]+)/"


class About(NamedTuple):
    """What calls are about: the name of a log group (`logs`), or the id of a Prometheus workspace (`aps`)."""

    service: str
    name: str
    region: str | None


class Calls(NamedTuple):
    """Actions of AWS that a component calls, or calls only perhaps, and what for in a few words.

    `about` is what the calls are about, where the configuration says so.
    """

    why: str
    actions: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    about: About | None = None


_Actions = Iterator[Calls]


def needs(configuration: Configuration) -> tuple[Calls, ...]:
    """What the components call that are in a pipeline, or started as extensions; to be asked `once`."""
    return tuple(_all(configuration)) if configuration.structure else ()


def _all(configuration: Configuration) -> _Actions:
    signers = _signers(configuration)
    for component in configuration.known:
        model = component.model
        if model is None or not configuration.is_used(component):
            continue
        settings = Settings(component.node, component.key, component.path)
        signer = signers.get(settings.below("auth").text("authenticator") or "")
        if signer and signer.below("assume_role").has("arn") is not False:
            continue  # it calls as another role
        word = f"the {KINDS[component.kind]} {component.key.text}"
        for calls in _needs(f"{component.kind}.{model.name}", settings):
            yield calls._replace(why=f"{word} {calls.why}")
    yield from _otlp(configuration)


#: What CloudWatch's endpoints for OTLP ask for, by the service they are called after.
_OTLP: Final = {
    "logs": ("writes to CloudWatch Logs", "logs:PutLogEvents"),
    "monitoring": ("sends metrics to CloudWatch", "cloudwatch:PutMetricData"),
    "xray": ("sends traces to X-Ray", "xray:PutTraceSegments"),
}


def _otlp(configuration: Configuration) -> _Actions:
    """What exporters call that send OTLP to CloudWatch, signed by the task's own role."""
    signers = _signers(configuration)
    for target in targets(configuration):
        signer = signers.get(target.settings.below("auth").text("authenticator") or "")
        if signer and signer.below("assume_role").has("arn") is False:
            why, action = _OTLP[target.service]
            key = target.component.key
            yield Calls(f"the exporter {key.text} {why}", (action,))


def _signers(configuration: Configuration) -> dict[str, Settings]:
    """The extensions that sign requests, by what exporters call them."""
    used = configuration.in_use("extensions", "sigv4auth")
    return {str(each.id): configuration.settings(each) for each in used}


def _needs(name: str, settings: Settings) -> _Actions:
    role = settings.has("role_arn") or settings.below("assume_role").has("arn")
    if role:
        # The role that is taken on holds the rest, and says itself who may take it on.
        yield Calls("takes on another role", perhaps=("sts:AssumeRole",))
    elif find := _NEEDS.get(name):
        yield from find(settings)


def _traces(settings: Settings) -> _Actions:
    telemetry = settings.below("telemetry").flag("enabled")
    more = ("xray:PutTelemetryRecords",) if telemetry else ()
    yield Calls("sends traces to X-Ray", ("xray:PutTraceSegments", *more))


def _sampling(settings: Settings) -> _Actions:
    if settings.text("service_name", "xray") in ("xray", ""):
        # Only where a program samples centrally: it asks through the collector.
        yield Calls("asks X-Ray what to sample", perhaps=_SAMPLING)


def _proxy(settings: Settings) -> _Actions:
    yield from _sampling(settings.below("proxy_server"))


def _logs(settings: Settings) -> _Actions:
    if settings.text("output_destination", "cloudwatch") == "stdout":
        return
    perhaps = ["logs:CreateLogGroup"]
    perhaps += ["logs:PutRetentionPolicy"] if settings.number("log_retention") else []
    perhaps += ["logs:TagResource"] if settings.has("tags") else []
    # The group is only made where it is missing, and what is set for it then as well.
    name = settings.text("log_group_name") or ""
    # In braces stands what is only known of each record.
    about = About("logs", name, settings.text("region") or None) if name and "{" not in name else None
    actions = ("logs:PutLogEvents", "logs:CreateLogStream")
    yield Calls("writes to CloudWatch Logs", actions, tuple(perhaps), about)


def _metrics(settings: Settings) -> _Actions:
    endpoint = settings.text("endpoint") or ""
    if endpoint.startswith(PROMETHEUS_WORKSPACES):
        found = re.match(_WORKSPACE, endpoint)
        about = About("aps", found[2], found[1]) if found else None
        yield Calls("writes to Amazon Managed Service for Prometheus", ("aps:RemoteWrite",), about=about)


def _observer(_settings: Settings) -> _Actions:
    yield Calls("looks for tasks to scrape", _OBSERVED)


def _detection(settings: Settings) -> _Actions:
    detectors = [each.text for each in settings.items("detectors") or () if isinstance(each, Scalar)]
    if "ec2" in detectors and settings.below("ec2").has("tags"):
        yield Calls("reads the tags of the instance", ("ec2:DescribeTags",))


_NEEDS: Final[dict[str, Callable[[Settings], _Actions]]] = {
    "exporters.awsxray": _traces,
    "receivers.awsxray": _proxy,
    "extensions.awsproxy": _sampling,
    "exporters.awsemf": _logs,
    "exporters.awscloudwatchlogs": _logs,
    "exporters.prometheus_remote_write": _metrics,
    "extensions.ecs_observer": _observer,
    "processors.resource_detection": _detection,
}
