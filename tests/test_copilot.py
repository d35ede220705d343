"""Ours against Copilot's own verdict: the released binary is asked, offline."""

from __future__ import annotations

import re
from pathlib import Path

import addon_cases
import copilot_oracle
import manifest_oracle
import pytest
import yaml
from copilot_oracle import UNNAMED, Copilot
from hypothesis import HealthCheck, given, note, settings
from mutations import (
    RIGHT_ENVIRONMENTS,
    RIGHT_PIPELINES,
    Mutated,
    mutated_environments,
    mutated_manifests,
    mutated_pipelines,
)
from spellings import spelt_manifests
from workspaces import MANIFESTS, identify

from sidecar_lint import Document, Files, Finding, Scalar, Stage, as_mapping, lint_paths, lint_text
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.syntax.source import Source
from sidecar_lint_rules.addons._refused import AT_ONCE

pytestmark = pytest.mark.copilot

ENVIRONMENT = b"name: test\ntype: Environment\n"
ENVIRONMENT_ADDONS = "copilot/environments/addons"


def _refusals(text: str, environment: str) -> list[Finding]:
    """What we say Copilot refuses in an environment."""
    name = ANY_ENVIRONMENT if environment == UNNAMED else environment
    named = Document(Source("manifest.yml", text)).environments
    wanted = name if name in named else ANY_ENVIRONMENT
    findings = lint_text(text).findings
    return [each for each in findings if each.stage is Stage.COPILOT and wanted in each.environments]


@pytest.mark.parametrize("path", MANIFESTS, ids=identify)
def test_fixture(path: Path, copilot: Copilot) -> None:
    text = path.read_text("utf-8")
    for environment in Document(Source(str(path), text)).environments:
        asked = UNNAMED if environment == ANY_ENVIRONMENT else environment
        answer = copilot.ask(text.encode(), asked, path.parent.name)
        expected = "reject" if _refusals(text, asked) else "accept"
        assert answer.verdict == expected, (environment, answer.message, _refusals(text, asked))


@pytest.mark.parametrize("case", addon_cases.CASES, ids=lambda case: case.name)
def test_addons(case: addon_cases.Case, copilot: Copilot) -> None:
    answer = copilot.ask(addon_cases.MANIFEST.encode(), UNNAMED, "api", case.files)
    assert bool(answer.template) is not bool(case.rule), answer.message
    role = answer.template.partition("TaskRole:")[2].partition("AssumeRolePolicyDocument")[0]
    assert set(re.findall(r"AddonsStack, Outputs\.(\w+)", role)) == case.policies


@pytest.mark.parametrize("case", addon_cases.CASES, ids=lambda case: case.name)
def test_addons_of_environments(case: addon_cases.Case, copilot: Copilot) -> None:
    """Copilot merges them as those of workloads, and looks at neither resources nor outputs; `Name` is not given."""
    named = re.compile(r"(?m)^  Name: \{Type: String\}\n|, Name: \{Type: String\}")
    texts = {f"{ENVIRONMENT_ADDONS}/{name}": named.sub("", text) for name, text in case.files.items()}
    answer = manifest_oracle.package_environment(copilot, ENVIRONMENT, "test", texts)
    root = "/nowhere/shop"
    unsaved = {f"{root}/{path}": text for path, text in {**texts, "copilot/.workspace": ""}.items()}
    paths = [path for path in unsaved if ENVIRONMENT_ADDONS in path]
    found = [each for report in lint_paths(paths, files=Files(unsaved)) for each in report.findings]
    refusing = {each.code for each in found if each.effect == AT_ONCE}
    assert bool(refusing) is (answer.verdict != "accept"), (refusing, answer.message)


@pytest.mark.parametrize("others", [{}, {"a.yml": addon_cases.TABLE}])
def test_an_addon_that_we_write_is_attached(others: dict[str, str], copilot: Copilot) -> None:
    manifest = addon_cases.MANIFEST.replace("helper: {image: nginx}", "xray: {image: amazon/aws-xray-daemon}")
    root = Path("/nowhere/copilot/api")
    unsaved = {str(root / "addons" / name): text for name, text in others.items()}
    path = str(root / "manifest.yml")
    reports = lint_paths([path], files=Files({path: manifest, **unsaved}))
    fixes = [fix for each in next(reports).findings if each.code == "SL801" for fix in each.fixes]
    written = {Path(file.path).name: file.text for fix in fixes for file in fix.new_files}
    assert list(written) == ["xray-policy.yml"]
    answer = copilot.ask(manifest.encode(), UNNAMED, "api", {**others, **written})
    role = answer.template.partition("TaskRole:")[2].partition("AssumeRolePolicyDocument")[0]
    assert "Outputs.XrayPolicyArn" in role, answer.message


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutated=mutated_manifests())
def test_mutated(copilot: Copilot, mutated: Mutated) -> None:
    answer = copilot.ask(mutated.text.encode(), mutated.environment, mutated.workload)
    refusals = _refusals(mutated.text, mutated.environment)
    note(f"Copilot: {answer.verdict} {answer.message[-300:]}\nours: {refusals}")
    assert answer.verdict in ("reject" if refusals else "accept", "unknown")


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutated=spelt_manifests())
def test_spelt_in_unusual_ways(copilot: Copilot, mutated: Mutated) -> None:
    answer = copilot.ask(mutated.text.encode(), mutated.environment, mutated.workload)
    refusals = _refusals(mutated.text, mutated.environment)
    note(f"Copilot: {answer.verdict} {answer.message[-300:]}\nours: {refusals}")
    assert answer.verdict in ("reject" if refusals else "accept", "unknown")


