"""What several rules ask of the output in use."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    LogOutput,
    Manifest,
    Mapping,
    Scalar,
    Severity,
    agent_options,
    closest,
    generic_options,
    is_container_overridden,
    log_output,
    output_plugin,
    words,
)

#: What stands in `destination` and is no option of an output: where it belongs instead.
MISPLACED = {
    "enable-ecs-log-metadata": "it is `logging.enableMetadata`",
    "enablemetadata": "it belongs one level higher, directly under `logging`",
    "config-file-type": "leave it out: Copilot writes `file`, the only type Fargate knows",
    "config-file-value": "it is `logging.configFilePath`",
    "configfilepath": "it belongs one level higher, directly under `logging`",
    "retention": "it belongs one level higher, directly under `logging`",
}
OTHER_DRIVER = "awslogs-"

#: What one AWS output calls another than its sister does.
_SAME = {
    ("firehose", "stream"): "delivery_stream",
    ("kinesis_firehose", "stream"): "delivery_stream",
    ("kinesis", "delivery_stream"): "stream",
    ("kinesis_streams", "delivery_stream"): "stream",
}
#: From which likeness on a secret's name is a misspelling.
_NEAR = 0.8


def output_in_use(manifest: Manifest) -> LogOutput | None:
    """The output, where it is known and nothing changes it after Copilot has made its template."""
    output = log_output(manifest)
    return None if output is None or is_elsewhere(manifest) else output


def is_elsewhere(manifest: Manifest) -> bool:
    """Whether overrides change where the logs go, or may do so."""
    return is_container_overridden(manifest, manifest.name, "LogConfiguration") or is_container_overridden(
        manifest, LOG_ROUTER, "FirelensConfiguration"
    )


def severity_of(output: LogOutput) -> Severity | None:
    """Information where an image of one's own may have another plugin of that name, else the rule's.

    Grafana's image has had a plugin `loki` with other options. AWS's names nobody else uses.
    """
    return None if output.router.distribution or output.plugin.grants else Severity.INFO


def severity_of_network(output: LogOutput) -> Severity | None:
    """The same for what all outputs of Fluent Bit share: only `loki` has been another plugin somewhere."""
    return severity_of(output) if output.plugin.name == "loki" else None


def option_keys(output: LogOutput) -> Iterator[Scalar]:
    """The keys of everything that is handed to the output, empty or not."""
    taken = ("Name", *agent_options())
    for field in ("destination", "secretOptions"):
        section = output.section.get(field)
        for key, _ in section if isinstance(section, Mapping) else ():
            if field == "secretOptions" or key.text not in taken:
                yield key


def unknown_keys(output: LogOutput) -> Iterator[Scalar]:
    """Those that the output does not know, and that no rule about misplaced ones speaks of."""
    if not output.plugin.options:
        return
    for key in option_keys(output):
        plain = key.text.lower()
        if plain in MISPLACED or plain.startswith(OTHER_DRIVER) or output.plugin.accepts(plain):
            continue
        yield key


def belongs_to_twin(output: LogOutput, key: Scalar) -> bool:
    """Whether an unknown option is one of the sister output, and no misspelling of one of this output's.

    An output that the image has not is nothing that anybody would have written options for.
    """
    twin = output_plugin(output.plugin.twin)
    if twin is None or key.text.lower() not in twin.options:
        return False
    return output.router.has(twin) or suggestion(output, key) is None


def means_twin(output: LogOutput) -> bool:
    """Whether the sister output takes all that is written, and this one does not."""
    twin = output_plugin(output.plugin.twin)
    return (
        twin is not None
        and bool(output.router.distribution)
        and output.router.has(twin)
        and not twin.missing(output.values)
        and any(belongs_to_twin(output, key) for key in unknown_keys(output))
        and all(twin.accepts(key.text) for key in option_keys(output))
    )


def suggestion(output: LogOutput, key: Scalar) -> str | None:
    """The option that an unknown one was surely meant to be; None where there is none like it."""
    plain, plugin = key.text.lower(), output.plugin
    if plain in agent_options():
        return plain
    same = _SAME.get((plugin.name, plain))
    nearest = same or closest(plain, (*plugin.options, *generic_options()))
    # What has any name at all among the secrets is likely meant for something else than the output.
    return nearest if nearest and (not is_secret(output, key) or _is_near(plain, nearest)) else None


def is_secret(output: LogOutput, key: Scalar) -> bool:
    """Whether a key is one of `secretOptions`."""
    option = output.options.get(key.text.lower())
    return option is not None and option.is_secret and option.key is key


def _is_near(name: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, words(name), words(other)).ratio() > _NEAR


def is_inherited(manifest: Manifest, key: Scalar) -> bool:
    """Whether an option was written for another output, that of the base."""
    if manifest.is_base:
        return False
    base, own = log_output(manifest.base), log_output(manifest)
    if base is None or own is None or base.plugin.name == own.plugin.name:
        return False
    return any(other is key for other in option_keys(base))


#: Where the log router itself takes the logs of the other containers from.
_OWN_PORT = "24224"
_OWN_HOSTS = ("", "localhost", "127.0.0.1", "0.0.0.0", "::1")  # noqa: S104  compared, not listened on


def sends_to_itself(manifest: Manifest, output: LogOutput) -> bool:
    """Whether what the log router sends comes back to it: `forward` to its own input.

    Where another container wants that port, this is what is wrong, and another rule's.
    """
    if output.plugin.name != "forward" or "://" in output.name.text:
        return False
    if not output.values.keys().isdisjoint(("upstream", "unix_path")):
        return False
    options = output.options
    host, port = (options[name].text if name in options else "" for name in ("host", "port"))
    ports = [container.port.text.partition("/")[0] for container in manifest.sidecars if container.port]
    return host in _OWN_HOSTS and port in ("", _OWN_PORT) and _OWN_PORT not in ports


def connects_to_host(output: LogOutput) -> bool:
    """Whether `Host` says where the output connects to."""
    return "host" in output.plugin.peer or output.plugin.name == "datadog"


def is_on(output: LogOutput, switch: str) -> bool | None:
    """Whether a switch of all outputs, off by itself, is on; None where that cannot be told."""
    option = output.options.get(switch)
    if option is None:
        return False
    return None if option.text is None else option.text.lower() in ("true", "on", "yes")
