"""The picture of a task: what is in it, and that nothing of a repository is obeyed by what draws it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint.commands import cli
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rendering.diagram.diagram import Diagram, LineKind, diagram
from sidecar_lint.rendering.rendering import DiagramLanguage, draw, template_of
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

ROOT = Path(__file__).parents[1]
SHOP = ROOT / "fixtures" / "shop" / "copilot" / "orders" / "manifest.yml"
SNAPSHOTS = Path(__file__).parent / "snapshots" / "diagram"
HOSTILE = (
    "name: web\ntype: Backend Service\nimage: {location: nginx:1, port: 80}\n"
    'sidecars: {"a\\"]; end<script>alert(1)</script>`x`\\e[31m\\u202e": {image: {build: a}}}\n'
)
#: Where Debian, Google and others put it.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments), prog_name="sidecar-lint")


def _document(text: str) -> Document:
    return Document(Source("manifest.yml", text))


def _diagram(text: str) -> Diagram:
    template, _ = template_of(_document(text), "prod")
    return diagram(template)


def _drawn(text: str, drawing: DiagramLanguage) -> str:
    return draw(_document(text), "prod", drawing).yaml()


def _lines(found: Diagram) -> set[tuple[str, LineKind, str]]:
    names = {box.id: box.name for box in (*found.entrances, *found.containers, *found.outside)}
    return {(names[line.start], line.kind, names[line.end]) for line in found.lines}


@pytest.mark.parametrize(("drawing", "name"), [("svg", "shop.svg"), ("mermaid", "shop.mmd")])
def test_the_shop(drawing: str, name: str, snapshot: Snapshot) -> None:
    run = _run("render", str(SHOP), "--env", "prod", "--as", "diagram", "--format", drawing)
    assert run.exit_code == 0
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(run.stdout, name)


def test_what_is_joined_to_what() -> None:
    found = _diagram(
        "name: web\ntype: Load Balanced Web Service\nimage: {location: a, port: 80, depends_on: {proxy: healthy}}\n"
        "http: {path: /, target_container: proxy}\nsidecars:\n  proxy: {image: b, port: 8080}\n"
        "  xray: {image: public.ecr.aws/xray/aws-xray-daemon:3.x, essential: false}\n"
        "storage: {volumes: {data: {path: /data}}}\nlogging: {destination: {Name: s3, bucket: logs}}\n"
    )
    assert _lines(found) == {
        ("/ to port 8080", LineKind.TRAFFIC, "proxy"),
        ("web", LineKind.WAITS, "proxy"),
        ("web", LineKind.MOUNTS, "data"),
        ("web", LineKind.LOGS, "firelens_log_router"),
        ("firelens_log_router", LineKind.LOGS, "s3"),
        ("firelens_log_router", LineKind.LOGS, "/copilot/<APPLICATION>-prod-web"),
        ("proxy", LineKind.LOGS, "/copilot/<APPLICATION>-prod-web"),
        ("xray", LineKind.LOGS, "/copilot/<APPLICATION>-prod-web"),
        ("xray", LineKind.TRACES, "AWS X-Ray"),
    }


_ADOT = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"
_EXPORTERS = (
    "receivers: {otlp: {protocols: {grpc: {}}}}\\n"
    "exporters: {awsxray: {}, debug: {}, awsemf: {}, otlp/tempo: {endpoint: x}}\\n"
    "service:\\n  pipelines:\\n    traces: {receivers: [otlp], exporters: [awsxray, debug, otlp/tempo]}\\n"
    "    metrics: {receivers: [otlp], exporters: [awsemf]}\\n"
)


@pytest.mark.parametrize(
    ("sidecar", "ends"),
    [
        (f"image: '{_ADOT}'", {"AWS X-Ray"}),
        (f"image: '{_ADOT}', command: ['--config=/etc/ecs/ecs-cloudwatch.yaml']", set()),
        (
            f"image: '{_ADOT}', variables: {{AOT_CONFIG_CONTENT: \"{_EXPORTERS}\"}}",
            {"AWS X-Ray", "otlp/tempo"},
        ),
    ],
)
def test_traces_go_to_the_collector_and_on(sidecar: str, ends: set[str]) -> None:
    found = _lines(
        _diagram(
            "name: web\ntype: Backend Service\nimage: {location: a}\n"
            "variables: {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317'}\n"
            f"sidecars:\n  otel: {{{sidecar}}}\n"
            "  other: {image: b, variables: {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4317'}}\n"
        )
    )
    traces = {(start, end) for start, kind, end in found if kind is LineKind.TRACES}
    assert traces == {("web", "otel"), *(("otel", end) for end in ends)}


@pytest.mark.parametrize(
    ("text", "entrance"),
    [
        ("name: w\ntype: Worker Service\nimage: {location: a}\n", ("queue", "EventsQueue")),
        (
            "name: j\ntype: Scheduled Job\nimage: {location: a}\non: {schedule: '@daily'}\n",
            ("schedule", "cron(0 0 * * ? *)"),
        ),
    ],
)
def test_what_starts_a_task(text: str, entrance: tuple[str, str]) -> None:
    found = _diagram(text)
    assert [(box.heading, box.name) for box in found.entrances] == [entrance]


def test_a_picture_holds_names_as_text_only() -> None:
    svg = _drawn(HOSTILE, DiagramLanguage.SVG)
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(svg).iter()}  # noqa: S314  it is ours
    assert tags <= {"svg", "title", "style", "defs", "marker", "path", "rect", "text", "g"}
    assert "\x1b" not in svg
    assert "&#8238;" not in svg
    mermaid = _drawn(HOSTILE, DiagramLanguage.MERMAID)
    labels = re.findall(r'\["(.*)"\]', mermaid)
    assert len(labels) == mermaid.count('["')
    assert all(re.fullmatch(r"[^\"<>`\[\]{}]*", label.replace("<br>", " ")) for label in labels)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as", "diagram", "--format", "yaml"),
        ("--as", "template", "--format", "svg"),
        ("--format", "mermaid"),
        ("--as", "diagram", "--origin"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...]) -> None:
    run = _run("render", str(SHOP), *arguments)
    assert (run.exit_code, run.stdout) == (2, "")


def test_several_are_no_svg(tmp_path: Path) -> None:
    for name in ("a", "b"):
        path = tmp_path / "copilot" / name / "manifest.yml"
        path.parent.mkdir(parents=True)
        path.write_text(f"name: {name}\ntype: Worker Service\nimage: {{location: x}}\n")
    assert _run("render", str(tmp_path), "--as", "diagram").exit_code == 2
    several = _run("render", str(tmp_path), "--as", "diagram", "--format", "mermaid")
    assert (several.exit_code, several.stdout.count("flowchart LR")) == (0, 2)


def _page() -> str:
    run = _run("leave", str(SHOP), "--to", "express", "--format", "html")
    assert run.exit_code == 0
    return run.stdout


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = _page()
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"(?i)<(?:script|link|img|iframe|object)\b|\bsrc=|\bhref=|@import|url\((?!#)", page)
    assert "default-src 'none'" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 0


def test_a_page_shows_names_as_text() -> None:
    from sidecar_lint.migration.taking_inventory import inventory_of, migration_of
    from sidecar_lint.migration.target import MigrationTarget
    from sidecar_lint.report.migration.html import Page, html

    migration, notes = migration_of(_document(HOSTILE), "prod", MigrationTarget.ECS)
    page = html([Page(inventory_of(migration, notes), diagram(migration.template))])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page


def _corner(picture: bytes) -> tuple[int, ...]:
    """The colour of the first pixel of a PNG: no filter changes that one."""
    data, at = b"", 8
    while at < len(picture):
        length, kind = int.from_bytes(picture[at : at + 4]), picture[at + 4 : at + 8]
        data += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return tuple(zlib.decompress(data)[1:4])


@pytest.mark.services
def test_a_browser_shows_the_page_in_light_and_dark_and_prints_it(tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip("needs Chromium")
    page = tmp_path / "page.html"
    page.write_text(_page(), "utf-8")
    common = (
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
    )

    def shown(name: str, *options: str) -> bytes:
        command = [*common, "--host-resolver-rules=MAP * ~NOTFOUND", *options, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (tmp_path / name).read_bytes()

    light = shown("l.png", f"--screenshot={tmp_path / 'l.png'}", "--blink-settings=preferredColorScheme=1")
    dark = shown("d.png", f"--screenshot={tmp_path / 'd.png'}", "--blink-settings=preferredColorScheme=0")
    assert (_corner(light), _corner(dark)) == ((255, 255, 255), (13, 17, 23))
    assert shown("p.pdf", f"--print-to-pdf={tmp_path / 'p.pdf'}").startswith(b"%PDF")
