"""Reports that have everything a format may have to say, and reports of any text there is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from nasty import nasty

from sidecar_lint import Bad, Edit, Finding, Fix, NewFile, Related, Rule, Severity, Span, Stage, lint_paths
from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.report.formats import Format, report_in
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

MANIFEST = Source(
    "copilot/api/manifest.yml",
    "name: api\r\n"
    "type: Backend Service\r\n"
    "variables:\r\n"
    '  "日本😀": {port: 80}\r\n'
    "storage:\r\n"
    "  volumes:\r\n"
    "    data: {efs: {id: fs-1}, path: /data}\r\n"
    "environments:\r\n"
    "  prod: {count: 2}\r\n",
)
ADDON = Source("copilot/api/addons/access.yml", "Resources:\n  Policy:\n    Effect: Deny\n")
PROBLEM = PathProblem("copilot/web/manifest.yml", "cannot read it: Permission denied")


class Denied(Rule):
    """A file system that the task may not mount.

    An example that is `only` here, with a | and <b>.
    """

    code, name = "XX101", "denied-mount"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the task stops"
    sources = ("https://example.com/sources",)
    good = ("name: api",)
    bad = (Bad("name: api\n#     ^^^ XX101", fixed="name: app"),)


def span(source: Source, part: str) -> Span:
    """Where a part of a text stands first."""
    start = source.text.index(part)
    return Span(start, start + len(part))


def whole() -> list[Report]:
    """Findings of every severity, over several lines, with fixes of every kind, in several files."""
    mount = Finding(
        code="XX101",
        name="denied-mount",
        message="the task may not mount 'fs-1'",
        span=span(MANIFEST, "fs-1"),
        severity=Severity.ERROR,
        stage=Stage.TASK,
        effect="the task stops",
        help="allow it:\n  Effect: Allow",
        environments=("*", "prod"),
        related=(
            Related(span(MANIFEST, "volumes"), "in here"),
            Related(span(ADDON, "Deny"), "this denies it", ADDON),
        ),
        fixes=(
            Fix(
                "allow it",
                (Edit(span(MANIFEST, "fs-1"), "fs-2"),),
                new_files=(NewFile("copilot/api/addons/new.yml", "é: 1\n"),),
            ),
            Fix("remove it", (Edit(span(MANIFEST, "{id: fs-1}"), "true"),)),
        ),
    )
    port = Finding(
        code="XX102",
        name="odd-port",
        message="'80' is odd: 100%, really",
        span=span(MANIFEST, "80"),
        severity=Severity.WARNING,
        stage=Stage.COPILOT,
        effect="Copilot refuses the manifest",
        environments=("prod",),
        fixes=(
            Fix(
                "write 81",
                (Edit(span(MANIFEST, "80"), "81"), Edit(span(MANIFEST, "port"), "pört")),
                safe=True,
            ),
        ),
    )
    storage = Finding(
        code="XX103",
        name="storage-there",
        message="there is storage",
        span=span(MANIFEST, "volumes:\r\n    data: {efs: {id: fs-1}, path: /data}\r\n"),
        severity=Severity.INFO,
        stage=Stage.SILENT,
        environments=("*",),
    )
    findings = (port, storage, mount)
    return [Report(MANIFEST, findings, ("*", "prod")), Report(Source("copilot/job/manifest.yml", ""), ())]


def printed(
    wanted: Format,
    reports: Iterable[Report],
    problems: Iterable[PathProblem] = (),
    rules: Sequence[Rule] = (),
    *,
    quiet: bool = False,
) -> str:
    """Reports and problems in a format."""
    out = io.StringIO()
    report = report_in(wanted, out, quiet=quiet, rules=rules)
    for problem in problems:
        report.problem(problem)
    for each in reports:
        report.add(each)
    report.finish()
    return out.getvalue()


def workspace(folder: Path) -> list[Report]:
    """The reports of all manifests of a workspace."""
    return list(lint_paths(sorted(folder.glob("copilot/*/manifest.yml"))))


#: Any text: control characters, quotes, markup, halves of pairs.
texts = st.text(st.characters(exclude_categories=()), max_size=20) | nasty


@st.composite
def any_reports(draw: Callable[..., object]) -> list[Report]:
    """One file of any text, with findings and fixes anywhere in it that say anything."""
    source = Source(str(draw(texts)) or "x", str(draw(texts)) * 3)

    def anywhere() -> Span:
        ends = sorted(int(str(draw(st.integers(0, len(source.text) + 1)))) for _ in range(2))
        return Span(*ends)

    def finding() -> Finding:
        return Finding(
            code="XX101",
            name="anything",
            message=str(draw(texts)),
            span=anywhere(),
            severity=Severity(str(draw(st.sampled_from(list(Severity))))),
            stage=Stage.DEPLOY,
            effect=str(draw(texts)),
            help=str(draw(texts)),
            environments=("*", str(draw(texts))),
            related=(Related(anywhere(), str(draw(texts)), Source(str(draw(texts)), source.text)),),
            fixes=(Fix(str(draw(texts)), (Edit(anywhere(), str(draw(texts))),)),),
        )

    return [Report(source, tuple(finding() for _ in range(3)), ("*", "prod"))]
