"""A file that the user names is linted as what it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from collectors import SOUND
from workspaces import FIXTURES

from sidecar_lint.collector.recognition import is_configuration
from sidecar_lint.linting.engine import lint_text
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

OURS = {
    "a sound one": SOUND,
    "without a service": "receivers:\nexporters:\n",
    "without receivers": "exporters:\nservice: {pipelines: }\n",
    "keys in one": "receivers::otlp: \nexporters::debug: \n",
    "a service alone": "service:\n  pipelines:\n",
    "with an anchor at the top": "x-a: &a {}\nreceivers:\nexporters:\n",
}
OTHERS = {
    "manifest": "name: api\ntype: Backend Service\nimage: {port: 80}\n",
    "manifest with odd keys": "name: api\ntype: Backend Service\nservice: {pipelines: }\nexporters: \n",
    "CloudFormation": "AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n",
    "docker-compose": "services:\n  otel: {image: a}\nextensions: {}\n",
    "workflow": "on: push\njobs: {}\n",
    "Prometheus": "global: {}\nscrape_configs: []\n",
    "Alertmanager": "route: {}\nreceivers: []\n",
    "Kubernetes": "apiVersion: v1\nkind: ConfigMap\nreceivers: {}\nexporters: {}\n",
    "serverless": "service: api\nprovider: {}\nfunctions: {}\n",
    "Jenkins": "pipeline: {}\n",
    "a list": "- receivers\n- exporters\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", OURS.values(), ids=OURS)
def test_a_collectors_configuration_is_known_by_its_keys(text: str) -> None:
    assert is_configuration(read(Source("a", text)).root)
    assert {each.code[:3] for each in lint_text(text, "anything.yml").findings} <= {"SL9"}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_files_are_not_taken_for_one(text: str) -> None:
    assert not is_configuration(read(Source("a", text)).root)
    assert not any(each.code.startswith("SL9") for each in lint_text(text, "anything.yml").findings)


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("", "otel-config.yaml", "SL903"),
        ("hello", "collector.yml", "SL901"),
        ("receivers:\n\totlp:\nexporters:\n", "anything.yml", "SL901"),
        ("a: [", "otel.yaml", "SL901"),
        ("receivers:\n\totlp:\nexporters:\n", "manifest.yml", "SL001"),
        ("", "copilot/otel-collector/manifest.yml", ""),
    ],
)
def test_where_the_content_does_not_say_the_name_does(text: str, path: str, code: str) -> None:
    codes = [each.code for each in lint_text(text, path).findings]
    assert code in codes if code else not any(each.startswith("SL9") for each in codes)


def test_the_command_lints_a_collectors_file(snapshot: Snapshot) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    scrubbed = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
    run = subprocess.run(
        [sys.executable, "-m", "sidecar_lint", "otel-config.yaml"],
        cwd=FIXTURES / "collector",
        env=kept | scrubbed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    snapshot.snapshot_dir = Path(__file__).parent / "snapshots" / "collector"
    snapshot.assert_match(f"{run.stdout}{run.stderr}\nexit status {run.returncode}\n", "otel-config.txt")


def test_a_manifest_does_not_load_what_it_does_not_need() -> None:
    code = (
        "import sys; from sidecar_lint.linting.engine import lint_text; "
        "lint_text('name: api\\ntype: Backend Service\\n'); "
        "print(sorted(name for name in sys.modules if name.startswith('sidecar_lint.collector.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    question = ["sidecar_lint.collector.bindings", "sidecar_lint.collector.of_manifest"]
    assert run.stdout == f"{question}\n"
