from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    NamedFile,
    Pipeline,
    Rule,
    Severity,
    Stage,
    unread_files,
    unread_files_of_pipeline,
)
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnreadableFile(Rule):
    """A file that should be read is there, and cannot be.

    Its mode does not let us, it is larger than 4 MiB (a baseline: 16 MiB), or it is a link that leads
    nowhere. What it says no rule knows, so what depends on it was not checked: the run ends with exit
    status 3, whatever else it found.
    """

    code, name = "SL038", "unreadable-file"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "no rule knows what is in it, and the run ends with exit status 3"
    sources = ("docs/exit-statuses.md",)
    good = (
        """
        env_file: config/prod.env
        # file: config/prod.env
        LEVEL=info
        """,
    )
    bad = (
        Bad(
            """
            env_file: config/prod.env
            #         ^^^^^^^^^^^^^^^ SL038
            # unreadable file: config/prod.env
            """
        ),
        Bad(
            """
            # file: .sidecar-lint.yml
            baseline: known.json
            #         ^^^^^^^^^^ SL038
            # unreadable file: known.json
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        yield from self._findings(unread_files(manifest))

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        yield from self._findings(unread_files_of_pipeline(pipeline))

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "unreadable-file")

    def _findings(self, files: Iterable[NamedFile]) -> Iterator[Finding]:
        for node, path, why in files:
            if not why.is_skipped:
                yield self.finding(node, f"{path!r} cannot be read: {why.text}")
