from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    AgentConfiguration,
    Bad,
    Container,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    agent_configuration,
)


class CloudwatchAgentWithoutInput(Rule):
    """A CloudWatch agent gets a configuration with which it does not start.

    The agent in a container reads the JSON in `CW_CONFIG_CONTENT`. It ends where that is not JSON, and
    where it collects nothing: at least one of `metrics.metrics_collected`, `logs.metrics_collected`,
    `logs.logs_collected` and `traces.traces_collected` must have something in it. `agent` alone,
    which is how many examples begin, is not enough.
    """

    code, name = "SL632", "cloudwatch-agent-without-input"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the CloudWatch agent ends at once"
    sources = (
        "amazon-cloudwatch-agent: translator/config/schema.json, translator/tocwconfig",
        "aws-samples/amazon-cloudwatch-container-insights#16",
    )
    good = (
        """
        sidecars:
          agent:
            image: public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300051.0b992
            variables: {CW_CONFIG_CONTENT: '{"logs": {"metrics_collected": {"emf": {}}}}'}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              agent:
                image: public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300051.0b992
                variables:
                  CW_CONFIG_CONTENT: '{"agent": {"omit_hostname": true}}'
            #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL632
              other:
                image: amazon/cloudwatch-agent
                variables:
                  CW_CONFIG_CONTENT: '{"agent": {"omit_hostname": true}'
            #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL632
            """
        ),
    )

    def check_container(self, container: Container, _: Manifest) -> Iterator[Finding]:
        configuration = agent_configuration(container)
        if configuration is not None:
            yield from self._look(configuration)

    def _look(self, configuration: AgentConfiguration) -> Iterator[Finding]:
        if configuration.problem:
            message = f"the CloudWatch agent's configuration is not a JSON object: {configuration.problem}"
            help_ = "write JSON: names and texts in double quotes, and no comma before a bracket that closes"
            yield self.finding(configuration.node, message, help=help_)
        elif not configuration.collected:
            message = "the CloudWatch agent is told to collect nothing"
            help_ = """add an input, such as "logs": {"metrics_collected": {"emf": {}}}"""
            yield self.finding(configuration.node, message, help=help_)
