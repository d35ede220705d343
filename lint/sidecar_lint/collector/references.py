"""References in a collector's configuration: `${env:NAME}`, and what the collector makes of them.

Source: go.opentelemetry.io/collector/confmap v1.62: expand.go, provider/envprovider/provider.go.
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.named_tuple import NamedTuple

#: Stands in a text where a reference was; no configuration holds it (YAML refuses it).
HOLE: Final = "\0"
#: The schemes that ADOT knows (pkg/config/config_factory.go).
SCHEMES: Final = ("env", "file", "http", "https", "s3", "yaml")

_URI: Final = r"([A-Za-z][A-Za-z0-9+.-]+):(.*)"
_VARIABLE: Final = r"[a-zA-Z_][a-zA-Z0-9_]*"


class ConfigurationReference(NamedTuple):
    """One `${…}`. `uri` is what stands inside; `fault` is why the collector does not start with it."""

    uri: str
    fault: str = ""
    help: str = ""


class Expansion(NamedTuple):
    """A text with its references replaced by holes."""

    text: str
    references: tuple[ConfigurationReference, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the text is known to the last character."""
        return HOLE not in self.text

    @property
    def is_open(self) -> bool:
        """Whether nothing of it is known, so that it may become a number, a list or a map."""
        return bool(self.text) and not self.text.strip(HOLE)


def expand(text: str) -> Expansion:
    """Replace references as the collector does: the innermost first, until none is left.

    It stops for good at the first one that is escaped (`$${`), as the collector does. What is left
    of `$$` is a single `$`.
    """
    found: list[ConfigurationReference] = []
    while "${" in text and "}" in text and (reference := _next(text)):
        found.append(_judged(reference[2:-1]))
        text = text.replace(reference, HOLE)
    return Expansion(text.replace("$$", "$"), tuple(found))


def _next(text: str) -> str:
    """The first reference of a text, with its `${` and `}`; nothing where it is escaped."""
    start = 0
    while (close := text.find("}", start)) != -1:
        opening = text.rfind("${", start, close)
        if opening != -1:
            before = text[start:opening]
            dollars = len(before) - len(before.rstrip("$"))
            return "" if dollars % 2 else text[opening : close + 1]
        start = close + 1
    return ""


def _judged(uri: str) -> ConfigurationReference:
    whole = uri if ":" in uri else f"env:{uri}"
    if HOLE in whole:
        return ConfigurationReference(uri)
    match = re.fullmatch(_URI, whole, re.DOTALL)
    if match is None:
        return ConfigurationReference(uri, f"`${{{uri}}}` is not a reference", _suggestion(uri))
    scheme, value = match.groups()
    if "$" in value:
        return ConfigurationReference(uri, "a reference cannot hold a `$`", "write the `$` outside of `${…}`")
    if scheme not in SCHEMES:
        return ConfigurationReference(
            uri, f"the collector cannot read from {scheme!r}", _other_scheme(scheme)
        )
    name = value.partition(":-")[0]
    if scheme == "env" and not re.fullmatch(_VARIABLE, name):
        return ConfigurationReference(uri, f"{name!r} is not a name of a variable", _suggestion(uri))
    return ConfigurationReference(uri)


def _suggestion(uri: str) -> str:
    """What was likely meant."""
    scheme, colon, value = uri.partition(":")
    name = value if scheme.strip() == "env" and colon else uri
    if match := re.fullmatch(rf"\s*({_VARIABLE})\s*(?::?-(.*))?", name, re.DOTALL):
        default = f":-{match[2]}" if match[2] else ""
        return f"write `${{env:{match[1]}{default}}}`"
    if name.strip().isdigit():
        return f"write `$${{{name}}}` where a literal `${{{name}}}` is meant"
    return "write `${env:NAME}`, or `$${` where a literal `${` is meant"


def _other_scheme(scheme: str) -> str:
    if scheme.lower() == "env":
        return "write `env` in small letters"
    if scheme == "AWS":
        return "that is CloudFormation's; write `${env:AWS_REGION}`, or `$${` for a literal `${`"
    known = ", ".join(SCHEMES)
    return f"it knows {known}; give the value to the container as a variable or secret, and write `${{env:NAME}}`"
