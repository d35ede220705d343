"""The log router of a task: what is known of its image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.images import FLUENT_BIT, ImageReference, image_reference
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from sidecar_lint.firelens.outputs import OutputPlugin


class LogRouter(NamedTuple):
    """What is known of the log router's image.

    `distribution` is "aws" (aws-for-fluent-bit, Copilot's default), "upstream" (Fluent Bit's own),
    "grafana" or "newrelic" (Fluent Bit's own with one more output), or empty for any other image,
    which may have any plugin. `release` is "1.9" or "5" where the tag tells which Fluent Bit it
    has, as far as the outputs differ. `has_init` says that AWS's init process starts Fluent Bit,
    which reads files named by variables; None where that is not known. `is_stock` says that AWS
    itself published the image: a copy of that name may have been changed.
    """

    distribution: str
    release: str = ""
    has_init: bool | None = None
    is_stock: bool = False

    def has(self, plugin: OutputPlugin) -> bool:
        """Whether the image has an output; any image of one's own may."""
        own = not self.distribution or self.distribution in plugin.images
        return own or (self.distribution in _BESIDE_UPSTREAM and "upstream" in plugin.images)


#: Images that are Fluent Bit's own with one more output, by the end of their names.
_BESIDE_UPSTREAM: Final = ("grafana", "newrelic")
_REPOSITORIES: Final = {
    "grafana/fluent-bit-plugin-loki": "grafana",
    "newrelic/newrelic-fluentbit-output": "newrelic",
    "newrelic/logging-firelens-fluentbit": "newrelic",
}


def log_router(logging: Mapping) -> LogRouter:
    """The log router of a `logging` section."""
    image = logging.get("image")
    if image is None:
        return LogRouter("aws", has_init=False, is_stock=True)
    if not isinstance(image, Scalar) or not image.known:
        return LogRouter("")
    reference = image_reference(image.text)
    if reference.kind != FLUENT_BIT:
        return LogRouter(_distribution(reference))
    if not reference.repository.endswith("aws-for-fluent-bit"):
        return LogRouter("upstream", _release(reference.tag, _UPSTREAM_RELEASES))
    tag = reference.tag.removeprefix("init-").removeprefix("debug-")
    has_init = None if reference.digest else reference.tag.startswith("init-")
    is_stock = not reference.is_private_ecr or reference.host.startswith(_AWS_ACCOUNT)
    return LogRouter("aws", _release(tag, _AWS_RELEASES), has_init, is_stock)


def _distribution(reference: ImageReference) -> str:
    """Who made an image, where it brings an output of its own; those of 2020 called it `loki`."""
    name = reference.repository.removeprefix(f"{reference.host}/")
    found = _REPOSITORIES.get(name, "")
    return "" if found == "grafana" and reference.tag.startswith(("1.", "2.0.")) else found


#: The account that publishes aws-for-fluent-bit in private registries.
_AWS_ACCOUNT: Final = "906394416424."
#: Release 2 of aws-for-fluent-bit is a Fluent Bit 1.9 with additions, 3 a Fluent Bit 4 or 5.
_AWS_RELEASES: Final = {"2": "1.9", "3": "5"}
_UPSTREAM_RELEASES: Final = {"1.9": "1.9", "4": "5", "5": "5"}


def _release(tag: str, releases: dict[str, str]) -> str:
    """Which Fluent Bit a tag such as `2.32.3`, or `3` alone, stands for; empty where it does not say."""
    found = (release for start, release in releases.items() if f"{tag}.".startswith(f"{start}."))
    return next(found, "")
