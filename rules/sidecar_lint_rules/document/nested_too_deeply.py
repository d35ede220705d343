from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ManifestFile, Rule, Severity, Stage


class NestedTooDeeply(Rule):
    """A value is nested more deeply than this linter reads.

    No field of a manifest is nested even ten levels deep, so what stands there means nothing to
    Copilot, or is not meant to be there. It is the one part of the file that is not checked.
    """

    code, name = "SL011", "nested-too-deeply"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "what is inside is not checked"
    sources = ("lint/sidecar_lint/syntax/tree.py: DEPTH_LIMIT",)
    good = ("variables: {A: '[[[[[[[[]]]]]]]]'}",)
    bad = (
        Bad(
            "x-deep: " + "[" * 60 + "]" * 60 + "\n" + "#" + " " * 66 + "^ SL011",
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        if file.tree.too_deep:
            yield self.finding(
                file.tree.too_deep, "nested too deeply to be read", help="remove levels, or the value"
            )
