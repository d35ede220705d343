"""What ECS's API says of a task definition, and what comes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from templates import template

from sidecar_lint import lint_text
from sidecar_lint.packaged import packaged_text
from sidecar_lint.template.evaluation import Evaluation, Nothing
from sidecar_lint.template.task_definition_input import _BOOLS, _INTEGERS, property_name
from sidecar_lint.template.task_definition_model import faults

if TYPE_CHECKING:
    from sidecar_lint.template.values import Value

_HEAD = "name: api\ntype: Backend Service\nimage: {location: 'nginx:1.27', port: 80}\n"
_RICH = """\
logging: {destination: {Name: stdout}, retention: 7}
observability: {tracing: awsxray}
storage: {ephemeral: 40, readonly_fs: true, volumes: {a: {path: /a, efs: true}, b: {path: /b, read_only: false}}}
secrets: {KEY: /copilot/shop/test/secrets/key}
variables: {A: 1, B: true}
platform: linux/arm64
sidecars: {x: {image: 'x:1', port: 8080/udp, healthcheck: {command: [CMD, a]}, depends_on: {api: start}}}
"""


def _messages(overrides: str, more: str = "") -> list[str]:
    report = lint_text(f"{_HEAD}{more}taskdef_overrides: [{overrides}]\n")
    return [finding.message for finding in report.findings if finding.code == "SL752"]


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("{path: IpcMode, value: tsk}", "'tsk' is not a value of IpcMode"),
        ("{path: 'ContainerDefinitions[0].User', value: [a]}", "User is not a text"),
        ("{path: 'ContainerDefinitions[0].Privileged', value: maybe}", "Privileged is not true or false"),
        ("{path: 'ContainerDefinitions[0].DnsServers', value: 10.0.0.2}", "DnsServers is not a list"),
        ("{path: 'ContainerDefinitions[0].RestartPolicy', value: on_failure}", "RestartPolicy is not a map"),
        ("{path: 'ContainerDefinitions[0].StartTimeout', value: 1.5}", "StartTimeout is not a whole number"),
        (
            "{path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}",
            "an item of Ulimits has no SoftLimit and no HardLimit",
        ),
        (
            "{path: 'ContainerDefinitions[0].LinuxParameters', value: {Tmpfs: [{Size: 64}]}}",
            "an item of Tmpfs has no ContainerPath",
        ),
    ],
)
def test_what_ecs_refuses(override: str, message: str) -> None:
    assert _messages(override) == [message]


def test_pieces_of_one_item_are_another_rules() -> None:
    pieces = {"Name": "nofile", "SoftLimit": 1, "HardLimit": 1}
    path = "ContainerDefinitions[0].Ulimits[-]"
    overrides = (f"{{path: '{path}.{name}', value: {value}}}" for name, value in pieces.items())
    assert not _messages(", ".join(overrides))


@pytest.mark.parametrize(("type_", "names"), [("integer", _INTEGERS), ("boolean", _BOOLS)])
def test_each_number_and_switch_of_the_api_is_one_in_the_input(type_: str, names: frozenset[str]) -> None:
    shapes = json.loads(packaged_text("data", "task_definition.json"))["shapes"]
    lists = [name for name, shape in shapes.items() if shapes.get(shape.get("item"), {}).get("type") == type_]
    fields = [field for shape in shapes.values() for field in shape.get("fields", {}).items()]
    of_type = {property_name(name) for name, of in fields if shapes[of]["type"] == type_ or of in lists}
    assert of_type - {"Cpu", "Memory"} == names


def test_a_restart_policy_is_taken() -> None:
    policy = "{Enabled: true, RestartAttemptPeriod: 60, IgnoredExitCodes: [0, 137]}"
    assert not _messages(f"{{path: 'ContainerDefinitions[0].RestartPolicy', value: {policy}}}")


def test_a_number_below_a_misspelt_property_is_a_number() -> None:
    path = "ContainerDefinitions[0]"
    check = f"{{path: '{path}.healthCheck', value: {{command: [CMD, a], interval: 10, retries: 3}}}}"
    assert not _messages(f"{check}, {{path: '{path}.essential', value: false}}")
    mounts = "[{sourceVolume: a, containerPath: /a, readOnly: false}]"
    assert not _messages(f"{{path: '{path}.mountPoints', value: {mounts}}}")
    assert "Interval is not a whole number" in _messages(
        f"{{path: '{path}.healthCheck.interval', value: soon}}"
    )


def test_nothing_is_said_of_what_copilot_writes_or_only_aws_knows() -> None:
    assert not _messages("{path: Memory, value: !Ref TaskMemory}, {path: NewThing, value: 1}", _RICH)


@pytest.mark.parametrize(
    "overrides",
    [
        {"PidMode": "tsk"},
        {"ContainerDefinitions[0].Ulimits[-].Name": "nofile", "ContainerDefinitions[1].User": "[a]"},
        {"ContainerDefinitions[-]": "{Name: [a], LinuxParameters: {Tmpfs: [{Size: 64}]}}"},
        {"ContainerDefinitions[0].StopTimeout": "30s", "ContainerDefinitions[0]": "{Privileged: maybe}"},
        {"ContainerDefinitions": "{a: b}"},
        {"ProxyConfiguration.Type": "other", "Volumes[0].Name": "[a]"},
    ],
)
def test_what_overrides_do_not_lead_to_need_not_be_evaluated(
    overrides: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = ", ".join(f"{{path: '{path}', value: {value}}}" for path, value in overrides.items())
    made = template(f"{_HEAD}{_RICH}taskdef_overrides: [{written}]\n")
    evaluated: list[object] = []
    evaluate = Evaluation.of

    def counted(self: Evaluation, value: Value) -> Value | Nothing:
        evaluated.append(value)
        return evaluate(self, value)

    monkeypatch.setattr(Evaluation, "of", counted)
    everything, of_all = list(faults(made)), len(evaluated)
    assert everything
    assert list(faults(made, overrides)) == everything
    assert len(evaluated) - of_all < of_all


def test_the_table_is_of_the_whole_definition() -> None:
    model: Any = json.loads(packaged_text("data", "task_definition.json"))
    shapes = model["shapes"]
    assert shapes["UlimitName"]["values"][:2] == ["core", "cpu"]
    assert {"family", "containerDefinitions"} == set(shapes[model["root"]]["required"])
    for shape in shapes.values():
        below = [shape["item"]] if "item" in shape else list(shape.get("fields", {}).values())
        assert set(below) <= set(shapes)
