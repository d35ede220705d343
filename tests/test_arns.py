"""What a policy is about, against what the manifest names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidecar_lint import lint_paths

if TYPE_CHECKING:
    from pathlib import Path

_ADDON = """\
Parameters: {{App: {{Type: String}}, Env: {{Type: String}}, Name: {{Type: String}}}}
Resources:
  Group: {{Type: 'AWS::Logs::LogGroup', Properties: {{LogGroupName: /shop/logs}}}}
  Unnamed: {{Type: 'AWS::Logs::LogGroup'}}
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {{Statement: {{Effect: Allow, Action: '*', {resource}}}}}
Outputs:
  PolicyArn: {{Value: !Ref Policy}}
"""


def _is_told(folder: Path, destination: str, resource: str) -> bool:
    manifest, addon = folder / "copilot/api/manifest.yml", folder / "copilot/api/addons/policy.yml"
    addon.parent.mkdir(parents=True)
    logging = f"logging: {{image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3, {destination}}}"
    manifest.write_text(f"name: api\ntype: Backend Service\nimage: {{location: nginx}}\n{logging}\n")
    addon.write_text(_ADDON.format(resource=resource))
    return any(each.code == "SL805" for report in lint_paths([manifest]) for each in report.findings)


_GROUP = "destination: {Name: cloudwatch_logs, region: eu-west-1, log_group_name: /shop/logs, log_stream_prefix: a}"
_STREAM = "destination: {Name: kinesis_streams, region: eu-west-1, stream: orders}"
_BUCKET = "destination: {Name: s3, region: eu-west-1, bucket: logs}"
_ARN = "arn:aws:logs:eu-west-1:123456789012:log-group"


@pytest.mark.parametrize(
    ("destination", "resource"),
    [
        (_GROUP, "Resource: '*'"),
        (_GROUP, f"Resource: '{_ARN}:/shop/logs'"),
        (_GROUP, f"Resource: '{_ARN}:/shop/logs:*'"),
        (_GROUP, f"Resource: '{_ARN}:/shop/logs:log-stream:*'"),
        (_GROUP, "Resource: 'arn:aws:logs:*'"),
        (_GROUP, "Resource: !GetAtt Group.Arn"),
        (_GROUP, "Resource: !GetAtt Unnamed.Arn"),
        (_GROUP, "Resource: !Sub '${Group.Arn}:*'"),
        (_GROUP, "Resource: !Sub ['arn:aws:logs:*:*:log-group:${N}', {N: x}]"),
        (_GROUP, "Resource: {'Fn::GetAtt': [Group, Arn]}"),
        (_GROUP, "Resource: !Ref Name"),
        (_GROUP, "Resource: ['arn:aws:s3:::logs', !ImportValue group]"),
        (_GROUP, "NotResource: 'arn:aws:s3:::logs'"),
        (_STREAM, "Resource: 'arn:aws-cn:kinesis:eu-west-?:*:stream/ord*'"),
        (_BUCKET, "Resource: 'arn:aws:s3:::logs/*'"),
        (_BUCKET, "Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/api/*']"),
    ],
)
def test_may_be_about_it(destination: str, resource: str, tmp_path: Path) -> None:
    assert not _is_told(tmp_path, destination, resource)


@pytest.mark.parametrize(
    ("destination", "resource"),
    [
        (_GROUP, f"Resource: '{_ARN}:/shop/log'"),
        (_GROUP, f"Resource: '{_ARN.replace('eu-west-1', 'us-east-1')}:/shop/logs:*'"),
        (_GROUP, "Resource: !Sub 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/copilot/*'"),
        (_STREAM, "Resource: !GetAtt Group.Arn"),
        (_STREAM, "Resource: 'arn:aws:kinesis:*:*:stream/Orders'"),
        (_BUCKET, "Resource: 'arn:aws:s3:::other/*'"),
    ],
)
def test_is_about_something_else(destination: str, resource: str, tmp_path: Path) -> None:
    assert _is_told(tmp_path, destination, resource)


_EXPORTERS = {
    "logs": "{awscloudwatchlogs: {region: eu-west-1, log_group_name: %s, log_stream_name: s}}",
    "metrics": "{prometheusremotewrite: {endpoint: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/%s/api/v1/"
    "remote_write', auth: {authenticator: sigv4auth}}}",
}


def _is_told_of_a_collector(folder: Path, signal: str, name: str, resource: str) -> bool:
    manifest, addon = folder / "copilot/api/manifest.yml", folder / "copilot/api/addons/policy.yml"
    addon.parent.mkdir(parents=True)
    exporters = _EXPORTERS[signal] % name
    exporter = exporters.partition("{")[2].partition(":")[0]
    configuration = (
        f"{{receivers: {{otlp: {{protocols: {{grpc: }}}}}}, exporters: {exporters}, extensions: {{sigv4auth: }}, "
        f"service: {{extensions: [sigv4auth], pipelines: {{{signal}: {{receivers: [otlp], exporters: [{exporter}]}}}}}}}}"
    )
    image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0"
    manifest.write_text(
        "name: api\ntype: Backend Service\nimage: {location: nginx}\nsidecars:\n  otel:\n"
        f"    image: {image}\n    variables:\n      AOT_CONFIG_CONTENT: |\n        {configuration}\n"
    )
    addon.write_text(_ADDON.format(resource=resource))
    return any(each.code == "SL805" for report in lint_paths([manifest]) for each in report.findings)


@pytest.mark.parametrize(
    ("signal", "name", "resource", "told"),
    [
        ("logs", "/shop/logs", "Resource: !GetAtt Group.Arn", False),
        ("logs", "/shop/other", "Resource: !GetAtt Group.Arn", True),
        ("logs", "'/shop/{TaskId}'", "Resource: !GetAtt Group.Arn", False),
        ("metrics", "ws-1", "Resource: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-1'", False),
        ("metrics", "ws-1", "Resource: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-2'", True),
        ("metrics", "ws-1", "Resource: 'arn:aws:aps:us-east-1:123456789012:workspace/*'", True),
    ],
)
def test_what_a_collector_sends_to(signal: str, name: str, resource: str, told: bool, tmp_path: Path) -> None:
    assert _is_told_of_a_collector(tmp_path, signal, name, resource) is told
