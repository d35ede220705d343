from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

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
    Span,
    Stage,
    Use,
    enumerated,
    slip,
)
from sidecar_lint_rules.generated.credential_in_metadata import credentials_in_metadata
from sidecar_lint_rules.logging._name_templates import KEYS

_HELP = (
    "see that a pipeline sets {}, too, and list what is always set in .sidecar-lint.yml: "
    "rules: {{SL613: {{provided: [{}]}}}}"
)
#: In what a program gets to see.
_ESCAPED = "; write \\${{{}}} where the program is to get that text"
#: What AWS sets itself.
_REGION = "AWS_REGION"
_NAME = r"\$\{([_a-zA-Z][_a-zA-Z0-9]*)\}"


class ShellVariable(Rule):
    r"""The manifest needs a variable of the shell that runs Copilot.

    Copilot replaces `${NAME}` with its own `COPILOT_APPLICATION_NAME` and
    `COPILOT_ENVIRONMENT_NAME`, and everything else with the variables of the shell. One that is
    missing, in a pipeline for instance, makes Copilot refuse the whole manifest, even where only
    another environment uses it. If the container should see `${NAME}`, write `\${NAME}`. A name that is
    nearly one of Copilot's two is a warning.

    What a manifest needs is told once, with all the names, at the first of them. Name under `provided` those
    that are set wherever Copilot is run: they are no longer told. A credential is told apart, and not at all where
    SL747 says that it belongs into the secrets.
    """

    code, name = "SL613", "shell-variable"
    # A missing variable makes Copilot say so; what nobody is told of is another value than meant.
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "what is deployed depends on the shell, and nobody tells of another value than is meant"
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
    also_good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.45.0
            variables: {AOT_CONFIG_CONTENT: 'exporters: {awsemf: {region: "${AWS_REGION}"}}'}
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
              BUCKET: ${BUCKET}
            """
        ),
        Bad(
            """
            variables:
              STAGE: ${COPILOT_ENV_NAME}
            #        ^^^^^^^^^^^^^^^^^^^ SL613
              BUCKET: ${COPILOT_APP}-${COPILOT_ENV_NAME}
            #         ^^^^^^^^^^^^^^ SL613
              REGION: ${REGION}
            #         ^^^^^^^^^ SL613
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
            variables: {TOKEN: '${SHOP_TOKEN}', BUCKET: '${BUCKET}'}
            #                   ^^^^^^^^^^^^^ SL613
            #                                            ^^^^^^^^^ SL613
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

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        known = {*PREDEFINED, *RUNTIME_ONLY, *self.provided}
        uses = [use for use in file.uses if not use.escaped and use.name not in known]
        if not uses:
            return
        found: dict[str, list[Use]] = {}
        router = _RouterVariables(file) if isinstance(file, Document) else None
        for use in uses:
            if not (router and router.mean(use)) and not _is_for_collector(use):
                found.setdefault(use.name, []).append(use)
        needed: list[Use] = []
        credentials = _credentials(file)
        for_programs = _places_for_programs(file) if isinstance(file, Document) else []
        for name, uses in found.items():
            if meant := _meant(name):
                yield self._misspelt(file, uses, meant)
            elif name in credentials:  # one that is moved to the secrets need not be set
                yield self._needed(uses, for_programs, [("SL747", credentials[name])])
            else:
                needed += uses
        if needed:
            yield self._needed(needed, for_programs)

    def _needed(
        self, uses: list[Use], for_programs: list[Span], because: Iterable[tuple[str, Span]] = ()
    ) -> Finding:
        """That these must be set, once, at the first of them."""
        first, *others = sorted(uses, key=lambda use: use.span)
        names = list(dict.fromkeys(use.name for use in (first, *others)))
        related = tuple(
            Related(use.span, "and here" if use.name == first.name else use.name) for use in others
        )
        help_ = _HELP.format("them" if names[1:] else "it", ", ".join(names))
        message = f"{enumerated(names, ' and ')} must be set in the shell that runs Copilot, or it refuses the manifest"
        return self.finding(
            first.span,
            message,
            help=help_
            + _for_programs(use.name for use in (first, *others) if _is_in(use.span, for_programs)),
            related=related,
            follows_from=because,
        )

    def _misspelt(self, file: ManifestFile, uses: list[Use], meant: str) -> Finding:
        written = f"${{{uses[0].name}}}"
        right = f"${{{meant}}}"
        exact = all(file.source.text[slice(*use.span)] == written for use in uses)
        fix = Fix(f"write `{right}`", tuple(Edit(use.span, right) for use in uses))
        return self.finding(
            uses[0].span,
            f"{uses[0].name} is none of the variables that Copilot knows",
            effect="Copilot refuses the manifest, unless the shell that runs it has such a variable",
            help=fix.title,
            related=tuple(Related(use.span, "and here") for use in uses[1:]),
            fixes=(fix,) if exact else (),
            severity=Severity.WARNING,
            stage=Stage.COPILOT,
        )


