"""Exporters. Sources: config.go and factory.go in opentelemetry-collector(-contrib), exporter/*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Check, Problem, missing, wrong
from sidecar_lint.collector.checks.receivers import brokers
from sidecar_lint.collector.endpoints import grpc_fault, url_fault
from sidecar_lint.syntax.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

#: What awscloudwatchlogs fills in (awscloudwatchlogsexporter/util.go).
_PLACEHOLDERS: Final = (
    "ClusterName",
    "TaskId",
    "NodeName",
    "PodName",
    "ServiceName",
    "ContainerInstanceId",
    "TaskDefinitionFamily",
    "InstanceId",
    "FaasName",
    "FaasVersion",
)
_MOST_TAGS: Final = 50
_LONGEST_KEY, _LONGEST_VALUE = 128, 256
_TAG: Final = r"[\w \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000.:/=+\-@]*"
_ENDPOINTS: Final = ("endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint", "profiles_endpoint")
_RESOLVERS: Final = {"static": "hostnames", "dns": "hostname", "k8s": "service", "aws_cloud_map": "namespace"}
_HOSTNAME: Final = r"([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])(\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]))*"
#: What the Datadog exporter takes from an HTTP client's settings and then refuses.
_DATADOG_IGNORES: Final = ("auth", "endpoint", "headers", "http2_ping_timeout", "http2_read_idle_timeout")


def awscloudwatchlogs(settings: Settings) -> Iterator[Problem]:
    """It needs to know the group and the stream."""
    for name in ("log_group_name", "log_stream_name"):
        text = settings.text(name)
        if text == "":
            yield missing(settings, name)
        unknown = [each for each in re.findall(r"\{([^{}]*)\}", text or "") if each not in _PLACEHOLDERS]
        if unknown:
            message = f"{settings.path(name)} cannot have {{{unknown[0]}}}"
            yield wrong(settings.at(name), message, f"it fills in {', '.join(_PLACEHOLDERS)}")
    yield from tags(settings)


def awsemf(settings: Settings) -> Iterator[Problem]:
    """Its tags must be CloudWatch's."""
    yield from tags(settings)


def tags(settings: Settings) -> Iterator[Problem]:
    """Tags of a log group (internal/aws/cwlogs/utils.go)."""
    node = settings.node.get("tags")
    if not isinstance(node, Mapping):
        return
    if not node.entries:
        yield wrong(node, "tags are empty", "write a tag, or leave `tags` out")
    if len(node.entries) > _MOST_TAGS:
        yield wrong(node, f"a log group cannot have more than {_MOST_TAGS} tags")
    block = settings.below("tags")
    for key, _ in node:
        value = block.text(key.text)
        if not 1 <= len(key.text.encode()) <= _LONGEST_KEY or not re.fullmatch(_TAG, key.text):
            yield wrong(
                key, f"{key.text!r} is not a key of a tag: 1 to {_LONGEST_KEY} letters, digits and _.:/=+-@"
            )
        if value is not None and (
            not 1 <= len(value.encode()) <= _LONGEST_VALUE or not re.fullmatch(_TAG, value)
        ):
            message = f"{value!r} is not a value of a tag: 1 to {_LONGEST_VALUE} letters, digits and _.:/=+-@"
            yield wrong(block.at(key.text), message)


def otlp_grpc(settings: Settings) -> Iterator[Problem]:
    """It needs a host and a port."""
    endpoint = settings.text("endpoint")
    if endpoint is not None and re.sub(r"^(https?://|dns:/{1,3})", "", endpoint) == "":
        yield missing(settings, "endpoint", "write host and port, such as `collector.example.com:4317`")
    elif endpoint and (reason := grpc_fault(endpoint)):
        help_ = "write host and port, such as `collector.example.com:4317`"
        yield wrong(
            settings.at("endpoint"), f"{settings.path('endpoint')} is not an address: {reason}", help_
        )
    balancer = settings.text("balancer_name", "round_robin")
    if balancer and balancer not in ("round_robin", "pick_first"):
        yield wrong(
            settings.at("balancer_name"),
            f"there is no balancer {balancer!r}; write round_robin or pick_first",
        )


