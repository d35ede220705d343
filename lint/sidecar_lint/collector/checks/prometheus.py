"""The configuration of Prometheus inside its receiver.

Sources: prometheus/prometheus, config/config.go and model/relabel/relabel.go (v3);
opentelemetry-collector-contrib, receiver/prometheusreceiver/config.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Problem, missing, wrong
from sidecar_lint.collector.patterns import fault
from sidecar_lint.collector.values import value_of
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.syntax.scalars import natural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

_UNITS: Final = {
    "ms": 1,
    "s": 1000,
    "m": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "w": 604_800_000,
    "y": 31_536_000_000,
}
_NEED_TARGET: Final = ("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal")
_REGEX_ONLY: Final = ("source_labels", "target_label", "modulus", "separator", "replacement")
_FILE_ENDINGS: Final = (".json", ".yml", ".yaml", ".JSON", ".YML", ".YAML")
_CREDENTIALS: Final = ("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file")
_UNSUPPORTED: Final = ("remote_write", "remote_read", "rule_files")
_DEFAULT_INTERVAL: Final = 60_000


def prometheus(settings: Settings) -> Iterator[Problem]:
    """It needs something to scrape, and a configuration that Prometheus can read."""
    config = settings.below("config")
    if settings.is_written("target_allocator"):
        yield from _allocator(settings.below("target_allocator"))
    elif not config.is_open and not (
        config.items("scrape_configs") != [] or config.has("scrape_config_files")
    ):
        node = settings.at("config")
        message = f"{settings.place} has nothing to scrape"
        yield Problem(node, message, "write `scrape_configs` under `config`", missing=True)
    for name in _UNSUPPORTED:
        if config.has(name):
            yield wrong(config.at(name), f"the receiver has no use for Prometheus' `{name}`")
    yield from _jobs(config)


def _allocator(block: Settings) -> Iterator[Problem]:
    for name in ("endpoint", "collector_id"):
        if block.text(name) == "":
            yield missing(block, name)
    interval = block.duration("interval")
    if interval is not None and interval <= 0:
        yield missing(block, "interval", "write `interval: 30s`")


def _jobs(config: Settings) -> Iterator[Problem]:
    common = config.below("global")
    interval = (
        _milliseconds(common.at("scrape_interval"))
        if common.is_written("scrape_interval")
        else _DEFAULT_INTERVAL
    )
    yield from _timeout(common, interval)
    seen: set[str] = set()
    for job in config.blocks("scrape_configs"):
        name = _written(job, "job_name")
        if name == "":
            yield missing(job, "job_name")
        elif name is not None and name in seen:
            yield wrong(job.at("job_name"), f"two jobs are called {name!r}")
        seen.add(name or "")
        own = _milliseconds(job.at("scrape_interval")) if job.is_written("scrape_interval") else interval
        yield from _timeout(job, own)
        yield from _job(job)


def _timeout(block: Settings, interval: float | None) -> Iterator[Problem]:
    timeout = _milliseconds(block.at("scrape_timeout")) if block.is_written("scrape_timeout") else None
    if timeout is not None and interval and timeout > interval:
        yield wrong(
            block.at("scrape_timeout"), f"{block.path('scrape_timeout')} is longer than the scrape interval"
        )


def _job(job: Settings) -> Iterator[Problem]:
    credentials = [name for name in _CREDENTIALS if job.has(name)]
    for name in credentials[1:]:
        yield wrong(job.at(name), f"a job has one kind of credentials, not `{credentials[0]}` and `{name}`")
    for name in ("relabel_configs", "metric_relabel_configs"):
        for relabel in job.blocks(name):
            yield from _relabel(relabel)
    for group in job.blocks("static_configs"):
        for target in group.items("targets") or ():
            yield from _target(target)
    for discovery in job.blocks("file_sd_configs"):
        if discovery.has("files") is False:
            yield missing(discovery, "files")
        for file in discovery.items("files") or ():
            if isinstance(file, Scalar) and value_of(file).known and not file.text.endswith(_FILE_ENDINGS):
                yield wrong(
                    file, f"{file.text!r} is not a file of targets: it must end with .json, .yml or .yaml"
                )


def _target(node: Node) -> Iterator[Problem]:
    if isinstance(node, Scalar) and value_of(node).known and "/" in node.text:
        yield wrong(
            node,
            f"{node.text!r} is not a target",
            "write host and port alone; `scheme` and `metrics_path` say the rest",
        )


def _relabel(relabel: Settings) -> Iterator[Problem]:
    action = _written(relabel, "action")
    if action is None and relabel.is_written("action"):
        return
    action = (action or "replace").lower()
    if action in _NEED_TARGET and _written(relabel, "target_label") == "":
        yield missing(relabel, "target_label", f"the action `{action}` needs it")
    if action == "hashmod" and relabel.number("modulus") == 0:
        yield missing(relabel, "modulus", "the action `hashmod` needs it")
    if action in ("labeldrop", "labelkeep"):
        for name in _REGEX_ONLY:
            if relabel.has(name):
                yield wrong(relabel.at(name), f"the action `{action}` has only a `regex`")
    pattern = _written(relabel, "regex")
    if pattern and (reason := fault(pattern)):
        yield wrong(relabel.at("regex"), f"{relabel.path('regex')} is not a regular expression: {reason}")


def _written(block: Settings, name: str) -> str | None:
    """The text of a field that takes any scalar; empty where there is none, None where it is not known."""
    node = block.node.entries.get(name)
    if block.is_open or isinstance(node, Mapping) or (node is not None and not isinstance(node, Scalar)):
        return None
    if node is None or node.is_null:
        return ""
    value = value_of(node)
    return None if not value.known else str(value.data) if isinstance(value.data, str) else node.text


def _milliseconds(node: Node) -> float | None:
    """A duration in Prometheus' spelling; None where it is none, or is not known."""
    text = node.text if isinstance(node, Scalar) and value_of(node).known else ""
    parts = re.findall(r"([0-9]++)(ms|[smhdwy]|)", text)
    is_whole = "".join(amount + unit for amount, unit in parts) == text
    if not parts or not is_whole or not all(unit for _, unit in parts):
        return None
    return sum(natural(amount) * _UNITS[unit] for amount, unit in parts)
