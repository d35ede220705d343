"""What can be run in an image: the one place that knows, for health checks and whatever else calls a program.

What is known of an image is what its public Dockerfile says, for the images of the table below, and
nothing of any other. Read in November 2026: aws-observability/aws-otel-collector,
cmd/awscollector/Dockerfile (`scratch`; /healthcheck from v0.23.0 on); aws/aws-xray-daemon, Dockerfile
(`scratch` from v3.3.0 on); aws/amazon-cloudwatch-agent, cloudwatch-agent-dockerfile/Dockerfile
(`scratch`); fluent/fluent-bit, dockerfiles/Dockerfile (distroless, but for the debug tags). Known
for long and not read again: open-telemetry/opentelemetry-collector-releases (`scratch`);
GoogleContainerTools/distroless (a shell in the debug tags alone); Docker's official images, which remove
what they download with (Alpine has busybox' wget and nc, Debian and Ubuntu have none of them);
dotnet/dotnet-docker; prometheus/busybox.
"""

from __future__ import annotations

import posixpath
import re
from typing import Final

from sidecar_lint.manifests.images import (
    ADOT_COLLECTOR,
    CLOUDWATCH_AGENT,
    OTEL_COLLECTOR,
    XRAY_DAEMON,
    ImageReference,
)
from sidecar_lint.named_tuple import NamedTuple

#: Any of them is a shell.
SHELLS: Final = frozenset(("sh", "bash", "ash", "dash"))
CLIENTS: Final = frozenset(("curl", "wget", "nc"))
#: The first release of ADOT with the program `/healthcheck`, and of the X-Ray daemon built from nothing.
_ADOT_HEALTHCHECK: Final = (0, 23)
_XRAY_SCRATCH: Final = (3, 3)


class Contents(NamedTuple):
    """What an image is known to have, and to lack. `only` are the programs of an image that has no other.

    `lacking` and `having` are names of programs, `only` are absolute paths.
    """

    lacking: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    only: frozenset[str] | None = None

    @property
    def has_no_shell(self) -> bool:
        """Whether it surely has none: what is for a shell cannot be run."""
        return self.lacks("sh")

    def lacks(self, program: str) -> bool:
        """Whether a program, by name or path as a command calls it, surely cannot be run."""
        if self.only is not None:
            return posixpath.normpath(program) not in self.only if "/" in program else True
        return posixpath.basename(program) in self.lacking

    def with_more(self, programs: frozenset[str]) -> Contents:
        """An image made from it by adding files: of the programs that a check calls, these may be there now."""
        lacking = SHELLS | CLIENTS if self.only is not None else self.lacking
        return Contents(lacking - programs, self.having)


_NOTHING: Final = Contents(SHELLS | CLIENTS)
_BUSYBOX: Final = Contents(frozenset(("curl",)), frozenset(("sh", "wget", "nc")))
_DEBIAN: Final = Contents(CLIENTS, frozenset(("sh",)))
_AMAZON_LINUX: Final = Contents(frozenset(("wget", "nc")), frozenset(("sh", "curl")))

_LANGUAGES: Final = frozenset(("node", "python", "ruby", "rust", "elixir", "erlang", "openjdk"))
_DATABASES: Final = frozenset(("redis", "valkey", "postgres", "memcached"))
#: Official images whose variant for Alpine brings no curl; those of nginx, PHP and Docker do.
_PLAIN_ON_ALPINE: Final = _LANGUAGES | _DATABASES | {"golang", "haproxy", "amazoncorretto", "eclipse-temurin"}
#: Official images that stand on a slim Debian under every tag that does not say otherwise.
_PLAIN_ON_DEBIAN: Final = _DATABASES | {"debian", "ubuntu"}
_PLAIN_ON_SLIM: Final = _LANGUAGES | {"debian", "perl"}
_DOTNET: Final = tuple(f"mcr.microsoft.com/dotnet/{name}" for name in ("aspnet", "runtime", "runtime-deps"))
_PROMETHEUS: Final = frozenset(
    f"{home}/{name}"
    for home in ("quay.io/prometheus", "prom")
    for name in (
        *("prometheus", "alertmanager", "pushgateway"),
        *("node-exporter", "blackbox-exporter", "statsd-exporter"),
    )
)
#: Tags of other systems, and those made for people to look inside.
_OTHER: Final = r"windows|nanoserver|debug|-dev\b|shell"
_OFFICIAL: Final = (
    r"(?:(?:(?:registry-1\.|index\.)?docker\.io/|mirror\.gcr\.io/)?(?:library/)?|public\.ecr\.aws/docker/library/)([a-z0-9-]+)"
    r"|public\.ecr\.aws/(amazonlinux|debian|ubuntu)/\2"
)


def contents_of(image: ImageReference) -> Contents | None:
    """What an image is known to have and to lack; None where nothing is known of it."""
    if re.search(_OTHER, image.tag):
        return None
    if image.kind:
        return _of_helper(image)
    if image.text == "scratch" or _is_distroless(image):
        return _NOTHING
    if image.repository in _DOTNET:
        return _of_dotnet(image.tag)
    if image.repository in _PROMETHEUS:
        return _BUSYBOX
    official = re.fullmatch(_OFFICIAL, image.repository)
    return _of_official(official[1] or official[2], image.tag) if official else None


def _of_helper(image: ImageReference) -> Contents | None:
    release = _release(image.tag)
    if image.kind == ADOT_COLLECTOR:
        has_check = release is None or release >= _ADOT_HEALTHCHECK
        return Contents(only=frozenset(("/awscollector", *(("/healthcheck",) if has_check else ()))))
    if image.kind == OTEL_COLLECTOR:
        return Contents(only=frozenset(("/otelcol", "/otelcol-contrib")))
    if image.kind == XRAY_DAEMON:
        is_scratch = release is None or release >= _XRAY_SCRATCH
        return Contents(only=frozenset(("/xray",))) if is_scratch else None
    is_fluent_bit = image.repository.endswith("fluent/fluent-bit")
    return _NOTHING if is_fluent_bit or image.kind == CLOUDWATCH_AGENT else None


def _release(tag: str) -> tuple[int, int] | None:
    """The first two numbers of a release that a tag names; None for any other tag."""
    match = re.match(r"v?([0-9]{1,4})\.([0-9]{1,4})(?![0-9])", tag)
    return (int(match[1]), int(match[2])) if match else None


def _is_distroless(image: ImageReference) -> bool:
    named = (
        image.repository.startswith("gcr.io/distroless/") or image.repository == "cgr.dev/chainguard/static"
    )
    return named or re.search(r"(?:^|[-.])distroless\b", image.tag) is not None


def _of_dotnet(tag: str) -> Contents | None:
    if "chiseled" in tag:
        return _NOTHING
    if "alpine" in tag:
        return _BUSYBOX
    return None if re.search("mariner|azurelinux", tag) else _DEBIAN


def _of_official(name: str, tag: str) -> Contents | None:
    """One of Docker's official images, by its name and the variant that its tag names."""
    if name in ("alpine", "busybox"):
        return _BUSYBOX
    if name == "amazonlinux":
        return _AMAZON_LINUX
    if "alpine" in tag:
        return _BUSYBOX if name in _PLAIN_ON_ALPINE or (name == "nginx" and "slim" in tag) else None
    if "slim" in tag.split("-"):
        return _DEBIAN if name in _PLAIN_ON_SLIM else None
    return _DEBIAN if name in _PLAIN_ON_DEBIAN else None
