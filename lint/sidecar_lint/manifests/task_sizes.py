"""The sizes of tasks that Fargate has.

Source: Amazon ECS developer guide, "Fargate task definition considerations": task CPU and memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.phrasing import enumerated

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The memory in MiB that goes with CPU units.
FARGATE_SIZES: Final[dict[int, Sequence[int]]] = {
    256: (512, 1024, 2048),
    512: range(1024, 4096 + 1, 1024),
    1024: range(2048, 8192 + 1, 1024),
    2048: range(4096, 16384 + 1, 1024),
    4096: range(8192, 30720 + 1, 1024),
    8192: range(16384, 61440 + 1, 4096),
    16384: range(32768, 122880 + 1, 8192),
}
#: More than any task has today: sizes that may come are not judged.
LARGEST_CPU: Final = 16384


def said_sizes(sizes: Sequence[int]) -> str:
    """Amounts of memory in words."""
    if isinstance(sizes, range):
        return f"{sizes[0]} to {sizes[-1]} in steps of {sizes.step}"
    return enumerated(map(str, sizes), " or ")
