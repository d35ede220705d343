"""What CloudFormation's functions in a template come to, as far as that is known before a deployment.

What only AWS knows is a placeholder that says what it is: `<EXECUTION_ROLE_ARN>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.scalars import natural
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.values import Lazy, Short, Sourced, Unquoted, Value, bare

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidecar_lint.template.template import GeneratedTemplate

_VARIABLE: Final = re.compile(r"\$\{(!?)\s*([A-Za-z0-9:._]+)\s*\}")
#: The property that a `Ref` to a resource gives, where that is no id that AWS chooses.
_NAMES: Final = {"LogGroup": "LogGroupName"}
_NOTHING: Final = "AWS::NoValue"


def _is_function(value: Value) -> bool:
    """Whether a value is a function of CloudFormation, in either form."""
    if isinstance(value, dict) and len(value) == 1:
        return all(name == "Ref" or name.startswith("Fn::") for name in value)
    return isinstance(value, Short)


class Nothing:
    """What `AWS::NoValue` comes to: the property, or the item, is not there."""


class Evaluation:
    """The values of a template with its functions evaluated."""

    def __init__(self, template: GeneratedTemplate) -> None:
        self._template = template
        self._parameters = template.parameter_values
        stack = template.stack
        self._pseudo: dict[str, Value] = {
            "AWS::Region": stack.account.region,
            "AWS::AccountId": stack.account.id,
            "AWS::Partition": stack.account.partition,
            "AWS::StackName": stack.full_name,
        }
        self._functions: dict[str, Callable[[Value], Value | Nothing]] = {
            "Ref": self._ref,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Split": self._split,
            "Fn::Select": self._select,
            "Fn::If": self._if,
            "Fn::GetAtt": self._get_att,
            "Fn::ImportValue": self._import_value,
        }

    def of(self, value: Value) -> Value | Nothing:
        """A value; `Nothing` where it is left out."""
        if isinstance(value, Lazy):
            return self.of(value.value)
        if isinstance(value, Sourced):
            return self._sourced(value)
        if isinstance(value, Short):
            value = value.long
        if isinstance(value, dict):
            return self._map(value)
        return self._list(value) if isinstance(value, list) else value

    def text(self, value: Value) -> str:
        """A value as a text; empty where it is none."""
        found = self.of(value)
        found = None if isinstance(found, Nothing) else bare(found)
        if isinstance(found, bool):
            return str(found).lower()
        return str(found) if isinstance(found, (str, int, float)) else ""

    def _sourced(self, value: Sourced) -> Value | Nothing:
        inner = bare(value.value)
        if not isinstance(inner, (dict, list, Short)) or (
            isinstance(value, Unquoted) and not _is_function(inner)
        ):
            return value
        found = self.of(value.value)
        return found if isinstance(found, Nothing) else Sourced(found, value.node, value.source)

    def _map(self, value: dict[str, Value]) -> Value | Nothing:
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name in self._functions:
                return self._functions[name](argument)
            if name.startswith("Fn::"):
                return placeholder(name.removeprefix("Fn::"))
        found = {name: self.of(child) for name, child in value.items()}
        return {name: child for name, child in found.items() if not isinstance(child, Nothing)}

    def _list(self, value: list[Value]) -> list[Value]:
        return [item for item in map(self.of, value) if not isinstance(item, Nothing)]

    def _ref(self, argument: Value) -> Value | Nothing:
        name = self.text(argument)
        if name == _NOTHING:
            return Nothing()
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._parameters:
            return self._parameters[name].whole
        named = self._template.get("Resources", name, "Properties", _NAMES.get(name, ""))
        return self.of(named.value) if named else placeholder(name)

    def _sub(self, argument: Value) -> Value:
        found = bare(argument)
        text, variables = (
            (found[0], bare(found[1])) if isinstance(found, list) and len(found) > 1 else (found, {})
        )
        own = variables if isinstance(variables, dict) else {}

        def put(match: re.Match[str]) -> str:
            if match[1]:
                return f"${{{match[2]}}}"
            return self.text(own[match[2]]) if match[2] in own else self._named(match[2])

        return _VARIABLE.sub(put, self.text(text))

    def _named(self, name: str) -> str:
        """What stands for `${name}`."""
        return self.text({"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name})

    def _join(self, argument: Value) -> Value:
        separator, parts = self._arguments(argument)
        found = self.of(parts)
        items = bare(found) if not isinstance(found, Nothing) else []
        return self.text(separator).join(map(self.text, items if isinstance(items, list) else [items]))

    def _split(self, argument: Value) -> Value:
        separator, text = self._arguments(argument)
        return list(self.text(text).split(self.text(separator) or None))

    def _select(self, argument: Value) -> Value | Nothing:
        index, items = self._arguments(argument)
        found, at = self.of(items), self.text(index)
        chosen = None if isinstance(found, Nothing) else bare(found)
        if isinstance(chosen, list) and at.isdecimal() and natural(at) < len(chosen):
            return self.of(chosen[natural(at)])
        return placeholder("Select")

    def _arguments(self, argument: Value) -> tuple[Value, Value]:
        found = bare(argument)
        return (found[0], found[1]) if isinstance(found, list) and len(found) > 1 else ("", found)

    def _if(self, argument: Value) -> Value | Nothing:
        found = bare(argument)
        if not isinstance(found, list) or len(found) != len(("condition", "value", "otherwise")):
            return placeholder("If")
        condition, value, otherwise = found
        return self.of(value if self.holds(condition) else otherwise)

    def holds(self, condition: Value) -> bool:
        """Whether a condition holds: its name, or what it is made of."""
        found = bare(condition)
        if isinstance(found, str):
            definition = self._template.get("Conditions", found)
            return definition is not None and self.holds(definition.value)
        if isinstance(found, Short):
            found = found.long
        if not isinstance(found, dict) or len(found) != 1:
            return False
        ((name, argument),) = found.items()
        items = bare(argument)
        items = items if isinstance(items, list) else [items]
        if name == "Fn::Equals":
            return len({self.text(item) for item in items}) == 1
        if name == "Fn::Not":
            return not any(map(self.holds, items))
        combined = {"Fn::And": all, "Fn::Or": any, "Condition": all}.get(name)
        return combined is not None and combined(map(self.holds, items))

    def _get_att(self, argument: Value) -> Value:
        found = bare(argument)
        steps = (
            [self.text(item) for item in found] if isinstance(found, list) else self.text(found).split(".", 1)
        )
        resource, *attribute = steps
        shown = [] if resource == "EnvControllerAction" else [resource.removesuffix("Stack")]
        return placeholder("".join([*shown, *attribute]).replace("Outputs.", ""))

    def _import_value(self, argument: Value) -> Value:
        return placeholder(f"Export {self.text(argument)}")
