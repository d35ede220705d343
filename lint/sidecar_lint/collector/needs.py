"""What the task role must allow so that a configuration can do its work.

Sources: opentelemetry-collector-contrib: internal/aws/cwlogs/cwlog_client.go (a stream is made first,
the group only where it is missing; nothing is ever described), exporter/awsxrayexporter,
internal/aws/proxy, extension/observer/ecsobserver, extension/sigv4authextension,
processor/resourcedetectionprocessor; docs.aws.amazon.com: Amazon Managed Service for Prometheus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.catalogue import KINDS
from sidecar_lint.collector.settings import Settings
from sidecar_lint.permissions import Need
from sidecar_lint.tree import Scalar

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
#: How the endpoints of Amazon Managed Service for Prometheus begin.
WORKSPACES: Final = "https://aps-workspaces"

_Actions = Iterator[tuple[tuple[str, ...], str]]


def needs(configuration: Configuration) -> Iterator[Need]:
    """The needs of the components that are in a pipeline, or started as extensions."""
    for component in configuration.known:
        model = component.model
        if model is None or not configuration.is_used(component):
            continue
        settings = Settings(component.node, component.key, component.path)
        word = f"the {KINDS[component.kind]} {component.key.text}"
        for actions, why in _needs(f"{component.kind}.{model.name}", settings):
            yield Need(actions, component.key, f"{word} {why}")


def _needs(name: str, settings: Settings) -> _Actions:
    role = settings.has("role_arn") or settings.below("assume_role").has("arn")
    if role:
        # The role that is taken on holds the rest.
        yield ("sts:AssumeRole",), "takes on another role"
    elif find := _NEEDS.get(name):
        yield from find(settings)


def _traces(settings: Settings) -> _Actions:
    telemetry = settings.below("telemetry").flag("enabled")
    more = ("xray:PutTelemetryRecords",) if telemetry else ()
    yield ("xray:PutTraceSegments", *more), "sends traces to X-Ray"


def _sampling(settings: Settings) -> _Actions:
    if settings.text("service_name", "xray") in ("xray", ""):
        yield _SAMPLING, "asks X-Ray what to sample"


def _proxy(settings: Settings) -> _Actions:
    # It is only asked where an SDK of X-Ray samples centrally, but then it is.
    yield from _sampling(settings.below("proxy_server"))


def _logs(settings: Settings) -> _Actions:
    if settings.text("output_destination", "cloudwatch") == "stdout":
        return
    yield ("logs:PutLogEvents", "logs:CreateLogStream"), "writes to CloudWatch Logs"
    yield ("logs:CreateLogGroup",), "makes the log group where it is missing"
    if settings.number("log_retention"):
        yield ("logs:PutRetentionPolicy",), "sets how long the log group that it makes is kept"
    if settings.has("tags"):
        yield ("logs:TagResource",), "tags the log group that it makes"


def _metrics(settings: Settings) -> _Actions:
    if (settings.text("endpoint") or "").startswith(WORKSPACES):
        yield ("aps:RemoteWrite",), "writes to Amazon Managed Service for Prometheus"


def _observer(_settings: Settings) -> _Actions:
    yield _OBSERVED, "looks for tasks to scrape"


def _detection(settings: Settings) -> _Actions:
    detectors = [each.text for each in settings.items("detectors") or () if isinstance(each, Scalar)]
    if "ec2" in detectors and settings.below("ec2").has("tags"):
        yield ("ec2:DescribeTags",), "reads the tags of the instance"


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
