"""The table of Fluent Bit's outputs, and the output that a manifest uses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint.firelens.log_output import LogOutput, log_output
from sidecar_lint.firelens.log_router import LogRouter, log_router
from sidecar_lint.firelens.outputs import (
    OutputPlugin,
    Values,
    agent_options,
    generic_options,
    output_names,
    output_plugin,
)
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.syntax.nodes import as_mapping
from sidecar_lint.syntax.source import Source

ROOT = Path(__file__).parents[1]
PLUGINS = [plugin for name in output_names() if (plugin := output_plugin(name))]


def _plugin(name: str) -> OutputPlugin:
    plugin = output_plugin(name)
    assert plugin is not None
    return plugin


def _manifest_output(logging: str) -> LogOutput | None:
    text = f"name: api\ntype: Backend Service\nlogging: {logging}\n"
    return log_output(Document(Source("manifest.yml", text)).manifests[0])


def _output(logging: str) -> LogOutput:
    output = _manifest_output(logging)
    assert output is not None
    return output


class TestTable:
    def test_what_is_shipped_is_what_the_script_makes_of_the_tables(self) -> None:
        script = [sys.executable, str(ROOT / "tables" / "build.py"), "--check"]
        run = subprocess.run(script, capture_output=True, text=True, check=False)
        assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)

    def test_every_output_of_the_table_can_be_asked_for(self) -> None:
        table = json.loads((ROOT / "tables" / "fluentbit_outputs.json").read_text("utf-8"))
        assert [plugin.name for plugin in PLUGINS] == list(table["outputs"])
        assert len(PLUGINS) == 54

    @pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
    def test_what_is_required_exclusive_or_asked_for_is_an_option(self, plugin: OutputPlugin) -> None:
        asked = [*plugin.required, *plugin.exclusive, plugin.peer]
        asked += [(*demand.options, *demand.when) for demand in plugin.demands]
        asked += [(*grant.when, *grant.unless) for grant in plugin.grants]
        assert all(plugin.accepts(option) for group in asked for option in group)

    @pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
    def test_names_are_in_lower_case(self, plugin: OutputPlugin) -> None:
        names = [plugin.name, *plugin.options, *generic_options(), *agent_options()]
        assert [name.lower() for name in names] == names

    def test_twins_are_twins_of_each_other(self) -> None:
        twins = [plugin for plugin in PLUGINS if plugin.twin]
        assert len(twins) == 12
        assert all(_plugin(plugin.twin).twin == plugin.name for plugin in twins)

    def test_a_manifest_without_an_output_does_not_read_the_table(self) -> None:
        program = (
            "from sidecar_lint import lint_text; from sidecar_lint.firelens import outputs\n"
            "lint_text('name: api\\ntype: Backend Service\\nlogging: {retention: 7}\\nimage: {location: x}\\n')\n"
            "print(outputs._table.cache_info().misses)\n"
        )
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert run.stdout == "0\n"


class TestPlugin:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("cloudwatch", "cloudwatch"),
            ("CloudWatch_Logs", "cloudwatch_logs"),
            ("tcp://logs.example.com:5170", "tcp"),
            ("awslogs", None),
            ("cloudwatch ", None),
            ("", None),
            ("://x", None),
        ],
    )
    def test_is_found_as_fluent_bit_finds_it(self, written: str, name: str | None) -> None:
        plugin = output_plugin(written)
        assert (plugin.name if plugin else None) == name

    @given(st.sampled_from(PLUGINS), st.data())
    def test_takes_an_option_in_any_case(self, plugin: OutputPlugin, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([*plugin.options, *generic_options()]))
        written = "".join(data.draw(st.sampled_from([one.upper(), one])) for one in name)
        assert plugin.accepts(written)

    def test_takes_what_begins_as_its_own_options_do(self) -> None:
        assert _plugin("kafka").accepts("rdkafka.security.protocol")
        assert not _plugin("loki").accepts("rdkafka.security.protocol")

    def test_is_strict_where_fluent_bit_compares_with_a_map(self) -> None:
        assert _plugin("cloudwatch_logs").is_strict
        assert not _plugin("cloudwatch").is_strict
        assert not _plugin("nats").is_strict

    @pytest.mark.parametrize(
        ("name", "values", "missing"),
        [
            ("datadog", {}, (("apikey",),)),
            ("datadog", {"apikey": None}, ()),
            ("splunk", {"http_user": "x"}, ()),
            ("es", {"aws_auth": "off"}, ()),
            ("es", {"aws_auth": "On"}, (("aws_region",),)),
            ("es", {"aws_auth": None}, ()),
            ("cloudwatch", {"region": "x", "log_stream_prefix": "x"}, (("log_group_name",),)),
        ],
    )
    def test_says_what_is_missing(self, name: str, values: Values, missing: object) -> None:
        assert _plugin(name).missing(values) == missing


_STREAMS = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")


class TestActions:
    @pytest.mark.parametrize(
        ("name", "values", "actions"),
        [
            ("firehose", {}, ("firehose:PutRecordBatch",)),
            ("kinesis_streams", {"region": "us-west-2"}, ("kinesis:PutRecords",)),
            ("cloudwatch", {}, _STREAMS),
            ("cloudwatch", {"auto_create_stream": "False"}, _STREAMS[1:]),
            ("cloudwatch", {"auto_create_stream": None}, _STREAMS[1:]),
            ("cloudwatch", {"auto_create_group": "on"}, _STREAMS),
            ("cloudwatch", {"auto_create_group": "true"}, ("logs:CreateLogGroup", *_STREAMS)),
            ("cloudwatch_logs", {"log_retention_days": "7"}, (_STREAMS[0], _STREAMS[2])),
            (
                "cloudwatch_logs",
                {"auto_create_group": "On", "log_retention_days": "7"},
                ("logs:CreateLogGroup", _STREAMS[0], _STREAMS[2], "logs:PutRetentionPolicy"),
            ),
            ("s3", {"canned_acl": "private"}, ("s3:PutObject", "s3:PutObjectAcl")),
            ("opensearch", {}, ()),
            ("opensearch", {"aws_auth": "on"}, ("es:ESHttpPost",)),
            ("opensearch", {"aws_auth": "on", "aws_service_name": None}, ()),
            ("opensearch", {"aws_auth": "on", "aws_service_name": "aoss"}, ("aoss:APIAccessAll",)),
            ("prometheus_remote_write", {"aws_auth": "yes"}, ("aps:RemoteWrite",)),
            ("http", {"aws_auth": "on", "aws_service": "osis"}, ("osis:Ingest",)),
            ("http", {"aws_auth": "on", "aws_service": "bedrock"}, ()),
            ("datadog", {"apikey": None}, ()),
        ],
    )
    def test_are_those_of_the_options(self, name: str, values: Values, actions: object) -> None:
        assert _plugin(name).actions(values) == actions

    @given(st.sampled_from([plugin for plugin in PLUGINS if plugin.grants]), st.booleans())
    def test_of_an_output_with_a_role_are_to_assume_it(self, plugin: OutputPlugin, signs: bool) -> None:
        values = {"aws_auth": "on"} if signs else {}
        role = "role_arn" if "role_arn" in plugin.options else "aws_role_arn"
        without = bool(plugin.actions(values)) or ("aws_service" in plugin.options and signs)
        assert plugin.actions({**values, role: "arn:x"}) == (("sts:AssumeRole",) if without else ())

    def test_of_an_output_that_ignores_a_role_stay(self) -> None:
        assert _plugin("s3").actions({"aws_role_arn": "arn:x"}) == ("s3:PutObject",)

    @pytest.mark.parametrize(
        ("endpoint", "needed"),
        [
            ("https://s3.us-west-2.amazonaws.com", True),
            ("vpce-1.logs.us-west-2.vpce.amazonaws.com:443/x", True),
            ("http://minio.example.com:9000", False),
            (None, False),
        ],
    )
    def test_are_none_where_it_may_send_elsewhere(self, endpoint: str | None, needed: bool) -> None:
        assert bool(_plugin("s3").actions({"endpoint": endpoint})) is needed


class TestLogOutput:
    @pytest.mark.parametrize(
        "logging",
        [
            "{retention: 7}",
            "{destination: {}}",
            "{destination: {name: s3}}",
            "{destination: {Name: nobody}}",
            "{destination: {Name: '${OUTPUT}'}}",
        ],
    )
    def test_is_none_where_none_is_known(self, logging: str) -> None:
        assert _manifest_output(logging) is None

    def test_has_the_options_of_both_sections_by_lower_case_names(self) -> None:
        output = _output(
            "{destination: {Name: s3, Bucket: logs, ROLE_ARN: ''}, secretOptions: {External_Id: /x}}"
        )
        assert output.values == {"bucket": "logs", "external_id": None}
        assert output.options["external_id"].is_secret

    @pytest.mark.parametrize("value", ["${REGION}", r"\${REGION}"])
    def test_does_not_know_what_is_filled_in_later(self, value: str) -> None:
        assert _output(f"{{destination: {{Name: s3, region: '{value}'}}}}").values == {"region": None}

    def test_is_that_of_the_environment(self) -> None:
        text = """
            name: api
            type: Backend Service
            logging: {destination: {Name: firehose, region: us-west-2}}
            environments:
              prod: {logging: {destination: {Name: s3}}}
            """
        base, prod = map(log_output, Document(Source("manifest.yml", text)).manifests)
        assert base
        assert prod
        assert (base.plugin.name, base.actions()) == ("firehose", ("firehose:PutRecordBatch",))
        assert (prod.plugin.name, prod.actions()) == ("s3", ("s3:PutObject",))
        assert prod.values == {"region": "us-west-2"}

    @pytest.mark.parametrize("field", ["variables", "secrets"])
    def test_needs_nothing_with_credentials_of_its_own(self, field: str) -> None:
        output = _output(f"{{destination: {{Name: s3}}, {field}: {{AWS_ACCESS_KEY_ID: x}}}}")
        assert output.actions() == ()

    @pytest.mark.parametrize(
        ("image", "router"),
        [
            ("~", LogRouter("aws", has_init=False, is_stock=True)),
            ("'${IMAGE}'", LogRouter("")),
            ("example.com/router", LogRouter("")),
            ("amazon/aws-for-fluent-bit:2.32.3", LogRouter("aws", "1.9", has_init=False, is_stock=True)),
            ("amazon/aws-for-fluent-bit:init-3.5.10", LogRouter("aws", "5", has_init=True, is_stock=True)),
            ("amazon/aws-for-fluent-bit:3", LogRouter("aws", "5", has_init=False, is_stock=True)),
            ("public.ecr.aws/aws-observability/aws-for-fluent-bit:stable", LogRouter("aws", "", False, True)),
            (
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/aws-for-fluent-bit:1",
                LogRouter("aws", "", False),
            ),
            ("fluent/fluent-bit:4.0.1", LogRouter("upstream", "5")),
            ("fluent/fluent-bit:2.2.0", LogRouter("upstream")),
            ("newrelic/newrelic-fluentbit-output", LogRouter("newrelic")),
            (
                "533243300146.dkr.ecr.us-east-2.amazonaws.com/newrelic/logging-firelens-fluentbit:2",
                LogRouter("newrelic"),
            ),
            ("grafana/fluent-bit-plugin-loki:2.9.2", LogRouter("grafana")),
            ("grafana/fluent-bit-plugin-loki:1.6.0", LogRouter("")),
        ],
    )
    def test_knows_the_image_it_runs_in(self, image: str, router: LogRouter) -> None:
        text = f"name: api\ntype: Backend Service\nlogging: {{image: {image}}}\n"
        logging = as_mapping(Document(Source("manifest.yml", text)).manifests[0].get("logging"))
        assert log_router(logging) == router
