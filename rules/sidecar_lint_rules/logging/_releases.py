"""The releases of aws-for-fluent-bit, and what in a manifest means something else in another of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import LogOption, LogOutput, NamedTuple, generic_options

#: The newest as of 2026-11-21; it is a Fluent Bit 5.1.5 with the plugins in Go.
NEWEST: Final = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10"

#: What has another meaning in the two, apart from options that one of them has not.
_TLS_YES: Final = "counts as off in Fluent Bit 1.9, and as on in newer ones"


class Difference(NamedTuple):
    """An option, what is different about it, and the release that alone has it, if one has."""

    option: LogOption
    what: str
    only: str = ""


def changes_meaning(output: LogOutput) -> Iterator[Difference]:
    """The options that a Fluent Bit 1.9 and one of 4 or 5 do not take alike."""
    for name, option in output.options.items():
        only = _only(output, name)
        if only and output.plugin.is_strict:
            yield Difference(option, _LACKING[only], only)
        elif name in ("tls", "tls.verify") and option.text is not None and option.text.lower() == "yes":
            yield Difference(option, _TLS_YES)


#: Who lacks what only another release has.
_LACKING: Final = {
    "1.9": "Fluent Bit 4 and newer have no such option",
    "5": "Fluent Bit 1.9 has no such option",
}


def _only(output: LogOutput, name: str) -> str:
    fact = output.plugin.options.get(name) or generic_options().get(name)
    return fact.only if fact else ""
