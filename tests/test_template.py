"""The template of an environment, held against those that the released Copilot printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from mutations import Mutated, mutated_manifests
from templates import OTHER, Recording, recorded, sections, stack, template, workload

from sidecar_lint.manifests.manifest import Document
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.resources import task_definition
from sidecar_lint.template.stack import Stack
from sidecar_lint.template.template import GeneratedTemplate

if TYPE_CHECKING:
    from pathlib import Path

    from sidecar_lint.template.part import Part

_KINDS = {
    "load-balanced": "a load balanced web service",
    "backend": "a backend service",
    "worker": "a worker service",
    "job": "a scheduled job",
    "request-driven": "a request driven web service",
}
MANIFEST = """\
name: api
type: Load Balanced Web Service
image: {location: nginx, port: 80}
http: {path: /}
variables:
  LEVEL: info
sidecars:
  proxy:
    image: envoy
    port: 9000
environments:
  prod:
    variables:
      LEVEL: warn
    taskdef_overrides:
      - path: ContainerDefinitions[0].Cpu
        value: 128
"""


def _recordings(kind: str) -> list[Recording]:
    described = f"represents {_KINDS[kind]} "
    return [each for each in recorded() if each.template and described in each.template["Description"]]


@pytest.mark.parametrize("kind", _KINDS)
def test_what_copilot_printed(kind: str) -> None:
    recordings = _recordings(kind)
    assert len(recordings) > 30
    for each in recordings:
        ours: Any = template(each.manifest, each.environment).plain
        theirs: Any = each.template
        assert sections(ours) == sections(theirs), (each.id, each.environment)
        for section in ("Parameters", "Resources"):
            assert list(ours[section]) == list(theirs[section]), (each.id, each.environment)


def test_what_copilot_refused() -> None:
    refused = [each for each in recorded() if each.refused]
    assert refused
    for each in refused:
        said = each.refused.partition("generate stack template: ")[2]
        first, *_ = template(each.manifest, each.environment).refusals
        assert first.message == said


@pytest.mark.parametrize("kind", _KINDS)
def test_what_copilot_accepted_is_not_refused(kind: str) -> None:
    assert not any(template(each.manifest, each.environment).refusals for each in _recordings(kind)[::5])


def _at(found: GeneratedTemplate, *steps: str | int) -> Part:
    part = found.get("Resources", *steps)
    assert part is not None
    return part


def _line(part: Part, text: str = MANIFEST) -> int | None:
    origin = part.origin
    return None if origin is None else text[: origin.node.place.start].count("\n") + 1


def _variable(found: GeneratedTemplate, name: str) -> Part:
    variables = _at(found, "TaskDefinition", "Properties", "ContainerDefinitions", 0, "Environment")
    (entry,) = [each for each in variables if each.get("Name").plain == name]  # type: ignore[union-attr]
    value = entry.get("Value")
    assert value is not None
    return value


def test_values_know_where_they_come_from() -> None:
    base, prod = template(MANIFEST, "test"), template(MANIFEST, "prod")
    assert (_variable(base, "LEVEL").plain, _line(_variable(base, "LEVEL"))) == ("info", 6)
    assert (_variable(prod, "LEVEL").plain, _line(_variable(prod, "LEVEL"))) == ("warn", 14)
    containers = _at(prod, "TaskDefinition", "Properties", "ContainerDefinitions")
    cpu, sidecar = containers.get(0, "Cpu"), containers.get(1)
    assert cpu is not None
    assert sidecar is not None
    assert (cpu.plain, _line(cpu), _line(sidecar)) == (128, 17, 9)
    assert sidecar.pointer == "/Resources/TaskDefinition/Properties/ContainerDefinitions/1"
    assert _line(_at(base, "LogGroup", "Properties", "LogGroupName")) is None


def test_what_is_copilots_own_belongs_to_what_asked_for_it() -> None:
    found = template(MANIFEST)
    log = _at(
        found, "TaskDefinition", "Properties", "ContainerDefinitions", 1, "LogConfiguration", "LogDriver"
    )
    assert (log.plain, _line(log)) == ("awslogs", 9)


def test_functions_are_seen_in_their_long_form() -> None:
    assert _at(template(MANIFEST), "Service", "Properties", "TaskDefinition", "Ref").plain == "TaskDefinition"
    assert _at(template(MANIFEST), "LogGroup", "Properties", "LogGroupName", "Fn::Join", 0).text == ""
    assert template(MANIFEST).get("Resources", "LogGroup", "Properties", "Nothing", "below") is None


def test_what_nobody_asks_for_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_definition, "container_definitions", None)
    found = template(MANIFEST)
    assert "TaskDefinition" in found.resources
    assert found.resources["Service"].get("Properties", "Cluster") is not None
    with pytest.raises(TypeError):
        found.get("Resources", "TaskDefinition", "Properties")


def test_what_never_changes_is_made_once() -> None:
    one, other = template(MANIFEST), template(MANIFEST, "prod")
    for name in ("LogGroup", "DiscoveryService", "EnvControllerRole"):
        assert _at(one, name, "Properties").value is _at(other, name, "Properties").value


def test_an_override_changes_nothing_that_is_shared() -> None:
    override = "taskdef_overrides: [{path: 'ContainerDefinitions[1].LogConfiguration.LogDriver', value: x}]\n"
    text = MANIFEST.replace("environments:", override + "environments:")
    changed = _at(template(text), "TaskDefinition", "Properties", "ContainerDefinitions")
    drivers = [each.get("LogConfiguration", "LogDriver").plain for each in changed]  # type: ignore[union-attr]
    assert drivers == ["awslogs", "x"]
    again = _at(template(MANIFEST), "TaskDefinition", "Properties", "ContainerDefinitions", 1)
    assert again.get("LogConfiguration", "LogDriver").plain == "awslogs"  # type: ignore[union-attr]


def test_another_document_is_another_template() -> None:
    found = template(MANIFEST)
    other = found.with_document({"Resources": {"Only": {"Type": "AWS::S3::Bucket"}}})
    assert list(other.resources) == ["Only"]
    assert "LogGroup" in found.resources


def test_names_that_are_not_known() -> None:
    manifest = Document(Source("manifest.yml", MANIFEST)).manifests[0]
    found = GeneratedTemplate.of(Stack(manifest))
    value = _variable(found, "COPILOT_SERVICE_DISCOVERY_ENDPOINT")
    assert value.plain == "<ENVIRONMENT>.<APPLICATION>.local"


def test_a_text_that_breaks_the_template_is_refused() -> None:
    (refusal,) = template(MANIFEST.replace("image: envoy", "image: 'a: b'")).refusals
    assert "unmarshal YAML template" in refusal.message
    assert isinstance(refusal.node, Scalar)
    assert refusal.node.text == "a: b"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated=mutated_manifests())
def test_any_manifest_has_a_template(mutated: Mutated) -> None:
    for manifest in Document(Source("manifest.yml", mutated.text)).manifests:
        found = GeneratedTemplate.of(Stack(manifest, "app"))
        assert isinstance(found.plain, dict)
        assert all(isinstance(each.plain, str | None) for each in found.parameter_values.values())
        assert isinstance(found.refusals, tuple)


def test_a_manifest_that_nobody_names() -> None:
    assert template(MANIFEST, OTHER).stack.environment == OTHER


@pytest.mark.parametrize(
    ("kind", "side", "expected"),
    [
        ("Load Balanced Web Service", "public", True),
        ("Load Balanced Web Service", "private", False),
        ("Backend Service", "private", True),
        ("Backend Service", "public", False),
    ],
)
def test_certificates_of_the_environment(kind: str, side: str, *, expected: bool, tmp_path: Path) -> None:
    manifest = MANIFEST.replace("Load Balanced Web Service", kind)
    environment = f"name: prod\ntype: Environment\nhttp: {{{side}: {{certificates: [arn]}}}}\n"
    for path, text in {"api": manifest, "environments/prod": environment}.items():
        (tmp_path / "copilot" / path).mkdir(parents=True)
        (tmp_path / "copilot" / path / "manifest.yml").write_text(text)
    document = workload(tmp_path, "api")
    assert ("HTTPSListenerRule" in GeneratedTemplate.of(stack(document, "prod")).resources) is expected
    assert "HTTPSListenerRule" not in GeneratedTemplate.of(stack(document, "test")).resources
