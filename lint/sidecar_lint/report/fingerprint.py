"""Fingerprints, by which a service knows a finding that it was told of before."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from sidecar_lint.linting.identity import Identities
from sidecar_lint.report.repository import repository_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import Report


def fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding of a file with its fingerprint, which no other has.

    It is made of the file and of what the finding is known by; where that is equal they are numbered.
    """
    identities, file = report.once(Identities), repository_path(report.path)
    seen: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        rule, path, _ = identities.of(finding)
        yield finding, _digest(rule, file, path, str(seen[rule, path]))
        seen[rule, path] += 1


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
