from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Document,
    Edit,
    Finding,
    Fix,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    can_name_environment,
    meant_environment,
    quoted,
)


class UnknownEnvironment(Rule):
    """A manifest overrides an environment that the workspace does not have.

    Copilot takes the overrides of the environment that it deploys to, and looks at no others. What is
    written for an environment whose name is misspelt is never used, and nothing says so.

    An environment can exist without a manifest under `copilot/environments/`: those made before
    Copilot 1.20 have none, and another repository may keep it. So a name is only held against the
    manifests that are there: it is a slip where it is nearly one of them, or the same stage in full or in
    short (`production` where there is `prod`), and worth a look where it is the only one of several that
    has none.
    """

    code, name = "SL707", "unknown-environment"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the overrides are never used"
    sources = ("internal/pkg/manifest/workload.go: ApplyEnv", "internal/pkg/workspace/workspace.go")
    good = (
        """
        environments:
          test: {count: 1}
          test2: {count: 2}
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        # file: copilot/environments/test2/manifest.yml
        name: test2
        type: Environment
        """,
        "environments: {anything: {count: 1}}",
        """
        environments: {uat: {count: 1}, live: {count: 2}}
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        """,
    )
    bad = (
        Bad(
            """
            environments:
              producton: {count: 5}
            # ^^^^^^^^^ SL707
            # file: copilot/environments/production/manifest.yml
            name: production
            type: Environment
            """,
            fixed="  production: {count: 5}",
        ),
        Bad(
            """
            environments:
              production: {count: 5}
            # ^^^^^^^^^^ SL707
            # file: copilot/environments/prod/manifest.yml
            name: prod
            type: Environment
            """,
            fixed="  prod: {count: 5}",
        ),
        Bad(
            """
            environments:
              test: {count: 1}
              legacy: {count: 2}
            # ^^^^^^ SL707
            # file: copilot/environments/test/manifest.yml
            name: test
            type: Environment
            """
        ),
    )
    also_good = (
        """
        environments: {staging: {count: 2}}
        # file: copilot/environments/production/manifest.yml
        """,
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        known = document.workload.workspace.environments if document.workload else ()
        written = as_mapping(document.root.get("environments") if document.root else None)
        unknown = [key for key, _ in written if key.text not in known and can_name_environment(key.text)]
        for key in unknown if known else ():
            meant = meant_environment(key.text, known)
            if meant and meant not in written.entries:
                yield self._misspelt(key, meant)
            elif len(unknown) == 1 and len(written.entries) > 1:
                yield self._doubtful(key)

    def _misspelt(self, key: Scalar, meant: str) -> Finding:
        fix = Fix(f"write `{meant}`", (Edit(key.span, quoted(meant, key.style)),))
        message = f"there is no environment {key.text!r}"
        return self.finding(key.span, message, help=fix.title, fixes=(fix,), environments=(key.text,))

    def _doubtful(self, key: Scalar) -> Finding:
        return self.finding(
            key.span,
            f"copilot/environments/ has no manifest of an environment {key.text!r}",
            effect="if there is no such environment, the overrides are never used",
            help="take them out if there is none",
            severity=Severity.INFO,
            environments=(key.text,),
            follows_from=[("SL729", key)],
        )
