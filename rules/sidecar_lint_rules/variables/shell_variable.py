from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import PREDEFINED, Bad, Finding, ManifestFile, Option, Related, Rule, Severity, Stage, Use
from sidecar_lint_rules.variables._interpolated import RUNTIME_ONLY


class ShellVariable(Rule):
    r"""The manifest needs a variable of the shell that runs Copilot.

    Copilot replaces `${NAME}` with its own `COPILOT_APPLICATION_NAME` and
    `COPILOT_ENVIRONMENT_NAME`, and everything else with the variables of the shell. One that is
    missing, in a pipeline for instance, makes Copilot refuse the whole manifest, even where only
    another environment uses it. If the container should see `${NAME}`, write `\${NAME}`.
    """

    code, name = "SL613", "shell-variable"
    # A missing variable makes Copilot say so; what nobody is told of is another value than meant.
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "what is deployed depends on the shell; without the variable Copilot refuses the manifest"
    sources = ("internal/pkg/manifest/interpolate.go", "aws/copilot-cli#5501")
    provided = Option((), "variables that are set wherever Copilot is run")
    good = (
        """
        # file: .sidecar-lint.yml
        rules: {shell-variable: {provided: [TAG]}}
        # file: copilot/api/manifest.yml
        image: {location: 'example.com/api:${TAG}'}
        """,
        r"variables: {STAGE: '${COPILOT_ENVIRONMENT_NAME}', HOST: '\${HOST}', REGION: '${AWS::Region}'}",
    )
    bad = (
        Bad(
            """
            image:
              location: example.com/api:${TAG}
            #                           ^^^^^^ SL613
            variables:
              VERSION: ${TAG}
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        known = {*PREDEFINED, *RUNTIME_ONLY, *self.provided}
        found: dict[str, list[Use]] = {}
        for use in file.uses:
            if not use.escaped and use.name not in known:
                found.setdefault(use.name, []).append(use)
        for name, (first, *others) in found.items():
            related = tuple(Related(use.span, "and here") for use in others)
            message = f"{name} must be set in the shell that runs Copilot"
            yield self.finding(first.span, message, related=related)
