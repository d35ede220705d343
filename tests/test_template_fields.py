"""What environments have in common of their templates is made once, and is what it would be if each made its own."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from mutations import Mutated, mutated_manifests
from workspaces import FIXTURES, MANIFESTS

from sidecar_lint import Document, Rule
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.nodes import Mapping, as_mapping
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.decoding import scalar
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.stack import Account, Stack
from sidecar_lint.template.template import GeneratedTemplate
from sidecar_lint.template.values import Lazy, Short, Sourced, Unquoted, Value
from sidecar_lint.testing import parse, parse_bad

if TYPE_CHECKING:
    from pathlib import Path

    from sidecar_lint.manifests.manifest import Manifest

TEXT = """\
name: api
type: Backend Service
image: {location: nginx, port: 80, healthcheck: {retries: 2}}
storage: {volumes: {data: {path: /data}}}
environments:
  test: {cpu: 512}
  prod: {image: {healthcheck: {retries: 3}}}
"""
ACCOUNTS = (Account(), Account(domain="<DOMAIN>", certificates=True))
BENCH = FIXTURES.parent / "bench/clean/manifest.yml"


def _stacks() -> list[Stack]:
    return [Stack(manifest) for manifest in Document(Source("x", TEXT)).manifests]


def test_what_is_made_of_the_same_fields_is_made_once() -> None:
    seen: list[list[str]] = []

    @of_fields("storage", "cpu")
    def make(section: Mapping) -> object:
        seen.append(list(section.entries))
        return object()

    base, test, prod = _stacks()
    made = [make(stack, stack.manifest.root) for stack in (base, test, prod, test)]
    assert made[0] is made[2]
    assert made[1] is made[3]
    assert made[0] is not made[1]
    assert seen == [["storage"], ["storage", "cpu"]]


def test_functions_of_the_same_fields_are_told_apart() -> None:
    (base, *_) = _stacks()
    cpu, image = of_fields("image")(lambda _: "cpu"), of_fields("image")(lambda _: "image")
    assert (cpu(base, base.manifest.root), image(base, base.manifest.root)) == ("cpu", "image")


def test_what_is_made_of_a_map_is_made_each_time_where_an_environment_changes_something_in_it() -> None:
    @of_fields("image")
    def make(section: Mapping) -> str:
        check = as_mapping(as_mapping(section.get("image")).get("healthcheck")).get("retries")
        return getattr(check, "text", "")

    base, test, prod = _stacks()
    assert [make(stack, stack.manifest.root) for stack in (base, test, prod)] == ["2", "2", "3"]
    for _ in range(2):  # the second who asks has looked at it as well
        reads = base.manifest.watch()
        make(base, base.manifest.root)
        assert ("image", "healthcheck", "retries") in reads.places


def test_what_is_made_of_two_files_is_made_for_each() -> None:
    make = of_fields("nothing")(lambda _: object())
    one, other = _stacks()[0], _stacks()[0]
    assert make(one, one.manifest.root) is not make(other, other.manifest.root)


def test_the_volumes_of_environments_that_change_none_are_the_same() -> None:
    templates = [GeneratedTemplate.of(stack) for stack in _stacks()]
    found = [each.get("Resources", "TaskDefinition", "Properties", "Volumes") for each in templates]
    assert len({id(each.value) for each in found if each}) == 1


def test_of_several_managed_volumes_the_last_is_there() -> None:
    text = TEXT.replace("{data: {path: /data}}", "{a: {efs: true, path: /a}, b: {efs: true, path: /b}}")
    template = GeneratedTemplate.of(Stack(Document(Source("x", text)).manifests[0]))
    volumes = template.get("Resources", "TaskDefinition", "Properties", "Volumes")
    assert [each.get("Name") and each.get("Name").plain for each in volumes or ()] == ["b"]  # type: ignore[union-attr]


def test_a_null_is_no_scalar_and_a_text_like_one_is() -> None:
    root = Document(Source("x", "a: null\nb: 'null'\nc: ~\nd: x\ne: []\n")).root
    assert root is not None
    assert [getattr(scalar(root, name), "text", None) for name in "abcdef"] == [
        None,
        "null",
        None,
        "x",
        None,
        None,
    ]


def test_a_target_group_has_the_stickiness_of_its_rule() -> None:
    text = (
        "name: api\ntype: Load Balanced Web Service\nimage: {location: nginx, port: 80}\n"
        "http: {path: /, stickiness: true, additional_rules: [{path: /a}]}\n"
    )
    resources = GeneratedTemplate.of(Stack(Document(Source("x", text)).manifests[0])).resources
    found = [
        resources[name].get("Properties", "TargetGroupAttributes", 1)
        for name in ("TargetGroup", "TargetGroup1")
    ]
    assert [each.plain for each in found if each] == [
        {"Key": "stickiness.enabled", "Value": value} for value in (True, False)
    ]


@pytest.mark.parametrize("path", [*MANIFESTS, BENCH], ids=lambda path: f"{path.parts[-4]}-{path.parts[-2]}")
def test_templates_of_fixtures_are_what_they_are_by_themselves(path: Path) -> None:
    _check(path.read_text("utf-8"))


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: f"{rule.code}-{rule.name}")
def test_templates_of_examples_are_what_they_are_by_themselves(rule: Rule) -> None:
    good = map(parse, (*rule.good, *rule.also_good))
    bad = map(parse_bad, (*rule.bad, *rule.also_bad))
    for text in {text for example in chain(good, bad) for text in example.files.values()}:
        _check(text)


@settings(max_examples=150, deadline=None)
@given(mutated_manifests())
def test_templates_of_mutations_are_what_they_are_by_themselves(mutated: Mutated) -> None:
    _check(mutated.text)


def _check(text: str) -> None:
    """Assert that the templates of all environments are those that each makes where no other is."""
    manifests = Document(Source("x", text)).manifests
    for account in ACCOUNTS:
        together = [_template(each, account) for each in manifests]
        assert together == [_template(_alone(text, each.environment), account) for each in manifests]


def _alone(text: str, environment: str) -> Manifest:
    manifest = Document(Source("x", text)).manifest(environment)
    assert manifest is not None
    return manifest


def _template(manifest: Manifest, account: Account) -> Any:
    template = GeneratedTemplate.of(Stack(manifest, "shop", account))
    return _all_of(template.document), [(each.message, each.node.span) for each in template.refusals]


def _all_of(value: Value) -> Any:
    """All that there is to a value: what it is, in its order, and where it comes from."""
    if isinstance(value, Lazy):
        return _all_of(value.value)
    if isinstance(value, Sourced):
        node, text = value.node, value.text if isinstance(value, Unquoted) else None
        key = node.key.span if node.key else None
        return type(value), _all_of(value.value), type(node), node.span, node.alias, key, text, value.source
    if isinstance(value, Short):
        return value.name, _all_of(value.argument)
    if isinstance(value, dict):
        return [(name, _all_of(child)) for name, child in value.items()]
    return [_all_of(item) for item in value] if isinstance(value, (list, tuple)) else (type(value), value)
