from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Scalar, Severity, Stage


class InvalidPipelineName(Rule):
    """A pipeline cannot be called like this.

    Copilot takes up to 100 bytes. It makes a stack of the name, and CloudFormation wants letters, digits
    and hyphens in that.
    """

    code, name = "SL887", "invalid-pipeline-name"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the stack of the pipeline"
    sources = (
        "internal/pkg/manifest/validate.go: Pipeline.validate",
        "AWS CloudFormation: CreateStack, StackName",
    )
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        name: shop-Main-2
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            name: shop pipeline
            #     ^^^^^^^^^^^^^ SL887
            """,
            fixed="name: shop-pipeline",
        ),
        Bad(
            f"""
            # file: copilot/pipelines/main/manifest.yml
            name: {"x" * 101}
            #     {"^" * 101} SL887
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            {version: 1, source: {provider: GitHub, properties: {repository: example/shop}}, stages: [{name: test}]}
            #^^^^^^^ SL887
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        name = pipeline.get("name")
        if name is None and pipeline.file.root is not None:
            place = pipeline.file.head_of("name")
            yield self.finding(
                place, "the pipeline has no name", help="write `name:` and a name", severity=Severity.WARNING
            )
        elif isinstance(name, Scalar) and len(name.text.encode("utf-8", "surrogatepass")) > _LONGEST:
            message = f"the name has more than {_LONGEST} bytes"
            effect = f"Copilot refuses to deploy the pipeline: must be shorter than {_LONGEST} characters"
            yield self.finding(name, message, help="write a shorter one", effect=effect, stage=Stage.COPILOT)
        elif isinstance(name, Scalar) and not re.fullmatch(r"[A-Za-z0-9-]+", name.text):
            yield self._characters(name)

    def _characters(self, name: Scalar) -> Finding:
        fixed = re.sub(r"[^A-Za-z0-9-]+", "-", name.text).strip("-")
        help_ = "" if fixed else "write letters, digits and hyphens"
        return self.finding(
            name, f"{name.text!r} cannot be in the name of a stack", replace=fixed or None, help=help_
        )


_LONGEST = 100
