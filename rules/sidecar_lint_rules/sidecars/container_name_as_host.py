from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    DOCKER_HOSTS,
    LOG_ROUTER,
    Bad,
    Edit,
    Finding,
    Fix,
    Host,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    are_containers_overridden,
    hosts_in,
    is_overridden,
    log_output,
)

if TYPE_CHECKING:
    from sidecar_lint import Configuration, TaskHosts

_NETWORK: Final = ("Resources", "TaskDefinition", "Properties", "NetworkMode")
_KEY: Final = re.compile(r"(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|UPSTREAM)$", re.IGNORECASE)
#: Variables that name who may call, or how something is called, and not what is called.
_NAMES_CALLERS: Final = re.compile(
    r"ALLOW|TRUST|ORIGIN|CORS|ISSUER|AUDIENCE|VIRTUAL|SERVER_NAME", re.IGNORECASE
)


class ContainerNameAsHost(Rule):
    """A container of the task is called by its name, as in Docker Compose.

    The containers of a task share one network interface: each reaches the others at `localhost`, and no
    name of a container is in DNS. It is looked for in variables (URLs, `name:port`, and the name alone where
    the variable is called a host, an address or an endpoint), in `Host` of the log router's output, and in the
    configurations of collectors. `host.docker.internal` is a name of Docker's on a desktop, and of nothing on Fargate.

    With `network.connect` a name may be that of another service, which need not be in this workspace: then
    this is only information. This rests on the documentation of ECS; it was not run on AWS.
    """

    code, name = "SL152", "container-name-as-host"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the name does not resolve: in a task every container is at localhost"
    sources = (
        "Amazon ECS developer guide: awsvpc network mode",
        "aws-observability/aws-otel-collector, issue 756",
    )
    good = (
        """
        name: api
        variables: {REDIS_URL: redis://localhost:6379, IMAGE: 'redis:7', NAME: redis, OTHER: http://redis.example.com}
        sidecars: {redis: {image: redis}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            variables:
              REDIS_URL: redis://redis:6379/0
            #                    ^^^^^ SL152
              REDIS_HOST: redis
            #             ^^^^^ SL152
              DB_HOST: host.docker.internal
            #          ^^^^^^^^^^^^^^^^^^^^ SL152
            sidecars:
              redis: {image: redis, variables: {UPSTREAM: 'api:3000'}}
            #                                              ^^^ SL152
            """,
            fixed="REDIS_URL: redis://localhost:6379/0",
        ),
        Bad(
            """
            sidecars: {vector: {image: example, port: 8686}}
            logging:
              destination:
                Name: http
                Host: vector
            #         ^^^^^^ SL152
                Port: 8686
            """,
            fixed="Host: localhost",
        ),
        Bad(
            """
            sidecars:
              jaeger: {image: example}
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {otlp: {endpoint: 'jaeger:4317'}}
            #                                     ^^^^^^ SL152
                    service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}}
            """,
        ),
    )
    also_good = (
        """
        type: Request-Driven Web Service
        variables: {DB_HOST: host.docker.internal}
        """,
        """
        variables: {REDIS_HOST: redis, TOPIC: {from_cfn: topic}}
        sidecars: {redis: {image: redis}}
        taskdef_overrides: [{path: 'ContainerDefinitions[0].ExtraHosts[-]', value: {Hostname: redis, IpAddress: 127.0.0.1}}]
        """,
        "variables: {TOPIC_ENDPOINT: {from_cfn: topic}}",
        """
        variables: {BACKUPS: s3://db/daily, IMAGE: docker://db, SERVICE: lb://db, RULE: 'Host=db', TEXT: the host=db}
        sidecars: {db: {image: 'postgres:16'}}
        """,
    )
    also_bad = (
        Bad(
            """
            variables:
              DSN: app:pw@tcp(db:3306)/app
            #                 ^^ SL152
              CONNECTION: Server=db;Port=5432;Database=app
            #                    ^^ SL152
              LIBPQ: user=app host=db dbname=app
            #                      ^^ SL152
              JDBC: jdbc:sqlserver://db:1433;databaseName=app
            #                        ^^ SL152
            sidecars: {db: {image: 'mysql:8'}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs or _may_resolve(manifest):
            return
        task = manifest.task_hosts
        severity = Severity.INFO if task.connects else None
        for container in (manifest.main, *manifest.sidecars):
            for key, value in container.mapping("variables"):
                if isinstance(value, Scalar) and value.known and key.text != "AOT_CONFIG_CONTENT":
                    for host in _hosts(key.text, value.text):
                        if _is_container(host.name, container.name, task):
                            yield self._finding(manifest.document.source.text, value, host, severity)
        for value, host in _destinations(manifest):
            if _is_container(host.name, LOG_ROUTER, task):
                yield self._finding(manifest.document.source.text, value, host, severity)

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for scalar in configuration.scalars:
            for host in hosts_in(scalar.text) if scalar.key is None or scalar.key.text != "job_name" else ():
                if configuration.surroundings.is_neighbour(host.name):
                    yield self._finding(configuration.source.text, scalar, host, None)

    def _finding(self, text: str, value: Scalar, host: Host, severity: Severity | None) -> Finding:
        name = host.name
        written = value.part(text, host.start, host.start + len(name))
        span = written or value.place
        is_docker = name.lower() in DOCKER_HOSTS
        message = (
            f"{name!r} is a name of Docker's"
            if is_docker
            else f"{name!r} is a container of this task, not a host"
        )
        fixes = (Fix("write localhost", (Edit(span, "localhost"),)),) if written and not is_docker else ()
        help_ = (
            "write the name or address of the machine that is meant; a container of this task is at localhost"
            if is_docker
            else "write localhost"
        )
        return self.finding(span, message, help=help_, severity=severity, fixes=fixes)


def _may_resolve(manifest: Manifest) -> bool:
    """Whether overrides give containers other hosts, or the task another network."""
    return are_containers_overridden(manifest, "ExtraHosts") or is_overridden(manifest, *_NETWORK)


def _hosts(key: str, value: str) -> Iterator[Host]:
    """The hosts that the value of a variable names as what is called."""
    if _NAMES_CALLERS.search(key):
        return
    if _KEY.search(key) and "/" not in value and ":" not in value:
        yield Host(value, 0)
    yield from hosts_in(value)


def _destinations(manifest: Manifest) -> Iterator[tuple[Scalar, Host]]:
    """The hosts to which the log router sends."""
    output = log_output(manifest)
    option = output.options.get("host") if output else None
    if option and option.text and isinstance(option.node, Scalar):
        found = list(hosts_in(option.text)) or [Host(option.text, 0)]
        yield from ((option.node, host) for host in found)


def _is_container(host: str, container: str, task: TaskHosts) -> bool:
    """Whether it names another container than the one that is told."""
    name = host.lower()
    return name in DOCKER_HOSTS or (name in task.names and name != container.lower())
