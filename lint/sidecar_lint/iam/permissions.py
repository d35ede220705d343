"""What the containers of a task need in AWS, and what their role allows them in one environment."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.of_manifest import collectors_of
from sidecar_lint.firelens.init_files import router_init_files
from sidecar_lint.firelens.log_output import LogOutput, log_output
from sidecar_lint.firelens.log_router import log_router
from sidecar_lint.iam.arns import CallTarget, is_about, log_group, objects, stream, workspace
from sidecar_lint.iam.policies import UNKNOWN, Access, Statement, access, allow
from sidecar_lint.manifests.cloudwatch_agent import agent_configuration
from sidecar_lint.manifests.copilot_names import JOB, LOG_ROUTER
from sidecar_lint.manifests.images import XRAY_DAEMON
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, Sequence, as_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidecar_lint.collector.needs import About
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.workspace.addons import Addons, Definition

#: Variables with which an AWS SDK takes other credentials than those of the task role.
_CREDENTIALS: Final = frozenset(
    (
        "AWS_ACCESS_KEY_ID",
        "AWS_CONFIG_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_PROFILE",
        "AWS_ROLE_ARN",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
    )
)
#: Arguments of the X-Ray daemon that give it another role, or a file that may.
_DAEMON_ROLE: Final = frozenset(("-r", "--role-arn", "-c", "--config"))
#: Without this no trace arrives. Telemetry about itself and sampling are the rest of its usual policy.
_DAEMON_ACTIONS: Final = ("xray:PutTraceSegments",)
#: It asks in which region a bucket is before it fetches a file from there.
_OF_BUCKETS: Final = "s3:GetBucketLocation"
_INIT_ACTIONS: Final = (_OF_BUCKETS, "s3:GetObject")
#: It makes log groups that are not there, and asks whether they are.
_AGENT_PERHAPS: Final = ("logs:CreateLogGroup", "logs:DescribeLogStreams", "logs:DescribeLogGroups")
#: What Copilot itself allows (templates/workloads/partials/cf/taskrole.yml).
_ALWAYS: Final = Statement("Deny", ("iam:*",))
_EXEC: Final = allow(
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
_TRACING: Final = allow(
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
)
_FILE_SYSTEM: Final = allow("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")
_PUBLISH: Final = allow("sns:Publish")


class Need(NamedTuple):
    """IAM actions that something calls. `node` is what calls them, `why` says so in a few words.

    `container` is the one that makes the calls: what it needs goes into one policy. `perhaps` are
    actions that it calls in some cases only: they are no reason to complain, and belong into a
    policy all the same. `effect` is what happens without them, where that is more than a denial.
    `target` is what the calls are about, where that is known.
    """

    actions: tuple[str, ...]
    node: Node
    why: str
    container: str = ""
    perhaps: tuple[str, ...] = ()
    effect: str = ""
    target: CallTarget | None = None


def log_output_needs(manifest: Manifest) -> Iterator[Need]:
    """What the output of `logging.destination` does."""
    output = log_output(manifest)
    if output and not _has_credentials(manifest, output.section):
        why = f"the output {output.name.text!r} sends the logs"
        yield Need(output.actions(), output.name, why, LOG_ROUTER, target=_log_target(output))


def _log_target(output: LogOutput) -> CallTarget | None:
    """What an output sends the logs to; None where only Fluent Bit knows the name, or what is written is none."""
    region = output.values.get("region")
    match output.plugin.name:
        case "kinesis" | "kinesis_streams" if name := _named(output, "stream"):
            return stream("kinesis", "stream", name, region)
        case "firehose" | "kinesis_firehose" if name := _named(output, "delivery_stream"):
            return stream("firehose", "deliverystream", name, region)
        case "cloudwatch" | "cloudwatch_logs" if name := _named(output, "log_group_name"):
            # The template comes first; `log_group_name` is for logs in which its keys are not.
            is_chosen = "$" in name or "log_group_template" in output.options
            return None if is_chosen else log_group(name, region)
        case "s3" if name := _named(output, "bucket"):
            return objects(name)
        case _:
            return None


def _named(output: LogOutput, option: str) -> str:
    """The name that an option has; empty where it is not known, or an ARN, which is no name."""
    name = output.values.get(option) or ""
    return "" if name.startswith("arn:") else name


def init_needs(manifest: Manifest) -> Iterator[Need]:
    """What the log router's init process does: it fetches configuration files from S3."""
    logging = manifest.mapping("logging") if manifest.firelens else NOTHING
    if logging.get("variables") is None or _has_credentials(manifest, logging):
        return
    files = [file for file in router_init_files(logging) if file.in_s3 and file.is_arn]
    if files and log_router(logging).has_init:
        why = "the log router's init process fetches a configuration file from S3"
        effect = "AWS denies the calls: the log router's init process ends, and every task with it"
        bucket, _, key = files[0].value.text.split(":", 5)[5].partition("/")
        target = objects(bucket, key)
        yield Need(_INIT_ACTIONS, files[0].value, why, LOG_ROUTER, effect=effect, target=target)


