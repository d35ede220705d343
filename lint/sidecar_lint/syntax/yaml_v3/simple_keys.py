"""Keys without `?`: what comes before a `:` turns out to be one only there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.syntax.yaml_v3.cursor import TextCursor, TextMark

#: Such a key ends within so many code points, and on its line.
_LONGEST: Final = 1024


class SimpleKey(NamedTuple):
    """A token that may begin a key."""

    number: int  # of the token, counted from the first of the text
    mark: TextMark
    #: Whether it must: it stands where the block mapping has its keys.
    required: bool


class SimpleKeys:
    """Where a key may have begun: at most one place in block context, and one in each flow collection around."""

    def __init__(self, cursor: TextCursor) -> None:
        self._cursor = cursor
        self._keys: list[SimpleKey | None] = [None]
        self._levels: dict[int, int] = {}
        #: Whether a key may begin here.
        self.allowed = True
        #: How many flow collections are open.
        self.flow_level = 0

    def open_flow(self) -> None:
        """A flow collection begins."""
        self._keys.append(None)
        self.flow_level += 1

    def close_flow(self) -> None:
        """A flow collection ends, if one is open."""
        self.remove()
        if self.flow_level:
            self._keys.pop()
            self.flow_level -= 1

    def save(self, number: int, *, required: bool) -> None:
        """The token of that number begins here, and may be a key."""
        if self.allowed:
            self.remove()
            self._keys[-1] = SimpleKey(number, self._cursor.mark, required)
            self._levels[number] = self.flow_level

    def remove(self) -> None:
        """What came before is no key."""
        if key := self._keys[-1]:
            self._refuse_required(key)
            self._keys[-1] = None
            del self._levels[key.number]

    def take(self) -> SimpleKey | None:
        """The key that ends here, as `:` does; None where there is none."""
        key = self._keys[-1]
        if key is None or not self._is_open(self.flow_level):
            return None
        self._keys[-1] = None
        del self._levels[key.number]
        return key

    def may_begin_with(self, number: int) -> bool:
        """Whether the token of that number may still turn out to begin a key."""
        level = self._levels.get(number)
        return level is not None and level < len(self._keys) and self._is_open(level)

    def _is_open(self, level: int) -> bool:
        key, cursor = self._keys[level], self._cursor
        if key is None or (key.mark.line == cursor.line and cursor.index <= key.mark.index + _LONGEST):
            return key is not None
        self._refuse_required(key)
        self._keys[level] = None
        return False

    def _refuse_required(self, key: SimpleKey) -> None:
        if key.required:
            self._cursor.refuse("could not find expected ':'", "while scanning a simple key", key.mark)
