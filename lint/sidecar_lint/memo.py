"""What is made of something once, however many ask for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


class Memo:
    """Something that remembers what was made of it; what is below need not know what that is."""

    def once(self, make: Callable[[Self], Made]) -> Made:
        """What a function makes of it; it is called for the first who asks."""
        if make not in self.made:
            self.made[make] = make(self)
        made: Made = self.made[make]
        return made

    @cached_property
    def made(self) -> dict[Callable[[Any], Any], Any]:
        """What was made of it so far, and by what."""
        return {}