def otlp_http(settings: Settings) -> Iterator[Problem]:
    """It needs a URL."""
    if all(settings.text(name) == "" for name in _ENDPOINTS):
        yield missing(settings, "endpoint", "write a URL, such as `https://collector.example.com:4318`")
    else:
        yield from _endpoint_of_signal(settings)
    for name in _ENDPOINTS:
        url = settings.text(name)
        if url and (reason := url_fault(url)):
            yield wrong(settings.at(name), f"{settings.path(name)} is not a URL: {reason}", if_used=True)


def _endpoint_of_signal(settings: Settings) -> Iterator[Problem]:
    for signal in sorted(settings.signals):
        name = f"{signal}_endpoint"
        if settings.text("endpoint") == "" and settings.text(name) == "":
            yield missing(settings, name, f"or `endpoint`: it is in a pipeline of {signal}", if_used=True)


def debug(settings: Settings) -> Iterator[Problem]:
    """It prints something."""
    verbosity = settings.text("verbosity", "basic")
    if verbosity and verbosity.lower() == "none":
        message = (
            f"{settings.path('verbosity')} cannot be {verbosity!r}; it is one of basic, normal, detailed"
        )
        yield wrong(settings.at("verbosity"), message)
    own = settings.flag("use_internal_logger", default=True)
    if own and settings.node.get("output_paths") is not None:
        node = settings.at("output_paths")
        yield wrong(node, "output_paths count only with `use_internal_logger: false`")


def file(settings: Settings) -> Iterator[Problem]:
    """It needs a path."""
    path = settings.text("path")
    if path == "":
        yield missing(settings, "path")
    if settings.flag("append") and settings.is_written("rotation"):
        yield wrong(settings.at("rotation"), "`append` and `rotation` exclude each other")
    grouped = settings.below("group_by")
    if path and grouped.flag("enabled") and (path.count("*") != 1 or path.startswith("*")):
        yield wrong(settings.at("path"), "with `group_by` the path must have one `*`, and not at its start")
    creates, permissions = settings.flag("create_directory"), settings.text("directory_permissions")
    if permissions and creates is False:
        yield wrong(
            settings.at("directory_permissions"), "directory_permissions needs `create_directory: true`"
        )


def prometheus(settings: Settings) -> Iterator[Problem]:
    """It listens at an address."""
    endpoint = settings.text("endpoint")
    if endpoint is not None and not endpoint.strip():
        yield missing(settings, "endpoint", "write `endpoint: 0.0.0.0:8889`", if_used=True)


def prometheus_remote_write(settings: Settings) -> Iterator[Problem]:
    """It writes to a URL."""
    endpoint = settings.text("endpoint", "http://some.url:9411/api/prom/push")
    if endpoint is not None and (reason := url_fault(endpoint) or _no_url(endpoint)):
        yield wrong(
            settings.at("endpoint"), f"{settings.path('endpoint')} is not a URL: {reason}", if_used=True
        )
    compression = settings.text("compression")
    if compression and compression != "snappy":
        message = f"{settings.path('compression')} cannot be {compression!r}: remote write is always snappy"
        yield wrong(settings.at("compression"), message)
    queue = settings.below("remote_write_queue")
    if queue.flag("enabled", default=True) and queue.number("queue_size", 10000) == 0:
        yield wrong(queue.at("queue_size"), "a queue of size 0 drops everything")
    if settings.text("protobuf_message") == "io.prometheus.write.v2.Request":
        yield wrong(settings.at("protobuf_message"), "remote write 2.0 is behind a gate that is closed")
    labels = settings.below("external_labels")
    for key, _ in labels.node:
        if key.text == "" or labels.text(key.text) == "":
            yield wrong(labels.at(key.text), "a label cannot be empty", if_used=True)


