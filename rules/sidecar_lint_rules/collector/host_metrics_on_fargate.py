from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration

_RECEIVER: Final = "awscontainerinsightreceiver"
_HOST: Final = r"/(?:rootfs|host|hostfs|var/lib/docker/containers|var/log/(?:pods|containers))(?:/|$)"


class HostMetricsOnFargate(Rule):
    """A collector wants what only a machine of your own has: files of the host.

    `awscontainerinsightreceiver` reads `/rootfs/proc`, the cgroups and the container runtime of a container
    instance. A task of Copilot's runs on Fargate, where no host is to be seen: the receiver does not start,
    and the collector ends with it. `awsecscontainermetrics` asks the endpoint that every task has. Of logs
    below `/var/lib/docker/containers`, `/var/log/pods` and `/var/log/containers` there are none.

    Only configurations that a manifest gives to a container are looked at: another one may be for Amazon
    EKS. This rests on the receivers' sources and on reports; it was not run on AWS.
    """

    code, name = "SL935", "host-metrics-on-fargate"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start: on Fargate there is no host to read from"
    sources = (
        "opentelemetry-collector-contrib: receiver/awscontainerinsightreceiver",
        "aws-observability/aws-otel-collector, issue 2309",
    )
    good = (
        """
        # file: otel-config.yaml
        receivers: {awscontainerinsightreceiver: }
        exporters: {awsemf: }
        service: {pipelines: {metrics: {receivers: [awscontainerinsightreceiver], exporters: [awsemf]}}}
        """,
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {awsecscontainermetrics: }
                exporters: {awsemf: }
                service: {pipelines: {metrics: {receivers: [awsecscontainermetrics], exporters: [awsemf]}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {awscontainerinsightreceiver: }
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL935
                    exporters: {awsemf: }
                    service: {pipelines: {metrics: {receivers: [awscontainerinsightreceiver], exporters: [awsemf]}}}
            """
        ),
    )
    also_good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            mount_points: [{source_volume: logs, path: /var/log}]
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {filelog: {include: [/var/log/pods/*.log, /data/app.log]}}
                exporters: {debug: }
                service: {pipelines: {logs: {receivers: [filelog], exporters: [debug]}}}
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {filelog: {include: [/var/log/pods/*.log, /data/app.log]}}
            #                                       ^^^^^^^^^^^^^^^^^^^ SL935
                    exporters: {debug: }
                    service: {pipelines: {logs: {receivers: [filelog], exporters: [debug]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if not configuration.surroundings.is_task:
            return
        mounts = configuration.surroundings.mounts
        for component in configuration.in_use("receivers", _RECEIVER):
            message = f"{component.key.text} reads files of the host"
            help_ = "use awsecscontainermetrics, which asks the task's own endpoint"
            yield self.finding(component.key, message, help=help_)
        for path in configuration.texts_of("receivers", "file_log", "include"):
            if re.match(_HOST, path.text) and not path.text.startswith(mounts):
                message = f"{path.text!r} is a path of a host"
                help_ = "send the logs another way: each container's go to the log driver of its own"
                effect = "there is no host to read from on Fargate: no log is found"
                yield self.finding(path, message, effect=effect, help=help_, severity=Severity.WARNING)
