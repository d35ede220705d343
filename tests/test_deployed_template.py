"""What overrides change is what rules see: no more, and no less."""

from __future__ import annotations

import pytest

from sidecar_lint import Files, Manifest, deployed_template, deployed_volumes, is_container_overridden
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.manifests.manifest import document_of

_HEAD = "name: api\ntype: Backend Service\nimage: {location: 'nginx:1.27', port: 80}\n"
_PATH = "/nowhere/copilot/api/manifest.yml"
_TASK = "/Resources/TaskDefinition/Properties"
_ROLE = "/Resources/ExecutionRole/Properties"


def _files(manifest: str, patches: str, *, cdk: bool = False) -> Files:
    files = {_PATH: f"{_HEAD}{manifest}", "/nowhere/copilot/.workspace": "application: shop\n"}
    if patches:
        files["/nowhere/copilot/api/overrides/cfn.patches.yml"] = patches
    if cdk:
        files["/nowhere/copilot/api/overrides/cdk.json"] = "{}"
    return Files(files)


def _manifest(manifest: str, patches: str = "", *, cdk: bool = False) -> Manifest:
    workspace = _files(manifest, patches, cdk=cdk).workspace(_PATH)
    document = document_of(workspace.workloads["api"]) if workspace else None
    assert document is not None
    return document.manifests[0]


def _codes(manifest: str, patches: str = "", *, cdk: bool = False) -> set[str]:
    reports = lint_paths([_PATH], files=_files(manifest, patches, cdk=cdk))
    return {finding.code for report in reports for finding in report.findings}


def _patch(operation: str, path: str, value: str = "") -> str:
    return f"- {{op: {operation}, path: {path}{f', value: {value}' if value else ''}}}\n"


def _container(index: int, rest: str) -> str:
    return f"{_TASK}/ContainerDefinitions/{index}/{rest}"


_CHECK = "{Command: [CMD, 'true']}"
_SIDECARS = "sidecars: {a: {image: 'a:1'}, b: {image: 'b:1'}}\n"
_WAITS = f"{_SIDECARS}image: {{location: 'nginx:1.27', depends_on: {{a: healthy}}}}\n"
_FIRELENS = "logging: {destination: {region: eu-west-1, delivery_stream: logs}}\n"
_OF_OTHERS = "secrets: {KEY: /copilot/store/test/secrets/key}\n"
_STATEMENT = "{Effect: Allow, Action: '%s', Resource: '*'}"
_POLICY = f"{{PolicyName: more, PolicyDocument: {{Statement: [{_STATEMENT}]}}}}"
#: A rule, a manifest that it is about, a patch that leaves its cause alone, and one that takes it away.
_CASES = [
    (
        "SL125",
        _WAITS,
        _patch("add", _container(2, "HealthCheck"), _CHECK),
        _patch("add", _container(1, "HealthCheck"), _CHECK),
    ),
    (
        "SL125",
        _WAITS,
        _patch("add", f"{_TASK}/PidMode", "task"),
        _patch("remove", _container(0, "DependsOn")),
    ),
    (
        "SL201",
        "logging: {retention: 10}\n",
        _patch("add", "/Resources/LogGroup/Properties/Tags", "[{Key: RetentionInDays, Value: x}]"),
        _patch("replace", "/Resources/LogGroup/Properties/RetentionInDays", "14"),
    ),
    (
        "SL202",
        _FIRELENS,
        _patch("replace", _container(1, "LogConfiguration/Options/awslogs-stream-prefix"), "router"),
        _patch("add", _container(0, "LogConfiguration/Options/Name"), "firehose"),
    ),
    (
        "SL202",
        _FIRELENS,
        _patch("add", _container(1, "FirelensConfiguration/Options"), "{enable-ecs-log-metadata: 'true'}"),
        _patch("replace", _container(1, "FirelensConfiguration/Type"), "syslog"),
    ),
    (
        "SL207",
        f"logging: {{destination: {{Name: stdout}}}}\n{_SIDECARS}",
        _patch("remove", _container(3, "LogConfiguration")),
        _patch("remove", _container(2, "LogConfiguration"))
        + _patch("remove", _container(3, "LogConfiguration")),
    ),
    (
        "SL110",
        "sidecars: {a: {image: 'a:1', mount_points: [{source_volume: tmp, path: /tmp}]}}\n",
        _patch("add", f"{_TASK}/Volumes", "[{Name: other}]"),
        _patch("add", f"{_TASK}/Volumes", "[{Name: tmp}]"),
    ),
    (
        "SL138",
        "sidecars: {" + ", ".join(f"s{n}: {{image: 'a:1'}}" for n in range(10)) + "}\n",
        _patch("add", f"{_TASK}/ContainerDefinitions/-", "{Name: one, Image: 'b:1'}"),
        _patch("remove", f"{_TASK}/ContainerDefinitions/10"),
    ),
    (
        "SL626",
        _OF_OTHERS,
        _patch("add", f"{_ROLE}/Policies/-", _POLICY % "kms:Decrypt")
        + _patch("add", f"{_ROLE}/PermissionsBoundary", "arn:aws:iam::123456789012:policy/most"),
        _patch("add", f"{_ROLE}/Policies/-", _POLICY % "ssm:Get*"),
    ),
    (
        "SL626",
        _OF_OTHERS,
        _patch("remove", f"{_ROLE}/Policies/0/PolicyDocument/Statement/1/Condition"),
        _patch("remove", f"{_ROLE}/Policies/0/PolicyDocument/Statement/0/Condition"),
    ),
    (
        "SL608",
        "secrets: {KEY: /copilot/shop/test/secrets/key}\nenvironments: {test: {count: 1}, prod: {count: 2}}\n",
        _patch("add", f"{_ROLE}/Tags", "[{Key: ManagedPolicyArns, Value: x}]"),
        _patch("add", f"{_ROLE}/ManagedPolicyArns/-", "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"),
    ),
    (
        "SL320",
        "storage: {volumes: {scratch: {path: /run/app}}}\n",
        _patch("add", _container(0, "LinuxParameters"), "{Tmpfs: [{MountPoints: 1}]}"),
        _patch("replace", _container(0, "MountPoints/0/ReadOnly"), "false"),
    ),
    (
        "SL743",
        "exec: {enable: false}\n",
        _patch("add", "/Resources/Service/Properties/Tags", "[{Key: EnableExecuteCommand, Value: x}]"),
        _patch("replace", "/Resources/Service/Properties/EnableExecuteCommand", "false"),
    ),
    (
        "SL744",
        "network: {vpc: {security_groups: {deny_default: true}}}\n",
        _patch("add", "/Resources/Service/Properties/Tags", "[{Key: SecurityGroups, Value: x}]"),
        _patch(
            "replace",
            "/Resources/Service/Properties/NetworkConfiguration/AwsvpcConfiguration/SecurityGroups",
            "[sg-0a1b2c3d]",
        ),
    ),
    (
        "SL091",
        "cpu: 256\nmemory: 768\n",
        _patch("add", _container(0, "Cpu"), "128"),
        _patch("replace", f"{_TASK}/Memory", "1024"),
    ),
]


