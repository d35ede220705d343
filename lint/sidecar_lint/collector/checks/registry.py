"""Every check by the name of what it looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks.exporters import EXPORTERS
from sidecar_lint.collector.checks.extensions import EXTENSIONS
from sidecar_lint.collector.checks.processors import PROCESSORS
from sidecar_lint.collector.checks.receivers import RECEIVERS
from sidecar_lint.collector.checks.shared import BLOCKS

if TYPE_CHECKING:
    from sidecar_lint.collector.checks import Check

#: The checks of components, by kind and type.
COMPONENTS: Final[dict[str, dict[str, Check]]] = {
    "receivers": RECEIVERS,
    "processors": PROCESSORS,
    "exporters": EXPORTERS,
    "extensions": EXTENSIONS,
}
#: The checks of blocks, by the name that the table has for the block.
SHARED: Final = BLOCKS
