"""Findings about a base that environments complete."""

from __future__ import annotations

from sidecar_lint.finding import ANY_ENVIRONMENT, Finding, Severity


def demoted(finding: Finding, environments: tuple[str, ...]) -> Finding:
    """A base may be incomplete on purpose: what is wrong only there is information."""
    if finding.severity is not Severity.INFO and is_of_base_only(finding, environments):
        return finding._replace(severity=Severity.INFO)
    return finding


def is_of_base_only(finding: Finding, environments: tuple[str, ...]) -> bool:
    """Whether a finding holds in no environment that the file names, where it names some."""
    return finding.environments == (ANY_ENVIRONMENT,) and len(environments) > 1
