from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    XRAY_DAEMON,
    Bad,
    Finding,
    Manifest,
    NamedTuple,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    task_collectors,
)

if TYPE_CHECKING:
    from sidecar_lint import TaskCollector

_OWN_METRICS: Final = "8888"


class _PortHolder(NamedTuple):
    """Who has a port, and where that is written; None for the collector that Copilot adds."""

    name: str
    place: Node | None


class PortTakenByCollector(Rule):
    """Two containers of a task listen at one port, which a collector's configuration tells.

    The containers of a task share one network interface. Copilot compares the ports that a manifest names;
    where a collector listens is in its configuration, or in the file that comes with its image, and unless
    something is written about it, it serves metrics of its own at 8888. A port is told where another
    container names it, or is a collector too.

    Ports of files in the image are those of the tags since v0.20.0. This was not run on AWS.
    """

    code, name = "SL154", "port-taken-by-collector"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "whichever starts second cannot listen, and stops: address already in use"
    sources = (
        "Amazon ECS developer guide: awsvpc network mode",
        "aws-observability/aws-otel-collector: config",
        "reown-com/keys-server, issue 122",
    )
    good = (
        """
        type: Backend Service
        image: {location: example, port: 8080}
        sidecars:
          otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1', port: 4317}
        """,
    )
    bad = (
        Bad(
            """
            type: Backend Service
            image:
              location: example
              port: 4318
            #       ^^^^ SL154
            sidecars:
              otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1'}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            type: Backend Service
            sidecars:
              otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1'}
              xray: {image: 'public.ecr.aws/xray/aws-xray-daemon:3.3.13', port: 2000/udp}
            #                                                                   ^^^^^^^^ SL154
            """
        ),
        Bad(
            """
            type: Backend Service
            sidecars:
              one: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1'}
              two: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1'}
            # ^^^ SL154
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        collectors = task_collectors(manifest)
        taken: dict[tuple[str, str], _PortHolder] = {}
        for collector in collectors:
            for port in dict.fromkeys(collector.ports):
                first = taken.setdefault(port, _PortHolder(collector.name, _place(collector)))
                place = _place(collector) or first.place
                if first.name != collector.name and place is not None:
                    yield self._finding(place, port[0], first.name, first.place)
                    break
        for exposure in manifest.ports.exposed if collectors else ():
            owner = taken.get((str(exposure.port), exposure.protocol.lower()))
            if owner and owner.name != exposure.container:
                found = self._finding(exposure.source, str(exposure.port), owner.name, owner.place)
                yield found._replace(help=_LEAVE_OUT) if _is_daemon(manifest, exposure.container) else found

    def _finding(self, place: Node, port: str, name: str, other: Node | None) -> Finding:
        related = (Related(other.place, "this one"),) if other is not None and other is not place else ()
        message = f"the collector {name!r} listens at port {port} already"
        help_ = "let one of them listen at another port"
        if port == _OWN_METRICS:
            help_ += "; the collector's is that of its own metrics: service.telemetry.metrics"
        return self.finding(place, message, help=help_, related=related)


def _place(collector: TaskCollector) -> Scalar | None:
    return collector.container.key if collector.container else None


def _is_daemon(manifest: Manifest, container: str) -> bool:
    found = manifest.containers.get(container)
    image = found.image_reference if found else None
    return image is not None and image.kind == XRAY_DAEMON


_LEAVE_OUT = "leave the daemon out: the collector takes what X-Ray's SDKs send"
