from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Rule, Scalar, Severity, Stage

_SWITCH = "DD_OTELCOLLECTOR_ENABLED"
#: How the names of the agent's image end, in whatever registry.
_IMAGES = ("datadog/agent", "datadoghq/agent")


class AgentWithoutCollector(Rule):
    """The Datadog agent is to run an OpenTelemetry collector that its image does not have.

    `DD_OTELCOLLECTOR_ENABLED` starts the collector that Datadog ships, and only the images whose tags
    end with `-full` (as of 2026) hold it. The others start without it, and what is sent to port 4317
    or 4318 goes nowhere, unless the agent's own receiver is on as well.
    """

    code, name = "SL167", "agent-without-collector"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "no collector starts, and what is sent to it is lost"
    sources = (
        "Datadog documentation: Install the DDOT Collector",
        "DataDog/datadog-agent#38870",
        "DataDog/documentation#38019",
    )
    good = (
        """
        sidecars:
          agent:
            image: public.ecr.aws/datadog/agent:7.68.0-full
            variables: {DD_OTELCOLLECTOR_ENABLED: true}
        """,
        """
        sidecars:
          agent:
            image: public.ecr.aws/datadog/agent:7.68.0
            variables: {DD_OTELCOLLECTOR_ENABLED: false}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              agent:
                image: public.ecr.aws/datadog/agent:7.68.0
                variables:
                  DD_OTELCOLLECTOR_ENABLED: true
            #                               ^^^^ SL167
            """
        ),
    )
    also_good = (
        """
        sidecars:
          a: {image: {build: agent}, variables: {DD_OTELCOLLECTOR_ENABLED: true}}
          b: {image: nginx, variables: {DD_OTELCOLLECTOR_ENABLED: true}}
          c: {image: public.ecr.aws/datadog/agent:7.68.0}
          d: {image: 'public.ecr.aws/datadog/agent@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', variables: {DD_OTELCOLLECTOR_ENABLED: true}}
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars: {agent: {image: 'public.ecr.aws/datadog/agent:7@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', variables: {DD_OTELCOLLECTOR_ENABLED: true}}}
            #                                                                                                                                                                         ^^^^ SL167
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, _: Manifest) -> Iterator[Finding]:
        reference = sidecar.image_reference
        switch = sidecar.mapping("variables").get(_SWITCH)
        if reference is None or not reference.repository.endswith(_IMAGES) or not isinstance(switch, Scalar):
            return
        if switch.text.lower() in ("true", "1") and not _has_collector(reference.tag, reference.digest):
            message = "this image of the Datadog agent has no OpenTelemetry collector"
            help_ = f"take the image whose tag is {_full(reference.tag)}"
            yield self.finding(switch, message, help=help_)


def _has_collector(tag: str, digest: str) -> bool:
    """Whether the image has it, or may: of one that only a digest names nothing is known."""
    return "full" in tag or "ot-beta" in tag or (bool(digest) and not tag)


def _full(tag: str) -> str:
    return f"{tag.removesuffix('-linux').removesuffix('-jmx') or 'latest'}-full"
