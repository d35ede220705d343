from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Edit, Finding, Fix, Manifest, Rule, Severity, Span, Stage


class EssentialHelper(Rule):
    """A sidecar that only watches the service is essential, because it does not say otherwise.

    A sidecar is essential unless it says `essential: false`: when it stops, ECS stops the task. For
    a collector, the X-Ray daemon, or an agent of CloudWatch or Datadog that means that a mistake in
    its configuration takes the service down. Write `essential: true` where that is what you want.
    """

    code, name = "SL145", "essential-helper"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "if it stops, ECS stops the task, the workload's own container included"
    sources = ("AWS ECS API: ContainerDefinition, essential", "aws/copilot-cli#4179", "aws/copilot-cli#2066")
    good = (
        """
        sidecars:
          nginx: {image: nginx}
          xray: {image: amazon/aws-xray-daemon, essential: false}
          datadog: {image: datadog/agent, essential: true}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              xray:
            # ^^^^ SL145
                port: 2000/udp
                image: public.ecr.aws/xray/aws-xray-daemon:3.x
            """,
            fixed="    essential: false\n    port: 2000/udp",
        ),
    )
    also_bad = (
        Bad(
            """
            sidecars: {datadog: {image: datadog/agent}}
            #          ^^^^^^^ SL145
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, manifest: Manifest) -> Iterator[Finding]:
        image = sidecar.image_reference
        if image is None or not image.is_observer or sidecar.key is None:
            return
        if sidecar.section.get("essential") is None:
            message = f"the {image.kind} in sidecar {sidecar.name!r} is essential by default"
            help_ = "write essential: false, or essential: true to keep it so"
            yield self.finding(sidecar.key, message, help=help_, fixes=_fixes(sidecar, manifest))


def _fixes(sidecar: Container, manifest: Manifest) -> tuple[Fix, ...]:
    section = sidecar.section
    if section.flow or section.alias or "essential" in section.entries:
        return ()
    indent = manifest.document.source.position(section.span.start).column
    at = Span(section.span.start, section.span.start)
    return (Fix("write essential: false", (Edit(at, "essential: false\n" + " " * indent),)),)