def _no_url(text: str) -> str:
    """Go wants a scheme, or a path from the root on."""
    if text.startswith("/") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        return ""
    return "it does not begin with `https://`"


def load_balancing(settings: Settings) -> Iterator[Problem]:
    """It finds its targets in one way."""
    resolver = settings.below("resolver")
    found = [name for name in _RESOLVERS if resolver.has(name)]
    unknown = resolver.is_open or any(resolver.has(name) is None for name in _RESOLVERS)
    if not found and not unknown:
        help_ = f"write one of {', '.join(_RESOLVERS)}"
        yield missing(settings, "resolver", help_, if_used=True)
    for name in found[1:]:
        yield wrong(resolver.at(name), f"{resolver.place} has two ways to find its targets", if_used=True)
    for name in found:
        if resolver.below(name).has(_RESOLVERS[name]) is False:
            yield missing(resolver.below(name), _RESOLVERS[name], if_used=True)
    yield from _routing(settings)


def _routing(settings: Settings) -> Iterator[Problem]:
    routes = settings.has("routing_attributes")
    key = settings.text("routing_key")
    if key in ("metric", "resource", "streamID") and settings.signals - {"metrics"}:
        yield wrong(settings.at("routing_key"), f"only metrics can be routed by {key}", if_used=True)
    if key == "attributes" and routes is False:
        yield missing(settings, "routing_attributes")
    elif key is not None and key != "attributes" and routes:
        yield wrong(settings.at("routing_attributes"), "routing_attributes needs `routing_key: attributes`")


def datadog(settings: Settings) -> Iterator[Problem]:
    """It needs a key."""
    api = settings.below("api")
    if api.text("key") == "":
        yield missing(api, "key", "write `key: ${env:DD_API_KEY}`")
    for name in _DATADOG_IGNORES:
        if settings.has(name):
            yield wrong(settings.at(name), f"the Datadog exporter has no use for `{name}`")
    hostname = settings.text("hostname")
    if hostname and not re.fullmatch(_HOSTNAME, hostname):
        yield wrong(settings.at("hostname"), f"{hostname!r} is not a name of a host")


def logzio(settings: Settings) -> Iterator[Problem]:
    """It needs a token, and a place."""
    if settings.text("account_token") == "":
        yield missing(settings, "account_token")
    if all(settings.text(name) == "" for name in ("region", "custom_endpoint", "endpoint")):
        yield missing(settings, "region", if_used=True)


def signalfx(settings: Settings) -> Iterator[Problem]:
    """It needs a token, and a realm."""
    if settings.text("access_token") == "":
        yield missing(settings, "access_token")
    urls = (settings.text("ingest_url"), settings.text("api_url"))
    if settings.text("realm") == "" and "" in urls:
        yield missing(settings, "realm", "or `ingest_url` and `api_url`")


def kafka(settings: Settings) -> Iterator[Problem]:
    """It needs a broker, and one way to spread messages."""
    yield from brokers(settings)
    if settings.flag("partition_logs_by_resource_attributes") and settings.flag("partition_logs_by_trace_id"):
        node = settings.at("partition_logs_by_trace_id")
        yield wrong(node, "logs are spread by resource attributes or by trace id, not both")


EXPORTERS: Final[dict[str, Check]] = {
    "awscloudwatchlogs": awscloudwatchlogs,
    "awsemf": awsemf,
    "otlp_grpc": otlp_grpc,
    "otlp_http": otlp_http,
    "debug": debug,
    "file": file,
    "prometheus": prometheus,
    "prometheus_remote_write": prometheus_remote_write,
    "load_balancing": load_balancing,
    "datadog": datadog,
    "logzio": logzio,
    "signalfx": signalfx,
    "kafka": kafka,
}
