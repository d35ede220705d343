"""Schemas against manifests: what Copilot cannot decode, what it swallows, what it ignores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from mutations import Mutated, mutated_manifests

from sidecar_lint import WORKLOAD_TYPES, Document, Mapping, Scalar, Sequence, Stage, homes, lint_text
from sidecar_lint.manifests import schema_check, schemas
from sidecar_lint.manifests.misfits import _OBEYS, _Reading, misfits
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Those of manifests; the configuration has one of its own.
SCHEMAS = sorted(
    path
    for path in (Path(__file__).parents[1] / "schemas").glob("*.json")
    if path.stem not in ("otel-collector.schema", "sidecar-lint.schema")  # no manifests
)


_CONSTRAINTS = ("pattern", "enum", "minimum", "maximum", "exclusiveMaximum", "minLength")


#: What a schema may have besides keywords that `misfits` asks about, or that come with another.
_ANNOTATIONS = {"$schema", "default", "definitions", "description", "examples", "title"}
_BESIDE_OTHERS = {"$ref", "then", "else", "patternProperties"}
#: Keywords whose values are schemas by name, one schema, or several.
_BY_NAME = ("properties", "definitions", "patternProperties")
_ONE = ("additionalProperties", "propertyNames", "items", "not", "if", "then", "else")
_SEVERAL = ("allOf", "anyOf", "oneOf")


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all in it that are no more than true or false."""
    if isinstance(schema, dict):
        yield schema
        below = [part for name in _BY_NAME for part in schema.get(name, {}).values()]
        below += [schema.get(name) for name in _ONE]
        for part in (*below, *(part for name in _SEVERAL for part in schema.get(name, ()))):
            yield from _parts(part)


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_keyword_of_our_schemas_is_asked(kind: str) -> None:
    """It would count for nothing: `misfits` passes over what it does not know."""
    known = _OBEYS.keys() | _Reading({}).below.keys() | _ANNOTATIONS | _BESIDE_OTHERS
    for schema in _parts(schemas.bundle(kind)):
        assert {name for name in schema if not name.startswith("x-")} <= known
        assert set(schema.get("patternProperties", {}).items()) <= {("^x-", True)}


def _document(text: str, kind: str = "Load Balanced Web Service") -> Document:
    return Document(Source("x", f"name: api\ntype: {kind}\n{text}\n"))


def _patterns() -> Iterator[str]:
    for path in (Path(__file__).parents[1] / "schemas").glob("*.json"):
        found = (schema.get("pattern") for schema in _walk(json.loads(path.read_text("utf-8"))))
        yield from (pattern for pattern in found if isinstance(pattern, str))


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in children:
        if step != "not":  # what is negated is no constraint of its own
            yield from _walk(child)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
class TestSchema:
    def test_is_a_draft_7_schema(self, path: Path) -> None:
        schema = json.loads(path.read_text("utf-8"))
        Draft7Validator.check_schema(schema)
        assert "$anchor" not in path.read_text("utf-8")

    def test_every_field_has_words_and_a_link(self, path: Path) -> None:
        for schema in _walk(json.loads(path.read_text("utf-8"))):
            for name, field in schema.get("properties", {}).items():
                if not isinstance(field, dict) or field.get("$ref", "").startswith("#/definitions/config/"):
                    continue
                if "const" in field:
                    continue
                assert field.get("title") or field.get("$ref"), name
                assert "https://" in field.get("description", "https://" if "$ref" in field else ""), name

    def test_a_constraint_on_a_value_has_its_rule(self, path: Path) -> None:
        # A violation of a constraint that belongs to nobody would be silently dropped.
        for schema in _walk(json.loads(path.read_text("utf-8"))):
            constraints = [key for key in _CONSTRAINTS if key in schema and not isinstance(schema[key], dict)]
            if constraints or "propertyNames" in schema or "not" in schema:
                assert "x-rule" in schema or "x-type" in schema, schema


def test_rules_that_schemas_name_exist_and_know_it() -> None:
    named = {
        each["x-rule"]
        for path in SCHEMAS
        for each in _walk(json.loads(path.read_text("utf-8")))
        if "x-rule" in each
    }
    rules = {rule.name: rule for rule in load_rules()}
    assert named <= rules.keys()
    assert all(rules[name].in_schema for name in named)


@pytest.mark.parametrize("kind", WORKLOAD_TYPES)
def test_every_type_has_the_fields_of_a_workload(kind: str) -> None:
    assert {"name", "type", "environments"} <= schemas.fields(kind).properties.keys()
    assert homes(kind)["type"] == ((),)


