"""Which types of resources CloudFormation has, and which one is meant by another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sidecar_lint import meant_resource_type
from sidecar_lint.packaged import packaged_text

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AWS::IAM::ManagePolicy", "AWS::IAM::ManagedPolicy"), ("AWS::S3::bucket", "AWS::S3::Bucket"),
        ("aws::IAM::Role", "AWS::IAM::Role"), ("AWS::SecretManager::Secret", "AWS::SecretsManager::Secret"),
        ("AWS::RDS::Cluster", "AWS::RDS::DBCluster"), ("AWS::RDS::DBCluster", None),
        # Not known, and perhaps newer than the table; of another service; no type at all.
        ("AWS::Unheard::Of", None), ("AWS::KinesisFirehose::Stream", None), ("AWS::EC2::Subnet::Id", None),
        ("Custom::Table", None), ("AWS::S3", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_meant(written: str, meant: str | None) -> None:
    assert meant_resource_type(written) == meant


def test_all_types_of_copilots_own_templates_are_known() -> None:
    types = json.loads(packaged_text("data", "resource_types.json"))["types"]
    known = {f"AWS::{service}::{name}" for service, names in types.items() for name in names}
    texts = (path.read_text("utf-8") for path in (ROOT / "lint/sidecar_lint/template").rglob("*.py"))
    written = {found for text in texts for found in re.findall(r'"(AWS::\w+::\w+)"', text)}
    assert len(written) > 20
    assert written <= known
