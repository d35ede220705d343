from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sidecar_lint import (
    PREDEFINED,
    RUNTIME_ONLY,
    Bad,
    Document,
    Edit,
    Finding,
    Fix,
    Manifest,
    ManifestFile,
    Option,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Use,
    slip,
)

_NAME = r"\$\{([_a-zA-Z][_a-zA-Z0-9]*)\}"


class ShellVariable(Rule):
    r"""The manifest needs a variable of the shell that runs Copilot.

    Copilot replaces `${NAME}` with its own `COPILOT_APPLICATION_NAME` and
    `COPILOT_ENVIRONMENT_NAME`, and everything else with the variables of the shell. One that is
    missing, in a pipeline for instance, makes Copilot refuse the whole manifest, even where only
    another environment uses it. If the container should see `${NAME}`, write `\${NAME}`. A name that is
    nearly one of Copilot's two is a warning.
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
        """
        logging:
          secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
          destination: {Name: datadog, apikey: '${API_KEY}'}
        """,
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
        Bad(
            """
            variables:
              STAGE: ${COPILOT_ENV_NAME}
            #        ^^^^^^^^^^^^^^^^^^^ SL613
              BUCKET: ${COPILOT_APP}-${COPILOT_ENV_NAME}
            #         ^^^^^^^^^^^^^^ SL613
            """,
            fixed="BUCKET: ${COPILOT_APPLICATION_NAME}-${COPILOT_ENVIRONMENT_NAME}",
        ),
        Bad(
            """
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination: {Name: datadog, apikey: '${API_KEY}', dd_tags: 'team:${TEAM}'}
            #                                                                   ^^^^^^^ SL613
              variables: {TOKEN: '${API_KEY}'}
            #                     ^^^^^^^^^^ SL613
            """
        ),
        Bad(
            """
            variables: {TOKEN: '${API_KEY}'}
            #                   ^^^^^^^^^^ SL613
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination: {Name: datadog, apikey: plain}
            """
        ),
        Bad(
            """
            type: Static Site
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination: {apikey: '${API_KEY}'}
            #                        ^^^^^^^^^^ SL613
            """
        ),
    )
    also_good = (
        """
        variables: {STAGE: '${COPILOT_ENVIRONMENT_NAME}'}
        logging:
          variables: {SITE: eu}
          destination: {dd_source: '${SITE}', Name: datadog, dd_tags: 'site:${SITE}'}
        """,
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        known = {*PREDEFINED, *RUNTIME_ONLY, *self.provided}
        found: dict[str, list[Use]] = {}
        router = _RouterVariables(file) if isinstance(file, Document) else None
        for use in file.uses:
            if not use.escaped and use.name not in known and not (router and router.mean(use)):
                found.setdefault(use.name, []).append(use)
        for name, (first, *others) in found.items():
            related = tuple(Related(use.span, "and here") for use in others)
            if meant := _meant(name):
                yield self._misspelt(file, (first, *others), meant, related)
                continue
            message = f"{name} must be set in the shell that runs Copilot"
            yield self.finding(first.span, message, related=related)

    def _misspelt(
        self, file: ManifestFile, uses: tuple[Use, ...], meant: str, related: tuple[Related, ...]
    ) -> Finding:
        written = f"${{{uses[0].name}}}"
        right = f"${{{meant}}}"
        exact = all(file.source.text[slice(*use.span)] == written for use in uses)
        fix = Fix(f"write `{right}`", tuple(Edit(use.span, right) for use in uses))
        return self.finding(
            uses[0].span,
            f"{uses[0].name} is none of the variables that Copilot knows",
            effect="Copilot refuses the manifest, unless the shell that runs it has such a variable",
            help=fix.title,
            related=related,
            fixes=(fix,) if exact else (),
            severity=Severity.WARNING,
            stage=Stage.COPILOT,
        )


def _meant(name: str) -> str | None:
    """Which of Copilot's own variables a name like theirs stands for."""
    words = name.split("_")
    if words[0] != "COPILOT":
        return None
    rest = "".join(words[1:]).removesuffix("NAME")
    found = [each for each in PREDEFINED if rest and each.split("_")[1].startswith(rest)]
    return found[0] if len(found) == 1 else slip(name, PREDEFINED)


class _RouterVariables:
    """The log router's own variables, used in `destination`: that they are the shell's is another rule's."""

    def __init__(self, document: Document) -> None:
        self._names: set[tuple[int, str]] = set()
        self._ends: dict[int, int] = {}
        for manifest in document.manifests:
            self._add(manifest)
        self._starts = sorted(self._ends)

    def _add(self, manifest: Manifest) -> None:
        names = {
            name for field in ("variables", "secrets") for name in manifest.mapping("logging", field).entries
        }
        for _, value in manifest.mapping("logging", "destination") if manifest.is_ecs and names else ():
            self._ends[value.span.start] = value.span.end
            text = value.text if isinstance(value, Scalar) else ""
            self._names |= {(value.span.start, found) for found in re.findall(_NAME, text) if found in names}

    def mean(self, use: Use) -> bool:
        """Whether a use stands in an option of `destination` and names one of them."""
        at = bisect_right(self._starts, use.span.start)
        start = self._starts[at - 1] if at else None
        return start is not None and use.span.start < self._ends[start] and (start, use.name) in self._names
