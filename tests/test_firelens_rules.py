"""Log outputs as people write them: nothing is said of what works."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from sidecar_lint import Severity, lint_text
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

RULES = [rule for rule in load_rules() if rule.code.startswith("SL2")]
WORKING = {
    "datadog": """
        destination:
          Name: datadog
          Host: http-intake.logs.datadoghq.eu
          TLS: on
          compress: gzip
          dd_service: api
          dd_source: nginx
          dd_tags: env:${COPILOT_ENVIRONMENT_NAME}
          dd_message_key: log
          provider: ecs
        secretOptions: {apikey: /copilot/shop/test/secrets/DATADOG}
        """,
    "new relic, without its image": """
        destination: {Name: nrlogs, base_uri: https://log-api.eu.newrelic.com/log/v1}
        secretOptions: {license_key: /copilot/shop/test/secrets/NEW_RELIC}
        """,
    "new relic's image": """
        image: newrelic/logging-firelens-fluentbit
        destination: {Name: newrelic, endpoint: https://log-api.eu.newrelic.com/log/v1}
        secretOptions: {apiKey: /copilot/shop/test/secrets/NEW_RELIC}
        """,
    "splunk": """
        destination:
          Name: splunk
          host: inputs.example.com
          port: "8088"
          tls: "On"
          tls.verify: "Off"
          splunk_send_raw: "Off"
        secretOptions: {Splunk_Token: /copilot/shop/test/secrets/SPLUNK}
        """,
    "sumo logic": """
        destination: {Name: http, Host: endpoint1.example.com, URI: /receiver/v1, Port: 443, tls: on, Format: json_lines}
        """,
    "loki": "destination: {Name: loki, host: loki.example.com, labels: 'job=api', line_format: json}",
    "an image with a loki of its own": """
        image: grafana/fluent-bit-plugin-loki:2.9.1
        destination: {Name: grafana-loki, Url: 'https://loki.example.com/loki/api/v1/push', RemoveKeys: container_id}
        """,
    "opensearch": r"""
        destination:
          Name: opensearch
          Host: search-logs.us-west-2.es.amazonaws.com
          Port: 443
          AWS_Auth: On
          AWS_Region: \${AWS_REGION}
          Suppress_Type_Name: On
          tls: On
        """,
    "s3": """
        destination:
          Name: s3
          bucket: shop-logs
          region: eu-central-1
          total_file_size: 1M
          upload_timeout: 1m
          use_put_object: On
          s3_key_format: /$TAG[1]/%Y/%m/%d/$UUID
        """,
    "firehose": "destination: {Name: firehose, region: us-west-2, delivery_stream: logs, data_keys: log}",
    "firehose in C": """
        destination: {Name: kinesis_firehose, region: us-west-2, delivery_stream: logs, workers: 2, compression: gzip}
        """,
    "kinesis": "destination: {Name: kinesis, region: us-west-2, stream: logs, partition_key: id, aggregation: true}",
    "cloudwatch": """
        destination:
          Name: cloudwatch
          region: us-west-2
          log_group_name: /shop/$(ecs_cluster)
          log_stream_name: $(ecs_task_id)
          auto_create_group: "true"
          log_retention_days: "14"
          exclude-pattern: ^GET /health
          log-driver-buffer-limit: 2097152
        """,
    "cloudwatch in C": """
        destination:
          Name: cloudwatch_logs
          region: us-gov-west-1
          log_group_name: /shop/api
          log_stream_prefix: api-
          auto_create_group: On
          log_format: json/emf
          add_entity: true
          Retry_Limit: no_retries
        """,
    "kafka": "destination: {Name: kafka, brokers: 'b-1.example.com:9092', topics: logs, rdkafka.compression.codec: gzip}",
    "an old image, whose own output is called loki": """
        image: grafana/fluent-bit-plugin-loki:1.6.0
        destination: {Name: loki, Url: 'https://loki.example.com/loki/api/v1/push', RemoveKeys: container_id}
        """,
    "a sidecar that forward is for": """
        destination: {Name: forward, Host: 127.0.0.1, Port: 24225}
        """,
    "nobody's plugin, in an image of one's own": """
        image: registry.example.com/router:1
        destination: {Name: coralogix, Private_Key: '${KEY}', App_Name: shop}
        """,
    "another region for each": "destination: {Name: s3, bucket: 'logs-${COPILOT_ENVIRONMENT_NAME}', region: '${REGION}'}",
    "no output but filters": """
        image: registry.example.com/router:1
        configFilePath: /extra.conf
        destination: {include-pattern: error}
        """,
    "plain text": "destination: {Name: stdout, Format: json_lines}",
    "nowhere": "destination: {Name: 'null'}",
}


@pytest.mark.parametrize("logging", WORKING.values(), ids=WORKING)
def test_an_output_that_works_gets_no_warning(logging: str) -> None:
    section = indent(dedent(logging).strip(), "  ")
    text = f"name: api\ntype: Backend Service\nimage: {{location: nginx}}\nlogging:\n{section}\n"
    assert Document(Source("manifest.yml", text)).manifests[0].firelens
    found = lint_text(text, rules=RULES).findings
    assert [each for each in found if each.severity is not Severity.INFO] == []
    assert not {each.code for each in found} - {"SL213", "SL216", "SL219"}


@pytest.mark.parametrize(
    ("image", "is_stock"),
    [
        ("public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10", True),
        ("906394416424.dkr.ecr.us-west-2.amazonaws.com/aws-for-fluent-bit:3.5.10", True),
        ("123456789012.dkr.ecr.us-west-2.amazonaws.com/aws-for-fluent-bit:3.5.10", False),
        ("example.com/router", False),
    ],
)
def test_a_copy_of_awss_image_may_have_other_files(image: str, *, is_stock: bool) -> None:
    text = f"name: api\ntype: Backend Service\nlogging: {{image: '{image}', configFilePath: /extra.conf}}\n"
    codes = {each.code for each in lint_text(text, rules=RULES).findings}
    assert ("SL205" in codes) is is_stock


@pytest.mark.parametrize("router", ["Type: fluentbit", "Type: fluentd"])
def test_fluentd_is_known_where_an_override_asks_for_it(router: str) -> None:
    text = f"""
name: api
type: Backend Service
logging: {{image: example.com/router, destination: {{"@type": forward, host: a.example.com}}}}
taskdef_overrides: [{{path: 'ContainerDefinitions[1].FirelensConfiguration', value: {{{router}}}}}]
"""
    codes = {each.code for each in lint_text(text, rules=RULES).findings}
    assert ("SL202" in codes) is (router == "Type: fluentbit")
    assert "SL210" in codes


def test_options_of_another_driver_alone_are_one_mistake() -> None:
    """Without a log router nothing has to be pinned, and no output has the option."""
    head = "name: api\ntype: Backend Service\nimage: {location: nginx, port: 80}\nlogging:\n  destination:\n"
    alone = lint_text(f"{head}    awslogs-multiline-pattern: '^x'\n", rules=RULES)
    assert [each.code for each in alone.findings] == ["SL202"]
    beside = lint_text(f"{head}    awslogs-multiline-pattern: '^x'\n    delivery_stream: a\n", rules=RULES)
    assert [each.code for each in beside.findings] == ["SL202", "SL213"]


@pytest.mark.parametrize(
    ("option", "written", "advice"),
    [
        ("log_stream_name", "api/$(ecs_task_id)", "write log_stream_prefix: api/ in place of it"),
        ("log_stream_prefix", "$(ecs_task_id)", "write log_stream_prefix: task- in place of it"),
        ("log_group_name", "/a/$(ecs_cluster)", "write log_group_template: /a/$ecs_cluster, and a fixed"),
        ("log_group_name", "/$(team)/$(app)", "write log_group_template: $key, and a fixed"),
        ("log_group_template", "/a/$(ecs_cluster)", "write /a/$ecs_cluster"),
        (
            "log_stream_template",
            "api-$ecs_task_id",
            "leave it out, and write log_stream_prefix: api- in place",
        ),
    ],
)
def test_what_is_written_for_a_key_makes_a_name_that_aws_takes(
    option: str, written: str, advice: str
) -> None:
    """The ARN of a task has a colon, and Fluent Bit ends a key at few characters."""
    text = f"""
name: api
type: Backend Service
image: {{location: nginx, port: 80}}
logging: {{destination: {{Name: cloudwatch_logs, log_group_name: /a, {option}: {written}}}}}
""".replace("log_group_name: /a, log_group_name", "log_group_name")
    found = [each.help for each in lint_text(text, rules=RULES).findings if each.code == "SL222"]
    assert [each.startswith(advice) for each in found] == [True], found
