from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ADOT_COLLECTOR,
    Bad,
    Container,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    collectors_of,
)

_OPTION = "--config"
_CONTENT = "AOT_CONFIG_CONTENT"


class IgnoredCollectorOption(Rule):
    """A collector gets `--config` in its command and AOT_CONFIG_CONTENT beside it.

    The AWS Distro for OpenTelemetry reads the variable where there is one, and then none of the files
    that `--config` names.
    """

    code, name = "SL628", "ignored-collector-option"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the collector reads AOT_CONFIG_CONTENT, and not the file"
    sources = ("aws-observability/aws-otel-collector: pkg/config/config_factory.go",)
    good = (
        """
        sidecars:
          collector:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
            command: --config=/etc/ecs/ecs-xray.yaml
          other:
            image: otel/opentelemetry-collector:0.120.0
            command: --config=env:AOT_CONFIG_CONTENT
            variables: {AOT_CONFIG_CONTENT: 'receivers:'}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              collector:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
                command: ["--config=/etc/ecs/ecs-xray.yaml"]
            #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL628
                secrets:
                  AOT_CONFIG_CONTENT: /copilot/shop/test/secrets/otel
            """
        ),
    )
    also_good = (
        """
        sidecars:
          collector:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
            command: ["--config=env:AOT_CONFIG_CONTENT", --feature-gates=a]
            secrets: {AOT_CONFIG_CONTENT: /copilot/shop/test/secrets/otel}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for collector in collectors_of(manifest):
            image = collector.container.image_reference
            option, key = _config_option(collector.container), collector.node.key
            if option and image and image.kind == ADOT_COLLECTOR and key and key.text == _CONTENT:
                related = (Related(key.span, "this counts"),)
                yield self.finding(
                    option, "this file is not read", help="leave one of the two", related=related
                )


def _config_option(container: Container) -> Scalar | None:
    """The word of `command` that names a file, or all of it where it is one text."""
    command = container.section.get("command")
    words = command.items if isinstance(command, Sequence) else [command]
    texts = (word for word in words if isinstance(word, Scalar) and word.known)
    return next((word for word in texts if word.text.startswith(_OPTION) and _CONTENT not in word.text), None)
