"""The tools themselves accept what `leave --write` writes: cfn-lint, the CDK, a parser of Terraform's files, ECS's API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from leaving import files_of
from services import module, program, run

from sidecar_lint.manifests.copilot_names import ECS_TYPES
from sidecar_lint.manifests.document import document_of
from sidecar_lint.migration.taking_inventory import environments
from sidecar_lint.migration.target import Target
from sidecar_lint.workspace.files import Files

FIXTURES = Path(__file__).parents[1] / "fixtures"
#: Workspaces that Copilot takes, so that others have no reason to refuse what is in them.
CASES = ("ok-services", "shop", "permissions", "collector")


def _written(target: Target, name: str) -> Iterator[tuple[str, str]]:
    """The files of a name for every workload of the fixtures in its first environment."""
    for case in CASES:
        workspace = Files().workspace(str(FIXTURES / case / "-"))
        assert workspace
        for workload in workspace.workloads.values():
            document = document_of(workload)
            if document and document.kind in ECS_TYPES:
                environment = environments(document)[0]
                files = files_of(FIXTURES / case, workload.folder_name, environment, target)
                if name in files:
                    yield f"{case}-{workload.folder_name}", files[name]


def _refused(operation: str, document: Any) -> str:
    """What the model of ECS's API says against an input; empty where it takes it."""
    session = pytest.importorskip("botocore.session").get_session()
    validate = pytest.importorskip("botocore.validate")
    model = session.get_service_model("ecs").operation_model(operation)
    report: str = validate.ParamValidator().validate(document, model.input_shape).generate_report()
    return report


@pytest.mark.slow
@pytest.mark.parametrize("target", [Target.ECS, Target.EXPRESS])
def test_the_api_takes_the_task_definition(target: Target) -> None:
    found = list(_written(target, "task-definition.json"))
    assert found
    assert {
        name: said for name, text in found if (said := _refused("RegisterTaskDefinition", json.loads(text)))
    } == {}


@pytest.mark.slow
def test_the_api_takes_the_express_service() -> None:
    found = list(_written(Target.EXPRESS, "express-service.json"))
    assert found
    said = [_refused("CreateExpressGatewayService", json.loads(text)) for _, text in found]
    assert set(said) == {""}


@pytest.mark.slow
def test_terraforms_files_are_read() -> None:
    hcl2 = pytest.importorskip("hcl2")
    found = [hcl2.loads(text) for _, text in _written(Target.TERRAFORM, "main.tf")]
    assert found
    assert all("resource" in each for each in found)


@pytest.mark.slow
def test_cfn_lint_has_no_error(tmp_path: Path) -> None:
    cfn_lint = program("cfn-lint")
    paths = []
    for name, text in _written(Target.ECS, "template.json"):
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(text)
    assert paths
    said = run(cfn_lint, "--non-zero-exit-code", "error", "--format", "parseable", *paths)
    assert said.returncode == 0, said.stdout


@pytest.mark.services
def test_the_cdk_includes_the_template(tmp_path: Path) -> None:
    modules = module("aws-cdk-lib").parent
    for name, text in _written(Target.CDK, "template.json"):
        path = tmp_path / f"{name}.json"
        path.write_text(text)
        said = run("node", Path(__file__).parent / "support" / "cdk_include.mjs", modules, path)
        assert said.returncode == 0, said.stderr
        assert json.loads(said.stdout)["Resources"].keys() >= json.loads(text)["Resources"].keys()
