"""What `leave --write` writes: usable as it is, in the form of each target, and nowhere else than asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from leaving import files_of, in_workspace, migration
from typer.testing import CliRunner, Result

from sidecar_lint.commands import cli
from sidecar_lint.migration.export.hcl import HclWriter, quoted
from sidecar_lint.migration.export.references import PlaceholderReference
from sidecar_lint.migration.taking_inventory import inventory_of
from sidecar_lint.migration.target import MigrationTarget

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

ROOT = Path(__file__).parents[1]
SHOP = ROOT / "fixtures" / "shop"
SNAPSHOTS = Path(__file__).parent / "snapshots" / "leaving"
WEB = "name: web\ntype: Load Balanced Web Service\nimage: {location: nginx:1, port: 80}\nhttp: {path: /}\n"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["leave", *arguments], prog_name="sidecar-lint")


def _json(files: dict[str, str], name: str) -> Any:
    return json.loads(files[name])


@pytest.mark.parametrize("target", list(MigrationTarget))
def test_the_shop(target: MigrationTarget, snapshot: Snapshot) -> None:
    files = files_of(SHOP, "orders", "prod", target)
    snapshot.snapshot_dir = SNAPSHOTS / target.value
    for name, text in files.items():
        snapshot.assert_match(text, name)


def test_files_of_each_workload_and_environment_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHOP)
    run = _run("--to", "terraform", "--write", str(tmp_path / "new" / "out"))
    assert run.exit_code == 0
    assert run.stdout.startswith("orders (Load Balanced Web Service) in prod")
    assert "12 files written" in run.stderr
    folders = sorted(path.name for path in (tmp_path / "new" / "out").iterdir())
    assert folders == ["orders-prod", "orders-staging", "orders-test"]
    names = sorted(path.name for path in (tmp_path / "new" / "out" / "orders-prod").iterdir())
    assert names == ["addons.yml", "inventory.md", "main.tf", "variables.tfvars"]


@pytest.mark.parametrize("what", ["file", "folder with something", "link", "link that leads nowhere"])
def test_nothing_is_written_where_something_is(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHOP)
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    match what:
        case "file":
            out.write_text("mine")
        case "folder with something":
            out.mkdir()
            (out / "mine").symlink_to(elsewhere)
        case "link":
            elsewhere.mkdir()
            out.symlink_to(elsewhere)
        case _:
            out.symlink_to(elsewhere)
    run = _run("--write", str(out))
    assert (run.exit_code, run.stdout) == (2, "")
    assert not elsewhere.exists() or not os.listdir(elsewhere)


def test_an_empty_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHOP)
    assert _run("--write", str(tmp_path), "--env", "prod").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["orders-prod"]


def test_a_workload_chooses_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = tmp_path / "copilot" / "web" / "manifest.yml"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(WEB.replace("name: web", "name: ../../up") + "environments: {'../x': {count: 1}}\n")
    monkeypatch.chdir(tmp_path)
    assert _run("--write", "out").exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["up--x"]


def test_express_mode_gets_what_it_asks_for(tmp_path: Path) -> None:
    manifest = (
        f"{WEB.replace('{path: /}', '{path: /, target_container: proxy, healthcheck: /ok}')}"
        "sidecars:\n  proxy: {image: a, port: 8080}\n  other: {image: b, depends_on: {proxy: start}}\n"
        "count: {range: 2-4, requests: 50}\n"
    )
    files = files_of(in_workspace(tmp_path, web__manifest=manifest), "web", "prod", MigrationTarget.EXPRESS)
    containers = {each["name"]: each for each in _json(files, "task-definition.json")["containerDefinitions"]}
    assert list(containers) == ["web", "other", "Main"]
    assert [each["name"] for each in containers["Main"]["portMappings"]] == ["target"]
    assert containers["other"]["dependsOn"] == [{"condition": "START", "containerName": "Main"}]
    service = _json(files, "express-service.json")
    assert service["healthCheckPath"] == "/ok"
    assert service["scalingTarget"] == {
        "minTaskCount": 2,
        "maxTaskCount": 4,
        "autoScalingMetric": "REQUEST_COUNT_PER_TARGET",
        "autoScalingTargetValue": 50,
    }


def test_who_cannot_go_gets_the_reasons_only(tmp_path: Path) -> None:
    manifest = "name: web\ntype: Worker Service\nimage: {location: a}\n"
    assert (
        files_of(in_workspace(tmp_path, web__manifest=manifest), "web", "prod", MigrationTarget.EXPRESS) == {}
    )


def test_the_execution_role_reads_the_secrets_that_there_are(tmp_path: Path) -> None:
    manifest = (
        f"{WEB}secrets:\n  A: /copilot/shop/prod/secrets/a\n  B: plain\n  C: {{secretsmanager: shop/c:key::}}\n"
        "  D: arn:aws:ssm:eu-west-1:123456789012:parameter/d\n  E: {from_cfn: other-secret}\n"
    )
    files = files_of(in_workspace(tmp_path, web__manifest=manifest), "web", "prod", MigrationTarget.ECS)
    found = {
        each["Action"][0]: each["Resource"]
        for each in _json(files, "execution-role-policy.json")["Statement"]
    }
    here = "<REGION>:<ACCOUNT_ID>"
    assert found["ssm:GetParameters"] == [
        f"arn:<PARTITION>:ssm:{here}:parameter/copilot/shop/prod/secrets/a",
        f"arn:<PARTITION>:ssm:{here}:parameter/plain",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/d",
        "<EXPORT_OTHER_SECRET>",
    ]
    secret = f"arn:<PARTITION>:secretsmanager:{here}:secret:shop/c"
    assert found["secretsmanager:GetSecretValue"] == [secret, f"{secret}-??????", "<EXPORT_OTHER_SECRET>"]
    assert "copilot-application" not in files["execution-role-policy.json"]


def test_what_the_manifest_writes_is_no_placeholder(tmp_path: Path) -> None:
    manifest = f"{WEB}variables: {{HINT: 'use <IT> or ${{AWS_REGION}} or %{{x}}'}}\n"
    workspace = in_workspace(tmp_path, web__manifest=manifest)
    (template,) = [
        json.loads(text)
        for name, text in files_of(workspace, "web", "prod", MigrationTarget.CDK).items()
        if name == "template.json"
    ]
    assert "It" not in template["Parameters"]
    (container,) = template["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"]
    values = {each["Name"]: each["Value"] for each in container["Environment"]}
    assert values["HINT"] == {"Fn::Sub": "use <IT> or ${!AWS_REGION} or %{x}"}
    configuration = files_of(workspace, "web", "prod", MigrationTarget.TERRAFORM)["main.tf"]
    assert '"use <IT> or $${AWS_REGION} or %%{x}"' in configuration


def test_parameters_of_addons_are_filled_in(tmp_path: Path) -> None:
    addon = (
        "Parameters:\n  App: {Type: String}\n  Env: {Type: String}\n  Name: {Type: String}\n"
        "  Size: {Type: Number, Default: 1}\n  Service: {Type: String}\n  Other: {Type: String, Default: x}\n"
        "Mappings:\n  Sizes: {prod: {Value: 1}}\n"
        "Resources:\n  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub '${App}-t'}}\n"
    )
    more = "Mappings:\n  Sizes: {test: {Value: 2}}\nTransform: AWS::Serverless-2016-10-31\n"
    given = "Parameters:\n  Size: 5\n  Service: !Ref Service\n"
    files = files_of(
        in_workspace(
            tmp_path,
            web__manifest=WEB,
            web__addons__a=addon,
            web__addons__b=more,
            **{"web__addons__addons.parameters": given},
        ),
        "web",
        "prod",
        MigrationTarget.ECS,
    )
    text = files["addons.yml"]
    for line in ("Default: shop", "Default: prod", "Default: web", "Default: '5'", "Default: x"):
        assert line in text
    assert text.count("Default:") == 5
    assert "!Sub ${App}-t" in text
    assert text.index("prod:") < text.index("test:")
    assert "AWS::Serverless-2016-10-31" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('a "b" \\ c\n', '"a \\"b\\" \\\\ c\\n"'),
        ("${x} %{y} $ %", '"$${x} %%{y} $ %"'),
        ("\x1b[31m\u202e", '"\\u001b[31m\\u202e"'),
    ],
)
def test_texts_of_terraform_are_literal(text: str, written: str) -> None:
    assert quoted(text) == written


def test_nothing_before_an_interpolation_escapes_it() -> None:
    writer = HclWriter(
        lambda _: ["costs $", PlaceholderReference("PRICE")], lambda name: f"var.{name.lower()}"
    )
    assert writer.text("") == '"costs ${"$"}${var.price}"'


def test_an_application_of_unknown_name_is_a_parameter_everywhere(tmp_path: Path) -> None:
    folder = in_workspace(tmp_path, web__manifest=WEB)
    (folder / "copilot" / ".workspace").unlink()
    template = json.loads(files_of(folder, "web", "prod", MigrationTarget.CDK)["template.json"])
    name = {"Fn::Sub": "/ecs/${Application}-prod-web"}
    assert template["Resources"]["LogGroup"]["Properties"]["LogGroupName"] == name
    assert template["Parameters"]["Application"]["Description"] == "copilot app ls"


@pytest.mark.parametrize("target", list(MigrationTarget))
def test_a_command_is_known_for_whatever_is_not_made_anew(target: MigrationTarget) -> None:
    found = inventory_of(migration(SHOP, "orders", "prod", target), ()).placeholders
    unknown = {each.name for each in found if not each.command}
    assert unknown <= {
        "<EXECUTION_ROLE_ARN>",
        "<TASK_ROLE_ARN>",
        "<ENV_FILE_BUCKET>",
        "<INFRASTRUCTURE_ROLE_ARN>",
        "<TASK_DEFINITION_ARN>",
    }
