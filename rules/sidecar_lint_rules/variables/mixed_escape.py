from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ManifestFile, Rule, Severity, Stage


class MixedEscape(Rule):
    r"""A text has the same variable with and without a backslash.

    `\${NAME}` is meant to stay `${NAME}`. Copilot replaces all occurrences of a name in a text at
    once, so beside an unescaped `${NAME}` the escaped one is replaced as well, and may keep its
    backslash. Take two names, or two values.
    """

    code, name = "SL612", "mixed-escape"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "Copilot replaces the escaped one too"
    sources = ("internal/pkg/manifest/interpolate.go: interpolatePart",)
    good = (r"command: 'echo \${STAGE} in ${COPILOT_ENVIRONMENT_NAME}'",)
    bad = (
        Bad(
            r"""
            command: 'echo \${COPILOT_ENVIRONMENT_NAME} ${COPILOT_ENVIRONMENT_NAME}'
            #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL612
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        found = list(file.uses)
        bare = {(use.name, use.scalar.span) for use in found if not use.escaped}
        for use in found:
            if use.escaped and (use.name, use.scalar.span) in bare:
                message = f"{use.name} stands here without a backslash too, so both are replaced"
                yield self.finding(use.span, message, help="write the value in two variables")
