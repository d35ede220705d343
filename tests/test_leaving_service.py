"""What `leave --write` writes beside the task: service, load balancer, scaling, discovery, queues, schedule."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from leaving import EVERY_KIND, files_of, in_workspace, migration
from templates import comparable, recorded, stack

from sidecar_lint.manifests.manifest import Document
from sidecar_lint.migration.export.exporting import exported
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.taking_inventory import inventory_of
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.template import GeneratedTemplate

if TYPE_CHECKING:
    from pathlib import Path

WORKLOADS = [name.removesuffix("__manifest") for name in EVERY_KIND]
WEB = "name: web\ntype: Load Balanced Web Service\nimage: {location: nginx:1, port: 80}\nhttp: {path: /}\n"
#: Where the recorded template has a text that readers of YAML disagree about (`1:30`), or none.
_READ_OTHERWISE = {
    "backend-01072",
    "lbws-03193",
    "lbws-03555",
    "lbws-03720",
    "lbws-03763",
    "lbws-04914",
    "lbws-05224",
    "lbws-06332",
}
#: What is made in another way, or is Copilot's machinery; of roles and log groups it depends.
_LEFT = (
    "AWS::CloudFormation::",
    "AWS::ECS::Task",
    "AWS::IAM::",
    "AWS::Lambda::",
    "AWS::Logs::",
    "AWS::Route53::",
    "Custom::",
)

#: What scales by a function, and what a security group has already.
_LEFT_BY_NAME = {
    "AutoScalingPolicyEventsQueue",
    "AutoScalingPolicystorefrontordersEventsQueue",
    "BacklogPerTaskScheduledRule",
    "EnvironmentSecurityGroupIngressFromImportedALB",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return in_workspace(tmp_path_factory.mktemp("every"), **EVERY_KIND)


def _template(folder: Path, workload: str) -> Any:
    return json.loads(files_of(folder, workload, "prod", MigrationTarget.CDK)["template.json"])


def _properties(folder: Path, workload: str, logical_id: str) -> Any:
    return _template(folder, workload)["Resources"][logical_id]["Properties"]


def _configuration(folder: Path, workload: str) -> str:
    return files_of(folder, workload, "prod", MigrationTarget.TERRAFORM)["main.tf"]


class _Case(NamedTuple):
    """A recorded template, ours for the same pair, and what is written of that."""

    id: str
    ours: GeneratedTemplate
    released: dict[str, Any]
    written: Any


@cache
def _cases() -> list[_Case]:
    """Some of the recorded templates of tasks."""
    tasks = [each for each in recorded() if each.template and "TaskDefinition" in each.template["Resources"]]
    found = []
    for case in tasks[::10]:
        if case.template and case.id not in _READ_OTHERWISE:
            ours = GeneratedTemplate.of(
                stack(Document(Source("manifest.yml", case.manifest)), case.environment)
            )
            found.append(_Case(case.id, ours, case.template, _written(ours)))
    assert len(found) > 35
    return found


def _written(template: GeneratedTemplate) -> Any:
    return json.loads(exported(Migration(template, MigrationTarget.CDK), blocked=False)["template.json"])


def test_what_is_written_is_what_the_released_copilots_template_would_give() -> None:
    for case in _cases():
        expected = _written(case.ours.with_document(case.released))
        assert comparable(case.written) == comparable(expected), case.id


def _names(entries: Any, key: str) -> list[str]:
    """What entries are called, as texts; what looks like a reference is written so that it is none."""
    found = (each[key] for each in entries or () if key in each)
    return [each["Fn::Sub"].replace("${!", "${") if isinstance(each, dict) else str(each) for each in found]


#: Of these it depends on parameters whether there are any; an image that is built has none in the recordings.
_MAYBE = {"EnvironmentFiles", "Image", "PortMappings"}


def _fields(container: dict[str, Any]) -> set[str]:
    """What is said of a container."""
    return {name for name, each in container.items() if each} - _MAYBE


def test_containers_and_volumes_are_those_of_the_released_copilot() -> None:
    """Compared with the template itself, whatever the way from it to what is written."""
    for case in _cases():
        resources = (case.written["Resources"], case.released["Resources"])
        task, copilots = (each["TaskDefinition"]["Properties"] for each in resources)
        assert _names(task.get("Volumes"), "Name") == _names(copilots.get("Volumes"), "Name"), case.id
        for one, other in zip(task["ContainerDefinitions"], copilots["ContainerDefinitions"], strict=True):
            assert one["Name"] == other["Name"] or isinstance(other["Name"], dict), case.id
            assert _fields(one) == _fields(other), case.id
            for section, key in (
                ("Environment", "Name"),
                ("Secrets", "Name"),
                ("MountPoints", "SourceVolume"),
            ):
                assert _names(one.get(section), key) == _names(other.get(section), key), case.id


def test_roles_and_all_around_the_task_are_those_of_the_released_copilot() -> None:
    for case in _cases():
        made, copilots = case.written["Resources"], case.released["Resources"]
        ours, theirs = (each["TaskRole"]["Properties"].get("Policies") for each in (made, copilots))
        assert _names(ours, "PolicyName") == _names(theirs, "PolicyName"), case.id
        left = {name: each["Type"] for name, each in copilots.items() if name not in made}
        assert {name for name, kind in left.items() if not kind.startswith(_LEFT)} <= _LEFT_BY_NAME, case.id


@pytest.mark.parametrize("workload", WORKLOADS)
@pytest.mark.parametrize("target", [MigrationTarget.ECS, MigrationTarget.CDK, MigrationTarget.TERRAFORM])
def test_nothing_of_copilots_machinery_is_written(
    workspace: Path, workload: str, target: MigrationTarget
) -> None:
    for text in files_of(workspace, workload, "prod", target).values():
        assert not re.search(
            r"Custom::|[Ll]ambda|ServiceToken|ImportValue|PRIORITY_ACTION|ENV_CONTROLLER", text
        )


@pytest.mark.parametrize("workload", WORKLOADS)
def test_what_is_to_be_given_is_what_the_inventory_tells(workspace: Path, workload: str) -> None:
    parameters = _template(workspace, workload)["Parameters"]
    asked = {name for name, each in parameters.items() if "Default" not in each}
    told = inventory_of(migration(workspace, workload, "prod", MigrationTarget.CDK), ()).placeholders
    assert {"".join(word.capitalize() for word in each.name[1:-1].split("_")) for each in told} == asked
    variables = re.findall(
        r'(?m)^variable "(\w+)" \{\n  type +=.*\n  description', _configuration(workspace, workload)
    )
    told = inventory_of(migration(workspace, workload, "prod", MigrationTarget.TERRAFORM), ()).placeholders
    assert sorted(each.name[1:-1].lower() for each in told) == sorted(variables)
    assert all(each.command for each in told)


@pytest.mark.parametrize("workload", WORKLOADS)
def test_there_is_a_file_to_fill_in(workspace: Path, workload: str) -> None:
    files = files_of(workspace, workload, "prod", MigrationTarget.ECS)
    parameters = json.loads(files["template.json"])["Parameters"]
    given = {each["ParameterKey"]: each["ParameterValue"] for each in json.loads(files["parameters.json"])}
    assert given.keys() == parameters.keys()
    for name, each in parameters.items():
        assert (
            given[name] == str(each["Default"])
            if "Default" in each
            else re.fullmatch("<[A-Z0-9_]+>", given[name])
        )
    files = files_of(workspace, workload, "prod", MigrationTarget.TERRAFORM)
    variables = re.findall(r'(?m)^variable "(\w+)"', files["main.tf"])
    assert re.findall(r"(?m)^(\w+) +=", files["variables.tfvars"]) == variables


def test_the_service_refers_to_what_is_made_beside_it(workspace: Path) -> None:
    service = _properties(workspace, "api", "Service")
    assert service["TaskDefinition"] == {"Ref": "TaskDefinition"}
    assert service["Cluster"] == {"Ref": "ClusterId"}
    assert service["LoadBalancers"][0]["TargetGroupArn"] == {"Ref": "TargetGroup"}
    assert service["ServiceRegistries"][0]["RegistryArn"] == {"Fn::GetAtt": ["DiscoveryService", "Arn"]}
    network = service["NetworkConfiguration"]["AwsvpcConfiguration"]
    assert network["Subnets"] == {"Ref": "PublicSubnets"}
    template = _template(workspace, "api")
    assert template["Parameters"]["PublicSubnets"]["Type"] == "List<AWS::EC2::Subnet::Id>"
    assert template["Resources"]["Service"]["DependsOn"] == ["HTTPListenerRule"]
    text = _configuration(workspace, "api")
    for line in (
        "task_definition                    = aws_ecs_task_definition.this.arn",
        "subnets = var.public_subnets",
        "target_group_arn = aws_lb_target_group.target_group.arn",
        "registry_arn = aws_service_discovery_service.discovery_service.arn",
    ):
        assert re.search(re.sub(" +", " +", re.escape(line).replace("\\ ", " ")), text), line


def test_nothing_has_a_name_that_copilots_has(workspace: Path) -> None:
    assert _properties(workspace, "api", "DiscoveryService")["Name"] == "api-ecs"
    connected = _properties(workspace, "api", "Service")["ServiceConnectConfiguration"]
    assert connected["Services"][0]["DiscoveryName"] == "api-sc-ecs"
    assert connected["LogConfiguration"]["Options"]["awslogs-group"] == "/ecs/shop-prod-api"
    assert _properties(workspace, "api", "ordersSNSTopic")["TopicName"] == "shop-prod-api-ecs-orders"
    alarm = "shop-prod-api-RollbackCPUAlarm"
    assert _properties(workspace, "api", "CPURollbackAlarm")["AlarmName"] == alarm
    alarms = _properties(workspace, "api", "Service")["DeploymentConfiguration"]["Alarms"]
    assert alarms["AlarmNames"] == [alarm]
    assert _properties(workspace, "report", "StateMachine")["StateMachineName"] == "shop-prod-report-ecs"
    assert "ClientToken" not in _properties(workspace, "both", "AccessPoint")


def test_the_task_is_told_of_the_topics_that_are_made(workspace: Path) -> None:
    (container,) = _properties(workspace, "api", "TaskDefinition")["ContainerDefinitions"]
    values = {each["Name"]: each["Value"] for each in container["Environment"]}
    arn = "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:shop-prod-api-ecs-"
    topics = json.loads(values["COPILOT_SNS_TOPIC_ARNS"]["Fn::Sub"])
    assert topics == {"orders": f"{arn}orders", "refunds.fifo": f"{arn}refunds.fifo"}
    # Where they are not made, they are Copilot's.
    task = json.loads(files_of(workspace, "api", "prod", MigrationTarget.ECS)["task-definition.json"])
    values = {each["name"]: each["value"] for each in task["containerDefinitions"][0]["environment"]}
    arn = "arn:<PARTITION>:sns:<REGION>:<ACCOUNT_ID>:shop-prod-api-orders"
    assert json.loads(values["COPILOT_SNS_TOPIC_ARNS"])["orders"] == arn


def test_what_a_function_found_out_is_chosen(workspace: Path) -> None:
    template = _template(workspace, "web")
    assert template["Resources"]["Service"]["Properties"]["DesiredCount"] == {"Ref": "DesiredCount"}
    assert template["Parameters"]["DesiredCount"]["Default"] == 1
    rule = template["Resources"]["HTTPSListenerRule"]["Properties"]
    assert rule["Priority"] == {"Ref": "HttpsListenerRulePriority"}
    assert template["Parameters"]["HttpsListenerRulePriority"]["Type"] == "Number"
    # Each rule of a listener has a priority of its own.
    rules = [_properties(workspace, "both", f"HTTPListenerRuleForImportedALB{each}") for each in ("", "1")]
    assert rules[0]["Priority"] != rules[1]["Priority"]


def test_no_name_is_longer_than_it_may_be(tmp_path: Path) -> None:
    name = "a-job-with-a-name-that-goes-on-and-on-and-on-until-nobody-reads-it"
    job = f"name: {name}\ntype: Scheduled Job\nimage: {{location: nginx:1}}\non: {{schedule: '@daily'}}\n"
    folder = in_workspace(tmp_path, **{f"{name}__manifest": job})
    text = _configuration(folder, name)
    roles = re.findall(
        r'resource "aws_(?:iam_role|cloudwatch_event_rule)" "\w+" \{\n +name +\= "([^"]+)"', text
    )
    assert len(set(roles)) == 5
    assert 55 < max(map(len, roles)) <= 64
    assert len(_properties(folder, name, "StateMachine")["StateMachineName"]) <= 80


def test_a_schedule_is_off_at_first(workspace: Path) -> None:
    template = _template(workspace, "report")
    assert template["Resources"]["Rule"]["Properties"]["State"] == {"Ref": "ScheduleState"}
    assert template["Parameters"]["ScheduleState"]["Default"] == "DISABLED"
    text = _configuration(workspace, "report")
    assert re.search(r"state +\= var.schedule_state", text)
    assert 'default     = "DISABLED"' in text


def test_a_state_machine_gets_lists_as_lists(workspace: Path) -> None:
    found = _properties(workspace, "report", "StateMachine")
    given = found["DefinitionSubstitutions"]
    assert given["Subnets"] == {"Fn::Join": ['","', {"Ref": "PrivateSubnets"}]}
    assert given["SecurityGroups"] == {"Fn::Sub": '${EnvironmentSecurityGroup}","sg-1'}
    definition = json.loads(found["DefinitionString"]["Fn::Sub"])
    assert definition["TimeoutSeconds"] == 3600
    assert "Subnets              = var.private_subnets" not in _configuration(workspace, "never")
    assert re.search(r"Subnets +\= var.private_subnets", _configuration(workspace, "report"))
    assert re.search(r'Subnets +\= \[\s+"subnet-1",\s+"subnet-2",\s+\]', _configuration(workspace, "never"))


def test_scaling_by_a_function_stays_behind(workspace: Path) -> None:
    resources = _template(workspace, "worker")["Resources"]
    policies = [name for name, each in resources.items() if each["Type"].endswith("ScalingPolicy")]
    assert policies == ["AutoScalingPolicyECSServiceAverageCPUUtilization"]


def test_mistakes_of_copilots_template_are_not_written(workspace: Path) -> None:
    # It takes the dashes out of the name of a topic that may send to a queue,
    policy = json.dumps(_properties(workspace, "worker", "apimyordersQueuePolicy"))
    assert "shop-prod-api-my-orders" in policy
    # and scales by a target group that there is not where the load balancer is imported.
    policy = _properties(workspace, "both", "AutoScalingPolicyALBSumRequestCountPerTarget")
    metric = policy["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]
    group = {"Fn::GetAtt": ["TargetGroupForImportedALB", "TargetGroupFullName"]}
    assert {each["Name"]: each["Value"] for each in metric["Dimensions"]}["TargetGroup"] == group


def test_what_a_patch_adds_is_written_or_named(tmp_path: Path) -> None:
    table = "{Type: 'AWS::DynamoDB::Table', Properties: {TableName: !Sub '${AppName}-t'}}"
    patch = f"- {{op: add, path: /Resources/Table, value: {table}}}\n"
    folder = in_workspace(tmp_path, web__manifest=WEB)
    (folder / "copilot" / "web" / "overrides").mkdir()
    (folder / "copilot" / "web" / "overrides" / "cfn.patches.yml").write_text(patch)
    assert _properties(folder, "web", "Table") == {"TableName": "shop-t"}
    assert '# not carried over: "Table" ("AWS::DynamoDB::Table")' in _configuration(folder, "web")
