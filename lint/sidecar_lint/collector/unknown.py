"""Components that a release of ADOT does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.catalogue import KINDS, Catalogue, catalogue
from sidecar_lint.collector.certainty import Certainty
from sidecar_lint.collector.versions import Version, spelt
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import slip
from sidecar_lint.syntax.nodes import as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.structure import Component, Structure
    from sidecar_lint.syntax.nodes import Scalar

#: Components of the upstream collector that people look for in ADOT, by kind; it leaves them out.
_UPSTREAM: Final = {
    "receivers": "awscloudwatch awsfirehose awss3 docker_stats fluentforward hostmetrics httpcheck mongodb mysql"
    " nginx otlpjsonfile postgresql rabbitmq redis splunk_hec sqlquery syslog tcplog udplog",
    "processors": "deltatocumulative geoip interval log_dedup metricstarttime"
    " redaction routing servicegraph spanmetrics sumologic transform",
    "exporters": "awskinesis awss3 azuremonitor clickhouse coralogix elasticsearch googlecloud honeycombmarker"
    " influxdb loki opensearch otelarrow splunk_hec sumologic syslog zipkin",
    "extensions": "basicauth bearertokenauth docker_observer headers_setter healthcheckv2"
    " host_observer jaegerremotesampling k8s_observer oauth2client oidc opamp",
}


#: Settings of components that are gone, and what the components that took their place have for them.
_SETTINGS: Final = {"logging": {"loglevel": "`verbosity` (basic, normal or detailed)"}}


class UnknownComponent(NamedTuple):
    """The key of a component that a release does not have, and what to say about it."""

    key: Scalar
    message: str
    help: str = ""
    certainty: Certainty = Certainty.SURE
    #: The type that is misspelt, if it surely is.
    meant: str | None = None


def unknown_components(
    structure: Structure, releases: tuple[Version, ...], *, is_adot: bool
) -> Iterator[UnknownComponent]:
    """The components that one of these releases does not have.

    Where none is known, those that no release of ADOT ever had; of another image than ADOT's, what is
    surely the misspelt name of a component.
    """
    for components in structure.components.values():
        for component in components:
            if component.id and (found := _judged(component, component.id.type, releases)):
                if releases:
                    yield found
                elif is_adot or slip(component.id.type, catalogue().models[component.kind]):
                    yield found._replace(certainty=Certainty.LIKELY)


def _judged(component: Component, kind: str, releases: tuple[Version, ...]) -> UnknownComponent | None:
    every = catalogue()
    if component.kind == "connectors":
        return UnknownComponent(component.key, f"ADOT has no connectors, and so no {kind!r}")
    if component.model:
        return _too_new(component, kind, releases)
    word = KINDS[component.kind]
    removed = every.removed.get(component.kind, {}).get(kind)
    if removed is None:
        meant = _meant(component, kind, every)
        help_ = f"write `{meant}`" if meant else _help(component, kind, every, releases)
        return UnknownComponent(component.key, f"ADOT has no {word} {kind!r}", help_, meant=meant)
    later = [release for release in releases if release > removed.until]
    if not later:
        return None
    message = f"ADOT {spelt(later[0])} has no {word} {kind!r} any more; {spelt(removed.until)} was the last"
    return UnknownComponent(component.key, message, f"use `{removed.instead}`{_renamed(component, kind)}")


def _renamed(component: Component, kind: str) -> str:
    """What is called otherwise in what there is instead, where that is written."""
    written = as_mapping(component.node).entries
    names = [(old, new) for old, new in _SETTINGS.get(kind, {}).items() if old in written]
    return "".join(f", and {new} for `{old}`" for old, new in names)


def _too_new(component: Component, kind: str, releases: tuple[Version, ...]) -> UnknownComponent | None:
    model = component.model
    if model is None:
        return None
    since = model.since(kind)
    earlier = [release for release in releases if release < since]
    if not earlier:
        return None
    is_new_name = model.former is not None and earlier[0] >= model.since(model.former)
    what = (
        f"calls {kind!r} {model.former!r}" if is_new_name else f"has no {KINDS[component.kind]} {kind!r} yet"
    )
    message = f"ADOT {spelt(earlier[0])} {what}; {spelt(since)} is the first"
    return UnknownComponent(
        component.key, message, f"write `{model.former}`" if is_new_name else "use a later image"
    )


def _meant(component: Component, kind: str, every: Catalogue) -> str | None:
    """What was meant, where a name says so: one that is only similar may be of another purpose."""
    models, word = every.models[component.kind], KINDS[component.kind]
    if any(kind in known for known in every.models.values()) or kind in _upstream(component):
        return None
    bare = kind.removesuffix(word)
    return bare if bare != kind and bare in models else slip(kind, models)


def _help(component: Component, kind: str, every: Catalogue, releases: tuple[Version, ...]) -> str:
    """Where else it is, or what there is instead in all of these releases."""
    models, word = every.models[component.kind], KINDS[component.kind]
    others = [other for other, known in every.models.items() if kind in known]
    if others:
        return f"it is a component of `{others[0]}`"
    if kind in _upstream(component):
        return (
            f"AWS leaves this {word} of the upstream collector out; take an image that has it, or do without"
        )
    names = (name for name, model in models.items() if all(model.since(name) <= each for each in releases))
    return f"it has {', '.join(sorted(names))}"


def _upstream(component: Component) -> list[str]:
    return _UPSTREAM.get(component.kind, "").split()
