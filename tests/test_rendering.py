"""The template and the task definition as documents."""

from __future__ import annotations

import json
from typing import Any

import pytest
from templates import of_copilot, recorded, template

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rendering.rendering import Form, Rendering, json_text, render
from sidecar_lint.rendering.value import value_text
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.task_definition_input import task_definition_input
from sidecar_lint.template.values import plain

MANIFEST = """\
name: api
type: Backend Service
image: {location: nginx:1, port: 80}
cpu: 512
command: [serve, 022, yes, "a: b"]
env_file: api.env
variables:
  HOME: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}
  TABLE: {from_cfn: shop-table}
  EMPTY:
secrets:
  KEY: {secretsmanager: shop/key}
sidecars:
  built: {image: {build: Dockerfile}, essential: false, labels: {Size: "1"}}
storage:
  volumes:
    data: {path: /data, efs: {id: fs-1, auth: {iam: true}}}
publish: {topics: [{name: orders}]}
environments:
  prod: {cpu: 1024}
"""


def _render(form: Form, environment: str = "prod", text: str = MANIFEST) -> Rendering:
    return render(Document(Source("manifest.yml", text)), environment, form)


def test_every_template_is_the_same_as_yaml() -> None:
    for each in recorded()[::15]:
        found = template(each.manifest, each.environment)
        assert of_copilot(value_text(found.document)) == found.plain, each.id


@pytest.mark.parametrize("form", [Form.TEMPLATE, Form.TASK_DEFINITION])
def test_comments_change_nothing(form: Form) -> None:
    rendering = _render(form)
    assert of_copilot(rendering.yaml(origin=True)) == of_copilot(rendering.yaml()) == rendering.document


def test_words_without_quotes_stay_as_they_are_spelt() -> None:
    text = _render(Form.TEMPLATE).yaml(origin=True)
    assert "            - 022 # line 5, base\n            - yes # line 5, base\n" in text


def test_functions_are_short() -> None:
    text = _render(Form.TEMPLATE).yaml()
    assert "Family: !Join ['', [!Ref AppName, '-', !Ref EnvName, '-', !Ref WorkloadName]]\n" in text
    assert "Cluster:\n        Fn::ImportValue: !Sub ${AppName}-${EnvName}-ClusterId\n" in text


def test_origins_for_programs() -> None:
    found: Any = _render(Form.TEMPLATE).json(origin=True)
    pointer = "/Resources/TaskDefinition/Properties/ContainerDefinitions/0/Command/1"
    assert found["origins"][pointer] == {"file": "manifest.yml", "line": 5, "column": 18}
    assert found["document"] == _render(Form.TEMPLATE).document
    for each in found["origins"]:
        value = found["document"]
        for step in each.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else value[name]


def _task() -> Any:
    return _render(Form.TASK_DEFINITION).document


def test_task_definition() -> None:
    found = _task()
    assert {name: found[name] for name in ("family", "cpu", "memory", "networkMode", "executionRoleArn")} == {
        "family": "<APPLICATION>-prod-api",
        "cpu": "1024",
        "memory": "512",
        "networkMode": "awsvpc",
        "executionRoleArn": "<EXECUTION_ROLE_ARN>",
    }
    assert found["volumes"] == [
        {
            "name": "data",
            "efsVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "rootDirectory": "/",
                "transitEncryption": "ENABLED",
                "authorizationConfig": {"iam": "ENABLED"},
            },
        }
    ]


def test_containers_of_a_task_definition() -> None:
    main, built = _task()["containerDefinitions"]
    assert (main["name"], main["image"]) == ("api", "nginx:1")
    assert (built["name"], built["image"], built["essential"]) == ("built", "<IMAGE_OF_BUILT>", False)
    assert built["dockerLabels"] == {"Size": "1"}
    assert "environmentFiles" not in built
    assert main["environmentFiles"] == [{"type": "s3", "value": "<ENV_FILE_ARN>"}]
    assert main["portMappings"] == [{"containerPort": 80, "protocol": "tcp", "name": "target"}]
    assert main["logConfiguration"]["options"] == {
        "awslogs-region": "<REGION>",
        "awslogs-group": "/copilot/<APPLICATION>-prod-api",
        "awslogs-stream-prefix": "copilot",
    }


def test_words_of_a_task_definition_are_those_of_the_manifest() -> None:
    assert _task()["containerDefinitions"][0]["command"] == ["serve", "022", "yes", "a: b"]


