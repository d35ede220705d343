"""Configurations of a collector that differ from a sound one in one thing each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from sidecar_lint.collector.configuration import Configuration
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from sidecar_lint.finding import Finding

SOUND = """\
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 127.0.0.1:4317
processors:
  batch:
exporters:
  debug:
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [batch]
      exporters: [debug]
"""


def findings(text: str, **options: object) -> list[Finding]:
    """What the rules about collectors say of a text."""
    configuration = Configuration(Source("otel-config.yaml", text), **options)  # type: ignore[arg-type]
    return [finding for rule in load_rules() for finding in rule.check_collector(configuration)]


def errors(text: str, **options: object) -> list[str]:
    """The codes of what keeps the collector from starting, in order."""
    return sorted({each.code for each in findings(text, **options) if each.severity == "error"})


def changed(old: str, new: str) -> str:
    """The sound configuration with another text in one place."""
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new)


def with_exporter(text: str, signal: str = "traces") -> str:
    """The sound configuration with another exporter in its pipeline; `text` is flow or `name: value`."""
    body = SOUND.replace("  debug:\n", "").replace("[debug]", f"[{_name(text)}]")
    return _with(body, "exporters", text, signal)


def with_processor(text: str, signal: str = "traces") -> str:
    """As `with_exporter`, for a processor."""
    body = SOUND.replace("  batch:\n", "").replace("[batch]", f"[{_name(text)}]")
    return _with(body, "processors", text, signal)


def with_receiver(text: str, signal: str = "traces") -> str:
    """As `with_exporter`, for a receiver."""
    body = SOUND.replace("receivers: [otlp]", f"receivers: [{_name(text)}]")
    return _with(body, "receivers", text, signal)


def with_extension(text: str) -> str:
    """The sound configuration with an extension that is started."""
    started = f"service:\n  extensions: [{_name(text)}]\n"
    return f"extensions:\n  {text}\n" + SOUND.replace("service:\n", started)


def _with(body: str, kind: str, text: str, signal: str) -> str:
    named = body.replace("    traces:", f"    {signal}:")
    return f"\n{named}".replace(f"\n{kind}:\n", f"\n{kind}:\n  {text}\n", 1)[1:]


def _name(text: str) -> str:
    return text.partition(":")[0]


JOB = "prometheus: {config: {scrape_configs: [{job_name: app, %s}]}}"

#: What the collector takes, whatever one may think of it.
TAKEN = {
    "the sound one": SOUND,
    "a component twice": changed("exporters: [debug]", "exporters: [debug, debug]"),
    "spaces in a name": changed("exporters: [debug]", "exporters: ['debug / a']").replace("debug:\n", "debug/a:\n"),
    "names with slashes": SOUND.replace("debug", "debug/a/b"),
    "an empty map": changed("debug:\n", "debug: {}\n"),
    "keys in one": changed("grpc:\n        endpoint:", "grpc::endpoint:"),
    "a default": changed("127.0.0.1:4317", "${env:HOST:-localhost}:4317"),
    "a reference as a number": changed("batch:\n", "batch: {send_batch_size: '${env:SIZE}'}\n"),
    "a reference as a section": changed("batch:\n", "batch: ${env:BATCH}\n"),
    "an escaped reference": changed("debug:\n", "debug: {output_paths: ['$${1X}'], use_internal_logger: false}\n"),
    "a reference in a comment": SOUND + "# ${foo:1}\n",
    "no braces": changed("127.0.0.1", "$HOST"),
    "a level in capitals": changed("debug:\n", "debug: {verbosity: Detailed}\n"),
    "a level as a number": changed("debug:\n", "debug: {verbosity: 1}\n"),
    "text for a list of texts": changed("batch:\n", "batch: {metadata_keys: 'a,b'}\n"),
    "a fraction": changed("batch:\n", "batch: {send_batch_size: 1.5}\n"),
    "headers as a map": with_exporter("otlp_http: {endpoint: 'https://x', headers: {a: b}}"),
    "headers as a list": with_exporter("otlp_http: {endpoint: 'https://x', headers: [{name: a, value: b}]}"),
    "an endpoint of another signal too": with_exporter("otlp_http: {traces_endpoint: 'https://x'}"),
    "a scheme before a gRPC endpoint": with_exporter("otlp_grpc: {endpoint: 'https://x:1'}"),
    "no endpoint for remote write": with_exporter("prometheus_remote_write:", "metrics"),
    "an unknown roll-up": with_exporter("awsemf: {dimension_rollup_option: X}", "metrics"),
    "a placeholder of awsemf": with_exporter("awsemf: {log_group_name: '/a/{Foo}'}", "metrics"),
    "what is wrong in a queue that is off": with_exporter(
        "otlp_grpc: {endpoint: 'x:1', sending_queue: {enabled: false, batch: {enabled: false, max_size: 1}}}"
    ),
    "a bad action in a processor that nobody uses": changed(
        "batch:\n", "batch:\n  resource: {attributes: [{key: a, value: b, action: add}]}\n"
    ),
    "lists of detectors as text": with_processor("resource_detection: {detectors: 'env,ecs'}"),
    "a condition": with_processor("filter: {traces: {span: ['attributes[\"a\"] == 1 and not IsMatch(name, \"b=c\")']}}"),
    "operators": with_receiver("file_log: {include: [/a], operators: [{type: json_parser}]}", "logs"),
    "durations of Prometheus": with_receiver(JOB % "scrape_interval: 1m30s", "metrics"),
    "any scalar as text for Prometheus": with_receiver(JOB % "metrics_path: 5", "metrics"),
    "telemetry": changed("service:\n", "service:\n  telemetry: {logs: {level: DEBUG}, metrics: {level: none}}\n"),
    "folders that are made": with_extension("file_storage: {directory: /data, create_directory: true}"),
    "a folder that may be mounted": with_extension("file_storage: {directory: /data}"),
    "JSON": json.dumps(yaml.safe_load(SOUND)),
    "a byte order mark": "\ufeff" + SOUND,
    "line ends of Windows": SOUND.replace("\n", "\r\n"),
    "a second document": SOUND + "---\n{}\n",
}  # fmt: skip

#: What it refuses, and by which rule.
REFUSED = {
    "nothing": ("", "SL903"),
    "a comment": ("# nothing\n", "SL903"),
    "a null": ("null\n", "SL903"),
    "text": ("hello\n", "SL901"),
    "a list": ("- receivers\n", "SL901"),
    "a key that is a list": (changed("batch:", "[a]:"), "SL901"),
    "a merge of text": (changed("batch:\n", "batch: {<<: 1}\n"), "SL901"),
    "a key twice": (changed("batch:\n", "batch:\n  batch:\n"), "SL902"),
    "no receivers": (changed("receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 127.0.0.1:4317\n", ""), "SL903"),
    "no service": (SOUND.partition("service:")[0], "SL903"),
    "a key for anchors": ("x-a: &a {}\n" + SOUND, "SL904"),
    "a misspelt list": (changed("processors: [batch]", "processor: [batch]"), "SL904"),
    "a connector": ("connectors: {forward: }\n" + SOUND, "SL905"),
    "a misspelt component that nobody uses": (changed("debug:\n", "debug:\n  debugg:\n"), "SL905"),
    "a receiver among exporters": (changed("debug:\n", "debug:\n  statsd:\n"), "SL905"),
    "a symbol in a name": (changed("debug:\n", "debug:\n  debug/a+b:\n"), "SL907"),
    "a reference in a key": (changed("debug:\n", "debug:\n  '${env:A}':\n"), "SL907"),
    "a name without letters": (changed("[debug]", "[debug, 1]"), "SL909"),
    "one component by two spellings": (changed("debug:\n", "debug/a:\n  'debug / a':\n  debug:\n"), "SL907"),
    "a misspelt field": (changed("endpoint:", "end_point:"), "SL908"),
    "a field of a list": (with_exporter("awsemf: {metric_declarations: [{dimension: [[a]]}]}", "metrics"), "SL908"),
    "a job's misspelt field": (with_receiver(JOB % "scrape_intervall: 5s", "metrics"), "SL908"),
    "keys in one, in a list": (with_processor("attributes: {actions: [{'key::a': 1, key: b, action: delete}]}"), "SL908"),
    "a quoted number": (changed("batch:\n", "batch: {send_batch_size: '5'}\n"), "SL909"),
    "a number and a reference": (changed("batch:\n", "batch: {send_batch_size: '1${env:A}'}\n"), "SL909"),
    "a number as text": (changed("127.0.0.1:4317", "4317"), "SL909"),
    "a date as text": (with_exporter("awsemf: {version: 2021-01-01}", "metrics"), "SL909"),
    "yes": (changed("debug:\n", "debug: {use_internal_logger: yes}\n"), "SL909"),
    "a component that is text": (changed("debug:\n", "debug: yes\n"), "SL909"),
    "a name for a list": (changed("[debug]", "debug"), "SL909"),
    "null for a switch": (changed("endpoint: 127.0.0.1:4317", "enabled: "), "SL909"),
    "no unit": (changed("batch:\n", "batch: {timeout: '10'}\n"), "SL910"),
    "days": (changed("batch:\n", "batch: {timeout: 1d}\n"), "SL910"),
    "a fraction for Prometheus": (with_receiver(JOB % "scrape_interval: 1.5s", "metrics"), "SL910"),
    "no protocol": (changed("      grpc:\n        endpoint: 127.0.0.1:4317\n", ""), "SL912"),
    "a protocol that is off": (changed("endpoint: 127.0.0.1:4317", "enabled: false"), "SL912"),
    "no log group": (with_exporter("awscloudwatchlogs: {log_stream_name: a}", "logs"), "SL912"),
    "no log group, nor a user": (changed("debug:\n", "debug:\n  awscloudwatchlogs: {log_stream_name: a}\n"), "SL912"),
    "no endpoint": (with_exporter("otlp_grpc:"), "SL912"),
    "no endpoint for the signal": (with_exporter("otlp_http: {metrics_endpoint: 'https://x'}"), "SL912"),
    "no interval": (with_processor("memory_limiter: {limit_mib: 100}"), "SL912"),
    "no actions": (with_processor("attributes:"), "SL912"),
    "an action without a value": (with_processor("attributes: {actions: [{key: a, action: insert}]}"), "SL912"),
    "no key of Datadog": (with_exporter("datadog:"), "SL912"),
    "no job name": (with_receiver("prometheus: {config: {scrape_configs: [{scheme: http}]}}", "metrics"), "SL912"),
    "no folder": (with_extension("file_storage:"), "SL912"),
    "an empty endpoint": (with_extension("health_check: {endpoint: ''}"), "SL912"),
    "a relabelling without a target": (with_receiver(JOB % "relabel_configs: [{source_labels: [a]}]", "metrics"), "SL912"),
    "days that CloudWatch knows and the collector does not": (with_exporter("awsemf: {log_retention: 1096}", "metrics"), "SL913"),
    "a placeholder that is none": (
        with_exporter("awscloudwatchlogs: {log_group_name: '{Foo}', log_stream_name: a}", "logs"), "SL913"),
    "a batch that is too small": (changed("batch:\n", "batch: {send_batch_max_size: 100}\n"), "SL913"),
    "less than nothing": (changed("batch:\n", "batch: {send_batch_size: -1}\n"), "SL913"),
    "a compression in capitals": (with_exporter("otlp_http: {endpoint: 'https://x', compression: GZIP}"), "SL913"),
    "a queue that holds nothing": (with_exporter("otlp_grpc: {endpoint: 'x:1', sending_queue: {queue_size: 0}}"), "SL913"),
    "retries that end at once": (
        with_exporter("otlp_grpc: {endpoint: 'x:1', retry_on_failure: {max_elapsed_time: 10s}}"), "SL913"),
    "a certificate without a key": (
        with_exporter("otlp_grpc: {endpoint: 'x:1', tls: {cert_file: /a}}"), "SL912"),
    "an address without a port": (with_exporter("otlp_grpc: {endpoint: x}"), "SL913"),
    "an address with a path": (with_exporter("otlp_grpc: {endpoint: 'https://x:1/a'}"), "SL913"),
    "a detector that is none": (with_processor("resource_detection: {detectors: [fargate]}"), "SL913"),
    "a detector for Kubernetes": (with_processor("resource_detection: {detectors: [eks]}"), "SL913"),
    "an action that is none": (with_processor("resource: {attributes: [{key: a, value: b, action: add}]}"), "SL913"),
    "a condition that assigns": (with_processor("filter: {traces: {span: ['name = \"a\"']}}"), "SL913"),
    "a condition that asks nothing": (with_processor("filter: {traces: {span: [name]}}"), "SL913"),
    "two jobs of one name": (
        with_receiver("prometheus: {config: {scrape_configs: [{job_name: a}, {job_name: a}]}}", "metrics"), "SL913"),
    "a look-ahead": (
        with_receiver(JOB % "relabel_configs: [{action: keep, regex: '(?!a).*'}]", "metrics"), "SL913"),
    "a URL as a target": (with_receiver(JOB % "static_configs: [{targets: ['http://a:1']}]", "metrics"), "SL913"),
    "an empty tag": (with_exporter("awsemf: {tags: {a: ''}}", "metrics"), "SL913"),
    "a level that is none": (changed("service:\n", "service:\n  telemetry: {metrics: {level: high}}\n"), "SL913"),
    "a component that is not there": (changed("[batch]", "[batch/a]"), "SL914"),
    "an extension that is not there": (changed("service:\n", "service:\n  extensions: [pprof]\n"), "SL914"),
    "settings under a name with spaces": (with_exporter("otlp_grpc / a: {endpoint: 'x:1'}"), "SL912"),
    "a processor twice": (changed("[batch]", "[batch, batch]"), "SL915"),
    "a pipeline without receivers": (changed("receivers: [otlp]", "receivers: []"), "SL916"),
    "an empty pipeline": (SOUND + "    metrics:\n", "SL916"),
    "a pipeline of something else": (changed("traces:", "trace:"), "SL917"),
    "profiles": (changed("traces:", "profiles:"), "SL917"),
    "metrics for X-Ray": (with_exporter("awsxray:", "metrics"), "SL918"),
    "a variable with a hyphen": (changed("127.0.0.1", "${env:MY-HOST}"), "SL922"),
    "a default without env": (changed("127.0.0.1", "${HOST:-localhost}"), "SL922"),
    "CloudFormation's region": (with_exporter("awsxray: {region: '${AWS::Region}'}"), "SL922"),
    "a parameter": (changed("127.0.0.1", "${ssm:/a}"), "SL922"),
    "a nested name that is none": (changed("127.0.0.1", "${env:A:-${1B}}"), "SL922"),
}  # fmt: skip
