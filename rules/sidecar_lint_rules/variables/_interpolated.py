"""The `${NAME}` that Copilot substitutes, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import Document, Scalar, Span

_VARIABLE = re.compile(r"(\\?)\$\{([_a-zA-Z][_a-zA-Z0-9]*)\}")

#: What Copilot knows by itself (interpolate.go).
PREDEFINED = frozenset(("COPILOT_APPLICATION_NAME", "COPILOT_ENVIRONMENT_NAME"))
#: What exists in a running container only: Copilot's variables, and those of ECS.
RUNTIME_ONLY = frozenset(
    (
        "COPILOT_LB_DNS",
        "COPILOT_MOUNT_POINTS",
        "COPILOT_QUEUE_URI",
        "COPILOT_SERVICE_DISCOVERY_ENDPOINT",
        "COPILOT_SERVICE_NAME",
        "COPILOT_SNS_TOPIC_ARNS",
        "COPILOT_TOPIC_QUEUE_URIS",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "ECS_AGENT_URI",
        "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
        "FLUENT_HOST",
        "FLUENT_PORT",
    )
)


class Use(NamedTuple):
    r"""One `${name}` in a scalar. `escaped` is `\${name}`, which becomes `${name}`."""

    name: str
    escaped: bool
    span: Span
    scalar: Scalar


def uses(document: Document) -> Iterator[Use]:
    """Every `${name}` that Copilot looks at, in the order of the text."""
    if "${" not in document.source.text:
        return
    for scalar in sorted(document.scalars, key=lambda each: each.span):
        # Without a template nothing was substituted: no such variable, or a tag that prevents it.
        if scalar.template is not None:
            yield from _uses(document.source.text, scalar)


def _uses(text: str, scalar: Scalar) -> Iterator[Use]:
    at = scalar.span.start
    for escape, name in _VARIABLE.findall(scalar.template or ""):
        written = "${" + name + "}"
        found = text.find(written, at, scalar.span.end)
        span = Span(found, found + len(written)) if found >= 0 else scalar.span
        at = span.end if found >= 0 else at
        yield Use(name, bool(escape), span, scalar)
