"""What happens where a text that Copilot writes unquoted into a template breaks that."""

from __future__ import annotations

from typing import Final

from sidecar_lint import Finding, Manifest, Outcome, refusal_stage, unquoted

#: What may come of a text that is a bool or a number there.
RESPELT: Final = "CloudFormation may spell it differently when it makes text of it again"
_NO_TEMPLATE: Final = (
    "Copilot makes no template of it, as that is not YAML; images may be built and pushed by then"
)


def without_template(manifest: Manifest, found: Finding) -> Finding:
    """A finding about a text of which Copilot makes no template."""
    return found._replace(stage=refusal_stage(manifest), effect=_NO_TEMPLATE)


def judged(manifest: Manifest, found: Finding, text: str) -> Finding:
    """A finding about the value of an entry, which says so where the text breaks the template."""
    return without_template(manifest, found) if unquoted(text)[0] is Outcome.BROKEN else found
