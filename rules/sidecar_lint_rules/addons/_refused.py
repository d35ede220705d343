"""When a mistake in the addons comes to light."""

from __future__ import annotations

from typing import Final

#: internal/pkg/cli/deploy/workload.go, newWorkloadDeployer: addons are parsed before anything is built.
AT_ONCE: Final = "Copilot refuses the addons and deploys nothing, before it builds an image"
#: internal/pkg/deploy/cloudformation/stack/workload.go, addonsOutputs: with the stack's template.
WITH_THE_TEMPLATE: Final = "Copilot cannot make the template of the stack, and deploys nothing"
