"""Manifests a small step away from the fixtures: what people write by accident.

A mutation takes a valid manifest and changes one or two places of it, in the base or in an
environment. The values are those that YAML, Go and Copilot are known to disagree about.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import strategies as st
from workspaces import FIXTURES, MANIFESTS

from sidecar_lint.manifests.interpolation import ENVIRONMENT

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

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

#: What else is written about networks, certificates and load balancers.
_NETWORK: list[Any] = [
    "10.0.0.0/24", "10.0.0.1", "::/0", "80-90", "90-80", "eu-west-1a", "subnet-0123456789abcdef2",
    "vpc-0123456789abcdef0", "arn:aws:acm:eu-west-1:123456789012:certificate/x", "arn:aws:acm:us-east-1:1:y/z",
    "arn:x", [], [{}], [{"id": "subnet-x"}], [{"cidr": "10.0.0.0/24"}], {"cdn": True}, {"from_vpc": False},
    {"terminate_tls": True}, {"retention": 7}, {"source_ips": ["10.0.0.0/8"]}, {"bucket_name": ["x"]},
    {"static_assets": {"alias": ["x"]}}, {"static_assets": {"alias": "", "path": ""}},
]  # fmt: skip
_NETWORK_VALUES = st.one_of(VALUES, st.sampled_from(_NETWORK).map(deepcopy))

#: What else is written about pipelines.
_PIPELINE: list[Any] = [
    "GitHub", "GitHubV1", "Bitbucket", "CodeCommit", "github", "example/shop", "https://github.com/example/shop.git",
    "https://bitbucket.org/example/shop", "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop",
    "CODE_ZIP", "api", "web", 2, "1", "1.0", ["api"], ["web"], ["nope"], {"api": None}, {"buildspec": "x.yml"},
    {"depends_on": ["web"]}, {"depends_on": ["api"]}, {"a": {"buildspec": "x.yml"}}, "x" * 101,
    {"repository": "example/shop", "access_token_secret": "t"},
]  # fmt: skip
_PIPELINE_VALUES = st.one_of(VALUES, st.sampled_from(_PIPELINE).map(deepcopy))

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mutated:
    """A manifest as text, the environment to ask about, and the workload that it describes, if it is one's."""

    text: str
    environment: str
    workload: str = ""


def _load(text: str) -> Any:
    """A manifest; the section `on` of a job is no bool here, as it is none for Copilot."""
    loaded = yaml.safe_load(text)
    return {"on" if name is True else name: value for name, value in loaded.items()}


BASES = {path.parent.name: _load(path.read_text("utf-8")) for path in MANIFESTS if "ok-services" in str(path)}

#: The manifests of environments and pipelines that are right.
RIGHT_ENVIRONMENTS = sorted(FIXTURES.glob("ok-*/copilot/environments/*/manifest.yml"))
RIGHT_PIPELINES = sorted(
    path
    for pattern in ("pipelines/*/manifest.yml", "pipeline.yml")
    for path in FIXTURES.glob(f"ok-*/copilot/{pattern}")
)

#: Those of environments that are changed, by the environment's name.
ENVIRONMENTS = {
    path.parent.name: _load(path.read_text("utf-8"))
    for path in FIXTURES.glob("ok-environments/copilot/environments/*/manifest.yml")
}

#: Those of pipelines, by their places.
PIPELINES = {
    path.relative_to(FIXTURES).as_posix(): _load(path.read_text("utf-8"))
    for path in RIGHT_PIPELINES
    if "ok-pipelines" in str(path)
}


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
    return Mutated(text, environment, document["name"])


@st.composite
def mutated_environments(draw: DrawFn) -> Mutated:
    """A mutated manifest of an environment, whose name stays."""
    name = draw(st.sampled_from(sorted(ENVIRONMENTS)))
    document = deepcopy(ENVIRONMENTS[name])
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.sampled_from([path for path in paths(document) if path != ("name",)]))
        if place == ("type",):
            document["type"] = draw(_NETWORK_VALUES)
        else:
            _mutate(draw, document, place, _NETWORK_VALUES)
    return Mutated(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), name)


@st.composite
def mutated_pipelines(draw: DrawFn) -> Mutated:
    """A mutated manifest of a pipeline; it keeps its name, by which Copilot is asked for it.

    The stages keep theirs, which only the account can judge.
    """
    document = deepcopy(PIPELINES[draw(st.sampled_from(sorted(PIPELINES)))])
    for _ in range(draw(st.integers(1, 2))):
        kept = [path for path in paths(document) if path != ("name",) and not _is_stage_name(path)]
        _mutate(draw, document, draw(st.sampled_from(kept)), _PIPELINE_VALUES)
    return Mutated(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "")


def _is_stage_name(path: Path) -> bool:
    return path[:1] == ("stages",) and (
        len(path) < len(("stages", 0, "", "")) and path[2:] in ((), ("name",))
    )


def _name(document: Any, environment: str) -> None:
    """Let the manifest name the environment, so that its name is known and can be substituted."""
    environments = document.setdefault("environments", {})
    if isinstance(environments, dict):
        environments.setdefault(environment, {})


def _mutate(draw: DrawFn, document: Any, path: Path, values: SearchStrategy[Any] = VALUES) -> None:
    parent = _at(document, path[:-1])
    step = path[-1]
    overridden = ["override"] if values is VALUES else []
    kind = draw(st.sampled_from(["replace", "replace", "remove", "rename", *overridden]))
    if kind == "remove":
        del parent[step]
    elif kind == "rename" and isinstance(parent, dict):
        parent[f"{step}x"] = parent.pop(step)
    elif kind == "override" and path[0] != "environments" and all(isinstance(step, str) for step in path):
        _put(document, ("environments", "test", *path), draw(VALUES))
    else:
        parent[step] = draw(values)


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
