"""Our NamedTuple does what typing's does, which is asked the same."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
import typing
from typing import TYPE_CHECKING, Any

import pytest

import sidecar_lint.named_tuple
from sidecar_lint import Span

if TYPE_CHECKING:
    from collections.abc import Callable

#: Two classes, made by whichever `NamedTuple` is there.
CLASSES = '''
from __future__ import annotations
from typing import Generic, TypeVar

T = TypeVar("T")


class Place(NamedTuple):
    """Where something is."""

    file: str
    line: int | None = None
    note: Undefined = ("never", "looked up")

    #: not a field
    ORIGIN = 0

    @property
    def shown(self) -> str:
        return f"{self.file}:{self.line}"

    def moved(self) -> Place:
        return self._replace(line=(self.line or 0) + 1)

    def __str__(self) -> str:
        return self.file


class Pair(NamedTuple, Generic[T]):
    left: T
    right: T


class Nothing(NamedTuple):
    pass


class Sub(Place):
    __slots__ = ()
'''
USES: dict[str, Callable[[Any], object]] = {
    "fields": lambda made: (made.Place._fields, made.Place._field_defaults, made.Place.__match_args__),
    "by position": lambda made: made.Place("a.yml", 3, ()),
    "by name": lambda made: made.Place(line=3, file="a.yml"),
    "by default": lambda made: made.Place("a.yml"),
    "attributes": lambda made: (made.Place("a.yml", 3).file, made.Place("a.yml", 3).line),
    "own methods": lambda made: (made.Place("a.yml", 3).moved().shown, made.Place.ORIGIN),
    "str": lambda made: str(made.Place("a.yml")),
    "repr": lambda made: repr(made.Pair(made.Place("a.yml"), made.Nothing())),
    "tuple": lambda made: (
        made.Place("a.yml", 3) == ("a.yml", 3, made.Place("a.yml").note),
        [*made.Pair(1, 2)],
    ),
    "hash and order": lambda made: (hash(made.Pair(1, 2)), sorted([made.Pair(2, 1), made.Pair(1, 2)])),
    "make": lambda made: made.Place._make(["a.yml", 1, 2]),
    "replace": lambda made: made.Sub("a.yml")._replace(line=8),
    "as a dict": lambda made: made.Place("a.yml", 3)._asdict(),
    "generic": lambda made: (made.Pair[int](1, 2), made.Pair.__mro__[-3:]),
    "no fields": lambda made: (made.Nothing(), made.Nothing._fields),
    "signature": lambda made: [
        (each.name, each.default) for each in inspect.signature(made.Place).parameters.values()
    ],
    "documented": lambda made: (made.Place.__doc__, made.Place.__qualname__, made.Place.__module__),
    "annotations": lambda made: {*made.Place.__annotations__},
    "copied": lambda made: (copy.copy(made.Place("a.yml", 3)), copy.deepcopy(made.Sub("a.yml", 3))),
    "without a dict": lambda made: hasattr(made.Place("a.yml"), "__dict__"),
    "type": lambda made: (type(made.Place), type(made.Sub("a.yml")).__name__),
}
MISTAKES: dict[str, Callable[[Any], object]] = {
    "a value too few": lambda made: made.Place(),
    "a value too many": lambda made: made.Place(1, 2, 3, 4),
    "an unknown name": lambda made: made.Place("a.yml", column=1),
    "a value assigned": lambda made: setattr(made.Place("a.yml"), "line", 1),
    "an attribute more": lambda made: setattr(made.Place("a.yml"), "column", 1),
    "made of too few": lambda made: made.Place._make([]),
}


def classes(named_tuple: object, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module with the classes; pickle looks for it by its name."""
    module = type(sys)("made")
    vars(module)["NamedTuple"] = named_tuple
    exec(compile(CLASSES, "made.py", "exec", dont_inherit=True), vars(module))  # noqa: S102  the text above
    monkeypatch.setitem(sys.modules, "made", module)
    return module


def both(use: Callable[[Any], object], monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    ours = use(classes(sidecar_lint.named_tuple.NamedTuple, monkeypatch))
    return ours, use(classes(typing.NamedTuple, monkeypatch))


@pytest.mark.parametrize("name", USES)
def test_it_does_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = both(USES[name], monkeypatch)
    assert ours == theirs


@pytest.mark.parametrize("name", MISTAKES)
def test_it_refuses_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(made: Any) -> type:
        with pytest.raises((TypeError, AttributeError)) as error:
            MISTAKES[name](made)
        return error.type

    ours, theirs = both(refused, monkeypatch)
    assert ours is theirs


def test_a_field_that_there_is_not_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    made = classes(sidecar_lint.named_tuple.NamedTuple, monkeypatch)
    with pytest.raises(TypeError, match="Place has no field 'column'"):
        made.Place("a.yml")._replace(column=1)


def test_values_are_matched_by_their_places() -> None:
    match Span(3, 5):
        case Span(start, end):
            assert (start, end) == (3, 5)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_another_process_gets_the_same(protocol: int) -> None:
    span = Span(3, 5)
    assert pickle.loads(pickle.dumps(span, protocol)) == span  # noqa: S301  our own
