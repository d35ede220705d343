"""When a mistake in the addons comes to light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Definition, Template, as_mapping, is_template

#: internal/pkg/cli/deploy/workload.go, newWorkloadDeployer: addons are parsed before anything is built.
AT_ONCE: Final = "Copilot refuses the addons and deploys nothing, before it builds an image"
#: internal/pkg/deploy/cloudformation/stack/workload.go, addonsOutputs: with the stack's template.
WITH_THE_TEMPLATE: Final = "Copilot cannot make the template of the stack, and deploys nothing"


def own(definitions: dict[str, Definition], template: Template, section: str) -> Iterator[Definition]:
    """Those of the definitions that are written in a section of one of the files."""
    for key, _ in as_mapping(template.section(section)):
        found = definitions.get(key.text)
        if found and found.template is template:
            yield found


def is_merged(template: Template) -> bool:
    """Whether a file is one of the templates, and all of these could be read."""
    return is_template(template.name) and template.addons.is_known
