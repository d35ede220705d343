from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ENVIRONMENT_TYPE,
    Bad,
    EnvironmentManifest,
    Finding,
    Rule,
    Scalar,
    Severity,
    Stage,
)


class NotAnEnvironment(Rule):
    """A manifest under `copilot/environments/` is not of type `Environment`.

    Its place makes it the manifest of an environment, and Copilot wants it to say so: exactly, upper
    and lower case count. The manifest of a service or job belongs one folder up.
    """

    code, name = "SL861", "not-an-environment"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses to deploy the environment: the manifest is not of type "Environment"'
    in_schema = True
    sources = ("internal/pkg/workspace/workspace.go: ReadEnvironmentManifest",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            name: test
            type: environment
            #     ^^^^^^^^^^^ SL861
            """,
            fixed="type: Environment",
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            name: test
            ^^^^ SL861
            type:
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        if environment.file.root is None:
            yield self._no_map(environment)
            return
        written = environment.file.written("type")
        if written is None:
            message = "the manifest has no `type`"
            yield self.finding(
                environment.file.head_of("name"), message, help=f"write `type: {ENVIRONMENT_TYPE}`"
            )
        elif isinstance(written, Scalar) and written.text != ENVIRONMENT_TYPE:
            same = written.text.lower() == ENVIRONMENT_TYPE.lower()
            message = f"the type is {written.text!r}, and its place is that of an environment"
            yield self.finding(written, message, replace=ENVIRONMENT_TYPE, safe=same)

    def _no_map(self, environment: EnvironmentManifest) -> Finding:
        place, message = environment.file.want_of_map()
        help_ = f"start with `name: {environment.folder or '<name>'}` and `type: {ENVIRONMENT_TYPE}`"
        return self.finding(place, message, help=help_)
