"""Leaving Copilot: what the inventory of a workload says, and how the command says it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint.commands import cli
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.migration.destinations import destination
from sidecar_lint.migration.inventory import Inventory, ItemKind, RemarkLevel
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.taking_inventory import take_inventory
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.rendering.rendering import CannotRender, template_of
from sidecar_lint.report.migration.markdown import markdown_text
from sidecar_lint.report.migration.text import text
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

ROOT = Path(__file__).parents[1]
SHOP = ROOT / "fixtures" / "shop"
SNAPSHOTS = Path(__file__).parent / "snapshots" / "leaving"
WEB = "name: web\ntype: Load Balanced Web Service\nimage: {location: nginx:1, port: 80}\n"
HTTP = "http: {path: /}\n"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["leave", *arguments], prog_name="sidecar-lint")


def _inventory(
    manifest: str, target: MigrationTarget = MigrationTarget.ECS, environment: str = "prod"
) -> Inventory:
    return take_inventory(Document(Source("manifest.yml", manifest)), environment, target)


def _in(folder: Path, patches: str | None = None, **files: str) -> Inventory:
    """The inventory of `web` in prod, in a workspace of these files (`a__b` is `a/b.yml`)."""
    names = {f"{name.replace('__', '/')}.yml": text for name, text in files.items()}
    if patches is not None:
        names["web/overrides/cfn.patches.yml"] = patches
    names[".workspace"] = "application: shop\n"
    found = Files({str(folder / "copilot" / name): text for name, text in names.items()})
    workspace = found.workspace(str(folder / "copilot" / "web" / "manifest.yml"))
    assert workspace
    document = document_of(workspace.workloads["web"])
    assert document
    return take_inventory(document, "prod", MigrationTarget.ECS)


def _topics(manifest: str) -> dict[str, bool]:
    return {limit.topic: limit.blocks for limit in _inventory(manifest, MigrationTarget.EXPRESS).limits}


def _dangers(inventory: Inventory) -> dict[str, str]:
    return {item.name: said for item, said in inventory.remarks(RemarkLevel.DANGER)}


@pytest.fixture
def _shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHOP)


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize(
    ("target", "printed", "name"),
    [
        ("express", "text", "shop-express.txt"),
        ("ecs", "markdown", "shop-ecs.md"),
        ("terraform", "json", "shop-terraform.json"),
        ("cdk", "text", "shop-cdk.txt"),
    ],
)
def test_the_shop(target: str, printed: str, name: str, snapshot: Snapshot) -> None:
    run = _run("orders", "--env", "prod", "--to", target, "--format", printed)
    assert (run.exit_code, run.stderr) == (0, "")
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(run.stdout, name)


@pytest.mark.parametrize("case", sorted(path.name for path in (ROOT / "fixtures").iterdir() if path.is_dir()))
@pytest.mark.parametrize("target", ["ecs", "express"])
def test_every_fixture_has_an_inventory(case: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "fixtures" / case)
    run = _run(".", "--to", target, "--format", "json")
    assert run.exit_code in (0, 3), run.exception
    if run.exit_code == 0:
        assert json.loads(run.stdout)["inventories"]


@pytest.mark.usefixtures("_shop")
def test_a_workload_is_a_name_a_manifest_or_a_folder() -> None:
    # There is a folder `orders/` with a Dockerfile, too: the name of a workload wins.
    by_name = _run("orders", "--env", "prod")
    assert by_name.exit_code == 0
    for argument in ("copilot/orders/manifest.yml", "copilot/orders", "copilot"):
        assert _run(argument, "--env", "prod").stdout == by_name.stdout
    assert _run("--env", "prod").stdout == by_name.stdout


@pytest.mark.usefixtures("_shop")
def test_without_an_environment_there_is_one_inventory_for_each() -> None:
    found = json.loads(_run("--format", "json").stdout)["inventories"]
    assert [each["environment"] for each in found] == ["prod", "staging", "test"]


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("order",), 3, "order: no workload of this name (did you mean orders?)"),
        (("copilot/nothing/manifest.yml",), 3, "copilot/nothing/manifest.yml: "),
        (("copilot/pipelines/main/manifest.yml",), 3, "it is not a manifest of a workload"),
        (("--to", "nomad"), 2, "nomad"),
    ],
)
def test_what_is_none_is_said(arguments: tuple[str, ...], status: int, said: str) -> None:
    run = _run(*arguments)
    assert (run.exit_code, run.stdout) == (status, "")
    assert said in run.stderr


def test_what_does_not_run_on_ecs_is_refused_by_name_and_passed_over_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, kind in (("site", "Static Site"), ("web", "Load Balanced Web Service")):
        (tmp_path / "copilot" / name).mkdir(parents=True)
        manifest = f"name: {name}\ntype: {kind}\nimage: {{location: nginx:1, port: 80}}\n"
        (tmp_path / "copilot" / name / "manifest.yml").write_text(manifest)
    monkeypatch.chdir(tmp_path)
    assert _run("site").exit_code == 3
    everything = _run("--format", "json")
    assert everything.exit_code == 0
    assert [each["workload"] for each in json.loads(everything.stdout)["inventories"]] == ["web"]
    assert "a Static Site does not run on ECS, and is not covered" in everything.stderr


def test_an_environment_that_nothing_names_is_noted() -> None:
    manifest = f"{WEB}environments: {{prod: {{count: 2}}}}\n"
    assert _inventory(manifest).notes == ()
    assert (
        "names no environment 'prd' (did you mean 'prod'?)"
        in _inventory(manifest, environment="prd").notes[0]
    )


def test_an_environment_with_a_manifest_of_its_own_is_known(tmp_path: Path) -> None:
    environment = "name: prod\ntype: Environment\n"
    manifest = f"{WEB}environments: {{test: {{count: 2}}}}\n"
    assert _in(tmp_path, web__manifest=manifest, environments__prod__manifest=environment).notes == ()


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize("option", ["--env", "--write"])
def test_what_is_empty_is_wrong_usage(option: str) -> None:
    run = _run(option, "")
    assert (run.exit_code, run.stdout, run.stderr) == (2, "", f"sidecar-lint: {option} is empty\n")


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize(
    ("name", "said"), [("prdo", "did you mean prod?"), ("nope", "there are prod, staging, test")]
)
def test_an_environment_that_the_workspace_does_not_have_is_wrong_usage(name: str, said: str) -> None:
    run = _run("--env", name)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.count(said) == 1
    assert f"copilot env show --name {name} --manifest" in run.stderr
    assert _run("--env", "*").exit_code == 0


def test_what_another_manifest_names_is_an_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = "name: api\ntype: Backend Service\nimage: {location: nginx:1}\nenvironments: {qa: {count: 2}}\n"
    stages = "name: main\nversion: 1\nstages: [{name: stage}]\n"
    files = {
        "web": WEB,
        "api": api,
        "environments/prod": "name: prod\ntype: Environment\n",
        "pipelines/main": stages,
    }
    for name, manifest in files.items():
        (tmp_path / "copilot" / name).mkdir(parents=True)
        (tmp_path / "copilot" / name / "manifest.yml").write_text(manifest)
    monkeypatch.chdir(tmp_path)
    assert [_run("web", "--env", each).exit_code for each in ("prod", "qa", "stage", "dev")] == [0, 0, 0, 2]


def test_where_nothing_tells_of_environments_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copilot" / "web").mkdir(parents=True)
    (tmp_path / "copilot" / "web" / "manifest.yml").write_text(WEB + HTTP)
    monkeypatch.chdir(tmp_path)
    for arguments, said in (
        (("--env", "dev"), "nothing here tells whether there is an environment 'dev'"),
        ((), "nothing here names an environment"),
    ):
        run = _run("web", *arguments, "--format", "json")
        assert run.exit_code == 0
        (inventory,) = json.loads(run.stdout)["inventories"]
        assert said in inventory["notes"][0]


def test_every_part_has_a_place_in_every_target() -> None:
    assert all(destination(kind, target) for kind in ItemKind for target in MigrationTarget)


@pytest.mark.parametrize(
    ("rest", "topics"),
    [
        (HTTP, {}),
        ("", {"no-http": True}),
        ("http: {path: api}\n", {"path": False}),
        ("http: {path: /, alias: a.example.com}\n", {"alias": False}),
        (
            "http: {path: /, stickiness: true, deregistration_delay: 5s}\n",
            {"stickiness": False, "deregistration-delay": False},
        ),
        ("http: {path: /, version: http1}\n", {}),
        ("http: {path: /, version: grpc}\n", {"version": False}),
        ("http: {path: /, healthcheck: /ok}\n", {}),
        ("http: {path: /, healthcheck: {path: /ok, interval: 5s}}\n", {"healthcheck": False}),
        ("http: {path: /, additional_rules: [{path: /b}]}\n", {"additional-rules": False}),
        (
            "http: {path: /, additional_rules: [{path: /b, target_container: p}]}\nsidecars: {p: {image: a, port: 81}}\n",
            {"additional-rules": True},
        ),
        (f"{HTTP}nlb: {{port: 443/tcp}}\n", {"nlb": True, "ports": True}),
        (f"{HTTP}platform: windows/amd64\n", {"windows": True}),
        (f"{HTTP}network: {{connect: true}}\n", {"service-connect": False}),
        (f"{HTTP}network: {{connect: false}}\n", {}),
        (f"{HTTP}count: {{spot: 2}}\n", {"spot": False}),
        (f"{HTTP}count: {{range: 1-3, cpu_percentage: 70}}\n", {}),
        (f"{HTTP}count: {{range: 1-3, cpu_percentage: 70, requests: 5}}\n", {"metrics": False}),
        (f"{HTTP}count: {{range: 1-3, response_time: 2s}}\n", {"response-time": False}),
        (f"{HTTP}exec: true\n", {}),
        (
            f"{HTTP}sidecars: {{proxy: {{image: a, port: 8080}}}}\nstorage: {{volumes: {{a: {{path: /a}}}}}}\n",
            {},
        ),
        (f"{HTTP}sidecars: {{Main: {{image: a}}}}\n", {"name": True}),
        ("http: {path: /, target_container: proxy}\nsidecars: {proxy: {image: a, port: 8080}}\n", {}),
    ],
)
def test_express_mode(rest: str, topics: dict[str, bool]) -> None:
    assert _topics(WEB + rest) == topics


def test_who_cannot_go_is_told_so_and_no_steps() -> None:
    inventory = _inventory(WEB, MigrationTarget.EXPRESS)
    assert inventory.blocked
    assert len(inventory.steps) == 1
    assert not _inventory(WEB, MigrationTarget.ECS).limits


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ("Type: AWS::DynamoDB::Table", "is deleted with the stack of the addons"),
        ("Type: AWS::RDS::DBCluster", "a snapshot is kept at most"),
        ("Type: AWS::S3::Bucket", "if it is empty, else the deletion fails"),
        ("Type: AWS::DynamoDB::Table, DeletionPolicy: Retain", None),
        ("Type: AWS::IAM::ManagedPolicy", None),
    ],
)
def test_addons_that_go_with_their_stack(properties: str, said: str | None, tmp_path: Path) -> None:
    addon = f"Resources: {{Data: {{{properties}}}}}\n"
    found = [
        each
        for name, each in _dangers(_in(tmp_path, web__manifest=WEB, web__addons__data=addon)).items()
        if name.startswith("Data")
    ]
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def test_what_dies_with_the_environment_is_named(tmp_path: Path) -> None:
    manifest = f"{WEB}{HTTP}storage: {{volumes: {{data: {{path: /data, efs: true}}}}}}\n"
    own = _in(
        tmp_path / "own",
        web__manifest=manifest,
        environments__prod__manifest="name: prod\ntype: Environment\n",
    )
    imported = "name: prod\ntype: Environment\nnetwork: {vpc: {id: vpc-1}}\n"
    theirs = _in(tmp_path / "theirs", web__manifest=manifest, environments__prod__manifest=imported)
    assert {"data (EFS, made by Copilot)", "VPC, subnets and security group of the environment"} <= set(
        _dangers(own)
    )
    assert not any("VPC" in name for name in _dangers(theirs))


def test_what_the_last_workload_takes_with_it_is_named(tmp_path: Path) -> None:
    manifest = f"{WEB}{HTTP}network: {{vpc: {{placement: private}}}}\n"
    environment = "name: prod\ntype: Environment\n"
    own = _in(tmp_path / "own", web__manifest=manifest, environments__prod__manifest=environment)
    assert any("the NAT gateways that Copilot made" in said for _, said in own.remarks(RemarkLevel.DANGER))
    (step,) = [each for each in own.steps if "count: 0" in each]
    assert "has a load balancer or placement: private (NAT gateways), too" in step
    imported = f"{environment}network: {{vpc: {{id: vpc-1}}}}\n"
    theirs = _in(tmp_path / "theirs", web__manifest=manifest, environments__prod__manifest=imported)
    assert not any("NAT" in said for _, said in theirs.remarks(RemarkLevel.DANGER))
    assert not any("NAT" in each for each in theirs.steps)
    assert not any(
        "count: 0" in each for each in _inventory(WEB.replace("Load Balanced Web", "Backend")).steps
    )


def test_the_load_balancer_of_express_mode_has_to_reach_the_tasks() -> None:
    said = {
        target: [
            text
            for item, text in _inventory(WEB + HTTP, target).remarks(RemarkLevel.TO_DO)
            if item.kind is ItemKind.NETWORK
        ]
        for target in (MigrationTarget.ECS, MigrationTarget.EXPRESS)
    }
    assert not any("Express Mode" in each for each in said[MigrationTarget.ECS])
    assert any("reach the port of the tasks" in each for each in said[MigrationTarget.EXPRESS])


def test_addons_are_kept_before_anything_is_deleted(tmp_path: Path) -> None:
    addon = (
        "Resources:\n  Table: {Type: AWS::DynamoDB::Table}\n  Access: {Type: AWS::IAM::ManagedPolicy}\n"
        "Outputs: {AccessArn: {Value: !Ref Access}}\n"
    )
    found = _in(tmp_path / "deleted", web__manifest=WEB, web__addons__data=addon)
    assert "every resource in addons/ DeletionPolicy: Retain, and a new line of Metadata" in found.steps[0]
    assert "Table: data would be lost" in found.steps[0]
    assert "in no stack" in found.steps[-1]
    kept = _in(
        tmp_path / "kept",
        web__manifest=WEB,
        web__addons__data=addon.replace("{Type", "{DeletionPolicy: Retain, Type"),
    )
    assert not any("Metadata" in each for each in kept.steps)
    assert "in no stack" in kept.steps[-1]
    assert not any("in no stack" in each for each in _inventory(WEB).steps)


def test_data_of_the_environments_addons_is_named(tmp_path: Path) -> None:
    addon = "Resources:\n  Data: {Type: AWS::RDS::DBCluster}\n  Access: {Type: AWS::IAM::ManagedPolicy}\n"
    found = _in(tmp_path, web__manifest=WEB, environments__addons__data=addon)
    (item,) = [item for item in found.items if item.kind is ItemKind.ADDON]
    assert item.name == "Data (AWS::RDS::DBCluster)"
    assert "leave the environment" in item.remarks[0].text


def test_the_new_name_is_told_to_those_who_call() -> None:
    inventory = _inventory(f"{WEB}{HTTP}")
    assert any("call web-ecs.prod." in each for each in inventory.steps)
    assert not any("web-ecs" in each for each in _inventory(f"{WEB}{HTTP}", MigrationTarget.EXPRESS).steps)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        (
            "path: ContainerDefinitions[0].Command[-]\n  value: [--role-arn, arn]",
            "an item of Command is not a text",
        ),
        (
            "path: ContainerDefinitions[0].Ulimits[-]\n  value: {Name: nofile, SoftLimit: 1}",
            "an item of Ulimits has no HardLimit",
        ),
    ],
)
@pytest.mark.parametrize("target", list(MigrationTarget))
def test_what_ecs_takes_from_nobody_stands_in_the_way(
    target: MigrationTarget, override: str, said: str
) -> None:
    inventory = _inventory(f"{WEB}{HTTP}taskdef_overrides:\n- {override}\n", target)
    (limit,) = inventory.limits
    assert limit.blocks
    assert limit.place
    assert limit.place["line"] == 7
    assert limit.text.endswith(said)
    assert inventory.steps == (
        "Mend what ECS takes from nobody, in the manifest: then all else can be said and written",
    )


def test_a_job_is_not_run_twice() -> None:
    job = "name: web\ntype: Scheduled Job\nimage: {location: a}\non: {schedule: '@daily'}\nretries: 2\ntimeout: 1h\n"
    inventory = _inventory(job)
    (schedule,) = [item for item in inventory.items if item.kind is ItemKind.SCHEDULE]
    assert schedule.name == "cron(0 0 * * ? *)"
    said = " ".join(remark.text for remark in schedule.remarks)
    assert "the job runs twice" in said
    assert "retries and timeout" in said
    assert inventory.steps[-1].startswith("When nothing uses it any more, delete it (copilot job delete")
    assert _topics(job) == {"no-http": True}


def test_a_worker_has_queues_and_subscriptions() -> None:
    worker = (
        "name: web\ntype: Worker Service\nimage: {location: a}\nsubscribe:\n"
        "  topics: [{name: orders, service: api, queue: true}]\n  queue: {dead_letter: {tries: 3}}\n"
    )
    found = _inventory(worker)
    names = [item.name for item in found.items if item.kind is ItemKind.QUEUE]
    assert names == ["EventsQueue", "DeadLetterQueue", "apiordersEventsQueue"]
    assert [item.name for item in found.items if item.kind is ItemKind.SUBSCRIPTION] == ["orders of api"]
    assert "COPILOT_QUEUE_URI" in {each.name for each in found.provided_variables}


def test_literals_are_copilots_and_those_of_addons_only(tmp_path: Path) -> None:
    addon = "Resources: {Table: {Type: AWS::DynamoDB::Table}}\nOutputs: {TableName: {Value: !Ref Table}}\n"
    manifest = f"{WEB}variables: {{LOG: info, COPILOT_SERVICE_NAME: mine}}\n"
    names = [
        each.name for each in _in(tmp_path, web__manifest=manifest, web__addons__t=addon).provided_variables
    ]
    assert "TABLE_NAME" in names
    assert not {"LOG", "COPILOT_SERVICE_NAME"} & set(names)


def test_commands_find_what_they_are_for() -> None:
    jmespath = pytest.importorskip("jmespath")
    document = next(
        document_of(each)
        for each in Files().workspace(str(SHOP / "x")).workloads.values()  # type: ignore[union-attr]
    )
    assert document
    template, _ = template_of(document, "prod")
    task = Migration(template, MigrationTarget.ECS).task
    queries = 0
    for each in take_inventory(document, "prod", MigrationTarget.ECS).placeholders:
        if query := re.search(r'--query "(taskDefinition.*?)"', each.command):
            queries += 1
            assert each.name in jmespath.search(query[1], {"taskDefinition": task})
    assert queries > 3


HOSTILE = (
    "name: web\ntype: Backend Service\nimage: {location: nginx:1, port: 80}\n"
    'sidecars: {"a\\e[31m\\n::error::x`|<b>$(x)": {image: {build: a}, variables: {"##[error]": x}}}\n'
)


def test_text_of_a_repository_orders_nothing() -> None:
    inventories = [_inventory(HOSTILE)]
    for printed in (text(inventories), markdown_text(inventories)):
        assert "\x1b" not in printed
        assert "##[" not in printed
        assert not re.search(r"(?m)^\s*::", printed)
    assert "<b>" not in re.sub(r"(?m)^    .*$|`[^`\n]*`", "", markdown_text(inventories))


def test_a_command_takes_a_name_for_nothing_else() -> None:
    import shlex

    (command,) = [
        each.command for each in _inventory(HOSTILE).placeholders if each.name.startswith("<IMAGE_OF")
    ]
    words = shlex.split(command)
    assert words[:5] == [
        "aws",
        "ecs",
        "describe-task-definition",
        "--task-definition",
        "<APPLICATION>-prod-web",
    ]
    assert words[5] == "--query"
    assert "'taskDefinition" in command


def test_a_command_of_a_step_takes_a_name_for_nothing_else() -> None:
    steps = _inventory(WEB.replace("name: web", "name: 'a; $(b)'")).steps
    assert any("copilot svc delete --name 'a; $(b)' --env prod)" in each for each in steps)
    assert any("--stack-name '<APPLICATION>-prod-a; $(b)-ecs' --template-file" in each for each in steps)


def test_a_file_that_is_no_manifest_has_none() -> None:
    with pytest.raises(CannotRender, match="no `type`"):
        _inventory("a: b\n")


def test_json_is_what_the_page_says() -> None:
    page = (ROOT / "docs" / "leaving.md").read_text("utf-8")
    inventory: dict[str, Any] = json.loads(
        _run(str(SHOP / "copilot"), "--env", "prod", "--format", "json").stdout
    )["inventories"][0]
    assert [name for name in inventory if f"| `{name}` |" not in page] == []


def test_patches_are_applied(tmp_path: Path) -> None:
    patch = (
        "- op: add\n  path: /Resources/TaskDefinition/Properties/ContainerDefinitions/-\n"
        "  value: {Name: extra, Image: a:1}\n"
    )
    found = _in(tmp_path, patch, web__manifest=WEB)
    assert [item.name for item in found.items if item.kind is ItemKind.CONTAINER] == ["web", "extra"]
    assert found.notes == ()


def test_what_is_not_deployed_is_to_be_linted_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "fixtures" / "demo")
    found = json.loads(_run("storefront", "--format", "json").stdout)["inventories"]
    notes = {each["environment"]: " ".join(each["notes"]) for each in found}
    assert all("lint it first" in notes[name] for name in notes)
    (tmp_path / "manifest.yml").write_text(
        f"{WEB}{HTTP}taskdef_overrides: [{{path: 'ContainerDefinitions[0].HealthCheck.interval', value: 5}}]\n"
    )
    (failing,) = json.loads(_run(str(tmp_path / "manifest.yml"), "--format", "json").stdout)["inventories"]
    assert any("the deployment of this manifest fails, for 1 error" in note for note in failing["notes"])
    monkeypatch.chdir(SHOP)
    assert all(each["notes"] == [] for each in json.loads(_run("--format", "json").stdout)["inventories"])
