"""`taskdef_overrides`: what they put where, and what Copilot says of others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from templates import template

_MANIFEST = """\
name: api
type: Backend Service
image: {location: nginx, port: 80}
taskdef_overrides:
"""


_APPEND = " Use [-] to append to the sequence instead"


def _overridden(*overrides: tuple[str, str]) -> tuple[Any, str]:
    """The task definition, and the message of the refusal."""
    rules = "".join(f"  - path: {json.dumps(path)}\n    value: {value}\n" for path, value in overrides)
    found = template(_MANIFEST + rules)
    properties = found.get("Resources", "TaskDefinition", "Properties")
    assert properties is not None
    refusals = found.refusals
    return properties.plain, refusals[0].message if refusals else ""


def _main(properties: Any) -> Any:
    return properties["ContainerDefinitions"][0]


@pytest.mark.parametrize(
    ("path", "value", "name", "expected"),
    [
        ("Cpu", "512", "Cpu", 512),
        ("Cpu", "'512'", "Cpu", "512"),
        ("Cpu", "!Ref Size", "Cpu", {"Ref": "Size"}),
        ("Cpu", "", "Cpu", None),
        ("Cpu", "~", "Cpu", None),
        ("New.Deep.Key", "x", "New", {"Deep": {"Key": "x"}}),
        ("List[-]", "x", "List", ["x"]),
        ("List[5]", "x", "List", ["x"]),
        ("List[-].Key", "x", "List", [{"Key": "x"}]),
        ("RequiresCompatibilities[-]", "EC2", "RequiresCompatibilities", ["FARGATE", "EC2"]),
        ("RequiresCompatibilities[0]", "EC2", "RequiresCompatibilities", ["EC2"]),
        ("RequiresCompatibilities[0].Key", "x", "RequiresCompatibilities", ["FARGATE"]),
        ("RequiresCompatibilities.Key", "x", "RequiresCompatibilities", ["FARGATE", "Key", "x"]),
        ("Cpu.Key", "x", "Cpu", {"Ref": "TaskCPU"}),
        ("NetworkMode.Key", "x", "NetworkMode", "awsvpc"),
        ("Volumes", "[{Name: a}, {Name: b}]", "Volumes", [{"Name": "a"}, {"Name": "b"}]),
        ("Cpu", "yes", "Cpu", True),
        ("Cpu", "'yes'", "Cpu", "yes"),
    ],
)
def test_values(path: str, value: str, name: str, expected: object) -> None:
    properties, refused = _overridden((path, value))
    assert not refused
    assert properties[name] == expected


def test_each_changes_what_the_one_before_left() -> None:
    hard, soft = (
        "ContainerDefinitions[0].Ulimits[-].HardLimit",
        "ContainerDefinitions[0].Ulimits[-].SoftLimit",
    )
    properties, _ = _overridden(
        (hard, "1"), (soft, "2"), ("ContainerDefinitions[0].Ulimits[0].Name", "nofile")
    )
    assert _main(properties)["Ulimits"] == [{"HardLimit": 1, "Name": "nofile"}, {"SoftLimit": 2}]


def test_what_is_below_a_short_function_is_its_argument() -> None:
    properties, _ = _overridden(("Family.Key", "x"))
    assert properties["Family"]["Fn::Join"][2:] == ["Key", "x"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "ContainerDefinitions[3].Cpu",
            f"cannot specify ContainerDefinitions[3] because the current length is 1.{_APPEND}",
        ),
        (
            "RequiresCompatibilities[1]",
            f"cannot specify RequiresCompatibilities[1] because the current length is 1.{_APPEND}",
        ),
        (
            "List[0].Key",
            "cannot specify List[0] because List does not exist. Use List[-] to append to the sequence instead",
        ),
        (
            "Cpu[0]",
            "cannot specify Cpu[0] because the current length is 0. Use [-] to append to the sequence instead",
        ),
    ],
)
def test_indexes_that_are_not_there(path: str, message: str) -> None:
    _, refused = _overridden((path, "1"))
    assert refused == f"apply task definition overrides: {message}"


@pytest.mark.parametrize("segment", ["", "a b", "a/b", "a[x]", "a[0][1]", "a[-1]", "é"])
def test_all_paths_are_looked_at_before_any_is_used(segment: str) -> None:
    properties, refused = _overridden(("Cpu", "1"), (segment, "2"))
    forms = '"array[0]", "array[-]" or "key"'
    said = f'invalid override path segment "{segment}": segments must be of the form {forms}'
    assert refused == f"apply task definition overrides: {said}"
    assert properties["Cpu"] == {"Ref": "TaskCPU"}


def test_an_index_of_any_length() -> None:
    _, refused = _overridden((f"ContainerDefinitions[{'9' * 5000}].Cpu", "1"))
    assert "because the current length is 1" in refused
