from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    ADOT_COLLECTOR,
    Bad,
    Container,
    Edit,
    Finding,
    Fix,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    quoted,
    slip,
)

_VARIABLE: Final = "AOT_CONFIG_CONTENT"


class MisspeltCollectorVariable(Rule):
    """The variable with the configuration of a collector has nearly the name that the collector reads.

    The AWS Distro for OpenTelemetry looks for `AOT_CONFIG_CONTENT` and nothing like it. Without it, it takes
    the configuration that its image brings.
    """

    code, name = "SL938", "misspelt-collector-variable"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = (
        "the collector starts with the configuration of its image, and what is written here is never used"
    )
    sources = ("aws-observability/aws-otel-collector: pkg/config/config_factory.go",)
    good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            secrets: {AOT_CONFIG_CONTENT: /otel}
            variables: {AOT_CONFIG_CONTENT_2: x}
          other:
            image: example.com/other:1
            variables: {AOT_CONFIG_CONTNT: x}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                secrets:
                  AOT_CONFIG_CONTNT: /otel
            #     ^^^^^^^^^^^^^^^^^ SL938
            """,
            fixed="AOT_CONFIG_CONTENT: /otel",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in (manifest.main, *manifest.sidecars):
            image = container.image_reference
            if image is not None and image.kind == ADOT_COLLECTOR:
                yield from self._check(container)

    def _check(self, container: Container) -> Iterator[Finding]:
        keys = [key for field in ("variables", "secrets") for key, _ in container.mapping(field)]
        if any(key.text == _VARIABLE for key in keys):
            return
        for key in keys:
            if slip(key.text, (_VARIABLE,)):
                yield self._finding(key)

    def _finding(self, key: Scalar) -> Finding:
        help_ = f"write `{_VARIABLE}`"
        edit = Edit(key.span, quoted(_VARIABLE, key.style))
        return self.finding(
            key.span,
            f"the collector does not read {key.text!r}",
            help=help_,
            fixes=(Fix(help_, (edit,)),) if key.alias is None else (),
        )
