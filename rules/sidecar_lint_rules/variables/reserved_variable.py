from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    WORKER,
    Bad,
    Container,
    Document,
    Finding,
    Manifest,
    Mapping,
    Node,
    OutputKind,
    Rule,
    Scalar,
    Severity,
    Stage,
)

#: What the names of all of Copilot's own begin with.
_PREFIX = "COPILOT_"
_ALWAYS = frozenset(
    (
        "COPILOT_APPLICATION_NAME",
        "COPILOT_ENVIRONMENT_NAME",
        "COPILOT_SERVICE_NAME",
        "COPILOT_SERVICE_DISCOVERY_ENDPOINT",
    )
)


class ReservedVariable(Rule):
    """A variable has a name that Copilot gives to one of its own.

    Copilot adds variables to every container: the names of application, environment and service,
    the service discovery endpoint, and others where they apply, such as the queue of a Worker
    Service. Outputs of addons become variables of every container, and secrets of the service's own:
    `TableName` is `TABLE_NAME`. Copilot does not look whether a name is taken, so the container gets the
    name twice.
    """

    code, name = "SL602", "reserved-variable"
    severity, stage = Severity.WARNING, Stage.DEPLOY
    effect = "the container gets the name twice, and the task definition is refused"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf: envvars-common.yml, envvars-container.yml",
        "aws/copilot-cli#2025",
    )
    good = (
        "variables: {COPILOT_QUEUE_URI: x}\ntype: Backend Service",
        "variables: {APPLICATION_NAME: x}",
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: shop, queue: false}, {name: paid, service: shop}]}
        variables: {COPILOT_TOPIC_QUEUE_URIS: mine, COPILOT_SNS_TOPIC_ARNS: mine, COPILOT_MOUNT_POINTS: mine}
        """,
        """
        sidecars: {cache: {image: redis:7, variables: {PASSWORD: mine}}}
        # file: copilot/api/addons/password.yml
        Resources:
          Secret: {Type: AWS::SecretsManager::Secret}
        Outputs:
          password: {Value: !Ref Secret}
        """,
    )
    bad = (
        Bad(
            """
            variables:
              COPILOT_APPLICATION_NAME: demo
            # ^^^^^^^^^^^^^^^^^^^^^^^^ SL602
            """
        ),
        Bad(
            """
            variables:
              TABLE_NAME: other
            # ^^^^^^^^^^ SL602
            # file: copilot/api/addons/table.yml
            Resources:
              Table: {Type: AWS::DynamoDB::Table}
            Outputs:
              tableName: {Value: !Ref Table}
            """
        ),
        Bad(
            """
            type: Worker Service
            secrets:
              COPILOT_QUEUE_URI: /queue
            # ^^^^^^^^^^^^^^^^^ SL602
            """
        ),
        Bad(
            """
            type: Worker Service
            subscribe: {topics: [{name: orders, service: shop, queue: true}]}
            publish: {topics: [{name: paid}]}
            storage: {volumes: {data: {path: /data}}}
            variables:
              COPILOT_TOPIC_QUEUE_URIS: a
            # ^^^^^^^^^^^^^^^^^^^^^^^^ SL602
              COPILOT_SNS_TOPIC_ARNS: b
            # ^^^^^^^^^^^^^^^^^^^^^^ SL602
              COPILOT_MOUNT_POINTS: c
            # ^^^^^^^^^^^^^^^^^^^^ SL602
              COPILOT_LB_DNS: mine
            sidecars:
              cache:
                image: redis:7
                mount_points: [{source_volume: data, path: /data}]
                variables: {COPILOT_MOUNT_POINTS: d}
            #               ^^^^^^^^^^^^^^^^^^^^ SL602
              plain:
                image: redis:7
                variables: {COPILOT_MOUNT_POINTS: mine}
            """
        ),
        Bad(
            """
            type: Worker Service
            subscribe: {topics: [{name: orders, service: shop, queue: {retries: 3}}]}
            variables: {COPILOT_TOPIC_QUEUE_URIS: a}
            #           ^^^^^^^^^^^^^^^^^^^^^^^^ SL602
            """
        ),
        Bad(
            """
            http: {path: /}
            variables: {COPILOT_LB_DNS: a}
            #           ^^^^^^^^^^^^^^ SL602
            """
        ),
        Bad(
            """
            variables: {PASSWORD: mine}
            #           ^^^^^^^^ SL602
            # file: copilot/api/addons/password.yml
            Resources:
              Secret: {Type: AWS::SecretsManager::Secret}
            Outputs:
              password: {Value: !Ref Secret}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not _may_be_taken(manifest):
            return
        for container in manifest.containers.values():
            entries = [*container.mapping("variables"), *container.mapping("secrets")]
            reserved = _of_addons(manifest, container)
            if any(key.text.startswith(_PREFIX) for key, _ in entries):
                reserved |= names_of_copilot(manifest, container)
            for key, value in entries:
                if key.text in reserved:
                    message = f"Copilot gives {container.title} a variable {key.text!r} itself"
                    yield self.finding(
                        key,
                        message,
                        help="leave it out, or take another name",
                        follows_from=[("SL615", value)] if value.tag is not None else (),
                    )


def _may_be_taken(manifest: Manifest) -> bool:
    """Whether any variable or secret of the file has a name that Copilot may give a container of this workload."""
    outputs = manifest.workload.addons.outputs.values() if manifest.workload else ()
    exported = {output.variable for output in outputs if output.variable}
    document = manifest.document
    return document.once(_has_prefix) or not document.written_names.isdisjoint(exported)


def _has_prefix(document: Document) -> bool:
    return any(name.startswith(_PREFIX) for name in document.written_names)


def names_of_copilot(manifest: Manifest, container: Container) -> set[str]:
    """The variables that Copilot itself gives a container."""
    return {*_ALWAYS, *_injected(manifest, container)}


def _of_addons(manifest: Manifest, container: Container) -> set[str]:
    """The names of outputs of addons: variables reach every container, secrets the service's own."""
    if manifest.workload is None:
        return set()
    kinds = {
        OutputKind.VARIABLE,
        OutputKind.SECURITY_GROUP,
        *([OutputKind.SECRET] if container.is_main else []),
    }
    outputs = manifest.workload.addons.outputs.values()
    return {output.variable for output in outputs if output.variable and output.kind in kinds}


def _injected(manifest: Manifest, container: Container) -> Iterator[str]:
    """The names that depend on the rest of the manifest."""
    if manifest.kind == WORKER:
        yield "COPILOT_QUEUE_URI"
        if any(_has_own_queue(topic) for topic in manifest.sequence("subscribe", "topics").items):
            yield "COPILOT_TOPIC_QUEUE_URIS"
    if any(True for _ in manifest.http_rules()):
        yield "COPILOT_LB_DNS"
    if manifest.sequence("publish", "topics").items:
        yield "COPILOT_SNS_TOPIC_ARNS"
    mounts = container.mount_points or (container.is_main and manifest.task_volumes)
    if mounts and isinstance(manifest.get("storage", "volumes"), Mapping):
        yield "COPILOT_MOUNT_POINTS"


def _has_own_queue(topic: Node) -> bool:
    queue = topic.get("queue") if isinstance(topic, Mapping) else None
    return isinstance(queue, Mapping) or (isinstance(queue, Scalar) and queue.as_bool is True)
