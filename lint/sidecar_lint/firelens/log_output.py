"""The output that `logging.destination` configures, as the log router gets it in one environment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.firelens.log_router import LogRouter, log_router
from sidecar_lint.firelens.outputs import OutputPlugin, Values, agent_options, generic_options, output_plugin
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import closest, words
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, as_mapping

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Manifest

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


#: What stands in `destination` and is no option of an output, in lower case: where it belongs instead.
MISPLACED_OPTIONS: Final = {
    "enable-ecs-log-metadata": "it is `logging.enableMetadata`",
    "enablemetadata": "it belongs one level higher, directly under `logging`",
    "config-file-type": "leave it out: Copilot writes `file`, the only type Fargate knows",
    "config-file-value": "it is `logging.configFilePath`",
    "configfilepath": "it belongs one level higher, directly under `logging`",
    "retention": "it belongs one level higher, directly under `logging`",
}
#: What options of Docker's driver for CloudWatch Logs begin with.
_OTHER_DRIVER: Final = "awslogs-"

#: What one AWS output calls another than its sister does.
_SAME: Final = {
    ("firehose", "stream"): "delivery_stream",
    ("kinesis_firehose", "stream"): "delivery_stream",
    ("kinesis", "delivery_stream"): "stream",
    ("kinesis_streams", "delivery_stream"): "stream",
}
#: From which likeness on a secret's name is a misspelling.
_NEAR: Final = 0.8


def is_misplaced(option: str) -> bool:
    """Whether something in `destination` is no option of any output: of `logging`, or of another log driver."""
    plain = option.lower()
    return plain in MISPLACED_OPTIONS or plain.startswith(_OTHER_DRIVER)


class LogOutput:
    """An output in use. `name` is the value of `Name`; `section` is `logging`."""

    def __init__(
        self, plugin: OutputPlugin, name: Scalar, section: Mapping, options: dict[str, LogOption]
    ) -> None:
        self.plugin = plugin
        self.name = name
        self.section = section
        #: The options by their names in lower case; empty ones count as not set, as they do for Fluent Bit.
        #: Of two that differ in case only the last is here.
        self.options = options

    @property
    def router(self) -> LogRouter:
        """The image that it runs in."""
        return log_router(self.section)

    @cached_property
    def values(self) -> Values:
        """The options as the plugin asks for them."""
        return {name: option.text for name, option in self.options.items()}

    @cached_property
    def keys(self) -> list[Scalar]:
        """The keys of everything that is handed to the output, empty or not."""
        taken = ("Name", *agent_options())
        own = [key for key, _ in as_mapping(self.section.get("destination")) if key.text not in taken]
        return [*own, *(key for key, _ in as_mapping(self.section.get("secretOptions")))]

    @cached_property
    def unknown_keys(self) -> list[Scalar]:
        """Those that the output does not know; without those that do not belong in `destination` at all."""
        if not self.plugin.options:
            return []
        return [key for key in self.keys if not (is_misplaced(key.text) or self.plugin.accepts(key.text))]

    def is_secret(self, key: Scalar) -> bool:
        """Whether a key is one of `secretOptions`."""
        option = self.options.get(key.text.lower())
        return option is not None and option.is_secret and option.key is key

    def suggestion(self, key: Scalar) -> str | None:
        """The option that an unknown one was surely meant to be; None where there is none like it."""
        plain = key.text.lower()
        if plain in agent_options():
            return plain
        same = _SAME.get((self.plugin.name, plain))
        nearest = same or closest(plain, (*self.plugin.options, *generic_options()))
        # What has any name at all among the secrets is likely meant for something else than the output.
        return nearest if nearest and (not self.is_secret(key) or _is_near(plain, nearest)) else None

    def belongs_to_twin(self, key: Scalar) -> bool:
        """Whether an unknown option is one of the sister output, and no misspelling of one of this output's.

        An output that the image has not is nothing that anybody would have written options for.
        """
        twin = output_plugin(self.plugin.twin)
        if twin is None or key.text.lower() not in twin.options:
            return False
        return self.router.has(twin) or self.suggestion(key) is None

    @property
    def means_twin(self) -> bool:
        """Whether the sister output takes all that is written, and this one does not."""
        twin = output_plugin(self.plugin.twin)
        return (
            twin is not None
            and bool(self.router.distribution)
            and self.router.has(twin)
            and not twin.missing(self.values)
            and any(map(self.belongs_to_twin, self.unknown_keys))
            and all(twin.accepts(key.text) for key in self.keys)
        )

    @property
    def connects_to_host(self) -> bool:
        """Whether `Host` says where it connects to."""
        return "host" in self.plugin.peer or self.plugin.name == "datadog"

    def is_on(self, switch: str) -> bool | None:
        """Whether a switch of all outputs, off by itself, is on; None where that cannot be told."""
        option = self.options.get(switch)
        if option is None:
            return False
        return None if option.text is None else option.text.lower() in ("true", "on", "yes")

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


#: Where the log router itself takes the logs of the other containers from.
_OWN_PORT: Final = "24224"
_OWN_HOSTS: Final = ("", "localhost", "127.0.0.1", "0.0.0.0", "::1")  # noqa: S104  compared, not listened on


def sends_to_itself(manifest: Manifest, output: LogOutput) -> bool:
    """Whether what the log router sends comes back to it: `forward` to its own input.

    Not where another container wants that port, as then this is what is wrong.
    """
    if output.plugin.name != "forward" or "://" in output.name.text:
        return False
    if not output.values.keys().isdisjoint(("upstream", "unix_path")):
        return False
    options = output.options
    host, port = (options[name].text if name in options else "" for name in ("host", "port"))
    ports = [container.port.text.partition("/")[0] for container in manifest.sidecars if container.port]
    return host in _OWN_HOSTS and port in ("", _OWN_PORT) and _OWN_PORT not in ports


def is_inherited_option(manifest: Manifest, key: Scalar) -> bool:
    """Whether an option was written for another output, that of the base."""
    if manifest.is_base:
        return False
    base, own = log_output(manifest.base), log_output(manifest)
    if base is None or own is None or base.plugin.name == own.plugin.name:
        return False
    return any(other is key for other in base.keys)


def _is_near(name: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, words(name), words(other)).ratio() > _NEAR


def _is_empty(node: Scalar) -> bool:
    return node.is_null or not node.text
