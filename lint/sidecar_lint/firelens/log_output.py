"""The output that `logging.destination` configures, as the log router gets it in one environment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from sidecar_lint.firelens.outputs import OutputPlugin, Values, output_plugin
from sidecar_lint.manifests.images import FLUENT_BIT, ImageReference, image_reference
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.manifests.watching import once
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, as_mapping

#: What the AWS plugins take before the task role (the first of the chain of every AWS SDK).
_OWN_CREDENTIALS = "AWS_ACCESS_KEY_ID"


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


class LogOption(NamedTuple):
    """An option: its key, and its value, which for one of `secretOptions` is where the secret is."""

    key: Scalar
    node: Node
    is_secret: bool = False

    @property
    def text(self) -> str | None:
        """The value that the output gets; None where only ECS, the shell or Fluent Bit knows it."""
        if self.is_secret or not isinstance(self.node, Scalar) or not self.node.known:
            return None
        # What is left of an escaped `\${NAME}` is a variable of the log router.
        return None if "${" in self.node.text else self.node.text


@dataclass(frozen=True)
class LogOutput:
    """An output in use. `name` is the value of `Name`; `section` is `logging`."""

    plugin: OutputPlugin
    name: Scalar
    section: Mapping
    #: The options by their names in lower case; empty ones count as not set, as they do for Fluent Bit.
    #: Of two that differ in case only the last is here.
    options: dict[str, LogOption]

    @property
    def router(self) -> LogRouter:
        """The image that it runs in."""
        return log_router(self.section)

    @cached_property
    def values(self) -> Values:
        """The options as the plugin asks for them."""
        return {name: option.text for name, option in self.options.items()}

    def actions(self) -> tuple[str, ...]:
        """The IAM actions that the task role surely needs for this output, sorted.

        None where `logging` gives the log router credentials of its own.
        """
        for field in ("variables", "secrets"):
            if _OWN_CREDENTIALS in as_mapping(self.section.get(field)).entries:
                return ()
        return self.plugin.actions(self.values)


def log_output(manifest: Manifest) -> LogOutput | None:
    """The output of `logging.destination`; None where there is none, or none that is known."""
    return once(manifest, _log_output)


def _log_output(manifest: Manifest) -> LogOutput | None:
    logging = manifest.mapping("logging") if manifest.is_ecs else NOTHING
    destination = as_mapping(logging.get("destination"))
    name = destination.get("Name")
    if not isinstance(name, Scalar) or not name.known:
        return None
    plugin = output_plugin(name.text)
    return LogOutput(plugin, name, logging, _options(logging, destination)) if plugin else None


def _options(logging: Mapping, destination: Mapping) -> dict[str, LogOption]:
    found = {
        key.text.lower(): LogOption(key, node)
        for key, node in destination
        if key.text != "Name" and not (isinstance(node, Scalar) and node.known and _is_empty(node))
    }
    for key, node in as_mapping(logging.get("secretOptions")):
        found[key.text.lower()] = LogOption(key, node, is_secret=True)
    return found


def _is_empty(node: Scalar) -> bool:
    return node.is_null or not node.text