def daemon_needs(manifest: Manifest) -> Iterator[Need]:
    """What X-Ray daemons in sidecars do."""
    for sidecar in manifest.sidecars:
        image, reference = sidecar.image, sidecar.image_reference
        if image and reference and reference.kind == XRAY_DAEMON and _uses_task_role(manifest, sidecar):
            yield Need(_DAEMON_ACTIONS, image, "the X-Ray daemon sends traces", sidecar.name)


def agent_needs(manifest: Manifest) -> Iterator[Need]:
    """What CloudWatch agents do, where their configurations are known."""
    for container in manifest.containers.values():
        configuration = agent_configuration(container)
        if configuration and configuration.actions and not _has_credentials(manifest, container.section):
            why = "the CloudWatch agent sends what it collects"
            perhaps = _AGENT_PERHAPS if "logs:PutLogEvents" in configuration.actions else ()
            yield Need(configuration.actions, configuration.node, why, container.name, perhaps)


def collector_needs(manifest: Manifest) -> Iterator[Need]:
    """What the components of collectors do, where their configurations are known; each once."""
    collectors = collectors_of(manifest) if manifest.workload else []
    if not collectors:
        return
    from sidecar_lint.collector.needs import needs as needs_of

    seen: set[tuple[str, str]] = set()
    for collector in collectors:
        container, configuration = collector.container, collector.configuration
        node = container.image or container.key
        if configuration is None or node is None or _has_credentials(manifest, container.section):
            continue
        for calls in configuration.once(needs_of):
            if (container.name, calls.why) not in seen:
                seen.add((container.name, calls.why))
                target = _collector_target(calls.about)
                yield Need(calls.actions, node, calls.why, container.name, calls.perhaps, target=target)


def _collector_target(about: About | None) -> CallTarget | None:
    if about is None:
        return None
    made = {"logs": log_group, "aps": workspace}[about.service]
    return made(about.name, about.region)


#: Where needs come from.
SOURCES: Final[tuple[Callable[[Manifest], Iterable[Need]], ...]] = (
    log_output_needs,
    init_needs,
    daemon_needs,
    agent_needs,
    collector_needs,
)


def needs(manifest: Manifest) -> Iterator[Need]:
    """Everything that the containers of a task are known to need, each with at least one action.

    Taking on another role is none: who may do that is written in that role. Nor is what a container needs that overrides
    change.
    """
    for source in SOURCES:
        for need in source(manifest):
            actions = tuple(action for action in need.actions if action != "sts:AssumeRole")
            if actions and not _is_changed(manifest, need.container):
                yield need._replace(actions=actions)


def _is_changed(manifest: Manifest, container: str) -> bool:
    """Whether overrides make a container do something else."""
    if not manifest.has_overrides:
        return False
    from sidecar_lint.iam.overridden import calls_otherwise

    return calls_otherwise(manifest, container)


def lacking(manifest: Manifest, actions: Iterable[str]) -> tuple[str, ...]:
    """The actions that the task role surely does not have in this environment.

    None of them where that cannot be known: without the folder around the manifest, where overrides may
    change the role, or where a policy is not understood.
    """
    role = once(manifest, _task_role)
    if role is None:
        return ()
    answers = {action: role.access(action) for action in actions}
    if Access.UNKNOWABLE in answers.values():
        return ()
    return tuple(action for action, answer in answers.items() if answer is Access.MISSING)


def denying(manifest: Manifest, actions: Iterable[str]) -> Definition | None:
    """An addon's policy on the task role that denies one of the actions, so that no other can allow it."""
    if manifest.workload is None:
        return None
    return manifest.workload.addons.once(_Denials).of(tuple(actions))


def allowed_elsewhere(manifest: Manifest, need: Need) -> tuple[Statement, ...]:
    """What allows an action that is needed, where all that does so is about other resources; else nothing.

    Nothing as well where a policy, or what it is about, is not understood.
    """
    role = once(manifest, _task_role) if need.target else None
    if role is None or manifest.workload is None or need.target is None:
        return ()
    actions = (action for action in need.actions if action != _OF_BUCKETS)
    found = (role.elsewhere(action, need.target, manifest.workload.addons) for action in actions)
    return next(filter(None, found), ())


class _Denials:
    """The policies on the task role that deny anything."""

    def __init__(self, addons: Addons) -> None:
        from sidecar_lint.iam.attachment import attached, policy_statements

        policies = ((resource, list(policy_statements(resource))) for resource, _ in attached(addons))
        self._policies = [each for each in policies if any(says.effect == "Deny" for says in each[1])]
        self._found: dict[tuple[str, ...], Definition | None] = {}

    def of(self, actions: tuple[str, ...]) -> Definition | None:
        """The first that denies one of some actions."""
        if actions not in self._found:
            found = (policy for policy, says in self._policies if _denies(says, actions))
            self._found[actions] = next(found, None)
        return self._found[actions]


