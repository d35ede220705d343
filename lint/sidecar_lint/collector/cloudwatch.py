"""Exporters that send to CloudWatch's endpoints for OTLP, and what these demand.

Sources: Amazon CloudWatch user guide, "OTLP Endpoints" and "Send metrics using OpenTelemetry" (November 2026);
opentelemetry-collector-contrib, extension/sigv4authextension/signingroundtripper.go as it lies in the releases
of ADOT: it takes the service from the host for `logs` and `xray` since v0.43.0, for `monitoring` since v0.49.0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.references import HOLE
from sidecar_lint.collector.values import Type, value_of
from sidecar_lint.collector.versions import Version, spelt
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.collector.settings import Settings
    from sidecar_lint.collector.structure import Component

_ENDPOINT: Final = re.compile(
    rf"(https?://)?(logs|monitoring|xray)\.([a-z0-9-]+|{HOLE})\.amazonaws\.com(?:\.cn)?(?::[0-9]+)?(/[^?#]*)?"
)
_SIGNALS: Final = {"logs": "logs", "monitoring": "metrics", "xray": "traces"}
_INFERRED: Final[dict[str, Version]] = {"logs": (0, 43, 0), "xray": (0, 43, 0), "monitoring": (0, 49, 0)}
_FIELDS: Final = ("endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint")
_HEADERS: Final = ("x-aws-log-group", "x-aws-log-stream")
_REFUSED: Final = "CloudWatch refuses every request"


class CloudWatchTarget(NamedTuple):
    """An endpoint of CloudWatch: the field and its value, and what the URL says; `region` is empty where unknown."""

    component: Component
    settings: Settings
    field: str
    node: Scalar
    service: str
    region: str
    scheme: str
    path: str

    @property
    def signal(self) -> str:
        """What the service takes."""
        return _SIGNALS[self.service]


class CloudWatchRefusal(NamedTuple):
    """What CloudWatch refuses, where it stands, and what happens."""

    node: Node
    message: str
    help: str
    effect: str = f"{_REFUSED}: 403, and the collector drops what it has"


def targets(configuration: Configuration) -> Iterator[CloudWatchTarget]:
    """The endpoints of CloudWatch to which exporters for OTLP in use send."""
    for name in ("otlp_http", "otlp_grpc"):
        for component in configuration.in_use("exporters", name):
            settings = configuration.settings(component)
            for field in _FIELDS:
                node = settings.node.get(field)
                match = _ENDPOINT.fullmatch(_text(node)) if isinstance(node, Scalar) else None
                if match and isinstance(node, Scalar):
                    region = "" if HOLE in match[3] else match[3]
                    yield CloudWatchTarget(
                        component, settings, field, node, match[2], region, match[1] or "", match[4] or ""
                    )


def _text(node: Scalar) -> str:
    value = value_of(node)
    return str(value.data) if value.type is Type.TEXT else ""


def refusals(configuration: Configuration) -> Iterator[CloudWatchRefusal]:
    """What CloudWatch's endpoints for OTLP refuse of what exporters send there."""
    for target in targets(configuration) if configuration.structure else ():
        if target.component.model and target.component.model.name == "otlp_grpc":
            message = "CloudWatch takes OTLP over HTTP only, and this exporter speaks gRPC"
            help_ = f"use otlp_http, with {target.signal}_endpoint: https://{target.node.text.partition('://')[2] or target.node.text}"
            yield CloudWatchRefusal(target.node, message, help_, f"{_REFUSED}: it does not speak gRPC")
            continue
        yield from _address(target, configuration)
        yield from _signature(target, configuration)
        if target.service == "logs":
            yield from _group(target)
        yield from _compression(target)


def _address(target: CloudWatchTarget, configuration: Configuration) -> Iterator[CloudWatchRefusal]:
    effect = f"{_REFUSED}: 404"
    if target.scheme == "http://":
        yield CloudWatchRefusal(
            target.node, "CloudWatch takes OTLP over https only", "write https://", _REFUSED
        )
    if target.field == "endpoint":
        if target.path.strip("/"):
            help_ = f"write {target.signal}_endpoint, or leave {target.path} out"
            message = f"to `endpoint` the exporter adds /v1/{target.signal}: this has a path already"
            yield CloudWatchRefusal(target.node, message, help_, effect)
        used = configuration.structure.signals(target.component) if configuration.structure else frozenset()
        for signal in sorted(used - {target.signal}):
            if not target.settings.is_written(f"{signal}_endpoint"):
                message = (
                    f"{target.service} takes {target.signal}, and a pipeline of {signal} sends there, too"
                )
                yield CloudWatchRefusal(
                    target.node, message, f"write {target.signal}_endpoint, and another for {signal}", effect
                )
        return
    if target.field != f"{target.signal}_endpoint":
        message = f"{target.service} takes {target.signal}, and this is {target.field}"
        yield CloudWatchRefusal(target.node, message, f"write {target.signal}_endpoint", effect)
    elif target.path != f"/v1/{target.signal}":
        message = f"the path must be /v1/{target.signal}: `{target.field}` is taken as it is"
        yield CloudWatchRefusal(target.node, message, f"write /v1/{target.signal} at its end", effect)


