from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import PREDEFINED, Bad, Document, Edit, Finding, Fix, Rule, Severity, Stage, Use

_CONTENT = "AOT_CONFIG_CONTENT"


class SubstitutedCollectorConfiguration(Rule):
    """A collector's configuration in `variables` holds `${…}`, which Copilot replaces itself.

    In a manifest `${NAME}` is a variable of the shell that runs Copilot, so the collector never sees
    it. The collector's own form, `${env:NAME}`, is none of Copilot's, and reaches it as it is written.
    Copilot leaves what is stored with `copilot secret init` alone.
    """

    code, name = "SL627", "substituted-collector-configuration"
    severity, stage = Severity.WARNING, Stage.COPILOT
    effect = "Copilot puts the shell's variable in its place, and refuses the manifest without one"
    sources = ("internal/pkg/manifest/interpolate.go", "OpenTelemetry: Configuration, Environment variables")
    good = (
        """
        sidecars:
          collector:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
            variables:
              AOT_CONFIG_CONTENT: |
                exporters: {awsemf: {namespace: "${COPILOT_ENVIRONMENT_NAME}", region: "${env:AWS_REGION}"}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              collector:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
                variables:
                  AOT_CONFIG_CONTENT: |
                    exporters: {awsemf: {region: "${AWS_REGION}"}}
            #                                     ^^^^^^^^^^^^^ SL627
            """,
            fixed='region: "${env:AWS_REGION}"',
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        for use in document.uses if _CONTENT in document.source.text else ():
            key = use.scalar.key
            if key is not None and key.text == _CONTENT and not use.escaped and use.name not in PREDEFINED:
                yield self._substituted(use)

    def _substituted(self, use: Use) -> Finding:
        message = f"Copilot replaces ${{{use.name}}} before the collector sees it"
        meant = f"${{env:{use.name}}}"
        fix = Fix(f"write `{meant}`", (Edit(use.span, meant),))
        # Where the variable was not found in the text, the span is all of it.
        fixes = (fix,) if use.span != use.scalar.span else ()
        return self.finding(use.span, message, help=fix.title, fixes=fixes)