@settings(max_examples=150, deadline=None)
@given(mutated_manifests())
def test_the_schema_says_what_it_says_to_jsonschema(mutated: Mutated) -> None:
    document = Document(Source("x", mutated.text))
    if document.kind is None or document.root is None:
        return
    instance = schema_check.instance_of(document.root)
    errors = list(Draft7Validator(schemas.bundle(document.kind)).iter_errors(instance))
    said = [(tuple(error.absolute_path), error.validator) for error in errors]
    found = [(each.path, each.keyword) for each in misfits(document.kind, instance)]
    assert set(found) == set(said)
    of_names = [tuple(each.absolute_path) for each in errors if "propertyNames" in each.absolute_schema_path]
    assert {each.path for each in misfits(document.kind, instance) if each.is_name} == set(of_names)
    heeded = [error for error in errors if "x-rule" not in error.schema]
    assert schemas.is_valid(document.kind, instance) == (not heeded)
    of_others = misfits(document.kind, instance, of_rules=False)
    assert {each.path for each in of_others if "x-rule" not in each.schema} == {
        tuple(error.absolute_path) for error in heeded
    }


@pytest.mark.parametrize(
    ("text", "swallowed", "left"),
    [
        ("storage: {volumes: {v: {efs: {id: x, auth: {iam: 'x'}}}}}", True, "false"),
        ("storage: {volumes: {v: {efs: {id: x, root_dir: [a]}}}}", True, ""),
        ("storage: {volumes: {v: {efs: {uid: 'x', gid: 1}}}}", True, "0"),
        ("http: {path: /, target_port: '80'}", True, "0"),
        ("http: {path: /, target_port: 70000}", True, "0"),
        ("count: {range: 1-2, cooldown: {in: 5}}", True, "0s"),
    ],
)  # fmt: skip
def test_a_swallowed_scalar_becomes_its_zero_value(text: str, swallowed: bool, left: str) -> None:
    found = _document(text).shape
    assert found is not None
    (mismatch,) = found.wrong_types
    assert mismatch.swallowed is swallowed
    node = schema_check.node_at(found.root, mismatch.path)
    assert isinstance(node, Scalar)
    assert node.text == left


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("logging: {retention: '7'}", True),
        ("logging: {retention: 7.5}", False),
        ("sidecars: {a: {essential: 'yes'}}", False),
        ("sidecars: {a: {essential: '${FLAG}'}}", False),
        ("image: {healthcheck: {interval: '${COPILOT_ENVIRONMENT_NAME}'}}", True),
        ("network: {vpc: {security_groups: '${GROUPS}'}}", False),
        ("network: {vpc: {security_groups: '${COPILOT_ENVIRONMENT_NAME}'}}", True),
        ("sidecars: {a: {port: 080}}", False),
        ("sidecars: {a: {image: {build: {args: [a]}}}}", True),
        ("sidecars: {a: {image: {}}}", True),
        ("sidecars: {a: {command: [{a: b}]}}", False),
        ("sidecars: {a: {command: {a: b}}}", True),
        ("platform: {os: linux}", True),
        ("platform: ~", False),
        ("storage: {volumes: {v: {efs: {auth: {}}}}}", True),
        ("storage: {volumes: {v: {efs: {auth: {iam: ~}}}}}", True),
        ("storage: {volumes: {v: {efs: }}}", True),
        ("http: {alb: x}", False),
        ("http: {additional_rules: [~]}", True),
        ("http: {alias: [~]}", True),
        ("count: {cooldown: {foo: 1}}", True),
        ("http: {additional_rules: []}", True),
        ("image: {healthcheck: {interval: 10}}", True),
        ("image: {healthcheck: {interval: '0'}}", False),
        ("image: {healthcheck: {interval: '\\${X}'}}", True),
        ("image: {healthcheck: {interval: '${X}'}}", False),
        ("environments: {test: {cpu: a}}", True),
        ("environments: [a]", True),
        ("network: {vpc: {placement: {subnets: [[a]]}}}", True),
        ("cpu: 1\ncpu: 2", True),
        ("unknown: {a: 1, a: 2}", False),
        ("taskdef_overrides: [{path: a, value: {b: 1, b: 2}}]", False),
    ],
)
def test_what_copilot_cannot_decode(text: str, refused: bool) -> None:
    document = _document(text)
    decoding = {"SL002", "SL005", "SL006", "SL012"}
    findings = lint_text(document.source.text).findings
    assert any(each.stage is Stage.COPILOT and each.code in decoding for each in findings) is refused


def test_a_list_of_errors_names_the_field_and_no_schema() -> None:
    report = lint_text("name: a\ntype: Backend Service\nsidecars: {a: {image: [x], port: {}}}\nhttp: true\n")
    for finding in report.findings:
        assert "schema" not in finding.message
        assert "anyOf" not in finding.message


