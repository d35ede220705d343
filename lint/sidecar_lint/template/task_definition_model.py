"""What ECS's API takes as a task definition, against the one that is deployed.

The facts are in `data/task_definition.json`, which `tables/task_definition.py` makes of botocore's model of the API.
A field that it does not have may be a newer one, so nothing is said of it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.manifests.task_sizes import FARGATE_SIZES, LARGEST_CPU, said_sizes
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.packaged import packaged_text
from sidecar_lint.phrasing import enumerated
from sidecar_lint.syntax.nodes import Sequence, as_mapping
from sidecar_lint.template.part import Origin, Part
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.task_definition_input import property_name, task_definition_input
from sidecar_lint.template.values import Value, bare, within

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sidecar_lint.syntax.nodes import Node, Scalar
    from sidecar_lint.template.template import GeneratedTemplate

_WORDS: Final = {
    "integer": "a whole number",
    "boolean": "true or false",
    "string": "a text",
    "list": "a list",
    "structure": "a map",
    "map": "a map",
}
_CLASSES: Final = {
    "integer": int,
    "boolean": bool,
    "string": str,
    "list": list,
    "structure": dict,
    "map": dict,
}
#: What only AWS knows stands there as `<NAME>`.
_PLACEHOLDER: Final = "<"
_UNKNOWN: Final = placeholder("Untouched")
_CONTAINERS: Final = "ContainerDefinitions"
#: Neither says anything without the other.
_SIZE: Final = frozenset(("Cpu", "Memory"))


class TaskDefinitionFault(NamedTuple):
    """A value that ECS refuses: what CloudFormation calls the property, what is wrong, and where it may come from.

    `values` are those that the property can have, `missing` what has to be there and is not; each is empty where the
    fault is another one.
    """

    property: str
    message: str
    origins: tuple[Origin, ...]
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    help: str = ""


def faults(
    template: GeneratedTemplate, paths: Collection[str] | None = None
) -> Iterator[TaskDefinitionFault]:
    """What ECS refuses in the task definition of a template; with the paths of overrides, in what they lead to."""
    model = _model()
    made = task_definition_input(template, _Touched(paths)) if paths else task_definition_input(template)
    yield from _faults(Part(made), model["root"], model["shapes"])
    if fault := _size_fault(Part(made)):
        yield fault


def _size_fault(task: Part) -> TaskDefinitionFault | None:
    """What Fargate has no task of: so many CPU units, or so much memory with them."""
    cpu, memory, launched = task.child("cpu"), task.child("memory"), task.child("requiresCompatibilities")
    units, mebibytes = _size(cpu, "vcpu"), _size(memory, "gb")
    if cpu is None or memory is None or units is None or mebibytes is None or units > LARGEST_CPU:
        return None
    if launched and not any(each.text in ("FARGATE", _UNKNOWN) for each in (launched, *launched)):
        return None
    origins = tuple(each.origin for each in (memory, cpu) if each.origin)
    if units not in FARGATE_SIZES:
        fitting = [each for each, sizes in FARGATE_SIZES.items() if mebibytes in sizes]
        help_ = f"write {enumerated(map(str, fitting or FARGATE_SIZES), ' or ')}"
        message = f"there is no task with {units} CPU units"
        return TaskDefinitionFault("Cpu", message, origins[::-1], help=help_)
    if mebibytes in FARGATE_SIZES[units]:
        return None
    message = f"there is no task with {units} CPU units and {mebibytes} MiB of memory"
    help_ = f"with {units} CPU units Memory may be {said_sizes(FARGATE_SIZES[units])}"
    return TaskDefinitionFault("Memory", message, origins, help=help_)


#: A number alone, or of vCPUs, or of GB.
_AMOUNT: Final = r"(?i)([0-9]+(?:\.[0-9]+)?|\.[0-9]+) *(vcpu|gb)?"


def _size(part: Part | None, unit: str) -> int | None:
    """A number of CPU units or MiB, of which a thousand and some make a vCPU or a GB; None where it is not known."""
    found = re.fullmatch(_AMOUNT, part.text or "") if part and part.is_known else None
    if found is None or (found[2] or unit).lower() != unit:
        return None
    size = float(found[1]) * (1024 if found[2] else 1)
    return int(size) if size.is_integer() else None


def spellings_of_api(path: str, value: Node) -> Iterator[tuple[Scalar, str]]:
    """The keys in the value of an override that are spelt as ECS's API has them, with what CloudFormation calls them."""
    shapes = _model()["shapes"]
    name = _model()["root"]
    for step in path.split("."):
        called, index, _ = step.partition("[")
        fields = {property_name(field): shape for field, shape in shapes[name].get("fields", {}).items()}
        if called not in fields:
            return
        name = shapes[fields[called]].get("item", "") if index else fields[called]
        if name not in shapes:
            return
    yield from _spellings(value, name, shapes)


