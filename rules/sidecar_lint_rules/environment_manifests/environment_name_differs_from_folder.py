from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import PREDEFINED, Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage


class EnvironmentNameDiffersFromFolder(Rule):
    """The name in the manifest of an environment is not that of its folder.

    Copilot takes the environment's name from the folder under `copilot/environments/`, and compares
    it with `name` as it is written, before it substitutes anything. A manifest without a name is
    refused as well.
    """

    code, name = "SL860", "environment-name-differs-from-folder"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the environment: name of the manifest and directory do not match"
    sources = ("internal/pkg/workspace/workspace.go: ReadEnvironmentManifest, manifestNameMatchWithDir",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        name: 'test'
        # file: copilot/environments/prod/manifest.yml
        name: ${FILLED_IN_BY_A_SCRIPT}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            name: testing
            #     ^^^^^^^ SL860
            """,
            fixed="name: test",
        ),
        Bad(
            """
            # file: copilot/environments/prod/manifest.yml
            name: ${COPILOT_ENVIRONMENT_NAME}
            #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL860
            # file: copilot/environments/test/manifest.yml
            name:
            ^^^^ SL860
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        folder, written = environment.folder, environment.file.written("name")
        if folder is None or environment.file.root is None:
            return
        if written is None:
            yield self.finding(
                environment.file.head_of("name"),
                "the environment has no name",
                help=f"write `name: {folder}`",
            )
        elif isinstance(written, Scalar) and written.text != folder and not _is_filled_in(written.text):
            message = f"the name is {written.text!r}, and the folder's is {folder!r}"
            help_ = f"write `{folder}`, or rename the folder"
            yield self.finding(written, message, help=help_, replace=folder)


def _is_filled_in(name: str) -> bool:
    """Whether a script may fill in a variable before Copilot runs; Copilot does not."""
    return "$" in name and not any(each in name for each in PREDEFINED)
