"""The environment variables of containers, and the files of more of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Node
from sidecar_lint.template.decoding import by_name, scalar, text_of
from sidecar_lint.template.intrinsics import if_, import_value, output_of_addons, ref, sub
from sidecar_lint.template.load_balancer import alb_attribute, has_load_balancer
from sidecar_lint.template.rereading import quoted, unquoted
from sidecar_lint.template.topics import published, with_queue
from sidecar_lint.template.values import Short, Sourced, Value
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.containers.mounts import Mount
    from sidecar_lint.template.stack import Stack

#: Go escapes these in JSON.
_ESCAPES: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
_JSON: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_APPLICATION: Final[Value] = {"Name": "COPILOT_APPLICATION_NAME", "Value": sub("${AppName}")}
_ENVIRONMENT: Final[Value] = {"Name": "COPILOT_ENVIRONMENT_NAME", "Value": sub("${EnvName}")}
_SERVICE: Final[Value] = {"Name": "COPILOT_SERVICE_NAME", "Value": sub("${WorkloadName}")}
_QUEUE: Final[Value] = {"Name": "COPILOT_QUEUE_URI", "Value": ref("EventsQueue")}


def common(stack: Stack) -> list[Value]:
    """What every container but the collector gets."""
    return [
        _APPLICATION,
        {"Name": "COPILOT_SERVICE_DISCOVERY_ENDPOINT", "Value": stack.discovery_endpoint},
        _ENVIRONMENT,
        _SERVICE,
        *from_addons(stack),
        *topic_arns(stack),
        *_queues(stack),
        *_load_balancer(stack),
    ]


def from_addons(stack: Stack) -> Iterator[Value]:
    """The outputs of addons that become variables."""
    for output in stack.addon_outputs(OutputKind.VARIABLE, OutputKind.SECURITY_GROUP):
        yield stack.from_addons({"Name": output.variable, "Value": output_of_addons(output.name)}, output)


def topic_arns(stack: Stack) -> Iterator[Value]:
    """The ARNs of the topics that the workload publishes to, as JSON."""
    topics = published(stack)
    if topics:
        account = stack.account
        prefix = f"arn:{account.partition}:sns:{account.region}:{account.id}:{stack.full_name}-"
        # Go escapes what is in the text, but no placeholder: that is not there when Copilot writes it.
        arns = go_json({topic.name: prefix + topic.name for topic in topics})
        arns = arns.replace(prefix.translate(_ESCAPES), prefix)
        yield {"Name": "COPILOT_SNS_TOPIC_ARNS", "Value": quoted(arns, topics[0].node)}


def _queues(stack: Stack) -> Iterator[Value]:
    if not stack.is_worker:
        return
    yield _QUEUE
    topics = with_queue(stack)
    if topics:
        uris = go_json({topic.uri_key: f"${{{topic.url_name}}}" for topic in topics})
        urls = {topic.url_name: ref(topic.queue_id) for topic in topics}
        value = Short("Sub", [quoted(uris, topics[0].node), urls])
        yield {"Name": "COPILOT_TOPIC_QUEUE_URIS", "Value": value}


def _load_balancer(stack: Stack) -> Iterator[Value]:
    if has_load_balancer(stack):
        yield {"Name": "COPILOT_LB_DNS", "Value": alb_attribute(stack, "DNSName")}


def variables(section: Mapping) -> Iterator[Value]:
    """The variables of a container by name."""
    for key, node in by_name(section):
        yield {"Name": unquoted(key), "Value": variable(node)}


def variable(node: Node) -> Value:
    """The value of a variable."""
    export = scalar(node, "from_cfn") if isinstance(node, Mapping) else None
    return import_value(Sourced(export.text, export)) if export else text_of(node)


def mount_points(mounts: list[Mount]) -> Iterator[Value]:
    """Where volumes are mounted, by the name of the volume, as JSON."""
    if mounts:
        paths = {mount.volume.text: mount.path.text for mount in mounts if mount.path and mount.path.text}
        yield {"Name": "COPILOT_MOUNT_POINTS", "Value": quoted(go_json(paths), mounts[0].section)}


def environment_files(condition: str, parameter: str) -> list[Value]:
    """The file of variables that a container may have."""
    return [if_(condition, {"Type": "s3", "Value": ref(parameter)})]


def go_json(values: dict[str, str]) -> str:
    """A map as Go's encoder writes it: sorted and compact, with some characters escaped."""
    return _JSON.encode(values).translate(_ESCAPES)
