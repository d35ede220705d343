"""The generated template as rules ask for it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Stage, generated_template, lint_text, refusal_stage
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.syntax.source import Source
from sidecar_lint.template import template as templates

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Manifest

_MANIFEST = """\
name: api
type: Backend Service
image: {location: nginx, port: 80}
environments:
  prod:
    variables: {A: b}
    taskdef_overrides: [{path: 'ContainerDefinitions[3].Cpu', value: 1}]
"""
_JOB = "name: nightly\ntype: Scheduled Job\nimage: {location: nginx}\non: {schedule: '@daily'}\n"


def _manifests(text: str) -> tuple[Manifest, ...]:
    return tuple(Document(Source("manifest.yml", text)).manifests)


def _codes(text: str) -> set[tuple[str, Stage, tuple[str, ...]]]:
    return {(each.code, each.stage, each.environments) for each in lint_text(text).findings}


def test_it_is_made_once_for_all_who_ask() -> None:
    base, prod = _manifests(_MANIFEST)
    assert generated_template(base) is generated_template(base)
    assert generated_template(base) is not generated_template(prod)


def test_it_is_of_its_environment() -> None:
    base, prod = (generated_template(each) for each in _manifests(_MANIFEST))
    assert not base.override_refusals
    assert [each.segment for each in prod.override_refusals] == ["ContainerDefinitions[3]"]
    assert ("SL740", Stage.COPILOT, ("prod",)) in _codes(_MANIFEST)


def test_what_no_rule_needs_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "_document", None)
    assert not _codes("name: api\ntype: Backend Service\nimage: {location: 'nginx:1.27', port: 80}\n")


def test_the_builders_are_not_even_imported() -> None:
    program = (
        "import sys; from sidecar_lint import lint_text; "
        "lint_text('name: api\\ntype: Backend Service\\nimage: {location: nginx, port: 80}\\n'); "
        "assert 'sidecar_lint.template.resources' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_without_a_domain_copilot_does_not_get_so_far() -> None:
    text = "name: api\ntype: Load Balanced Web Service\nimage: {location: nginx, port: 80}\nhttp: {path: /}\n"
    assert [refusal_stage(each) for each in _manifests(text)] == [Stage.COPILOT]
    aliased = text.replace("path: /", "path: /, alias: example.com")
    assert [refusal_stage(each) for each in _manifests(aliased)] == [Stage.DEPLOY]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("on: {schedule: '@every 90s'}", "SL086"),
        ("on: {schedule: ''}", "SL086"),
        ("timeout: 1d", "SL089"),
        ("retries: -1", "SL090"),
        ("taskdef_overrides: [{value: 1}]", "SL740"),
        ("network: {vpc: {security_groups: ['*']}}", "SL741"),
        ("command: ['*']", "SL140"),
        ("variables: {'a: b': c}", "SL603"),
        ("secrets: {A: 'b:'}", "SL606"),
        ('secrets: {A: {secretsmanager: "it\'s"}}', "SL605"),
        ("sidecars: {s: {image: 'a: b'}}", "SL105"),
        ("sidecars: {'a: b': {image: 'a:1'}}", "SL136"),
        ("sidecars: {s: {image: 'a:1', credentialsParameter: 'a:'}}", "SL143"),
        ("logging: {destination: {Name: http, '@type': x}}", "SL210"),
        ("storage: {volumes: {v: {path: /x, efs: {id: 'a: b'}}}}", "SL309"),
        ("storage: {volumes: {'a: b': {path: /x}}}", "SL316"),
    ],
)
def test_what_copilot_refuses_when_it_makes_the_template(field: str, code: str) -> None:
    lines = [line for line in _JOB.splitlines() if not line.startswith(field.partition(":")[0] + ":")]
    (manifest,) = _manifests("\n".join([*lines, field, ""]))
    template = generated_template(manifest)
    refused = bool(template.refusals)
    stages = {each[0]: each[1] for each in _codes("\n".join([*lines, field, ""]))}
    assert (stages.get(code), refused) == (Stage.COPILOT, True)