@pytest.mark.parametrize(("code", "manifest", "beside", "mending"), _CASES)
def test_a_patch_silences_what_it_mends(code: str, manifest: str, beside: str, mending: str) -> None:
    assert code in _codes(manifest)
    assert code in _codes(manifest, beside), "the cause is still there"
    assert code not in _codes(manifest, mending), "the patch takes the cause away"
    for patches in (beside, mending):
        assert "SL840" not in _codes(manifest, patches), "the patches can be applied"
    assert code not in _codes(manifest, cdk=True), "a CDK application may do anything"


def test_a_log_router_is_what_a_patch_makes_of_it() -> None:
    fluentd = _patch("replace", _container(1, "FirelensConfiguration/Type"), "fluentd")
    quoted = "logging: {image: 'example.com/f:1', destination: {\"'@type'\": forward}}\n"
    assert "SL202" not in _codes(quoted, fluentd)
    assert "SL202" in _codes(quoted)
    assert "SL202" in _codes("logging: {image: 'example.com/f:1', destination: {Name: forward}}\n", fluentd)


def test_overrides_in_the_manifest_count_too() -> None:
    check = "taskdef_overrides: [{path: 'ContainerDefinitions[%s].HealthCheck.Command[-]', value: CMD}]\n"
    assert "SL125" in _codes(_WAITS + check % 2)
    assert "SL125" not in _codes(_WAITS + check % 1)


def test_a_patch_that_brings_the_fault_is_pointed_at() -> None:
    patches = _patch("replace", "/Resources/LogGroup/Properties/RetentionInDays", "10")
    path = "/nowhere/copilot/api/overrides/cfn.patches.yml"
    reports = lint_paths([path], files=_files("", patches))
    found = [finding for report in reports for finding in report.findings if finding.code == "SL201"]
    assert [patches[each.span.start : each.span.end] for each in found] == ["10"]


def test_containers_are_told_by_their_names() -> None:
    first = _patch("add", f"{_TASK}/ContainerDefinitions/0", "{Name: first, Image: 'a:1'}")
    manifest = _manifest(_SIDECARS, first + _patch("add", _container(2, "Cpu"), "1"))
    deployed = deployed_template(manifest)
    assert deployed is not None
    assert list(deployed.containers) == ["first", "api", "a", "b"]
    assert [is_container_overridden(manifest, name, "Cpu") for name in ("api", "a", "b")] == [
        False,
        True,
        False,
    ]


def test_nothing_is_known_beside_a_cdk_application_or_unreadable_patches() -> None:
    assert deployed_template(_manifest("", cdk=True)) is None
    assert deployed_template(_manifest("", "a: [")) is None
    assert deployed_volumes(_manifest("", "a: [")) is None
    assert deployed_template(_manifest("", "# nothing yet\n")) is not None


@pytest.mark.parametrize(
    ("value", "volumes"),
    [("[{Name: a}, {Name: b}]", {"a", "b"}), ("[{Name: !Ref Volume}]", None), ("!Ref Volumes", None)],
)
def test_volumes_are_those_of_the_template(value: str, volumes: set[str] | None) -> None:
    assert deployed_volumes(_manifest("", _patch("add", f"{_TASK}/Volumes", value))) == volumes
