"""Options of rules: what a user may set under `rules:` in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidecar_lint.dates import Calendar
    from sidecar_lint.rulebook.rule import Rule

Value = TypeVar("Value", bool, int, float, str, tuple[str, ...])

_TYPES: Final = {bool: "boolean", int: "integer", float: "number", str: "string", tuple: "array"}


class Option(Generic[Value]):
    """An option of a rule, as a class attribute: `most = Option(10, "how many are too many", minimum=1)`.

    In the rule, `self.most` is its value; in the configuration its name has hyphens for underscores.
    The type is that of the default: a bool, int, float, str, or a tuple of str for a list. Keywords
    of JSON Schema may say more (`minimum`, `enum`, `pattern`, `items`); what does not fit is reported
    to the user, and the default is used.

    Rules have no state: a configured rule is a copy that has the values, and its options cost nothing
    where nobody sets them.
    """

    def __init__(self, default: Value, about: str, **schema: Any) -> None:
        #: Its value where the configuration has none.
        self.default: Value = default
        #: What it is, as the rule's page says it.
        self.about: str = about
        self._schema = schema
        self._attribute = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    @overload
    def __get__(self, rule: None, owner: type) -> Option[Value]: ...
    @overload
    def __get__(self, rule: object, owner: type) -> Value: ...
    def __get__(self, rule: object | None, owner: type) -> Option[Value] | Value:
        return self if rule is None else self.default

    @property
    def name(self) -> str:
        """What users write."""
        return self._attribute.replace("_", "-")

    @property
    def attribute(self) -> str:
        """What the rule asks for."""
        return self._attribute

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        default: Any = self.default
        words: dict[str, Any] = {"type": _TYPES[type(default)]}
        if isinstance(default, tuple):
            words["items"] = {"type": "string"}
            default = list(default)
        return {**words, **self._schema, "default": default, "description": self.about}


def options_of(rule: Rule | type[Rule]) -> dict[str, Option[Any]]:
    """The options of a rule by the names that users write."""
    kind = rule if isinstance(rule, type) else type(rule)
    names = dict.fromkeys(name for each in reversed(kind.__mro__) for name in vars(each))
    found = (getattr(kind, name, None) for name in names)
    return {each.name: each for each in found if isinstance(each, Option)}


def schema_of(rule: Rule) -> dict[str, Any]:
    """The JSON Schema of what may stand under a rule in the configuration."""
    properties = {name: option.schema for name, option in options_of(rule).items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def configured(rule: Rule, values: Mapping[str, Any]) -> Rule:
    """A copy of a rule with these values for its options; they must fit its schema."""
    options = options_of(rule)
    made = _copy(rule)
    for name, value in values.items():
        vars(made)[options[name].attribute] = tuple(value) if isinstance(value, list) else value
    return made


def dated(rule: Rule, calendar: Calendar) -> Rule:
    """A copy of a rule that goes by a calendar; the rule itself where it needs none."""
    if not rule.uses_dates:
        return rule
    made = _copy(rule)
    made.calendar = calendar
    return made


def _copy(rule: Rule) -> Rule:
    from copy import copy  # with all that it imports, a hundredth of the time of a run

    return copy(rule)