@pytest.mark.parametrize(
    ("text", "loops"),
    [("x: &a [*a]", 0), ("command: &a [*a]", 1), ("variables: &a {A: *a}", 1), ("x: &a {b: {c: *a}}", 0)],
)
def test_an_anchor_that_contains_itself_matters_where_it_is_decoded(text: str, loops: int) -> None:
    found = _document(text).shape
    assert found is not None
    assert (len(found.loops), found.wrong_types) == (loops, [])


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("cpu: !!int x", ["cpu"]), ("variables: {A: !!null x}", ["variables.A"]), ("x: !!int y", []),
        ("command: [a, !!bool ~]", ["command[1]"]), ("variables: {!!int A: x}", ["variables"]),
        ("count: {range: !!int x}", ["count.range"]), ("x: {!!int A: x}", []), ("!!int A: x", [""]),
        ("command: !!null []", ["command"]), ("entrypoint: !!null [a]", ["entrypoint"]),
        ("network: {vpc: {security_groups: !!null []}}", ["network.vpc.security_groups"]),
        ("command: !!null {}", []), ("publish: {topics: !!null []}", []), ("x: !!null []", []),
    ],
)  # fmt: skip
def test_a_tag_that_does_not_fit_matters_where_it_is_decoded(text: str, paths: list[str]) -> None:
    found = _document(text).shape
    assert found is not None
    assert [(schema_check.dotted(wrong.path), wrong.swallowed) for wrong in found.wrong_types] == [
        (path, False) for path in paths
    ]


@pytest.mark.parametrize(
    "text", ["cpu: -.inf", "cpu: -1e30", "cpu: 9.223372036854775808e18", "image: {port: -0.5}"]
)
def test_floats_that_a_whole_number_takes(text: str) -> None:
    found = _document(text).shape
    assert found is not None
    assert found.wrong_types == []


@pytest.mark.parametrize(
    "text", ["cpu: .inf", "cpu: .nan", "cpu: 1e30", "cpu: 9223372036854775808", "image: {port: -1.0}"]
)
def test_floats_that_no_whole_number_takes(text: str) -> None:
    found = _document(text).shape
    assert found is not None
    assert len(found.wrong_types) == 1


def test_an_alias_sets_a_field_again_but_no_key_of_ones_own() -> None:
    found = _document("&a cpu: 256\n*a : 512\nvariables: {&b A: 1, *b : 2}").shape
    assert found is not None
    assert [duplicate.second.text for duplicate in found.duplicates] == ["cpu"]


def test_a_text_without_a_key_gets_an_empty_one() -> None:
    document = _document("variables: {? : x}")
    assert document.root is not None
    variables = document.root.get("variables")
    assert isinstance(variables, Mapping)
    assert list(variables.entries) == [""]
    twice = _document("variables: {? : x, '': y}").shape
    assert twice is not None
    assert len(twice.duplicates) == 1


@pytest.mark.parametrize(
    "text", ["x: |2\n  \ta\n", "variables: {A: !<tag:yaml.org,2002:> 1}", "x: !%21 1", "x: {y: [!<!!> 1]}"]
)
def test_what_cannot_be_read_once_it_is_written_again(text: str) -> None:
    document = _document(text)
    assert document.problem is None
    assert document.rewriting_problem is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("environments:\n  # x\n  test:\n    cpu: 1\n  'prod' :\n    count: [\nx: 1\n", ("test", "prod")),
        ("environments: {a: {b: {c: 1}}, 'd': {x: [e: 1]}, f: {\n", ("a", "d", "f")),
        ("x: {name: x, environments: {o: {a?}}}", ("o",)), ("environments:\nx:\n  y: @\n", ()), ("x: @", ()),
    ],
)  # fmt: skip
def test_a_broken_manifest_shows_its_environments(text: str, names: tuple[str, ...]) -> None:
    document = _document(text)
    assert document.problem is not None
    assert document.environments == ("*", *names)


@pytest.mark.parametrize("pattern", sorted(set(_patterns())))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(data=st.data())
def test_both_engines_read_a_pattern_alike(pattern: str, data: st.DataObject) -> None:
    fitting = data.draw(st.from_regex(pattern))
    schema: schemas.Schema = {"pattern": pattern}
    for text in (fitting, fitting.rstrip("\n"), f"{fitting}\n", f" {fitting}"):
        assert schemas.fits(schema, text) is not any(schemas.errors(schema, text)), repr(text)


@pytest.mark.parametrize(
    "text", ["|\n      10s", "2562047h47m16.854775808s", "99999999999999999999s", "10", "1d"]
)
def test_what_is_no_duration(text: str) -> None:
    found = _document(f"image:\n  healthcheck:\n    interval: {text}\n").shape
    assert found is not None
    assert [schema_check.dotted(wrong.path) for wrong in found.wrong_types] == ["image.healthcheck.interval"]


@pytest.mark.parametrize(
    "text",
    [
        "|-\n      10s",
        "2562047h47m16.854775807s",
        "-2562047h47m16.854775808s",
        "0" * 30 + "1s",
        "1." + "0" * 30 + "1s",
    ],
)
def test_what_is_a_duration(text: str) -> None:
    found = _document(f"image:\n  healthcheck:\n    interval: {text}\n").shape
    assert found is not None
    assert found.wrong_types == []


def test_a_list_in_a_list_of_aliases_is_dropped() -> None:
    document = _document("http: {path: /, alias: [[a.com], {name: b.com}]}")
    assert document.shape is not None
    assert [(wrong.swallowed, schema_check.dotted(wrong.path)) for wrong in document.shape.wrong_types] == [
        (True, "http.alias[0]")
    ]
    left = schema_check.node_at(document.shape.root, ("http", "alias"))
    assert isinstance(left, Sequence)
    assert len(left.items) == 1
