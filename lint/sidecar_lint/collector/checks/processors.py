"""Processors. Sources: config.go and factory.go in opentelemetry-collector-contrib, processor/*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Check, Problem, missing, wrong
from sidecar_lint.collector.checks.attributes import actions, match_type, regular, selection
from sidecar_lint.collector.checks.conditions import filter_conditions
from sidecar_lint.collector.patterns import fault
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

_DEFAULT_BATCH: Final = 8192
_PERCENT: Final = 100
_FINEST_SAMPLE: Final = 2**-56 * 100
_MOST_PRECISION: Final = 14
#: Detectors that ask Kubernetes, which no task of ECS can.
_KUBERNETES: Final = ("eks", "k8s_api", "k8snode", "kubeadm", "openshift")


def attributes(settings: Settings) -> Iterator[Problem]:
    """It needs actions."""
    yield from actions(settings, "actions")
    for name in ("include", "exclude"):
        yield from selection(settings, name)


def resource(settings: Settings) -> Iterator[Problem]:
    """It needs actions, under another name."""
    yield from actions(settings, "attributes")


def batch(settings: Settings) -> Iterator[Problem]:
    """The largest batch must not be smaller than the one that it waits for."""
    size = settings.number("send_batch_size", _DEFAULT_BATCH)
    most = settings.number("send_batch_max_size")
    if size is not None and most and 0 < most < size:
        given = (
            ""
            if settings.is_written("send_batch_size")
            else f", which is {_DEFAULT_BATCH} where nothing is written"
        )
        message = f"{settings.path('send_batch_max_size')} is smaller than `send_batch_size`{given}"
        yield wrong(settings.at("send_batch_max_size"), message)
    seen: set[str] = set()
    for key in settings.texts("metadata_keys") or ():
        if key.text.lower() in seen:
            yield wrong(key, f"{key.text!r} is there twice; capitals do not matter")
        seen.add(key.text.lower())


def memory_limiter(settings: Settings) -> Iterator[Problem]:
    """It looks at the memory every so often, and needs a limit."""
    interval = settings.duration("check_interval")
    if interval is not None and interval <= 0:
        yield missing(settings, "check_interval", "write `check_interval: 1s`")
    limits = [settings.number(name) for name in ("limit_mib", "limit_percentage")]
    if limits == [0, 0]:
        yield missing(settings, "limit_mib", "or `limit_percentage`")
    for name in ("limit_percentage", "spike_limit_percentage"):
        if (percentage := settings.number(name)) and percentage > _PERCENT:
            yield wrong(settings.at(name), f"{settings.path(name)} cannot be more than {_PERCENT}")
    for unit in ("mib", "percentage"):
        limit, spike = settings.number(f"limit_{unit}"), settings.number(f"spike_limit_{unit}")
        if limit and spike is not None and 0 < limit <= spike:
            node = settings.at(f"spike_limit_{unit}")
            yield wrong(node, f"{settings.path(f'spike_limit_{unit}')} must be smaller than `limit_{unit}`")


def deltatorate(settings: Settings) -> Iterator[Problem]:
    """It needs the names of metrics."""
    if settings.items("metrics") == []:
        yield missing(settings, "metrics", "write a list of names")


def cumulativetodelta(settings: Settings) -> Iterator[Problem]:
    """Names of metrics and how they match come together."""
    for name in ("include", "exclude"):
        block = settings.below(name)
        metrics, kind = block.items("metrics"), block.text("match_type")
        if metrics and kind == "":
            yield missing(block, "match_type", "it is strict or regexp")
        elif metrics == [] and kind:
            yield missing(block, "metrics", "write a list of names")


def span(settings: Settings) -> Iterator[Problem]:
    """It renames spans, or sets their status."""
    name, status = settings.below("name"), settings.below("status")
    parts = (
        name.has("from_attributes"),
        name.below("to_attributes").has("rules"),
        settings.is_written("status"),
    )
    if parts == (False, False, False) and not name.is_open:
        yield missing(
            settings, "name", "with `from_attributes` or `to_attributes`, or `status`", if_used=True
        )
    if status.has("description") and status.text("code") not in ("Error", None):
        yield wrong(status.at("description"), "only the status Error has a description", if_used=True)
    for rule in name.below("to_attributes").texts("rules") or ():
        if reason := fault(rule.text):
            yield wrong(rule, f"{rule.text!r} is not a regular expression: {reason}", if_used=True)
    if settings.has("status") and status.text("code") == "":
        yield missing(status, "code", "it is one of Ok, Error, Unset", if_used=True)
    for kind in ("include", "exclude"):
        yield from selection(settings, kind)


def metrics_transform(settings: Settings) -> Iterator[Problem]:
    """Every transform says of which metrics, and what to do."""
    for transform in settings.blocks("transforms"):
        action = transform.text("action")
        for name in ("include", "action"):
            if transform.text(name) == "":
                yield missing(transform, name, if_used=True)
        for name in _NEEDED.get(action or "", ()):
            if transform.has(name) is False:
                yield missing(transform, name, f"the action `{action}` needs it", if_used=True)
        if transform.text("match_type") == "regexp":
            yield from regular(transform, "include")
        for operation in transform.blocks("operations"):
            yield from _operation(operation)


_NEEDED: Final = {
    "insert": ("new_name",),
    "combine": ("new_name", "aggregation_type"),
    "group": ("group_resource_labels",),
}
_NEEDED_BY_OPERATION: Final = {"update_label": ("label",), "add_label": ("new_label", "new_value")}


def _operation(operation: Settings) -> Iterator[Problem]:
    action = operation.text("action")
    if action == "":
        yield missing(operation, "action", if_used=True)
    for name in _NEEDED_BY_OPERATION.get(action or "", ()):
        if operation.has(name) is False:
            yield missing(operation, name, f"the action `{action}` needs it", if_used=True)
    if action == "experimental_scale_value" and operation.number("experimental_scale") == 0:
        yield missing(operation, "experimental_scale", if_used=True)


def metricsgeneration(settings: Settings) -> Iterator[Problem]:
    """Every rule has a name, a type, and what it counts with."""
    for rule in settings.blocks("rules"):
        kind = rule.text("type")
        for name in ("name", "type", "metric1", *(("metric2",) if kind == "calculate" else ())):
            if rule.text(name) == "":
                yield missing(rule, name)
        scale = rule.number("scale_by")
        if kind == "scale" and scale is not None and scale <= 0:
            yield missing(rule, "scale_by", "write a number above 0")
        for name in ("metric1", "metric2"):
            if rule.text("name") and rule.text("name") == rule.text(name):
                yield wrong(rule.at("name"), f"the new metric cannot have the name of `{name}`")


def probabilistic_sampler(settings: Settings) -> Iterator[Problem]:
    """It can only be as fine as it can count."""
    rate = settings.number("sampling_percentage")
    if rate is not None and 0 < rate < _FINEST_SAMPLE:
        node = settings.at("sampling_percentage")
        yield wrong(node, f"{settings.path('sampling_percentage')} is too small to be told from 0")
    precision = settings.number("sampling_precision", 4)
    if precision is not None and (precision == 0 or precision > _MOST_PRECISION):
        node = settings.at("sampling_precision")
        yield wrong(node, f"{settings.path('sampling_precision')} must be from 1 to {_MOST_PRECISION}")


def groupbytrace(settings: Settings) -> Iterator[Problem]:
    """Two of its settings were never built."""
    for name in ("store_on_disk", "discard_orphans"):
        if settings.flag(name):
            yield wrong(settings.at(name), f"{settings.path(name)} does not work yet", if_used=True)


def filter_(settings: Settings) -> Iterator[Problem]:
    """Its conditions must be readable."""
    yield from filter_conditions(settings)
    for kind in ("include", "exclude"):
        yield from selection(settings.below("spans"), kind)
        block = settings.below("metrics").below(kind)
        yield from match_type(block, needed=bool(block.items("metric_names")))


def tail_sampling(settings: Settings) -> Iterator[Problem]:
    """Its storage is behind a gate."""
    if settings.has("tail_storage"):
        yield wrong(settings.at("tail_storage"), "tail_storage is behind a gate that is closed")


def resource_detection(settings: Settings) -> Iterator[Problem]:
    """Some detectors need Kubernetes."""
    for detector in settings.items("detectors") or ():
        name = detector.text if isinstance(detector, Scalar) else ""
        if name in _KUBERNETES:
            message = f"the detector {name!r} asks Kubernetes, which no task of ECS can"
            yield Problem(detector, message, "write `ecs`", if_used=True, only_newest=True)


PROCESSORS: Final[dict[str, Check]] = {
    "attributes": attributes,
    "resource": resource,
    "batch": batch,
    "memory_limiter": memory_limiter,
    "deltatorate": deltatorate,
    "cumulativetodelta": cumulativetodelta,
    "span": span,
    "metrics_transform": metrics_transform,
    "metricsgeneration": metricsgeneration,
    "probabilistic_sampler": probabilistic_sampler,
    "groupbytrace": groupbytrace,
    "filter": filter_,
    "tail_sampling": tail_sampling,
    "resource_detection": resource_detection,
}
