from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import RUNTIME_ONLY, Bad, Finding, ManifestFile, Rule, Severity, Stage


class RuntimeOnlyVariable(Rule):
    r"""`${…}` names a variable that exists in running containers only.

    Copilot replaces `${NAME}` while it reads the manifest, with `COPILOT_APPLICATION_NAME`,
    `COPILOT_ENVIRONMENT_NAME` or a variable of the shell. The other variables that Copilot and ECS
    give to containers do not exist yet. Where a program in the container fills in the value, such as
    a shell in `command`, write `\${NAME}` to leave it alone. Nothing fills in the value of a
    variable: build it where it is used.
    """

    code, name = "SL611", "runtime-only-variable"
    # A shell may define the name all the same, so this is a warning.
    severity, stage = Severity.WARNING, Stage.COPILOT
    effect = (
        "Copilot refuses the manifest, every environment of it, unless the shell happens to define the name"
    )
    sources = ("internal/pkg/manifest/interpolate.go", "aws/copilot-cli#3242")
    good = (
        r"command: 'sh -c \"curl http://db.\${COPILOT_SERVICE_DISCOVERY_ENDPOINT}\"'",
        "variables: {STAGE: '${COPILOT_ENVIRONMENT_NAME}'}",
    )
    bad = (
        Bad(
            """
            variables:
              DB: db.${COPILOT_SERVICE_DISCOVERY_ENDPOINT}
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL611
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        for use in file.uses:
            if use.name in RUNTIME_ONLY and not use.escaped:
                message = f"{use.name} exists in a running container, not while Copilot reads the manifest"
                yield self.finding(use.span, message, help=_help(use.name))


def _help(name: str) -> str:
    if name == "COPILOT_SERVICE_DISCOVERY_ENDPOINT":
        now, once = (
            "${COPILOT_ENVIRONMENT_NAME}.${COPILOT_APPLICATION_NAME}.local",
            "${COPILOT_APPLICATION_NAME}.local",
        )
        return f"write {now}; in an old environment it is {once}"
    return f"read the variable in the program; where a shell runs, write \\${{{name}}}"