@pytest.mark.parametrize(
    "line",
    [
        "command: !!null []", "command: !!null {}", "entrypoint: !!null [a]", "variables: {A: !!null []}",
        "variables: {A: !!null {}}", "publish: {topics: !!null []}", "logging: !!null []", "count: !!null {}",
        "network: {vpc: {security_groups: !!null []}}", "cpu: !!null {}",
    ],
)  # fmt: skip
def test_lists_and_maps_that_are_tagged_as_null(copilot: Copilot, line: str) -> None:
    text = f"name: orders\ntype: Backend Service\nimage: {{location: nginx, port: 80}}\n{line}\n"
    answer = copilot.ask(text.encode(), UNNAMED, "orders")
    assert answer.verdict == ("reject" if _refusals(text, UNNAMED) else "accept"), answer.message


@pytest.mark.parametrize(
    ("block", "arrives"),
    [
        ("|\n\n    a", "a\n"), ("| # c\n\n    a", "\na\n"), ("|+\n", ""), (">\n    a\n      b\n    c", "a\n\n  b\nc\n"),
        ("# c\n    |\n\n     a", "\na\n"), (">+\n    a\n\n\n  B: b", "a\n\n\n\n"), (">\n    a\n    \tb", "a\n\n\tb\n"),
        (">\n    a \n      b", "a \n  b\n"), ("! ~", ""), ("!!binary aGk=", "hi"), ('"x\\\'y"', "x'y"),
    ],
)  # fmt: skip
def test_what_arrives(copilot: Copilot, block: str, arrives: str) -> None:
    text = f"name: orders\ntype: Backend Service\nimage: {{location: nginx, port: 80}}\nvariables:\n  A: {block}\n"
    answer = copilot.ask(text.encode(), UNNAMED, "orders")
    (manifest,) = Document(Source("manifest.yml", text)).manifests
    ours = as_mapping(manifest.root.get("variables")).entries["A"]
    assert isinstance(ours, Scalar)
    assert copilot_oracle.variables(answer.template)["A"] == arrives == ("" if ours.is_null else ours.text)


def _refuses_environment(manifest: Mutated) -> list[Finding]:
    path = f"/nowhere/copilot/environments/{manifest.environment}/manifest.yml"
    (report,) = lint_paths([path], files=Files({path: manifest.text}))
    return [each for each in report.findings if each.stage is Stage.COPILOT]


@pytest.mark.parametrize("path", RIGHT_ENVIRONMENTS, ids=identify)
def test_an_environment(copilot: Copilot, path: Path) -> None:
    text, name = path.read_text("utf-8"), path.parent.name
    answer = manifest_oracle.package_environment(copilot, text.encode(), name)
    assert (answer.verdict, _refuses_environment(Mutated(text, name))) == ("accept", []), answer.message


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutated=mutated_environments())
def test_mutated_environments(copilot: Copilot, mutated: Mutated) -> None:
    answer = manifest_oracle.package_environment(copilot, mutated.text.encode(), mutated.environment)
    refusals = _refuses_environment(mutated)
    note(f"Copilot: {answer.verdict} {answer.message[-300:]}\nours: {refusals}")
    assert answer.verdict in ("reject" if refusals else "accept", "unknown")


@pytest.mark.parametrize(
    "cdn",
    [
        "{static_assets: {}}", "{static_assets: {alias: [a]}}", "{static_assets: {alias: ''}}",
        "{static_assets: {alias: '', location: '', path: ''}, terminate_tls: false}",
        "{static_assets: {alias: [a]}, terminate_tls: true}",
    ],
)  # fmt: skip
def test_a_cdn_with_nothing_in_it(copilot: Copilot, cdn: str) -> None:
    mutated = Mutated(f"name: test\ntype: Environment\ncdn: {cdn}\n", "test")
    answer = manifest_oracle.package_environment(copilot, mutated.text.encode(), "test")
    assert answer.verdict == ("reject" if _refuses_environment(mutated) else "accept"), answer.message


