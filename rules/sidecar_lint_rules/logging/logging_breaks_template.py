from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    FLUENT_BIT,
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Outcome,
    Rule,
    Scalar,
    Severity,
    Stage,
    router_type,
    unquoted,
    unquoted_key,
)
from sidecar_lint_rules.generated._texts import without_template

_QUOTED = "\"'@type'\""


class LoggingBreaksTemplate(Rule):
    """A text under `logging` that cannot stand in Copilot's template.

    Copilot writes the names of the options in `destination`, the path in `configFilePath` and the
    log router's image into its CloudFormation template without quotes. A text with a meaning in
    YAML, such as `@type`, which is an option of Fluentd and not of Fluent Bit, makes the template
    invalid, or becomes something other than text. Values in `destination` are quoted and may hold
    anything.
    """

    code, name = "SL210", "logging-breaks-template"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails after the images are built: Copilot's own template is invalid"
    sources = ("internal/pkg/template/templates/workloads/partials/cf: logconfig.yml, sidecars.yml",)
    good = (
        "logging: {destination: {Name: http, header: '@type: x'}, configFilePath: /extra.conf}",
        """
        logging: {destination: {Name: http, 'a ''b''': x}}
        """,
        """
        logging: {image: ''}
        """,
        """
        type: Static Site
        logging: {configFilePath: '/etc/a: b'}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                "@type": cloudwatch_logs
            #   ^^^^^^^ SL210
            """
        ),
        Bad(
            """
            logging:
              image: example.com/fluentd
              destination:
                "@type": forward
            #   ^^^^^^^ SL210
            taskdef_overrides:
              - path: ContainerDefinitions[1].FirelensConfiguration.Type
                value: fluentd
            """,
            fixed="""\"'@type'": forward""",
        ),
        Bad(
            """
            logging:
              configFilePath: '/etc/a: b'
            #                 ^^^^^^^^^^^ SL210
            """
        ),
        Bad(
            """
            logging: {destination: {Name: http, 'header # one': x}}
            #                                   ^^^^^^^^^^^^^^ SL210
            """
        ),
        Bad(
            """
            logging: {configFilePath: '/etc/a #1.conf'}
            #                         ^^^^^^^^^^^^^^^^ SL210
            """
        ),
        Bad(
            """
            logging: {configFilePath: 'null'}
            #                         ^^^^^^ SL210
            """
        ),
        Bad(
            """
            logging: {image: 'a: b'}
            #                ^^^^^^ SL210
            """
        ),
    )
    also_good = (
        "logging: {configFilePath: '/etc/a#b.conf'}",
        """logging: {destination: {Name: http, "'header'": x, a#b: y}, configFilePath: "'/etc/extra.conf'"}""",
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs:
            return
        for key, _ in manifest.mapping("logging", "destination"):
            outcome, _ = unquoted_key(key.text)
            if not outcome.is_text or (outcome is Outcome.CHANGED and "#" in key.text):
                yield self._staged(manifest, outcome, self._key(manifest, key))
        for field in ("configFilePath", "image"):
            value = manifest.scalar("logging", field)
            if value is not None and value.known:
                outcome, left = unquoted(value.text)
                for found in self._value(field, value, outcome, left):
                    yield self._staged(manifest, outcome, found)

    def _staged(self, manifest: Manifest, outcome: Outcome, found: Finding) -> Finding:
        return without_template(manifest, found) if outcome is Outcome.BROKEN else found

    def _key(self, manifest: Manifest, key: Scalar) -> Finding:
        message = f"{key.text!r} cannot be the name of an option"
        if key.text != "@type":
            return self.finding(key, message)
        if router_type(manifest) == FLUENT_BIT:
            return self.finding(key, message, help="write Name: the log router is Fluent Bit, not Fluentd")
        fix = Fix("quote it for the template too", (Edit(key.span, _QUOTED),))
        help_ = f"quote it for the template too: {_QUOTED}"
        return self.finding(key, message, help=help_, fixes=(fix,) if key.tag is None else ())

    def _value(self, field: str, value: Scalar, outcome: Outcome, left: str) -> Iterator[Finding]:
        # An empty image is reported for every container alike.
        if outcome is Outcome.NULL and field != "image":
            yield self.finding(value, f"{field} is empty, and becomes a null in the template")
        elif not outcome.is_text and not (field == "image" and not value.text):
            yield self.finding(value, f"{field} {value.text!r} cannot stand unquoted in a template")
        elif outcome is Outcome.CHANGED and "#" in value.text:
            yield self.finding(value, f"of {field} {value.text!r} only {left!r} is left")
