"""The functions that are made of the schemas of manifests: up to date, and of one mind with jsonschema."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator
from validators import without_rules
from workspaces import FIXTURES

from sidecar_lint.environments.file import EnvironmentFile
from sidecar_lint.manifests import schema_check, schemas
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.pipelines.file import PipelineFile
from sidecar_lint.syntax.nodes import Mapping
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.file import ManifestFile

ROOT = Path(__file__).parents[1]
#: What stands for what is there; none of it fits everywhere.
_OTHERS: tuple[Any, ...] = (
    None,
    True,
    3,
    -1,
    1.0,
    2.5,
    "",
    "text",
    "10s",
    "${X}",
    [],
    ["a"],
    [{}],
    {},
    {"x": 1},
)
_FILES: dict[str, type[ManifestFile]] = {
    schemas.ENVIRONMENT: EnvironmentFile,
    schemas.PIPELINE: PipelineFile,
}


def test_they_are_what_the_script_makes_of_the_schemas() -> None:
    script = [sys.executable, str(ROOT / "tables" / "validators.py"), "--check"]
    made = subprocess.run(script, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr


def _instances(kind: str) -> Iterator[Any]:
    """The manifests of a kind in the fixtures."""
    made = _FILES.get(kind, Document)
    for path in sorted(FIXTURES.glob("**/*.yml")):
        file = made(Source("x", path.read_text("utf-8", "replace")))
        if file.kind == kind and isinstance(file.root, Mapping):
            yield schema_check.instance_of(file.root)


def _changed(instance: Any) -> Iterator[Any]:
    """The same with each value in it replaced by another, and with a field that is not known beside it."""
    for way in _ways(instance):
        for other in _OTHERS:
            changed = deepcopy(instance)
            parent = changed
            for step in way[:-1]:
                parent = parent[step]
            parent[way[-1]] = other
            yield changed
            if isinstance(parent, dict):
                parent[f"{way[-1]}x"] = parent.pop(way[-1])
                yield changed


def _ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, child in children:
        yield (*way, step)
        yield from _ways(child, (*way, step))


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_they_say_what_jsonschema_says(kind: str) -> None:
    validator = Draft7Validator(without_rules(schemas.bundle(kind)))
    largest = max(filter(validator.is_valid, _instances(kind)), key=lambda each: len(str(each)))
    assert schemas.is_valid(kind, largest)
    verdicts = set()
    for changed in _changed(largest):
        expected = validator.is_valid(changed)
        assert schemas.is_valid(kind, changed) == expected, changed
        verdicts.add(expected)
    assert verdicts == {True, False}
