"""A workspace that has everything lints clean; with one mistake in it, that is what is found.

`fixtures/shop` is a service behind nginx with logs to Firehose, a collector with a configuration of
its own, files on EFS, addons, three environments and a pipeline.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from workspaces import FIXTURES

from sidecar_lint import Files, Report, Severity, lint_paths

MANIFEST = "copilot/orders/manifest.yml"
DELIVERY = "copilot/orders/addons/delivery.yml"
TELEMETRY = "copilot/orders/addons/telemetry.yml"
SECRETS = "secrets.yml"
#: That logs of sidecars are not routed holds for every service with FireLens and sidecars.
EXPECTED = "SL207"


class Mistake(NamedTuple):
    """An edit of one file; the finding, the file it is in, what it points at, and where it holds."""

    path: str
    old: str
    new: str
    code: str
    at: str
    environments: tuple[str, ...] = ("*", "prod", "staging")
    found_in: str = ""


OUTPUT = "Outputs:\n  TelemetryPolicyArn:\n    Value: !Ref TelemetryPolicy\n"
COLLECTOR = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
ONE = ("test",)
ANY = ("*",)
MISTAKES = [
    Mistake(MANIFEST, "target_container: nginx", "target_container: ngnix", "SL501", "ngnix"),
    Mistake(MANIFEST, "source_volume: receipts", "source_volume: receipt", "SL110", "receipt"),
    Mistake(MANIFEST, "retention: 90", "retention: 95", "SL201", "95", ("prod",)),
    Mistake(MANIFEST, "Name: firehose", "Name: firehos", "SL214", "firehos"),
    Mistake(MANIFEST, "    delivery_stream: shop-orders\n", "", "SL215", "firehose"),
    Mistake(MANIFEST, "delivery_stream:", "delivery_streams:", "SL219", "delivery_streams"),
    Mistake(MANIFEST, "orders/orders.env", "orders/order.env", "SL146", "orders/order.env"),
    Mistake(MANIFEST, "build: nginx/Dockerfile", "build: nginx/Docker", "SL085", "nginx/Docker"),
    Mistake(MANIFEST, "  prod:\n", "  prd:\n", "SL707", "prd", ("prd",)),
    Mistake(MANIFEST, "name: orders\n", "name: order\n", "SL013", "order"),
    Mistake(MANIFEST, "efs: true", "efs: {uid: 1000}", "SL304", "uid"),
    Mistake(MANIFEST, "collector: start", "collector: healthy", "SL125", "healthy"),
    Mistake(
        MANIFEST, "secrets/otel_config", "secrets/otel_confg", "SL623",
        "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/otel_confg",
    ),
    Mistake(DELIVERY, "firehose:PutRecordBatch", "firehose:PutRecord", "SL801", "firehose", found_in=MANIFEST),
    Mistake(DELIVERY, "Effect: Allow", "Effect: Deny", "SL801", "firehose", found_in=MANIFEST),
    Mistake(DELIVERY, "!Ref DeliveryPolicy", "!GetAtt DeliveryPolicy.Arn", "SL802", "!GetAtt DeliveryPolicy.Arn", ANY),
    Mistake(TELEMETRY, "              - xray:PutTraceSegments\n", "", "SL801", COLLECTOR, found_in=MANIFEST),
    Mistake(TELEMETRY, "Parameters:", "Parameter:", "SL822", "Parameter", ANY),
    Mistake(TELEMETRY, OUTPUT, "", "SL802", "TelemetryPolicy", ANY),
    Mistake(TELEMETRY, "App: {Type: String}", "App: {Type: Number}", "SL817", "App", ANY),
    Mistake(SECRETS, "timeout: 5s", "timeout: 5", "SL911", "5", ONE),
    Mistake(SECRETS, "processors: [batch]", "processors: [bach]", "SL914", "bach", ONE),
    Mistake(SECRETS, "    namespace: shop-test", "    namespce: shop-test", "SL908", "namespce", ONE),
    Mistake(SECRETS, "grpc:", "grcp:", "SL908", "grcp", ONE),
    Mistake(SECRETS, "  prod: |", "  production: |", "SL616", "production", ("production",)),
]  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FIXTURES / "shop", tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def _reports(files: Files | None = None) -> list[Report]:
    return list(lint_paths([MANIFEST], files=files))


@pytest.mark.usefixtures("shop")
def test_it_lints_clean_with_all_that_belongs_to_it() -> None:
    reports = _reports()
    assert {report.path for report in reports} == {MANIFEST, DELIVERY, TELEMETRY, SECRETS}
    findings = [finding for report in reports for finding in report.findings]
    assert {(each.code, each.severity) for each in findings} == {(EXPECTED, Severity.INFO)}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: f"{each.code}-{each.new.strip()[:24]}")
def test_one_mistake_is_one_finding(mistake: Mistake, shop: Path) -> None:
    path = shop / mistake.path
    text = path.read_text("utf-8")
    assert mistake.old in text
    path.write_text(text.replace(mistake.old, mistake.new, 1), "utf-8")
    found = [
        (each.code, report.path, report.source.text[each.span.start : each.span.end], each.environments)
        for report in _reports()
        for each in report.findings
        if each.code != EXPECTED
    ]
    assert found == [(mistake.code, mistake.found_in or mistake.path, mistake.at, mistake.environments)]


@pytest.mark.usefixtures("shop")
def test_each_file_is_read_once() -> None:
    for number in range(1, 12):
        shutil.copytree("copilot/orders", f"copilot/orders{number}")
    files = Files()
    reports = list(
        lint_paths([str(path) for path in sorted(Path("copilot").glob("*/manifest.yml"))], files=files)
    )
    assert len(reports) == 12 * 3 + 1
    assert set(files.reads.values()) == {1}