def _denies(says: list[Statement], actions: Iterable[str]) -> bool:
    """Whether one of some actions is denied, whoever allows it."""
    return any(access([allow(action), *says], action) is Access.MISSING for action in actions)


class _Role:
    """What a role may do."""

    def __init__(self, statements: list[Statement]) -> None:
        self._statements = statements
        self._answers: dict[str, Access] = {}

    def access(self, action: str) -> Access:
        """Whether it may do something."""
        if action not in self._answers:
            self._answers[action] = access(self._statements, action)
        return self._answers[action]

    def elsewhere(self, action: str, target: CallTarget, addons: Addons) -> tuple[Statement, ...]:
        """The statements that allow something, where none of them is about a target."""
        covering = ((each, each.covers(action)) for each in self._statements if each.effect != "Deny")
        found = [(each, covers) for each, covers in covering if covers is not False]
        for statement, covers in found:
            if covers is None or statement.effect is None or not statement.resources:
                return ()
            if any(is_about(resource, target, addons) for resource in statement.resources):
                return ()
        return tuple(statement for statement, _ in found)


def _task_role(manifest: Manifest) -> _Role | None:
    """What the policies of the task role say, and those that were surely meant to be among them."""
    from sidecar_lint.iam.attachment import attached, is_managed_by_aws, policy_statements, unattached
    from sidecar_lint.iam.overridden import added_by_overrides

    workload = manifest.workload
    if workload is None or workload.addons.is_opaque or "Resources" in workload.addons.misspelt:
        return None
    added = added_by_overrides(manifest)
    if added is None:
        return None
    role = [*granted_by_copilot(manifest), *added]
    for resource, output in attached(workload.addons):
        conditional = output.definition.get("Condition") is not None
        role += [each._replace(bounded=each.bounded or conditional) for each in policy_statements(resource)]
    # What is wrong with those that were to be attached is for other rules to say.
    role += [UNKNOWN for output in workload.addons.outputs.values() if is_managed_by_aws(output)]
    for missed in unattached(workload.addons):
        role += [each for each in missed.statements if each.effect != "Deny"]
    return _Role(role)


def granted_by_copilot(manifest: Manifest) -> Iterator[Statement]:
    """What Copilot lets the task role do in this environment."""
    yield _ALWAYS
    if _has_exec(manifest):
        yield _EXEC
    if manifest.traces:
        yield _TRACING
    if any(volume.has_file_system for volume in manifest.task_volumes):
        yield _FILE_SYSTEM
    if manifest.sequence("publish", "topics").items:
        yield _PUBLISH


def _has_exec(manifest: Manifest) -> bool:
    """Whether `exec` adds its permissions: a map with anything in it does, `enable: false` too."""
    node = manifest.get("exec") if manifest.kind != JOB else None
    if isinstance(node, Scalar):
        return node.as_bool is True or not node.known
    return isinstance(node, Mapping) and bool(node.entries)


def _uses_task_role(manifest: Manifest, sidecar: Container) -> bool:
    """Whether nothing gives a daemon another role than that of the task."""
    if _has_credentials(manifest, sidecar.section):
        return False
    words = {word for name in ("command", "entrypoint") for word in _words(sidecar.section.get(name))}
    return words.isdisjoint(_DAEMON_ROLE)


def _words(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield from node.text.replace("=", " ").split()
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _words(item)


def _has_credentials(manifest: Manifest, section: Mapping) -> bool:
    """Whether a container gets other credentials than those of the task role, or may."""
    names = {name for field in ("variables", "secrets") for name in as_mapping(section.get(field)).entries}
    workload = manifest.workload
    if workload is None:
        return not names.isdisjoint(_CREDENTIALS)
    names |= workload.addons.once(_credentials)
    env_file = section.get("env_file")
    if isinstance(env_file, Scalar):
        source = workload.files.source(workload.workspace.path(env_file.text)) if env_file.known else None
        if source is None:
            return True
        names |= _credentials_in(source.text)
    return not names.isdisjoint(_CREDENTIALS)


def _credentials(addons: Addons) -> frozenset[str]:
    """Those of the variables with credentials that outputs of addons become."""
    return _CREDENTIALS & {output.variable or "" for output in addons.outputs.values()}


@lru_cache(maxsize=4)  # containers share their files
def _credentials_in(text: str) -> frozenset[str]:
    """Those of the variables with credentials that an environment file sets."""
    return _CREDENTIALS & {line.partition("=")[0].strip() for line in text.splitlines()}
