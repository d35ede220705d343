"""What the task role may do in each environment, against what the containers need."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import program
import pytest

from sidecar_lint import Files, Finding, Severity, lint_paths, lint_text, needs
from sidecar_lint.iam.permissions import lacking
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.rulebook.registry import load_rules

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

RULES = [rule for rule in load_rules() if rule.code.startswith("SL8")]
ROOT = os.path.abspath(os.sep + "nowhere")
PATH = os.path.join(ROOT, "copilot", "api", "manifest.yml")
LOGS = """\
name: api
type: Backend Service
logging:
  destination: {Name: cloudwatch, region: eu-west-1, log_group_name: x, log_stream_prefix: y}
"""
XRAY = """\
name: api
type: Backend Service
sidecars:
  xray: {image: 'amazon/aws-xray-daemon:3.3.13', port: 2000/udp}
"""
POLICY = """\
Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement: {Effect: Allow, Action: 'xray:*', Resource: '*'}
Outputs:
  PolicyArn: {Value: !Ref Policy}
"""


def _findings(manifest: str, **files: str) -> list[Finding]:
    texts = {"manifest.yml": manifest, **{name.replace("__", "/"): text for name, text in files.items()}}
    folder = os.path.dirname(PATH)
    unsaved = {os.path.normpath(os.path.join(folder, name)): text for name, text in texts.items()}
    return [each for report in lint_paths([PATH], RULES, Files(unsaved)) for each in report.findings]


def test_what_one_container_lacks_is_told_once() -> None:
    collector = (
        "name: api\ntype: Backend Service\nimage: {location: 'nginx:1'}\nsidecars: {o: {image: "
        "'public.ecr.aws/aws-observability/aws-otel-collector:v0.50.0', essential: false, variables: "
        "{AOT_CONFIG_CONTENT: '{receivers: {otlp: {protocols: {grpc: }}}, exporters: {awsxray: , awsemf: }, service: "
        "{pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}, metrics: {receivers: [otlp], exporters: "
        "[awsemf]}}}}'}}}\n"
    )
    (found,) = _findings(collector)
    assert "xray:PutTraceSegments" in found.message
    assert "logs:PutLogEvents" in found.message
    assert found.message.endswith(
        ": the exporter awsxray sends traces to X-Ray; the exporter awsemf writes to CloudWatch Logs"
    )


@pytest.mark.parametrize(
    ("signer", "lacks"), [("", True), ("assume_role: {arn: 'arn:aws:iam::1:role/x'}", False)]
)
def test_a_signer_may_take_on_another_role(signer: str, lacks: bool) -> None:
    address = "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write"
    configuration = (
        "{receivers: {otlp: {protocols: {grpc: }}}, exporters: {prometheusremotewrite: {endpoint: "
        f"'{address}', auth: {{authenticator: sigv4auth}}}}}}, extensions: {{sigv4auth: {{{signer}}}}}, service: "
        "{extensions: [sigv4auth], pipelines: {metrics: {receivers: [otlp], exporters: [prometheusremotewrite]}}}}"
    )
    manifest = (
        "name: api\ntype: Backend Service\nimage: {location: 'nginx:1'}\nsidecars:\n  o:\n    image: "
        "public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0\n    variables:\n"
        f"      AOT_CONFIG_CONTENT: |\n        {configuration}\n"
    )
    assert bool(_lacks(manifest)) is lacks


def _lacks(manifest: str, **files: str) -> dict[tuple[str, ...], str]:
    found = [each for each in _findings(manifest, **files) if each.code == "SL801"]
    return {each.environments: each.message.partition("lacks ")[2].partition(": the")[0] for each in found}


ALL = "logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents"


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("", ALL),
        ("exec: true", ""),
        ("exec: yes", ""),
        ("exec: false", ALL),
        ("exec: {enable: false}", ""),
        ("exec: {}", ALL),
        ("exec:", ALL),
        ("exec: ${EXEC}", ""),
        ("observability: {tracing: AWSXRay}", ""),
        ("observability: {tracing: other}", ALL),
        ("publish: {topics: [{name: x}]}", ALL),
        ("storage: {volumes: {v: {path: /x, efs: true}}}", ALL),
        ("taskdef_overrides: [{path: TaskRoleArn, value: x}]", ""),
    ],
)
def test_what_copilot_grants(more: str, missing: str) -> None:
    assert _lacks(f"{LOGS}{more}\n") == ({("*",): missing} if missing else {})


@pytest.mark.parametrize("kind", ["Scheduled Job", "Worker Service", "Load Balanced Web Service"])
def test_exec_does_nothing_for_a_job(kind: str) -> None:
    manifest = LOGS.replace("Backend Service", kind) + "exec: true\n"
    assert _lacks(manifest) == ({("*",): ALL} if kind == "Scheduled Job" else {})


def test_each_environment_by_itself() -> None:
    manifest = LOGS.replace("}", ", auto_create_group: true}")
    manifest += "exec: true\nenvironments:\n  test: {exec: false}\n  prod: {count: 2}\n"
    with_group = "logs:CreateLogGroup, " + ALL
    assert _lacks(manifest) == {("test",): with_group, ("*", "prod"): "logs:CreateLogGroup"}


@pytest.mark.parametrize(
    "files",
    [
        {"addons__a.yml": POLICY},
        {"addons__a.yml": POLICY.replace("!Ref Policy", "{Ref: Policy}")},
        {"addons__a.yml": POLICY.replace("'xray:*'", "[!Ref App]")},
        {"addons__a.yml": POLICY.replace("'xray:*'", "XRAY:put*")},
        {"addons__a.yml": "["},
        {"addons__a.yml": POLICY.replace("xray", "s3") + "Transform: x\n"},
        {"addons__a.yml": "Outputs: {P: {Value: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'}}\n"},
        {"overrides__cdk.json": "{}"},
        {
            "overrides__cfn.patches.yml": "[{op: add, path: /Resources/TaskRole/Properties/Policies/-, value: x}]"
        },
    ],
)
def test_silence(files: dict[str, str]) -> None:
    assert _lacks(XRAY, **files) == {}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"addons__a.yml": POLICY.replace("xray", "s3")},
        {"addons__a.json": POLICY},
        {"addons__more__a.yml": POLICY},
        {"..__environments__addons__a.yml": POLICY},
        {"..__web__addons__a.yml": POLICY},
        {"overrides__cfn.patches.yml": "[{op: remove, path: /Resources/Service}]"},
    ],
)
def test_a_policy_that_is_not_there(files: dict[str, str]) -> None:
    assert _lacks(XRAY, **files) == {("*",): "xray:PutTraceSegments"}


@pytest.mark.parametrize(
    "more",
    [
        "variables: {AWS_ACCESS_KEY_ID: x}",
        "secrets: {AWS_ACCESS_KEY_ID: x}",
        "variables: {AWS_ROLE_ARN: x}",
        "env_file: keys.env",
        "env_file: nowhere.env",
        "env_file: '${FILE}'",
        "command: --role-arn arn:aws:iam::123456789012:role/x",
        "command: [--role-arn=arn:aws:iam::123456789012:role/x]",
        "entrypoint: /xray -c /etc/xray.yaml",
    ],
)
def test_other_credentials(more: str) -> None:
    manifest = XRAY.replace("port: 2000/udp", more)
    assert _lacks(manifest, **{"..__..__keys.env": "# x\nAWS_ACCESS_KEY_ID=x\n"}) == {}


def test_other_credentials_for_somebody_else() -> None:
    more = "variables: {AWS_ACCESS_KEY_ID: x}\nlogging: {variables: {AWS_ACCESS_KEY_ID: x}}\n"
    assert _lacks(XRAY + more) == {("*",): "xray:PutTraceSegments"}
    plain = XRAY.replace("port: 2000/udp", "env_file: keys.env")
    assert _lacks(plain, **{"..__..__keys.env": "LEVEL=x\n"}) == {("*",): "xray:PutTraceSegments"}


def test_a_command_that_comes_from_overrides() -> None:
    override = "taskdef_overrides: [{path: 'ContainerDefinitions[1].Command[-]', value: --role-arn}]\n"
    assert _lacks(XRAY + override) == {}


_ADDED = (
    "{op: add, path: /Resources/TaskRole/Properties/Policies/-, value: {PolicyName: x, PolicyDocument: {Statement: "
    "[{Effect: Allow, Action: ['%s'], Resource: '*'}]}}}"
)
_VARIABLE = "{op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/%d/Environment/-, value: {Name: A, Value: b}}"


@pytest.mark.parametrize(
    "patch",
    [
        _ADDED % "xray:*",
        _VARIABLE % 1,
        "{op: add, path: /Resources/TaskRole/Properties/ManagedPolicyArns, value: [x]}",
        "{op: replace, path: /Resources/TaskRole/Properties/Policies, value: [{PolicyDocument: {Statement: []}}]}",
        "{op: replace, path: /Resources/TaskDefinition/Properties/TaskRoleArn, value: x}",
        "{op: remove, path: /Resources/TaskRole}",
        "{op: add, path: /Resources/More, value: {Type: 'AWS::IAM::Policy', Properties: {Roles: [!Ref TaskRole]}}}",
    ],
)
def test_a_patch_may_allow_it(patch: str) -> None:
    assert _lacks(XRAY, **{"overrides__cfn.patches.yml": f"[{patch}]"}) == {}


@pytest.mark.parametrize(
    "patch",
    [
        _ADDED % "s3:*",
        _VARIABLE % 0,
        "{op: add, path: /Resources/TaskRole/Metadata/more, value: Environment}",
        "{op: add, path: /Resources/More, value: {Type: 'AWS::SNS::Topic', Properties: {TaskRole: x}}}",
    ],
)
def test_a_patch_of_something_else_does_not(patch: str) -> None:
    lacking = {("*",): "xray:PutTraceSegments"}
    assert _lacks(XRAY, **{"overrides__cfn.patches.yml": f"[{patch}]"}) == lacking


def test_where_logs_go_may_come_from_overrides() -> None:
    path = "ContainerDefinitions[0].LogConfiguration.Options.endpoint"
    assert _lacks(f"{LOGS}taskdef_overrides: [{{path: {path}, value: x}}]\n") == {}


@pytest.mark.parametrize(
    "option", ["role_arn: 'arn:aws:iam::123456789012:role/x'", "endpoint: https://logs.internal"]
)
def test_an_output_that_uses_no_permission_of_the_task(option: str) -> None:
    assert _lacks(LOGS.replace("log_group_name: x", f"log_group_name: x, {option}")) == {}


def test_what_the_domain_may_allow_is_only_worth_knowing() -> None:
    manifest = LOGS.replace(
        "{Name: cloudwatch, region: eu-west-1, log_group_name: x, log_stream_prefix: y}",
        "{Name: opensearch, Host: search-x.eu-west-1.es.amazonaws.com, AWS_Auth: On, AWS_Region: eu-west-1}",
    )
    found = [(each.code, each.severity) for each in _findings(manifest)]
    assert found == [("SL801", Severity.INFO)]


def test_a_log_router_that_may_not_fetch_its_files_ends() -> None:
    image = "public.ecr.aws/aws-observability/aws-for-fluent-bit:init-2.32.5"
    router = f"  image: {image}\n  variables: {{aws_fluent_bit_init_s3_1: 'arn:aws:s3:::a/b.conf'}}\n"
    logs, s3 = [each for each in _findings(LOGS + router) if each.code == "SL801"]
    assert ("the log router's init process ends" in s3.effect, "ends" in logs.effect) == (True, False)


def test_nothing_is_known_of_a_text_alone() -> None:
    assert not lint_text(XRAY, PATH, RULES).findings


def test_a_denial_has_no_fix() -> None:
    deny = POLICY.replace("Allow", "Deny")
    (finding,) = _findings(XRAY, **{"addons__a.yml": deny})
    assert not finding.fixes
    assert "'Policy'" in finding.help
    assert finding.related[0].source is not None


def test_one_mistake_is_one_finding() -> None:
    codes = {
        value: [
            each.code for each in _findings(XRAY, **{"addons__a.yml": POLICY.replace("!Ref Policy", value)})
        ]
        for value in ("!Ref Policy", "!GetAtt Policy.PolicyArn", "!Sub '${Policy}'")
    }
    assert codes == {
        "!Ref Policy": [],
        "!GetAtt Policy.PolicyArn": ["SL802"],
        "!Sub '${Policy}'": ["SL802"],
    }


def test_needs_and_what_is_lacking_are_there_for_other_rules() -> None:
    workspace = Files({PATH: XRAY}).workspace(PATH)
    assert workspace
    document = document_of(workspace.workloads["api"])
    assert document
    manifest = document.manifests[0]
    (need,) = needs(manifest)
    assert (need.actions, need.container) == (("xray:PutTraceSegments",), "xray")
    assert lacking(manifest, ("logs:PutLogEvents", "iam:PassRole")) == ("logs:PutLogEvents", "iam:PassRole")


@pytest.mark.parametrize(
    ("more", "action"),
    [
        ("publish: {topics: [{name: x}]}", "sns:Publish"),
        ("storage: {volumes: {v: {path: /x, efs: true}}}", "elasticfilesystem:ClientMount"),
        ("storage: {volumes: {v: {path: /x, efs: {id: fs-1}}}}", "elasticfilesystem:ClientMount"),
        ("exec: true", "ssmmessages:OpenDataChannel"),
        ("observability: {tracing: awsxray}", "xray:GetSamplingRules"),
    ],
)
def test_what_copilot_grants_for_a_section(more: str, action: str) -> None:
    for text, missing in ((XRAY, (action,)), (f"{XRAY}{more}\n", ())):
        workspace = Files({PATH: text}).workspace(PATH)
        assert workspace
        document = document_of(workspace.workloads["api"])
        assert document
        assert lacking(document.manifests[0], (action,)) == missing


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return program.run(folder, "--select", "SL8", *arguments)


@pytest.mark.parametrize("addon", ["", POLICY.replace("xray", "s3")])
def test_the_fix_writes_the_addon_and_then_all_is_well(tmp_path: Path, addon: str) -> None:
    addons = tmp_path / "copilot" / "api" / "addons"
    addons.mkdir(parents=True)
    both = LOGS + XRAY.partition("Backend Service\n")[2] + "environments: {test: {exec: true}, prod: {}}\n"
    (addons.parent / "manifest.yml").write_text(both)
    (addons / "xray-policy.yml").write_text(addon or "# mine\n")
    assert _command(tmp_path).returncode == 1
    assert _command(tmp_path, "--fix").returncode == 1
    assert sorted(path.name for path in addons.iterdir()) == ["xray-policy.yml"]
    fixed = _command(tmp_path, "--fix", "--unsafe-fixes")
    assert (fixed.returncode, fixed.stderr) == (0, "")
    assert sorted(path.name for path in addons.iterdir()) == [
        "log-router-policy.yml",
        "xray-policy-2.yml",
        "xray-policy.yml",
    ]
    assert (addons / "xray-policy.yml").read_text() == addon or "# mine\n"
    again = _command(tmp_path)
    assert (again.stdout, again.returncode) == ("4 files, no findings\n", 0)


def test_environments_that_need_different_things_get_a_policy_each(tmp_path: Path) -> None:
    folder = tmp_path / "copilot" / "api"
    folder.mkdir(parents=True)
    (folder / "manifest.yml").write_text(
        LOGS + "environments:\n  prod: {logging: {destination: {Name: firehose, delivery_stream: x}}}\n"
    )
    assert _command(tmp_path, "--fix", "--unsafe-fixes").returncode == 0
    assert sorted(path.name for path in (folder / "addons").iterdir()) == [
        "log-router-policy-2.yml",
        "log-router-policy.yml",
    ]
    assert _command(tmp_path).stdout == "3 files, no findings\n"
