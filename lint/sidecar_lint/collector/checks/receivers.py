"""Receivers. Sources: the Validate functions in opentelemetry-collector-contrib, receiver/*/config.go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Check, Problem, missing, wrong
from sidecar_lint.collector.checks.attributes import regular
from sidecar_lint.collector.checks.prometheus import prometheus
from sidecar_lint.collector.endpoints import listening_fault, port_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

_JAEGER: Final = ("grpc", "thrift_http", "thrift_binary", "thrift_compact")
_LEAST_FINGERPRINT: Final = 16


def otlp(settings: Settings) -> Iterator[Problem]:
    """It listens for gRPC, HTTP or both."""
    yield from _protocols(settings, ("grpc", "http"))


def jaeger(settings: Settings) -> Iterator[Problem]:
    """It listens for one protocol at least, each at a port."""
    yield from _protocols(settings, _JAEGER)
    protocols = settings.below("protocols")
    for name in _JAEGER:
        block = protocols.below(name)
        endpoint = block.text("endpoint", "localhost:1")
        if endpoint is not None and protocols.is_on(name) and (reason := listening_fault(endpoint)):
            yield wrong(block.at("endpoint"), f"{block.path('endpoint')} is not an address: {reason}")
    if settings.is_written("remote_sampling"):
        yield wrong(settings.at("remote_sampling"), "the receiver does not serve sampling any more")


def _protocols(settings: Settings, names: tuple[str, ...]) -> Iterator[Problem]:
    protocols = settings.below("protocols")
    if all(protocols.is_on(name) is False for name in names):
        node = settings.at("protocols")
        example = f"`protocols: {{{names[0]}: }}`"
        message = f"{settings.place} listens for no protocol"
        help_ = f"write {example}, or another of {', '.join(names)}" if len(names) > 1 else ""
        yield Problem(node, message, help_, missing=True)


def awsxray(settings: Settings) -> Iterator[Problem]:
    """It takes segments over UDP."""
    if settings.text("transport", "udp") == "tcp":
        yield wrong(
            settings.at("transport"), "X-Ray segments come over udp only", "write `udp`", if_used=True
        )
    endpoint = settings.text("endpoint", "localhost:2000")
    try:
        if endpoint is not None:
            port_of(endpoint)
    except ValueError as error:
        message = f"{settings.path('endpoint')} is not an address: {error}"
        yield wrong(settings.at("endpoint"), message, if_used=True)


def file_log(settings: Settings) -> Iterator[Problem]:
    """It needs files to read."""
    if settings.items("include") == []:
        yield missing(settings, "include", "write a list of paths", if_used=True)
    multiline = settings.below("multiline")
    if multiline.has("line_start_pattern") and multiline.has("line_end_pattern"):
        node = multiline.at("line_end_pattern")
        yield wrong(node, "lines are told apart by their start or by their end, not both", if_used=True)
    for name in ("line_start_pattern", "line_end_pattern"):
        yield from regular(multiline, name)
    yield from _file_sizes(settings)
    if settings.flag("delete_after_read"):
        yield wrong(
            settings.at("delete_after_read"), "deleting files is behind a gate that is closed", if_used=True
        )
    for operator in settings.blocks("operators"):
        if operator.text("type") == "":
            yield missing(operator, "type")


def _file_sizes(settings: Settings) -> Iterator[Problem]:
    fingerprint = settings.number("fingerprint_size", 1000)
    if fingerprint is not None and fingerprint < _LEAST_FINGERPRINT:
        message = f"{settings.path('fingerprint_size')} must be {_LEAST_FINGERPRINT} bytes or more"
        yield wrong(settings.at("fingerprint_size"), message, if_used=True)
    files = settings.number("max_concurrent_files", 1024)
    if files is not None and files < 1:
        message = f"{settings.path('max_concurrent_files')} must be 1 or more"
        yield wrong(settings.at("max_concurrent_files"), message, if_used=True)


def statsd(settings: Settings) -> Iterator[Problem]:
    """Every mapping says of what, and to what."""
    for mapping in settings.blocks("timer_histogram_mapping"):
        for name in ("statsd_type", "observer_type"):
            if mapping.text(name) == "":
                yield missing(mapping, name)
        observer = mapping.text("observer_type")
        for name in ("histogram", "summary"):
            if observer and observer != name and mapping.has(name):
                message = f"`{name}` needs `observer_type: {name}`"
                yield wrong(mapping.at(name), message)


def kafka(settings: Settings) -> Iterator[Problem]:
    """It needs a broker."""
    yield from brokers(settings)
    yield from _excluded_topics(settings)
    if settings.has("group_rebalance_strategy") and settings.has("group_rebalance_strategies"):
        node = settings.at("group_rebalance_strategy")
        yield wrong(node, "write `group_rebalance_strategies` alone, without `group_rebalance_strategy`")


_TOPICS: Final = ("logs", "metrics", "traces", "profiles")


def _excluded_topics(settings: Settings) -> Iterator[Problem]:
    for signal in _TOPICS:
        block = settings.below(signal)
        topics = block.texts("topics")
        if (
            block.has("exclude_topics")
            and topics is not None
            and not any(each.text[:1] == "^" for each in topics)
        ):
            message = f"{block.path('exclude_topics')} needs a topic that begins with `^`"
            yield wrong(block.at("exclude_topics"), message)


def brokers(settings: Settings) -> Iterator[Problem]:
    """A list of brokers that is written must have one."""
    if settings.node.get("brokers") is not None and settings.items("brokers") == []:
        yield missing(settings, "brokers")


RECEIVERS: Final[dict[str, Check]] = {
    "otlp": otlp,
    "jaeger": jaeger,
    "awsxray": awsxray,
    "file_log": file_log,
    "statsd": statsd,
    "kafka": kafka,
    "prometheus": prometheus,
}
