"""The released Copilots that tests share: of an application without a domain, and of one that has a domain.

Each has an AWS of its own, which takes seconds to start, and holds what any of the tests asks about.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import copilot_oracle
import pytest
from mutations import RIGHT_ENVIRONMENTS
from workspaces import MANIFESTS

from sidecar_lint import Document
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copilot_oracle import Copilot

DOMAIN = "example.com"
_CERTIFICATES = ["arn:aws:acm:eu-west-1:123456789012:certificate/0123"]
_CDN = {"certificate": "arn:aws:acm:us-east-1:123456789012:certificate/4567"}
_DEPLOYED: dict[str, dict[str, Any]] = {
    "bare": {},
    "public": {"http": {"public": {"certificates": _CERTIFICATES}}},
    "empty": {"http": {"public": {"certificates": []}}},
    "internal": {"http": {"private": {"certificates": _CERTIFICATES}}},
    "behind": {"cdn": {**_CDN, "terminate_tls": True}},
    "both": {"http": {"public": {"certificates": _CERTIFICATES}}, "cdn": _CDN},
}
#: Environments of the application that has a domain, with the manifests that they were deployed with.
DEPLOYED = {name: {"name": name, "type": "Environment", **fields} for name, fields in _DEPLOYED.items()}
_ENVIRONMENTS = {"test", "staging", "prod"}
_WORKLOADS = {"api", "orders", "site", *(path.parent.name for path in MANIFESTS)}


@contextmanager
def without_domain() -> Iterator[Copilot]:
    """A Copilot that knows every workload and environment of the fixtures."""
    manifests = (Document(Source(str(path), path.read_text("utf-8"))) for path in MANIFESTS)
    named = {name for manifest in manifests for name in manifest.environments} - {ANY_ENVIRONMENT}
    folders = {path.parent.name for path in RIGHT_ENVIRONMENTS}
    _need()
    with copilot_oracle.running(_ENVIRONMENTS | named | folders, _WORKLOADS) as copilot:
        yield copilot


@contextmanager
def with_domain() -> Iterator[Copilot]:
    """A Copilot that knows every workload of the fixtures, and the environments that are deployed."""
    _need()
    with copilot_oracle.running(_ENVIRONMENTS | {*DEPLOYED}, _WORKLOADS, DOMAIN, DEPLOYED) as copilot:
        yield copilot


def _need() -> None:
    if copilot_oracle.command() is None:
        pytest.skip("needs the released Copilot: pip install -e '.[copilot]'")
