from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Edit, Finding, Fix, Manifest, Rule, Scalar, Severity, Span, Stage


class RouterVariableInDestination(Rule):
    r"""A variable of the log router is written in a way that Copilot replaces.

    `${NAME}` in a manifest is taken from the shell that runs Copilot, and never reaches Fluent Bit.
    Where NAME is one of `logging.variables` or `logging.secrets`, the log router's own variable is
    meant, and Copilot refuses the manifest where the shell has none: write `\${NAME}`, which Copilot turns into `${NAME}` for Fluent Bit to fill in.
    """

    code, name = "SL211", "router-variable-in-destination"
    # Where the shell lacks the variable Copilot says so; what goes unnoticed is a shell that has it.
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "Copilot puts in the variable of the shell that deploys, not the one of the log router"
    sources = ("internal/pkg/manifest/interpolate.go", "aws/copilot-cli#5532")
    good = (
        r"""
        logging:
          variables: {SITE: eu}
          destination: {Name: datadog, dd_tags: 'site:\${SITE}'}
        """,
        "logging: {destination: {Name: datadog, dd_tags: 'env:${COPILOT_ENVIRONMENT_NAME}'}}",
        """
        logging:
          secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
          destination: {Name: datadog, dd_tags: ['${API_KEY}']}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination:
                Name: datadog
                apikey: ${API_KEY}
            #           ^^^^^^^^^^ SL211
            """,
            fixed=r"apikey: \${API_KEY}",
        ),
        Bad(
            """
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination:
                Name: datadog
                apikey: "${API_KEY}"
            #            ^^^^^^^^^^ SL211
            """
        ),
        Bad(
            """
            variables: {KEY: &key '${API_KEY}'}
            #                      ^^^^^^^^^^ SL211
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination:
                Name: datadog
                apikey: *key
            """
        ),
    )
    also_bad = (
        Bad(
            r"""
            logging:
              secrets: {API_KEY: /copilot/demo/test/secrets/API_KEY}
              destination: {Name: datadog, apikey: "$\x7bAPI_KEY}"}
            #                                      ^^^^^^^^^^^^^^^ SL211
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs:
            return
        own = {
            *manifest.mapping("logging", "variables").entries,
            *manifest.mapping("logging", "secrets").entries,
        }
        for _, value in manifest.mapping("logging", "destination"):
            if not isinstance(value, Scalar) or value.known:
                continue
            for name in sorted(own):
                if "${" + name + "}" in value.text:
                    yield self._replaced(manifest, value, name)

    def _replaced(self, manifest: Manifest, value: Scalar, name: str) -> Finding:
        written = "${" + name + "}"
        text = manifest.document.source.text
        at = text.find(written, value.span.start, value.span.end)
        fixes: tuple[Fix, ...] = ()
        escape = "\\\\" if text[value.span.start : value.span.start + 1] == '"' else "\\"
        if at != -1 and value.alias is None:
            fixes = (Fix(f"write \\{written}", (Edit(Span(at, at), escape),)),)
        place = value if at == -1 else Span(at, at + len(written))
        message = f"{written} is taken from the shell, not from the log router's variables"
        return self.finding(place, message, help=f"write {escape}{written}", fixes=fixes)
