"""The output that `logging.destination` configures, as the log router gets it in one environment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sidecar_lint.firelens.log_router import LogRouter, log_router
from sidecar_lint.firelens.outputs import OutputPlugin, Values, output_plugin
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.manifests.watching import once
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, as_mapping

#: What the AWS plugins take before the task role (the first of the chain of every AWS SDK).
_OWN_CREDENTIALS = "AWS_ACCESS_KEY_ID"


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
