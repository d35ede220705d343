"""Blocks that several components have: retries, queues, TLS, logins.

Sources: go.opentelemetry.io/collector: config/configretry, exporter/exporterhelper/internal/queuebatch,
config/configtls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Check, Problem, missing, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings

_MATERIAL: Final = (("ca", "CA"), ("cert", "certificate"), ("key", "key"))
_OLDEST, _NEWEST = "1.2", "1.3"
#: How many items a batch waits for where nothing is written.
_DEFAULT_BATCH: Final = 8192


def retry(settings: Settings) -> Iterator[Problem]:
    """Retrying must not end before it begins."""
    whole = settings.duration("max_elapsed_time")
    if not whole or whole < 0:
        return
    usual = ("5s", "30s") if _has_usual_retries(settings.place) else ("0", "0")
    for name, default in zip(("initial_interval", "max_interval"), usual, strict=True):
        part = settings.duration(name, default)
        if part is not None and part > whole:
            node = settings.at("max_elapsed_time")
            given = "" if settings.is_written(name) else f", which is {default} where nothing is written"
            yield wrong(node, f"{settings.path('max_elapsed_time')} is shorter than `{name}`{given}")
            return


def _has_usual_retries(place: str) -> bool:
    exporter = place.startswith("exporters.") and not place.startswith("exporters.prometheus")
    lone = (
        place.startswith(("exporters.loadbalancing", "exporters.load_balancing")) and "protocol" not in place
    )
    return exporter and not lone


def sending_queue(settings: Settings) -> Iterator[Problem]:
    """A queue that is switched on must be able to hold what it waits for."""
    if settings.flag("enabled", default=True) is not True:
        return
    if settings.has("storage") and settings.flag("wait_for_result"):
        node = settings.at("wait_for_result")
        yield wrong(node, f"{settings.path('wait_for_result')} does not work with `storage`")


def queue_batch(settings: Settings) -> Iterator[Problem]:
    """The largest batch must not be smaller than the smallest."""
    if settings.flag("enabled", default=True) is not True:
        return
    least, most = settings.number("min_size", _DEFAULT_BATCH), settings.number("max_size")
    if least is not None and most and 0 < most < least:
        given = (
            "" if settings.is_written("min_size") else f", which is {_DEFAULT_BATCH} where nothing is written"
        )
        yield wrong(settings.at("max_size"), f"{settings.path('max_size')} is smaller than `min_size`{given}")


def client_tls(settings: Settings) -> Iterator[Problem]:
    """Certificates and keys come in pairs, each from one place."""
    for name, word in _MATERIAL:
        if settings.has(f"{name}_file") and settings.has(f"{name}_pem"):
            node = settings.at(f"{name}_pem")
            yield wrong(node, f"{settings.place} has the {word} twice: `{name}_file` and `{name}_pem`")
    cert, key = (_either(settings, name) for name in ("cert", "key"))
    if cert is not None and key is not None and cert != key:
        has, lacks = ("cert", "key") if cert else ("key", "cert")
        node = settings.at(f"{has}_file", f"{has}_pem")
        message = f"{settings.place} has a `{has}_file` or `{has}_pem` and no `{lacks}_file` or `{lacks}_pem`"
        yield Problem(node, message, missing=True)
    least, most = settings.text("min_version", _OLDEST), settings.text("max_version", _NEWEST)
    if least and most and most < least and most != _NEWEST:
        node = settings.at("min_version", "max_version")
        yield wrong(node, f"{settings.path('min_version')} is higher than `max_version`")


def _either(settings: Settings, name: str) -> bool | None:
    """Whether a thing is given, as a file or as text."""
    file, text = settings.has(f"{name}_file"), settings.has(f"{name}_pem")
    return True if file or text else None if file is None or text is None else False


def server_tls(settings: Settings) -> Iterator[Problem]:
    """A server needs a certificate and its key."""
    if settings.flag("enabled", default=True) is not True:
        return
    if _either(settings, "cert") is False and _either(settings, "key") is False:
        yield Problem(
            settings.owner,
            f"{settings.place} needs `cert_file` and `key_file`",
            "leave `tls` out to listen without encryption",
            missing=True,
        )
        return
    yield from client_tls(settings)


def sasl(settings: Settings) -> Iterator[Problem]:
    """Kafka's logins need a mechanism, and most of them a name and a password (configkafka/config.go)."""
    mechanism = settings.text("mechanism")
    if mechanism == "":
        yield missing(settings, "mechanism", "write `mechanism: AWS_MSK_IAM_OAUTHBEARER` for Amazon MSK")
    if mechanism == "PLAIN" or (mechanism or "").startswith("SCRAM"):
        for name in ("username", "password"):
            if settings.text(name) == "":
                yield missing(settings, name)


BLOCKS: Final[dict[str, Check]] = {
    "retry": retry,
    "sending_queue": sending_queue,
    "queue_batch": queue_batch,
    "client_tls": client_tls,
    "server_tls": server_tls,
    "sasl": sasl,
}