def _spellings(node: Node, name: str, shapes: dict[str, Any]) -> Iterator[tuple[Scalar, str]]:
    shape = shapes[name]
    if isinstance(node, Sequence) and "item" in shape:
        for item in node.items:
            yield from _spellings(item, shape["item"], shapes)
    fields = shape.get("fields", {})
    names = {property_name(field): field for field in fields}
    written = as_mapping(node)
    for key, child in written if fields else ():
        field = names.get(key.text, key.text)
        if key.text in fields and key.text not in names and property_name(field) not in written.entries:
            yield key, property_name(field)
        if field in fields:
            yield from _spellings(child, fields[field], shapes)


class _Touched:
    """Leaves the properties that paths of `taskdef_overrides` lead to, and takes the others for unknown.

    So nothing is evaluated that nobody asks about. Of containers, properties of that name are left in all of them.
    """

    def __init__(self, paths: Collection[str]) -> None:
        steps = [[step.partition("[")[0] for step in path.split(".")] for path in paths]
        self._of_task = {first for first, *_ in steps}
        if not self._of_task.isdisjoint(_SIZE):
            self._of_task |= _SIZE
        below = [rest[:1] for first, *rest in steps if first == _CONTAINERS]
        #: None where a path leads to a whole container.
        self._of_containers = {name for (name,) in below} if all(below) else None

    def __call__(self, properties: Value) -> Value:
        found = _only(properties, self._of_task)
        whole = bare(found)
        containers = bare(whole.get(_CONTAINERS)) if isinstance(whole, dict) else None
        if self._of_containers is None or not isinstance(whole, dict) or not isinstance(containers, list):
            return found
        return {**whole, _CONTAINERS: [_only(each, self._of_containers) for each in containers]}


def _only(value: Value, names: Collection[str]) -> Value:
    """A map with what has some names, and something unknown in the place of everything else."""
    found = bare(value)
    if not isinstance(found, dict):
        return value
    return within(value, {name: child if name in names else _UNKNOWN for name, child in found.items()})


@cache
def _model() -> Any:
    return json.loads(packaged_text("data", "task_definition.json"))


def _faults(part: Part, name: str, shapes: dict[str, Any]) -> Iterator[TaskDefinitionFault]:
    shape = shapes[name]
    kind, value = shape["type"], part.value
    if not part.is_known or (isinstance(value, str) and _PLACEHOLDER in value):
        return
    if not isinstance(value, _CLASSES[kind]) or (kind == "integer" and isinstance(value, bool)):
        yield _fault(part, f"{_said(part)} is not {_WORDS[kind]}")
    elif shape.get("values") and value not in shape["values"]:
        yield _fault(part, f"{value!r} is not a value of {_said(part)}")._replace(
            values=tuple(shape["values"])
        )
    else:
        for child, below in _below(part, shape):
            yield from _faults(child, below, shapes)
        missing = [field for field in shape.get("required", ()) if part.child(field) is None]
        if missing:
            yield _missing(part, missing)


def _below(part: Part, shape: dict[str, Any]) -> Iterator[tuple[Part, str]]:
    """What a value is made of, each with its shape; of a map with free keys and of unknown fields nothing."""
    if "item" in shape:
        yield from ((each, shape["item"]) for each in part)
    fields = shape.get("fields", {})
    yield from ((child, fields[name]) for name, child in part.items() if name in fields)


def _fault(part: Part, message: str) -> TaskDefinitionFault:
    return TaskDefinitionFault(_said(part), message, (part.origin,) if part.origin else ())


def _missing(part: Part, fields: list[str]) -> TaskDefinitionFault:
    """Who gives a part of something is to give all of it."""
    parts = (part, *part.children())
    origins = tuple(each.origin for each in parts if each.origin)
    names = tuple(map(property_name, fields))
    message = f"{_said(part)} has no {enumerated(names, ' and no ')}"
    return TaskDefinitionFault(_said(part), message, origins, missing=names)


def _said(part: Part) -> str:
    """What it is called: that of a list's item is the list's."""
    names = [property_name(step) for step in part.steps if isinstance(step, str)]
    is_item = bool(part.steps) and isinstance(part.steps[-1], int)
    return f"an item of {names[-1]}" if is_item else names[-1] if names else "the task definition"
