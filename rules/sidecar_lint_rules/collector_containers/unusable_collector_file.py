from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, task_collectors


class UnusableCollectorFile(Rule):
    """A collector is told to read a file of its image that is not there, or that cannot work on Fargate.

    The image of the AWS distribution brings configurations in `/etc/ecs/`; which ones depends on the
    release. `otel-instance-metrics-config.yaml` is for a container instance: it reads files of the host,
    which Fargate does not show. The files for Prometheus, `ecs-amp-prometheus.yaml` and
    `ecs-amp-xray-prometheus.yaml`, are not YAML in v0.41.1 to v0.43.1 (`[${env:NAME}]` without quotes), and the
    four for Amazon Managed Service for Prometheus have `$NAME` in v0.41.0, the first release that replaces it no
    more. Nothing is said of other paths, of paths on a volume, and where
    AOT_CONFIG_CONTENT takes the place of the file.
    """

    code, name = "SL934", "unusable-collector-file"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start: there is no such file"
    sources = ("aws-observability/aws-otel-collector: config/ecs of the tags v0.5.0 to v0.49.0",)
    good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            command: --config=/etc/ecs/ecs-cloudwatch-xray.yaml
          other:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            command: --config=/etc/ecs/mine/x.yaml
            mount_points: [{source_volume: data, path: /etc/ecs/mine}]
        storage: {volumes: {data: {efs: true, path: /data}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                command: ["--config=/etc/ecs/ecs-xray-cloudwatch.yaml"]
            #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL934
              instance:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                command: --config=/etc/ecs/otel-instance-metrics-config.yaml
            #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL934
            """
        ),
    )

    also_bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                command: [--config, /etc/ecs/ecs-default.yaml]
            #                       ^^^^^^^^^^^^^^^^^^^^^^^^^ SL934
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for collector in task_collectors(manifest):
            fault = collector.file_fault
            if fault:
                yield self.finding(fault.word, fault.message, help=fault.help, effect=fault.effect)