_SERVICE = "name: {}\ntype: Backend Service\nimage: {{location: nginx}}\n"
_SERVICES = {f"copilot/{name}/manifest.yml": _SERVICE.format(name) for name in ("api", "web")}


def _refuses_pipeline(text: str) -> list[Finding]:
    path = "/nowhere/copilot/pipelines/main/manifest.yml"
    (report,) = lint_paths([path], files=Files({path: text}))
    return [each for each in report.findings if each.stage is Stage.COPILOT]


@pytest.mark.parametrize("path", RIGHT_PIPELINES, ids=identify)
def test_a_pipeline(copilot: Copilot, path: Path) -> None:
    text = path.read_text("utf-8")
    name = yaml.safe_load(text)["name"]
    answer = manifest_oracle.diff_pipeline(copilot, text.encode(), name, _SERVICES)
    assert (answer.verdict, _refuses_pipeline(text)) == ("accept", []), answer.message


def test_the_actions_of_stages(copilot: Copilot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as an action is what Copilot makes one of."""
    text = (
        "name: main\nversion: 1\nsource: {provider: GitHub, properties: {repository: example/shop}}\nstages:\n"
        "- {name: test, requires_approval: true, pre_deployments: {a: {buildspec: a.yml}, b: {buildspec: b.yml}},"
        " deployments: {api: }, post_deployments: {c: {buildspec: c.yml}}}\n"
        "- {name: prod, test_commands: [make x, make y]}\n"
    )
    answer = manifest_oracle.diff_pipeline(copilot, text.encode(), "main", _SERVICES)
    _, *stages = answer.template.split("- Name: DeployTo-")
    made = [stage.count("ActionTypeId:") for stage in stages]
    monkeypatch.setattr("sidecar_lint_rules.pipelines.too_many_actions._MOST", 1)
    around = {f"/nowhere/{path}": service for path, service in _SERVICES.items()}
    path = "/nowhere/copilot/pipelines/main/manifest.yml"
    (report,) = lint_paths([path], files=Files({path: text, **around}))
    messages = [each.message for each in report.findings if each.code == "SL726"]
    counted = [f"the stage has {actions} actions, and no more than 1 are possible" for actions in made]
    assert messages == ["the pipeline has 4 stages, and no more than 1 are possible", *counted]
    assert made == [5, 3]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutated=mutated_pipelines())
def test_mutated_pipelines(copilot: Copilot, mutated: Mutated) -> None:
    name = yaml.safe_load(mutated.text)["name"]
    answer = manifest_oracle.diff_pipeline(copilot, mutated.text.encode(), name, _SERVICES)
    refusals = _refuses_pipeline(mutated.text)
    note(f"Copilot: {answer.verdict} {answer.message[-300:]}\nours: {refusals}")
    assert answer.verdict in ("reject" if refusals else "accept", "unknown")


@pytest.mark.parametrize(
    ("secrets", "complaint"),
    [
        ("db: {test: x, prod: 012}\nflag: {test: yes}\n", ""),
        ("db: &db {test: x}\nother: {<<: *db, prod: y}\n", ""),
        ("db:\nother: {test: x}\n", ""),
        ("db: {tset: x}\nother: {test: x}\n", "couldn't find environment tset"),
        ("db: {Test: x}\nother: {test: x}\n", "couldn't find environment Test"),
        ("db: {test: ''}\n", "greater than or equal to 1"),
        ("db: {test: }\n", "greater than or equal to 1"),
        ("db: x\nother: {test: x}\n", "cannot unmarshal"),
        ("db: {test: [x]}\n", "cannot unmarshal"),
        ("db: {test: {x: y}}\n", "cannot unmarshal"),
        ("db: {test: x}\ndb: {test: y}\n", "already defined"),
        ("db: {test: x, test: y}\n", "already defined"),
    ],
)
def test_secrets(copilot: Copilot, secrets: str, complaint: str, tmp_path: Path) -> None:
    message = copilot.store(secrets)
    assert bool(message) == bool(complaint)
    assert complaint in message
    for path, text in {"environments/test": "name: test\n", "environments/prod": "name: prod\n"}.items():
        (tmp_path / "copilot" / path).mkdir(parents=True)
        (tmp_path / "copilot" / path / "manifest.yml").write_text(text)
    (tmp_path / "secrets.yml").write_text(secrets)
    (report,) = lint_paths([tmp_path / "secrets.yml"])
    assert any(each.stage is Stage.COPILOT for each in report.findings) == bool(complaint)


def test_a_name_that_is_not_the_folders(copilot: Copilot) -> None:
    manifest = b"name: website\ntype: Backend Service\nimage: {location: nginx}\n"
    assert "do not match" in copilot.ask(manifest, "test", "web").message
