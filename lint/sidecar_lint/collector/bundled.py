"""The configurations that come with ADOT's image.

Source: aws-observability/aws-otel-collector, config/ and config.yaml of every tag from v0.5.0 to v0.49.0: the
folder becomes /etc of the image.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.command import config_sources
from sidecar_lint.collector.versions import Version, parse
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container

_OTLP: Final = (("4317", "tcp"), ("4318", "tcp"))
#: The extension health_check, and the metrics that every collector has of itself.
_CHECK: Final = (("13133", "tcp"), ("8888", "tcp"))
_XRAY: Final = (("2000", "udp"), ("2000", "tcp"))
_STATSD: Final = (("8125", "udp"),)
FOLDER: Final = "/etc/ecs/"
#: What reads what only the host of a container instance has, which Fargate does not show.
FOR_INSTANCES: Final = f"{FOLDER}otel-instance-metrics-config.yaml"
DEFAULT: Final = "/etc/otel-config.yaml"
#: From this release on the files listen at these ports; before, some of them did at 55681.
_PORTS_SINCE: Final = (0, 20, 0)
_OLD: Final = (0, 5, 0)


class Bundled(NamedTuple):
    """A file: the release that brought it, and the ports at which it makes the collector listen."""

    since: Version
    ports: tuple[tuple[str, str], ...]


FILES: Final = {
    DEFAULT: Bundled(_OLD, (*_OTLP, *_XRAY, *_CHECK)),
    f"{FOLDER}ecs-default-config.yaml": Bundled(_OLD, (*_OTLP, *_XRAY, *_STATSD, *_CHECK)),
    f"{FOLDER}container-insights/otel-task-metrics-config.yaml": Bundled(
        _OLD, (*_OTLP, *_XRAY, *_STATSD, *_CHECK)
    ),
    FOR_INSTANCES: Bundled((0, 11, 0), _CHECK),
    f"{FOLDER}ecs-xray.yaml": Bundled((0, 14, 0), (*_OTLP, *_CHECK)),
    f"{FOLDER}ecs-cloudwatch.yaml": Bundled((0, 14, 0), (*_OTLP, *_CHECK)),
    f"{FOLDER}ecs-cloudwatch-xray.yaml": Bundled((0, 14, 0), (*_OTLP, *_CHECK)),
    f"{FOLDER}ecs-amp.yaml": Bundled((0, 14, 0), (*_OTLP, *_CHECK)),
    f"{FOLDER}ecs-amp-xray.yaml": Bundled((0, 14, 0), (*_OTLP, *_CHECK)),
    f"{FOLDER}ecs-amp-prometheus.yaml": Bundled((0, 14, 0), _CHECK),
    f"{FOLDER}ecs-amp-xray-prometheus.yaml": Bundled((0, 14, 0), (*_OTLP, *_CHECK)),
}


def sends_traces(path: str) -> bool:
    """Whether a file takes traces, which it then sends to X-Ray: none of the files knows another place for them."""
    known = FILES.get(path)
    return known is not None and ("xray" in path or _XRAY[0] in known.ports)


class Broken(NamedTuple):
    """A file of some releases that the collector of these cannot use as it is."""

    first: Version
    last: Version
    why: str
    is_read: bool


_AMP: Final = ("ecs-amp", "ecs-amp-xray", "ecs-amp-prometheus", "ecs-amp-xray-prometheus")
#: `$NAME` where the release replaces `${env:NAME}` alone, and `[${env:NAME}]`, which is no YAML.
_UNREPLACED: Final = Broken(
    (0, 41, 0), (0, 41, 0), "has $AWS_REGION, which v0.41.0 does not replace", is_read=True
)
_NO_YAML: Final = Broken((0, 41, 1), (0, 43, 1), "is not YAML in v0.41.1 to v0.43.1", is_read=False)
_BROKEN: Final = {
    f"{FOLDER}{name}.yaml": (_UNREPLACED, _NO_YAML) if "prometheus" in name else (_UNREPLACED,)
    for name in _AMP
}


def broken(path: str, release: Version | None) -> Broken | None:
    """Why a file cannot be used in a release; None where it can, or where nothing is known against it."""
    known = _BROKEN.get(path, ()) if release else ()
    return next((each for each in known if release and each.first <= release <= each.last), None)


class CommandFile(NamedTuple):
    """A file that a container's command names, and the word that does; None where the image's own is taken."""

    path: str
    word: Scalar | None


def named(container: Container) -> CommandFile | None:
    """The file that a container of ADOT's image reads; None where that is not plain."""
    if container.section.get("entrypoint") is not None:
        return None
    command = container.section.get("command")
    if command is None:
        return CommandFile(DEFAULT, None)
    words = command.items if isinstance(command, Sequence) else [command]
    texts = [word for word in words if isinstance(word, Scalar) and word.known]
    found = [each for each in config_sources([word.text for word in texts]) if each.option == "config"]
    if len(texts) < len(words) or len(found) != 1:
        return None
    return CommandFile(found[0].text.removeprefix("file:"), texts[found[0].at])


def release_of(container: Container) -> Version | None:
    """The release that a container's tag names; None where it names none."""
    image = container.image_reference
    return parse(image.tag) if image else None


#: What the collector that `observability.tracing` adds reads: v0.17.0 with the file for X-Ray.
TRACING_PORTS: Final = FILES[f"{FOLDER}ecs-xray.yaml"].ports


def ports(container: Container) -> tuple[tuple[str, str], ...]:
    """The ports at which a container of ADOT's image listens by the file it brings: port and protocol."""
    file = named(container)
    known = FILES.get(file.path) if file else None
    release = release_of(container)
    if known is None or (release and release < _PORTS_SINCE):
        return ()
    return known.ports
