from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    DOCKER_HOSTS,
    LOG_ROUTER,
    Bad,
    Container,
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
    content_variable,
    file_variables,
    hosts_in,
    is_overridden,
    log_output,
)

if TYPE_CHECKING:
    from sidecar_lint import Configuration, Document, EnvFileLine, TaskHosts

#: As many names as the largest task of ECS has containers, and Docker's own.
_FEW: Final = 10 + len(DOCKER_HOSTS)
_NETWORK: Final = ("Resources", "TaskDefinition", "Properties", "NetworkMode")
_KEY: Final = r"(?i)(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|UPSTREAM)$"
#: Variables that name who may call, or how something is called (the agent of Datadog is by DD_HOSTNAME), and not
#: what is called. NO_PROXY lists names that may be called or not.
_NAMES_CALLERS: Final = (
    r"(?i)ALLOW|TRUST|ORIGIN|CORS|ISSUER|AUDIENCE|VIRTUAL|SERVER_NAME|NO_PROXY|^(?:DD_)?HOSTNAME$"
    r"|(?:TAGS|LABELS|ATTRIBUTES|FORMAT)$"
)


class ContainerNameAsHost(Rule):
    """A container of the task is called by its name, as in Docker Compose.

    The containers of a task share one network interface: each reaches the others at `localhost`, and no
    name of a container is in DNS. It is looked for in variables and environment files (URLs, `name:port`, and the name alone where
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
        variables: {HOSTNAME: db, DD_TAGS: env=prod host=db, LOG_FORMAT: level=info host=db, no_proxy: 'db:5432,localhost'}
        sidecars: {db: {image: 'postgres:16', variables: {DD_HOSTNAME: api}}}
        """,
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
        Bad(
            """
            env_file: api.env
            #         ^^^^^^^ SL152
            variables: {REDIS_URL: redis://localhost}
            sidecars: {redis: {image: 'redis:7'}}
            # file: api.env
            CACHE=redis://redis:6379/0
            SESSIONS=redis://redis:6379/1
            REDIS_URL=redis://redis:6379/2
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs or _may_resolve(manifest):
            return
        task = manifest.task_hosts
        severity = Severity.INFO if task.connects else None
        suspects = manifest.document.once(_suspects)
        for container in (manifest.main, *manifest.sidecars):
            named = [
                (key, value)
                for key, value in (container.mapping("variables") if suspects else ())
                if key.text in suspects and isinstance(value, Scalar) and value.known
            ]
            content = content_variable(container) if named else ""
            for key, value in named:
                for host in _hosts(key.text, value.text) if key.text != content else ():
                    if _is_container(host.name, container.name, task):
                        yield self._finding(manifest.document.source.text, value, host, severity)
            yield from self._of_file(manifest, container, severity)
        for value, host in _destinations(manifest):
            if _is_container(host.name, LOG_ROUTER, task):
                yield self._finding(manifest.document.source.text, value, host, severity)

    def _of_file(
        self, manifest: Manifest, container: Container, severity: Severity | None
    ) -> Iterator[Finding]:
        """Those that the container's environment file names, once each."""
        told = set()
        for variable in file_variables(manifest, container, _names_host):
            for host in _hosts(variable.name, variable.value.text):
                if host.name not in told and _is_container(host.name, container.name, manifest.task_hosts):
                    told.add(host.name)
                    message, help_ = _said(host.name)
                    yield self.finding(variable.value, variable.told(message), help=help_, severity=severity)

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for scalar in configuration.scalars:
            for host in hosts_in(scalar.text) if scalar.key is None or scalar.key.text != "job_name" else ():
                if configuration.surroundings.is_neighbour(host.name):
                    yield self._finding(configuration.source.text, scalar, host, None)

    def _finding(self, text: str, value: Scalar, host: Host, severity: Severity | None) -> Finding:
        name = host.name
        written = value.part(text, host.start, host.start + len(name))
        span = written or value.place
        message, help_ = _said(name)
        can_mend = written and name.lower() not in DOCKER_HOSTS
        fixes = (Fix("write localhost", (Edit(span, "localhost"),)),) if can_mend else ()
        return self.finding(span, message, help=help_, severity=severity, fixes=fixes)


def _suspects(document: Document) -> frozenset[str]:
    """The names of a file's variables that may have a host in them which nothing resolves in some environment."""
    tasks = [manifest.task_hosts for manifest in document.manifests]
    names = {*DOCKER_HOSTS, *(name for task in tasks for name in task.names)}
    return frozenset(
        key.text
        for key, value in document.written_variables
        if isinstance(value, Scalar) and not (value.known and _has_none(value.text, names))
    )


def _has_none(text: str, names: set[str]) -> bool:
    """Whether none of a few names is in a text: of more it is quicker to look for the hosts in it."""
    lowered = text.lower()
    return len(names) <= _FEW and not any(map(lowered.__contains__, names))


def _names_host(line: EnvFileLine) -> bool:
    return any(True for _ in _hosts(line.name, line.value))


def _said(name: str) -> tuple[str, str]:
    """What is wrong with a name, and what to write."""
    if name.lower() not in DOCKER_HOSTS:
        return f"{name!r} is a container of this task, not a host", "write localhost"
    help_ = "write the name or address of the machine that is meant; a container of this task is at localhost"
    return f"{name!r} is a name of Docker's", help_


def _may_resolve(manifest: Manifest) -> bool:
    """Whether overrides give containers other hosts, or the task another network."""
    return are_containers_overridden(manifest, "ExtraHosts") or is_overridden(manifest, *_NETWORK)


def _hosts(key: str, value: str) -> Iterator[Host]:
    """The hosts that the value of a variable names as what is called."""
    if re.search(_NAMES_CALLERS, key):
        return
    if re.search(_KEY, key) and "/" not in value and ":" not in value:
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
