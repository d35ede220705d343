"""Manifests a small step away from the fixtures: what people write by accident.

A mutation takes a valid manifest and changes one or two places of it, in the base or in an
environment. The values are those that YAML, Go and Copilot are known to disagree about.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from workspaces import MANIFESTS

from sidecar_lint.manifests.interpolation import ENVIRONMENT

_SCALARS: list[Any] = [
    None, "", "~", "bogus", "a b", "80", "8080/udp", "0", "-1", "70000", "/data", "a.env", "start",
    "SUCCESS", "linux/arm64", "windows/amd64", "10s", "5m", "${COPILOT_ENVIRONMENT_NAME}", "\\${ESCAPED}",
    '["a", "b"]', "2024-01-01", True, False, 0, 1, 7, 21, 300, 1.5,
]  # fmt: skip
_COLLECTIONS: list[Any] = [
    [],
    {},
    ["a", "b"],
    [None],
    {"bogus": 1},
    {"from_cfn": "Export"},
    {"location": "x"},
]
VALUES: SearchStrategy[Any] = st.sampled_from([*_SCALARS, *_COLLECTIONS]).map(deepcopy)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mutated:
    """A manifest as text, and the environment to ask about."""

    text: str
    environment: str


def _load(text: str) -> Any:
    return yaml.safe_load(text)


BASES = {path.parent.name: _load(path.read_text("utf-8")) for path in MANIFESTS if "ok-" in str(path)}


def paths(node: Any, prefix: Path = ()) -> list[Path]:
    """Every place in a document, the top excepted."""
    found: list[Path] = []
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in children:
        found += [(*prefix, step), *paths(child, (*prefix, step))]
    return found


@st.composite
def mutated_manifests(draw: DrawFn) -> Mutated:
    """A mutated fixture."""
    document = deepcopy(BASES[draw(st.sampled_from(sorted(BASES)))])
    for _ in range(draw(st.integers(1, 2))):
        places = [path for path in paths(document) if path not in (("name",), ("type",))]
        _mutate(draw, document, draw(st.sampled_from(places)))
    environment = draw(st.sampled_from(["test", "prod", "unnamed"]))
    if ENVIRONMENT in str(document):
        _name(document, environment)
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    return Mutated(text, environment)


def _name(document: Any, environment: str) -> None:
    """Let the manifest name the environment, so that its name is known and can be substituted."""
    environments = document.setdefault("environments", {})
    if isinstance(environments, dict):
        environments.setdefault(environment, {})


def _mutate(draw: DrawFn, document: Any, path: Path) -> None:
    parent = _at(document, path[:-1])
    step = path[-1]
    kind = draw(st.sampled_from(["replace", "replace", "remove", "rename", "override"]))
    if kind == "remove":
        del parent[step]
    elif kind == "rename" and isinstance(parent, dict):
        parent[f"{step}x"] = parent.pop(step)
    elif kind == "override" and path[0] != "environments" and all(isinstance(step, str) for step in path):
        _put(document, ("environments", "test", *path), draw(VALUES))
    else:
        parent[step] = draw(VALUES)


def _at(node: Any, path: Path) -> Any:
    for step in path:
        node = node[step]
    return node


def _put(node: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        if not isinstance(node.get(step), dict):
            node[step] = {}
        node = node[step]
    node[path[-1]] = value
