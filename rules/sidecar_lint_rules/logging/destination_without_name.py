from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    FLUENT_BIT,
    FLUENTD,
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    agent_options,
    enumerated,
    is_container_overridden,
    lost,
    output_names,
    output_plugin,
    router_type,
)

#: Fluentd's name of its plugin as it is written, and in the quotes that the template needs.
_TYPES = ("@type", "'@type'", '"@type"')


class DestinationWithoutName(Rule):
    """`logging.destination` does not say which output plugin its options are for.

    The ECS agent writes these options into an `[OUTPUT]` section for Fluent Bit, and looks for the
    plugin under `Name`, spelt exactly so: `name` is one more option to it. A configuration file of
    your own does not help, since the agent stops before Fluent Bit starts. Without any option of an
    output `Name` can be left out.

    Where `taskdef_overrides` sets the type of the log router to `fluentd`, the name is `@type`, which
    the manifest has to write as `"'@type'"`: Copilot puts it into its template without quotes.
    """

    code, name = "SL202", "destination-without-name"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "no task starts: ECS cannot configure the log router (missing output key Name)"
    sources = (
        "amazon-ecs-agent: firelensconfig_unix.go, addOutputSection",
        "Amazon ECS developer guide: FireLens task definition parameters",
    )
    good = (
        "logging: {destination: {Name: datadog, Host: http-intake.logs.datadoghq.com}}",
        "logging: {destination: {exclude-pattern: health}, configFilePath: /extra.conf}",
        """
        logging: {image: example.com/fluentd, destination: {"'@type'": kinesis_firehose, delivery_stream_name: logs}}
        taskdef_overrides:
          - path: ContainerDefinitions[1].FirelensConfiguration.Type
            value: fluentd
        """,
        """
        logging: {image: example.com/fluentd, destination: {'"@type"': kinesis_firehose, delivery_stream_name: logs}}
        taskdef_overrides:
          - path: ContainerDefinitions[1].FirelensConfiguration.Type
            value: fluentd
        """,
        """
        logging: {image: fluent/fluentd, destination: {'@type': forward}}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: replace
          path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1/FirelensConfiguration/Type
          value: fluentd
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                name: cloudwatch
            #   ^^^^ SL202
                region: us-west-2
            """,
            fixed="Name: cloudwatch",
        ),
        Bad(
            """
            logging:
              destination:
            # ^^^^^^^^^^^ SL202
                region: us-west-2
                delivery_stream: logs
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: ''
            #         ^^ SL202
            """
        ),
        Bad(
            """
            logging:
              image: example.com/fluentd
              destination: {Name: forward, host: logs.example.com}
            #               ^^^^ SL202
            taskdef_overrides:
              - path: ContainerDefinitions[1].FirelensConfiguration.Type
                value: fluentd
            """
        ),
        Bad(
            """
            logging:
              configFilePath: /extra.conf
              secretOptions:
            # ^^^^^^^^^^^^^ SL202
                API_KEY: /copilot/demo/prod/secrets/API_KEY
            """
        ),
    )
    also_good = (
        """
        type: Request-Driven Web Service
        logging: {destination: {region: us-west-2}}
        """,
    )
    also_bad = (
        Bad(
            """
            logging: {destination: {host: logs.example.com}}
            #         ^^^^^^^^^^^ SL202
            taskdef_overrides: [{path: 'ContainerDefinitions[1].FirelensConfiguration.Type', value: fluentd}]
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs or manifest.get("logging") is None:
            return
        written = manifest.get("logging", "destination")
        if isinstance(written, (Scalar, Sequence)):
            return
        if is_container_overridden(manifest, manifest.name, "LogConfiguration"):
            return
        if router_type(manifest) != FLUENT_BIT:
            yield from self._fluentd(manifest)
            return
        destination = manifest.mapping("logging", "destination")
        secrets = manifest.mapping("logging", "secretOptions")
        output = destination.entries.get("Name")
        if isinstance(output, Scalar) and (output.is_null or (output.known and not output.text)):
            help_ = "write `Name: 'null'`" if output.text == "null" else "write `Name: cloudwatch`, say"
            yield self.finding(output, "the output plugin has no name", help=help_)
        elif output is not None:
            return
        elif destination.entries and not set(agent_options()).issuperset(destination.entries):
            yield self._missing(destination)
        elif secrets.entries:
            message = "these secrets are options of an output plugin, and there is none"
            help_ = "add destination.Name, or move them to logging.secrets for a configuration of your own"
            follows_from = lost(manifest, "logging", "destination")
            yield self.finding(secrets.key or secrets, message, help=help_, follows_from=follows_from)

    def _fluentd(self, manifest: Manifest) -> Iterator[Finding]:
        """Fluentd has another word for it, which Copilot's template needs in two pairs of quotes."""
        destination = manifest.mapping("logging", "destination")
        known = router_type(manifest) == FLUENTD
        if known and destination.entries and destination.entries.keys().isdisjoint(_TYPES):
            name = destination.entries.get("Name")
            place = name.key if name is not None and name.key else destination.key or destination
            message = (
                "taskdef_overrides makes the log router a Fluentd, which looks for its output under '@type'"
            )
            effect = "no task starts: ECS cannot configure the log router (missing output key @type)"
            instead = ", in the place of Name" if name is not None else ""
            help_ = (
                f"""write `"'@type'":`, in two pairs of quotes, and the name of an output{instead}; its settings have"""
                " to be on one level, as those of kinesis_firehose are: what has sections, such as forward with its"
                " <server>, belongs in a file that `configFilePath` names"
            )
            yield self.finding(place, message, effect=effect, help=help_, severity=Severity.WARNING)

    def _missing(self, destination: Mapping) -> Finding:
        for key, value in destination:
            if key.text.lower() == "name":
                message = f"ECS looks for the output plugin under 'Name', not {key.text!r}"
                fix = Fix("write `Name`", (Edit(key.span, "Name"),), safe=value.alias is None)
                return self.finding(key, message, help="write `Name`", fixes=(fix,))
        place = destination.key or destination
        help_ = f"add Name with the name of the output plugin{_such_as(destination)}"
        if all(key.text.startswith("awslogs-") for key, _ in destination):
            help_ = (
                "leave `destination` out: without a log router the logs go to CloudWatch; what the driver awslogs takes,"
                " override in ContainerDefinitions[0].LogConfiguration.Options with `taskdef_overrides`"
            )
        return self.finding(place, "these options have no output plugin", help=help_)


def _such_as(destination: Mapping) -> str:
    """The plugins that have all these options, and one of them for themselves."""
    options = [key.text for key, _ in destination]
    plugins = filter(None, map(output_plugin, output_names()))
    found = [
        f"`Name: {plugin.name}`"
        for plugin in plugins
        if all(map(plugin.accepts, options)) and any(option.lower() in plugin.options for option in options)
    ]
    return f", such as {enumerated(found, ' or ')}" if 0 < len(found) <= _FEW else ""


_FEW = 3
