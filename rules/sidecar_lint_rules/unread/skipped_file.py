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


class SkippedFile(Rule):
    """A file lies outside of the project, or is not a plain file, and was left alone.

    The project is the folder with `.git`, else the one that holds `copilot/`, else the file's own.
    Nothing outside of it is read, through `..` or through a link, and neither is anything that is no
    plain file, such as a pipe or a device, nor what is in `.git`: somebody who has a stranger's pull
    request linted shall not find files of theirs in the report. Whether such a file is there, and
    what is in it, no rule knows, so nothing is said about it. Copilot may well read it.
    """

    code, name = "SL037", "skipped-file"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "no rule knows what is in it, or whether it is there"
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
            env_file: ../shared/prod.env
            #         ^^^^^^^^^^^^^^^^^^ SL037
            # file: copilot/.workspace
            application: shop
            """
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            build: {buildspec: ../buildspec.yml}
            #                  ^^^^^^^^^^^^^^^^ SL037
            """
        ),
        Bad(
            """
            # file: .sidecar-lint.yml
            collectors: {api: ../otel.yaml}
            #                 ^^^^^^^^^^^^ SL037
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        yield from self._findings(unread_files(manifest))

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        yield from self._findings(unread_files_of_pipeline(pipeline))

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "skipped-file")

    def _findings(self, files: Iterable[NamedFile]) -> Iterator[Finding]:
        for node, path, why in files:
            if why.is_skipped:
                yield self.finding(node, f"{path!r} was not looked at: {why.text}", help=_HELP)


_HELP = (
    "have it looked at by keeping it in the project: the folder with `.git`, else the one that holds copilot/"
)
