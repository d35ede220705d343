"""A rule as SARIF describes it, with its page as help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidecar_lint.address import url_of
from sidecar_lint.escaping import sarif_message
from sidecar_lint.finding import Finding, Severity
from sidecar_lint.pages.docstring import summary
from sidecar_lint.pages.explain import page as printed
from sidecar_lint.pages.markdown import markdown
from sidecar_lint.pages.rule_page import page

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule

#: What GitHub calls them.
_PROBLEM_SEVERITIES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}


def descriptor(rule: Rule | None, finding: Finding, level: str) -> dict[str, Any]:
    """A rule by itself; of one that is not installed (a rule crashed) what its finding says."""
    if rule is None:
        text = message(finding.effect or finding.message)
        return {
            "id": finding.code,
            "name": _pascal(finding.name),
            "shortDescription": message(finding.name.replace("-", " ")),
            "fullDescription": text,
            "help": text,
            "defaultConfiguration": {"level": level},
        }
    url = url_of(rule.name)
    return {
        "id": rule.code,
        "name": _pascal(rule.name),
        "shortDescription": message(summary(rule)),
        "fullDescription": message(_in_full(rule)),
        "help": {"text": sarif_message(printed(rule)), "markdown": markdown(page(rule))},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "stage": rule.stage.value,
            "tags": [f"stage-{rule.stage}"],
            "precision": "high",
            "problem.severity": _PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _in_full(rule: Rule) -> str:
    happens = sentence(f"What happens: {rule.effect or rule.stage.sentence}")
    return f"{sentence(summary(rule))} {happens}"


def message(text: str) -> dict[str, str]:
    """A plain text as a message, which is a sentence and has no links."""
    return {"text": sarif_message(sentence(text))}


def sentence(text: str) -> str:
    """A text that ends with a full stop, on one line. It may begin with the name of a field: no capital."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))
