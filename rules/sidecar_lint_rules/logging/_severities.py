"""How grave it is what is wrong with an output, where the image may have another plugin of its name."""

from __future__ import annotations

from sidecar_lint import LogOutput, Severity


def severity_of(output: LogOutput) -> Severity | None:
    """Information where an image of one's own may have another plugin of that name, else the rule's.

    Grafana's image has had a plugin `loki` with other options. AWS's names nobody else uses.
    """
    return None if output.router.distribution or output.plugin.grants else Severity.INFO


def severity_of_network(output: LogOutput) -> Severity | None:
    """The same for what all outputs of Fluent Bit share: only `loki` has been another plugin somewhere."""
    return severity_of(output) if output.plugin.name == "loki" else None
