"""The tools themselves accept what `leave --write` writes: cfn-lint, the CDK, a parser of Terraform's files, ECS's API."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from leaving import EVERY_KIND, files_of, in_workspace
from services import module, program, run

from sidecar_lint.manifests.copilot_names import ECS_TYPES
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.migration.environments import environments
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.workspace.files import Files

Written = Callable[[MigrationTarget, str], Iterator[tuple[str, str]]]

FIXTURES = Path(__file__).parents[1] / "fixtures"
#: Workspaces that Copilot takes, so that others have no reason to refuse what is in them.
CASES = ("ok-services", "shop", "permissions", "collector")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The files of a name for every workload of the fixtures, and one of every kind, in its first environment."""
    folders = [in_workspace(tmp_path_factory.mktemp("every"), **EVERY_KIND), *map(FIXTURES.joinpath, CASES)]
    return lambda target, name: _written(folders, target, name)


def _written(folders: list[Path], target: MigrationTarget, name: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        workspace = Files().workspace(str(folder / "-"))
        assert workspace
        for workload in workspace.workloads.values():
            document = document_of(workload)
            if document and document.kind in ECS_TYPES:
                environment = environments(document)[0]
                files = files_of(folder, workload.folder_name, environment, target)
                if name in files:
                    yield f"{folder.name}-{workload.folder_name}", files[name]


def _refused(operation: str, document: Any) -> str:
    """What the model of ECS's API says against an input; empty where it takes it."""
    session = pytest.importorskip("botocore.session").get_session()
    validate = pytest.importorskip("botocore.validate")
    model = session.get_service_model("ecs").operation_model(operation)
    report: str = validate.ParamValidator().validate(document, model.input_shape).generate_report()
    return report


@pytest.mark.slow
@pytest.mark.parametrize("target", [MigrationTarget.ECS, MigrationTarget.EXPRESS])
def test_the_api_takes_the_task_definition(target: MigrationTarget, written: Written) -> None:
    found = list(written(target, "task-definition.json"))
    assert found
    assert {
        name: said for name, text in found if (said := _refused("RegisterTaskDefinition", json.loads(text)))
    } == {}


@pytest.mark.slow
def test_the_api_takes_the_express_service(written: Written) -> None:
    found = list(written(MigrationTarget.EXPRESS, "express-service.json"))
    assert found
    said = [_refused("CreateExpressGatewayService", json.loads(text)) for _, text in found]
    assert set(said) == {""}


@pytest.mark.slow
def test_terraforms_files_are_read(written: Written) -> None:
    hcl2 = pytest.importorskip("hcl2")
    found = [hcl2.loads(text) for _, text in written(MigrationTarget.TERRAFORM, "main.tf")]
    assert found
    assert all(hcl2.loads(text) for _, text in written(MigrationTarget.TERRAFORM, "variables.tfvars"))
    assert all("resource" in each for each in found)


@pytest.mark.slow
def test_terraform_takes_its_files(tmp_path: Path, written: Written) -> None:
    """Where there is Terraform, and `terraform init` finds the provider (`TF_CLI_ARGS_init` may say where)."""
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("needs terraform")
    found = list(written(MigrationTarget.TERRAFORM, "main.tf"))
    assert len(found) > len(EVERY_KIND)
    given = dict(written(MigrationTarget.TERRAFORM, "variables.tfvars"))
    for name, text in found:
        # Modules of one configuration; of the provider version 5 will do: the region is called `id` there, and in 6 too.
        older = text.replace(">= 6.0", ">= 5.0").replace(
            "data.aws_region.current.region", "data.aws_region.current.id"
        )
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(older)
        (tmp_path / name / "variables.tfvars").write_text(given[name])
        inputs = re.findall(r'(?m)^variable "(\w+)" \{\n  type +=.*\n  description', text)
        nulls = "\n".join(f"  {each} = null" for each in inputs)
        with (tmp_path / "main.tf").open("a") as file:
            file.write(f'module "{name}" {{\n  source = "./{name}"\n{nulls}\n}}\n')
    made = run(terraform, "init", "-backend=false", "-no-color", cwd=tmp_path)
    if made.returncode:
        pytest.skip(f"terraform init: {made.stderr[-300:]}")
    said = run(terraform, "validate", "-no-color", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    folders = [tmp_path / name for name, _ in found]
    laid_out = run(terraform, "fmt", "-check", "-diff", "-no-color", *folders)
    assert laid_out.returncode == 0, laid_out.stdout


@pytest.mark.slow
def test_cfn_lint_has_nothing_to_say(tmp_path: Path, written: Written) -> None:
    cfn_lint = program("cfn-lint")
    paths = []
    for name, text in written(MigrationTarget.ECS, "template.json"):
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(text)
    assert paths
    # A text with a `${` that stays has to stand in Fn::Sub, and then that is all there is in it (W1020).
    said = run(cfn_lint, "--format", "parseable", "--ignore-checks", "W1020", "--", *paths)
    assert said.returncode == 0, said.stdout


@pytest.mark.services
def test_the_cdk_includes_the_template(tmp_path: Path, written: Written) -> None:
    modules = module("aws-cdk-lib").parent
    for name, text in written(MigrationTarget.CDK, "template.json"):
        path = tmp_path / f"{name}.json"
        path.write_text(text)
        said = run("node", Path(__file__).parent / "support" / "cdk_include.mjs", modules, path)
        assert said.returncode == 0, said.stderr
        assert json.loads(said.stdout)["Resources"].keys() >= json.loads(text)["Resources"].keys()
