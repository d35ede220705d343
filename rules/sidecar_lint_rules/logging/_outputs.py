"""What several rules ask of the output in use."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LogOutput,
    Manifest,
    Mapping,
    Scalar,
    Severity,
    agent_options,
    closest,
    generic_options,
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
    "match": "leave it out: ECS writes it, for the logs of this container",
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
    output = manifest.log_output
    return None if output is None or manifest.overrides_template("LogConfiguration") else output


def severity_of(output: LogOutput) -> Severity | None:
    """Information where an image of one's own may have another plugin of that name, else the rule's.

    Grafana's image has had a plugin `loki` with other options. AWS's names nobody else uses.
    """
    return None if output.router.distribution or output.plugin.grants else Severity.INFO


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
    base, own = manifest.base.log_output, manifest.log_output
    if base is None or own is None or base.plugin.name == own.plugin.name:
        return False
    return any(other is key for other in option_keys(base))
