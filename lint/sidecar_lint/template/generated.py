"""The template that Copilot generates for an environment, as rules ask for it.

Nothing of the builders is imported before a rule does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.finding import Stage
from sidecar_lint.manifests.read_tracking import once

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.template.template import GeneratedTemplate


def generated_template(manifest: Manifest) -> GeneratedTemplate:
    """What Copilot makes of the manifest of an environment, before `overrides/` changes it.

    It is made once for all who ask, and no more of it than they look at.
    """
    return once(manifest, _generate)


def _generate(manifest: Manifest) -> GeneratedTemplate:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.template import GeneratedTemplate

    manifest.sections.reads.everything = True  # what is made later is looked at then, too
    return GeneratedTemplate.of(Stack(manifest))


def refusal_stage(manifest: Manifest) -> Stage:
    """When it comes to light that Copilot cannot make the template of a manifest.

    Before it makes one, it refuses an alias for want of a domain or a certificate, which hangs on the account.
    """
    has_alias = any(manifest.get(section, "alias") is not None for section in ("http", "nlb"))
    return Stage.DEPLOY if has_alias else Stage.COPILOT
