"""The override merge, case by case; tests/test_copilot.py holds it against Copilot itself."""

from __future__ import annotations

from typing import Any

import pytest

from sidecar_lint import Document, Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.source import Source


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node]
    assert isinstance(node, Scalar)
    return node.resolved


def _merged(base: str, over: str) -> Any:
    text = f"name: api\ntype: Load Balanced Web Service\n{base}\nenvironments:\n  test: {over}\n"
    document = Document(Source("x", text))
    assert document.problem is None
    manifest = next(each for each in document.manifests if each.environment == "test")
    plain = _plain(manifest.root)
    return {key: value for key, value in plain.items() if key not in ("name", "type")}


@pytest.mark.parametrize(
    ("base", "over", "merged"),
    [
        # a scalar wins, null never unsets
        ("cpu: 256", "{cpu: 512}", {"cpu": 512}),
        ("cpu: 256", "{cpu: ~}", {"cpu": 256}),
        ("env_file: a.env", "{env_file: ''}", {"env_file": ""}),
        # structs merge, an empty one says nothing
        ("logging: {retention: 7}", "{logging: {image: x}}", {"logging": {"retention": 7, "image": "x"}}),
        ("logging: {retention: 7}", "{logging: {}}", {"logging": {"retention": 7}}),
        ("sidecars: {a: {port: 1}}", "{sidecars: {a: ~}}", {"sidecars": {"a": {"port": 1}}}),
        ("sidecars: {a: ~}", "{sidecars: {a: {port: 1}}}", {"sidecars": {"a": {"port": 1}}}),
        ("sidecars: {labels: {port: 1}}", "{sidecars: {labels: {image: x}}}",
         {"sidecars": {"labels": {"port": 1, "image": "x"}}}),
        # maps of values are replaced key by key, null included
        ("variables: {A: 1, B: 2}", "{variables: {B: ~, C: {from_cfn: x}}}",
         {"variables": {"A": 1, "B": None, "C": {"from_cfn": "x"}}}),
        ("secrets: {A: x}", "{secrets: {A: {secretsmanager: y}}}", {"secrets": {"A": {"secretsmanager": "y"}}}),
        # lists are replaced whole
        ("command: [a, b]", "{command: [c]}", {"command": ["c"]}),
        ("command: [a, b]", "{command: []}", {"command": []}),
        # the other form of a field
        ("command: [a, b]", "{command: c}", {"command": "c"}),
        ("http: {path: /}", "{http: false}", {"http": False}),
        ("http: false", "{http: {path: /}}", {"http": {"path": "/"}}),
        ("count: 1", "{count: {spot: 2}}", {"count": {"spot": 2}}),
        # fields that rule each other out
        ("count: {spot: 2}", "{count: {range: 1-2, cpu_percentage: 7}}",
         {"count": {"range": "1-2", "cpu_percentage": 7}}),
        ("count: {spot: 2}", "{count: {cooldown: {in: 1s}}}", {"count": {"spot": 2, "cooldown": {"in": "1s"}}}),
        ("count: {range: 1-2, cooldown: {in: 1s}}", "{count: {spot: 2}}", {"count": {"spot": 2}}),
        ("image: {location: b}", "{image: {build: ''}}", {"image": {"location": "b", "build": ""}}),
        ("subscribe: {queue: {fifo: {high_throughput: true}}}", "{subscribe: {queue: {fifo: false}}}",
         {"subscribe": {"queue": {"fifo": {"high_throughput": True}}}}),
        ("image: {build: a, port: 1}", "{image: {location: b}}", {"image": {"port": 1, "location": "b"}}),
        ("storage: {volumes: {v: {efs: {id: x, auth: {iam: true}}}}}",
         "{storage: {volumes: {v: {efs: {uid: 1, gid: 1}}}}}",
         {"storage": {"volumes": {"v": {"efs": {"uid": 1, "gid": 1}}}}}),
        ("storage: {volumes: {v: {efs: {uid: 1, gid: 1}}}}", "{storage: {volumes: {v: {efs: {id: x}}}}}",
         {"storage": {"volumes": {"v": {"efs": {"id": "x"}}}}}),
        # a plain id stays and wins, the other way round it is replaced
        ("storage: {volumes: {v: {efs: {id: x}}}}", "{storage: {volumes: {v: {efs: {id: {from_cfn: y}}}}}}",
         {"storage": {"volumes": {"v": {"efs": {"id": "x"}}}}}),
        # what an environment cannot override
        ("cpu: 256", "{name: other, type: Worker Service}", {"cpu": 256}),
        ("cpu: 256", "", {"cpu": 256}),
    ],
)  # fmt: skip
def test_merge(base: str, over: str, merged: dict[str, Any]) -> None:
    assert _merged(base, over) == merged


def test_the_empty_strings_of_a_static_site_say_nothing() -> None:
    text = "name: a\ntype: Static Site\nhttp: {alias: x, certificate: y}\n"
    text += "environments: {test: {http: {alias: '', certificate: z}}}\n"
    manifest = Document(Source("x", text)).manifests[1]
    assert _plain(manifest.mapping("http")) == {"alias": "x", "certificate": "z"}


def test_a_merged_value_remembers_where_it_was_written() -> None:
    text = "name: a\ntype: Backend Service\nsidecars: {a: {port: 1, image: b}}\n"
    text += "environments: {test: {sidecars: {a: {port: 22}}}}\n"
    manifest = Document(Source("x", text)).manifests[1]
    port, image = manifest.scalar("sidecars", "a", "port"), manifest.scalar("sidecars", "a", "image")
    assert port is not None
    assert image is not None
    assert (port.span.start, image.span.start) == (text.index("22"), text.index("b}"))