def _signature(target: CloudWatchTarget, configuration: Configuration) -> Iterator[CloudWatchRefusal]:
    auth = target.settings.below("auth")
    if not auth.is_open and not auth.has("authenticator"):
        headers = _headers(target.settings)
        if headers is not None and "authorization" not in headers:
            help_ = f"write auth: {{authenticator: sigv4auth}}, and an extension sigv4auth with service: {target.service}"
            yield CloudWatchRefusal(target.node, "requests to CloudWatch are not signed", help_)
        return
    name = auth.text("authenticator")
    signers = [each for each in configuration.in_use("extensions", "sigv4auth") if str(each.id) == name]
    if len(signers) == 1:
        shared = _signed_by(configuration, name or "") > 1
        yield from _signer(target, configuration.settings(signers[0]), configuration, shared=shared)


def _signed_by(configuration: Configuration, signer: str) -> int:
    """How many exporters use a signer."""
    exporters = configuration.structure.components["exporters"] if configuration.structure else ()
    return sum(
        configuration.settings(each).below("auth").text("authenticator") == signer for each in exporters
    )


def _signer(
    target: CloudWatchTarget, signer: Settings, configuration: Configuration, *, shared: bool
) -> Iterator[CloudWatchRefusal]:
    service, region = signer.text("service"), signer.text("region")
    if service and service != target.service:
        message = f"requests to {target.node.text} must be signed for {target.service!r}, and this signs for {service!r}"
        help_ = "give each endpoint a sigv4auth of its own: sigv4auth/NAME"
        yield CloudWatchRefusal(
            signer.at("service"), message, help_ if shared else f"write service: {target.service}"
        )
    elif service == "" and (old := _too_old(target.service, configuration)):
        message = f"before {spelt(old)} the signer does not know the service of {target.service}.…: name it"
        yield CloudWatchRefusal(signer.owner, message, f"write service: {target.service}")
    if region and target.region and region != target.region:
        message = f"requests to {target.region} are signed for {region}"
        yield CloudWatchRefusal(signer.at("region"), message, f"write region: {target.region}")


def _too_old(service: str, configuration: Configuration) -> Version | None:
    """The first release that takes the service from the host, where none that reads it does."""
    releases = configuration.releases if configuration.is_adot else ()
    return _INFERRED[service] if releases and max(releases) < _INFERRED[service] else None


def _group(target: CloudWatchTarget) -> Iterator[CloudWatchRefusal]:
    headers = _headers(target.settings)
    missing = [name for name in _HEADERS if headers is not None and name not in headers]
    if missing:
        message = f"CloudWatch Logs wants to be told where logs go: {' and '.join(missing)} {'are' if missing[1:] else 'is'} missing"
        help_ = "write headers: {x-aws-log-group: …, x-aws-log-stream: …}, of a group and a stream that exist"
        yield CloudWatchRefusal(target.node, message, help_, f"{_REFUSED}: 400")


def _headers(settings: Settings) -> frozenset[str] | None:
    """The names of the headers in small letters; None where they are not known."""
    node = settings.node.get("headers")
    if node is None:
        return frozenset()
    if isinstance(node, Mapping):
        return frozenset(key.text.lower() for key, _ in node)
    if isinstance(node, Sequence):
        names = [each.text("name") for each in settings.blocks("headers")]
        known = [name.lower() for name in names if name]
        return frozenset(known) if len(known) == len(names) else None
    return None


def _compression(target: CloudWatchTarget) -> Iterator[CloudWatchRefusal]:
    compression = target.settings.text("compression", "gzip")
    if compression and compression not in ("gzip", "none"):
        message = f"CloudWatch takes gzip or none, and this is {compression}"
        yield CloudWatchRefusal(
            target.settings.at("compression"), message, "write compression: gzip", f"{_REFUSED}: 400"
        )
