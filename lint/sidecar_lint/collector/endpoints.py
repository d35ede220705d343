"""Addresses: `host:port`, and URLs. Source: Go's net.SplitHostPort and net/url."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.scalars import natural

HIGHEST_PORT: Final = 65535


def port_of(address: str) -> str:
    """The port of an address. Raises ValueError that says why it has none."""
    host, colon, port = address.rpartition(":")
    if not colon or (address.startswith("[") and address.endswith("]")):
        raise ValueError("the port is missing")
    if host.startswith("["):
        if not host.endswith("]"):
            raise ValueError("a `]` is missing")
    elif ":" in host:
        raise ValueError("it has too many colons")
    return port


def listening_fault(address: str) -> str:
    """Why nothing can listen there; the port must be a number from 1 on."""
    try:
        port = port_of(address)
    except ValueError as error:
        return str(error)
    if not (port.isascii() and port.isdigit()) or not 1 <= natural(port) <= HIGHEST_PORT:
        return f"the port must be a number from 1 to {HIGHEST_PORT}"
    return ""


def grpc_fault(endpoint: str) -> str:
    """Why a gRPC client cannot have an endpoint."""
    address = re.sub(r"^(?:https?://|dns:/{1,3})", "", endpoint)
    if endpoint.startswith(("unix:", "dns:")) or not address:
        return ""
    try:
        port = port_of(address)
    except ValueError as error:
        return str(error)
    if re.fullmatch(r"[-+]?[0-9]+", port):
        return ""
    return "a gRPC endpoint has no path" if "/" in port else f"port {port!r} is invalid"


def url_fault(url: str) -> str:
    """Why a text is no URL, as far as it is plain."""
    if re.search(r"[\x00-\x20\x7f]", url.partition("?")[0].partition("/")[0] + _host(url)):
        return "a URL has no spaces"
    host = _host(url)
    if host.count("[") != host.count("]"):
        return "a `]` is missing"
    if match := re.search(r":([^:\]]*)$", host):
        return "" if match[1].isdigit() or not match[1] else f"port {match[1]!r} is invalid"
    return ""


def _host(url: str) -> str:
    """The part between `//` and the path, without a user's name."""
    return re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]