def _for_programs(names: Iterable[str]) -> str:
    """What else can be meant where a program gets to see it: nothing where there are no names."""
    seen = list(dict.fromkeys(names))
    of_aws = "; every container has AWS_REGION without being given it" if _REGION in seen else ""
    escaped = next((_ESCAPED.format(name) for name in seen if name != _REGION), "")
    return of_aws + escaped


def _credentials(file: ManifestFile) -> dict[str, Span]:
    """Where another rule says of a variable that it is a credential."""
    found = credentials_in_metadata(file) if isinstance(file, Document) else ()
    return {use.name: use.span for use, _ in found}


def _is_for_collector(use: Use) -> bool:
    """Whether it stands in a collector's configuration, which another rule tells of."""
    return use.scalar.key is not None and use.scalar.key.text == "AOT_CONFIG_CONTENT"


def _places_for_programs(document: Document) -> list[Span]:
    """Where what is written gets to a program, which may fill in a variable itself."""
    containers = (each for manifest in document.manifests for each in manifest.containers.values())
    nodes = (
        each.section.get(field) for each in containers for field in ("variables", "command", "entrypoint")
    )
    return sorted({node.span for node in nodes if node is not None})


def _is_in(span: Span, places: list[Span]) -> bool:
    """Whether it stands in one of some places in a row."""
    at = bisect_right(places, span.start, key=lambda place: place.start) - 1
    return at >= 0 and span.start < places[at].end


def _meant(name: str) -> str | None:
    """Which of Copilot's own variables a name like theirs stands for."""
    words = name.split("_")
    if words[0] != "COPILOT":
        return None
    rest = "".join(words[1:]).removesuffix("NAME")
    found = [each for each in PREDEFINED if rest and each.split("_")[1].startswith(rest)]
    return found[0] if len(found) == 1 else slip(name, PREDEFINED)


class _RouterVariables:
    """The log router's own variables, and keys of entries, in `destination`: other rules tell of them."""

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
        destination = manifest.mapping("logging", "destination") if manifest.is_ecs else ()
        output = manifest.scalar("logging", "destination", "Name")
        keys = frozenset(KEYS) if output is not None and output.text.startswith("cloudwatch") else frozenset()
        for option, value in destination:
            known = names | (keys if option.text.startswith("log_") else frozenset())
            self._ends[value.span.start] = value.span.end
            text = value.text if isinstance(value, Scalar) else ""
            self._names |= {(value.span.start, found) for found in re.findall(_NAME, text) if found in known}

    def mean(self, use: Use) -> bool:
        """Whether a use stands in an option of `destination` and names one of them."""
        at = bisect_right(self._starts, use.span.start)
        start = self._starts[at - 1] if at else None
        return start is not None and use.span.start < self._ends[start] and (start, use.name) in self._names
