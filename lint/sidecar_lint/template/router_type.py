"""Whether the log router runs Fluent Bit, as Copilot writes it, or Fluentd, as only an override can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import LOG_ROUTER
from sidecar_lint.template.deployed import deployed_template

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Manifest

#: What Copilot's log router is.
FLUENT_BIT: Final = "fluentbit"
#: What only `taskdef_overrides` or a patch makes of it.
FLUENTD: Final = "fluentd"


def router_type(manifest: Manifest) -> str:
    """`fluentbit` or `fluentd`; empty where overrides make it something else, or may do so."""
    if not manifest.has_overrides or not manifest.firelens:
        return FLUENT_BIT
    deployed = deployed_template(manifest)
    router = deployed.containers.get(LOG_ROUTER) if deployed else None
    found = router.get("FirelensConfiguration", "Type") if router else None
    return found.text or "" if found else ""