def test_variables_and_secrets_of_a_task_definition() -> None:
    main = _task()["containerDefinitions"][0]
    variables = {each["name"]: each["value"] for each in main["environment"]}
    assert variables["HOME"] == "/copilot/<APPLICATION>/prod"
    assert variables["TABLE"] == "<EXPORT_SHOP_TABLE>"
    assert variables["EMPTY"] == ""
    arns = json.loads(variables["COPILOT_SNS_TOPIC_ARNS"])
    assert arns == {"orders": "arn:<PARTITION>:sns:<REGION>:<ACCOUNT_ID>:<APPLICATION>-prod-api-orders"}
    prefix = "arn:<PARTITION>:secretsmanager:<REGION>:<ACCOUNT_ID>:secret:"
    assert main["secrets"] == [{"name": "KEY", "valueFrom": f"{prefix}shop/key"}]


def test_overrides_reach_the_task_definition() -> None:
    overrides = """\
taskdef_overrides:
  - path: ContainerDefinitions[0].Cpu
    value: '128'
  - path: ContainerDefinitions[0].LinuxParameters.InitProcessEnabled
    value: 'true'
  - path: ContainerDefinitions[0].User
    value: !If [HasEnvFile, !Select [1, [a, !Sub '${AWS::StackName}-${!x}-${Name}']], b]
  - path: ContainerDefinitions[0].Hostname
    value: !Join ['.', !Split [',', 'a,b']]
  - path: ContainerDefinitions[0].WorkingDirectory
    value: !FindInMap [A, B, C]
"""
    found: Any = _render(Form.TASK_DEFINITION, text=MANIFEST + overrides).document
    main = found["containerDefinitions"][0]
    assert (main["cpu"], main["linuxParameters"]) == (128, {"initProcessEnabled": True})
    assert main["user"] == "<APPLICATION>-prod-api-${x}-<NAME>"
    assert (main["hostname"], main["workingDirectory"]) == ("a.b", "<FIND_IN_MAP>")


def test_notes() -> None:
    assert _render(Form.MANIFEST).notes == ()
    (stand_ins,) = _render(Form.TEMPLATE).notes
    assert stand_ins == "eu-west-1 and 123456789012 stand for the region and the account"
    (unnamed,) = _render(Form.TASK_DEFINITION, "test").notes
    assert "names no environment 'test'" in unnamed
    (shell,) = _render(Form.TASK_DEFINITION, text=MANIFEST.replace("nginx:1", "'nginx:${TAG}'")).notes
    assert shell == "variables of the shell stay as they are written: TAG"
    refused = _render(Form.TASK_DEFINITION, text=f"{MANIFEST}taskdef_overrides: [{{path: 'a b'}}]\n")
    assert "Copilot makes no template of it: apply task definition overrides: " in refused.notes[0]


def test_placeholders() -> None:
    assert "<ENVIRONMENT>" in _render(Form.TEMPLATE, ANY_ENVIRONMENT).placeholders
    assert _render(Form.MANIFEST, ANY_ENVIRONMENT).placeholders == []
    assert placeholder("EFSMountTargetDNSName") == "<EFS_MOUNT_TARGET_DNS_NAME>"
    assert placeholder("é") == "<VALUE>"


def test_a_manifest_as_json() -> None:
    found: Any = _render(Form.MANIFEST).document
    assert (found["cpu"], found["command"][1], found["image"]["port"]) == (1024, 18, 80)
    assert json.loads(json_text(found)) == found


@pytest.mark.copilot
def test_task_definitions_are_what_the_api_takes() -> None:
    botocore = pytest.importorskip("botocore.session")
    from botocore.validate import ParamValidator

    model = (
        botocore.get_session().get_service_model("ecs").operation_model("RegisterTaskDefinition").input_shape
    )
    for each in recorded():
        found = plain(task_definition_input(template(each.manifest, each.environment)))
        if found is not None:
            report = ParamValidator().validate(found, model).generate_report()
            # Some of the manifests override a part of what has to be whole.
            wrong = [line for line in report.splitlines() if not line.startswith("Missing required")]
            assert wrong == [], each.id


def test_types_of_overrides_are_those_of_the_api() -> None:
    text = (
        "name: a\ntype: Backend Service\nimage: {location: b}\nsidecars: {s: {image: c}}\ntaskdef_overrides:\n"
        "- {path: 'ContainerDefinitions[1].Essential', value: false}\n"
        "- {path: 'ContainerDefinitions[1].HealthCheck', value: {Interval: 10, Retries: '3'}}\n"
    )
    container: Any = _render(Form.TASK_DEFINITION, text=text).document
    found = container["containerDefinitions"][1]
    assert found["essential"] is False
    assert found["healthCheck"] == {"interval": 10, "retries": 3}
