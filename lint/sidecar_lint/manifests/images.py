"""Container image references: their parts, their grammar, and the well-known helper images."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from sidecar_lint.syntax.nearest import slip

_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_REFERENCE = (
    rf"(?:{_HOST}(?:\.{_HOST})*(?::[0-9]+)?/)?{_COMPONENT}(?:/{_COMPONENT})*"
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
    r"(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?"
)
_ECR_HOST = r"[0-9]{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)"

#: The kinds of programs by whose images they are known (`ImageReference.kind`): AWS's X-Ray daemon.
XRAY_DAEMON: Final = "X-Ray daemon"
#: AWS's collector.
ADOT_COLLECTOR: Final = "AWS Distro for OpenTelemetry collector"
OTEL_COLLECTOR: Final = "OpenTelemetry collector"
CLOUDWATCH_AGENT: Final = "CloudWatch agent"
#: Datadog's agent.
DATADOG_AGENT: Final = "Datadog agent"
#: The proxy of App Mesh.
APPMESH_ENVOY: Final = "App Mesh Envoy"
FLUENT_BIT: Final = "Fluent Bit"

_OTEL_RELEASES: Final = "ghcr.io/open-telemetry/opentelemetry-collector-releases"
_KINDS: Final = {
    "public.ecr.aws/xray/aws-xray-daemon": XRAY_DAEMON,
    "amazon/aws-xray-daemon": XRAY_DAEMON,
    "public.ecr.aws/aws-observability/aws-otel-collector": ADOT_COLLECTOR,
    "amazon/aws-otel-collector": ADOT_COLLECTOR,
    "otel/opentelemetry-collector": OTEL_COLLECTOR,
    "otel/opentelemetry-collector-contrib": OTEL_COLLECTOR,
    f"{_OTEL_RELEASES}/opentelemetry-collector": OTEL_COLLECTOR,
    f"{_OTEL_RELEASES}/opentelemetry-collector-contrib": OTEL_COLLECTOR,
    "public.ecr.aws/cloudwatch-agent/cloudwatch-agent": CLOUDWATCH_AGENT,
    "amazon/cloudwatch-agent": CLOUDWATCH_AGENT,
    "public.ecr.aws/datadog/agent": DATADOG_AGENT,
    "datadog/agent": DATADOG_AGENT,
    "gcr.io/datadoghq/agent": DATADOG_AGENT,
    "public.ecr.aws/appmesh/aws-appmesh-envoy": APPMESH_ENVOY,
    "public.ecr.aws/aws-observability/aws-for-fluent-bit": FLUENT_BIT,
    "amazon/aws-for-fluent-bit": FLUENT_BIT,
    "fluent/fluent-bit": FLUENT_BIT,
    "cr.fluentbit.io/fluent/fluent-bit": FLUENT_BIT,
}
#: Images that AWS publishes in a private registry of its own, one a region.
_ECR_KINDS: Final = {"aws-appmesh-envoy": APPMESH_ENVOY, "aws-for-fluent-bit": FLUENT_BIT}
#: Published for Linux, and for no other system.
_LINUX_ONLY: Final = frozenset((XRAY_DAEMON, ADOT_COLLECTOR, APPMESH_ENVOY))
_OBSERVERS: Final = frozenset((XRAY_DAEMON, ADOT_COLLECTOR, OTEL_COLLECTOR, CLOUDWATCH_AGENT, DATADOG_AGENT))


class ImageReference:
    """`[host[:port]/]repository[:tag][@digest]`, taken apart; any text is acceptable."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def is_valid(self) -> bool:
        """Whether Docker's grammar for references allows it."""
        return re.fullmatch(_REFERENCE, self.text) is not None

    @cached_property
    def _named(self) -> tuple[str, str]:
        named = self.text.partition("@")[0]
        colon = named.find(":", named.rfind("/") + 1)
        return (named, "") if colon < 0 else (named[:colon], named[colon + 1 :])

    @property
    def repository(self) -> str:
        """Everything before the tag and the digest, the registry included."""
        return self._named[0]

    @property
    def tag(self) -> str:
        """The tag; empty where there is none."""
        return self._named[1]

    @property
    def digest(self) -> str:
        """The digest; empty where there is none."""
        return self.text.partition("@")[2]

    @property
    def host(self) -> str:
        """The registry; empty where Docker Hub is meant."""
        first, slash, _ = self.repository.partition("/")
        return first if slash and ("." in first or ":" in first or first == "localhost") else ""

    @property
    def is_private_ecr(self) -> bool:
        """Whether it lies in a private registry of Amazon ECR."""
        return re.fullmatch(_ECR_HOST, self.host) is not None

    @cached_property
    def kind(self) -> str:
        """Which of the well-known helpers it is, in words; empty for any other image."""
        if self.is_private_ecr:
            return _ECR_KINDS.get(self.repository.removeprefix(self.host + "/"), "")
        repository = self.repository.removeprefix("docker.io/")
        return _KINDS.get(repository, "")

    @property
    def is_linux_only(self) -> bool:
        """Whether it is known to exist for Linux alone."""
        return self.kind in _LINUX_ONLY

    @property
    def is_observer(self) -> bool:
        """Whether it only watches the service, which works without it."""
        return self.kind in _OBSERVERS


#: Official images of Docker Hub, with names long enough to be misspelt. There is no other of a name near one.
_OFFICIAL: Final = (
    "alpine",
    "busybox",
    "debian",
    "golang",
    "haproxy",
    "httpd",
    "mariadb",
    "memcached",
    "mongo",
    "mysql",
    "nginx",
    "postgres",
    "python",
    "rabbitmq",
    "redis",
    "traefik",
    "ubuntu",
)
_LIBRARY: Final = ("library/", "docker.io/library/", "docker.io/", "public.ecr.aws/docker/library/", "")


def is_path(text: str) -> bool:
    """Whether a text given as an image can only be meant as a path of the repository."""
    name = text.rpartition("/")[2]
    # `docker/dockerfile` is an image; with a capital it can only be the file.
    is_dockerfile = name == "Dockerfile" or (
        name.startswith(("Dockerfile.", "Dockerfile-")) and ":" not in name
    )
    return is_dockerfile or text.startswith(("/", "./", "../"))


@lru_cache(maxsize=512)
def nearest_image(image: ImageReference) -> str | None:
    """The repository that is meant, of the official images and the well-known helpers; None for any other.

    Only Docker publishes official images, and only AWS under its names, so what is nearly one of these
    is nothing else.
    """
    repository = image.repository
    if image.kind or image.is_private_ecr:
        return None
    prefix = next(each for each in _LIBRARY if repository.startswith(each))
    if name := slip(repository.removeprefix(prefix), _OFFICIAL):
        return prefix + name
    folder = repository.rpartition("/")[0]
    beside = [each for each in _KINDS if folder and each.rpartition("/")[0] == folder]
    return slip(repository, beside)


@lru_cache(maxsize=512)
def image_reference(text: str) -> ImageReference:
    """A text as a reference. Several rules look at each image, in every environment."""
    return ImageReference(text)
