"""Which resource of AWS a call is about, against the ARNs that a policy lists.

Sources: Service Authorization Reference (CloudWatch Logs, Data Firehose, Kinesis Data Streams, Managed Service for
Prometheus, S3); IAM user guide: Resource element. `*` in an ARN stands for any text, colons and slashes included.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.workspace.cloudformation import intrinsic_function

if TYPE_CHECKING:
    from sidecar_lint.workspace.addons import Addons

#: Partition, service, region, account and the resource itself, behind `arn`.
_FIELDS: Final = 5
_IN_SUB: Final = r"\$\{(!?)[^${}]*\}"
#: The property that names a resource, and what its ARN has before the name.
_NAMED: Final = {
    "AWS::Kinesis::Stream": ("Name", "kinesis", "stream/"),
    "AWS::KinesisFirehose::DeliveryStream": ("DeliveryStreamName", "firehose", "deliverystream/"),
    "AWS::Logs::LogGroup": ("LogGroupName", "logs", "log-group:"),
    "AWS::S3::Bucket": ("BucketName", "s3", ""),
}


class CallTarget(NamedTuple):
    """What a call is about: a service, its region where that is known, and what its ARN ends in.

    There are several `ends` where policies write it in more than one way, or the call is about parts of it. `name` is
    what the manifest calls it.
    """

    service: str
    ends: tuple[str, ...]
    name: str
    region: str | None = None

    @property
    def arn(self) -> str:
        """How to write it in a policy."""
        middle = "" if self.service == "s3" else f"{self.region or '*'}:*"
        return f"arn:aws:{self.service}:{middle or ':'}:{self.ends[0]}"


def stream(service: str, kind: str, name: str, region: str | None) -> CallTarget:
    """A stream of Kinesis (`stream`), or one of Firehose (`deliverystream`)."""
    return CallTarget(service, (f"{kind}/{name}",), name, region)


def log_group(name: str, region: str | None) -> CallTarget:
    """A log group, and the streams in it."""
    group = f"log-group:{name}"
    return CallTarget("logs", (f"{group}:*", group, f"{group}:log-stream:x"), name, region)


def workspace(identifier: str, region: str | None) -> CallTarget:
    """A workspace of Amazon Managed Service for Prometheus."""
    return CallTarget("aps", (f"workspace/{identifier}",), identifier, region)


def objects(bucket: str, key: str = "*") -> CallTarget:
    """An object in a bucket of S3, or all of them; whose ARN has no region."""
    return CallTarget("s3", (f"{bucket}/{key}",), bucket)


def is_about(resource: Node, target: CallTarget, addons: Addons) -> bool:
    """Whether an item of `Resource` covers a target, or may do so for all we know."""
    pattern = _pattern(resource, addons)
    return pattern is None or any(_matches(pattern, target, end) for end in target.ends)


def _pattern(resource: Node, addons: Addons) -> str | None:
    """The ARN as a pattern, with `*` for what CloudFormation puts in; None where it may be anything."""
    function = intrinsic_function(resource)
    if function is None:
        return resource.text if isinstance(resource, Scalar) else None
    if function == "GetAtt":
        return _of_resource(_argument(resource), addons)
    return _substituted(_argument(resource)) if function == "Sub" else None


def _of_resource(argument: Node | None, addons: Addons) -> str | None:
    """The ARN of a resource of the addons whose name is written."""
    words = argument.items if isinstance(argument, Sequence) else [argument]
    text = ".".join(word.text for word in words if isinstance(word, Scalar))
    name, _, attribute = text.partition(".")
    resource = addons.resources.get(name)
    found = _NAMED.get(resource.text("Type")) if resource and attribute == "Arn" else None
    if resource is None or found is None:
        return None
    field, service, before = found
    named = as_mapping(resource.get("Properties")).get(field)
    called = _pattern(named, addons) if named is not None else None
    return called and f"arn:*:{service}:*:*:{before}{called}{':*' if service == 'logs' else ''}"


def _substituted(argument: Node | None) -> str | None:
    if isinstance(argument, Sequence):
        argument = argument.items[0] if argument.items else None
    if not isinstance(argument, Scalar):
        return None
    return re.sub(_IN_SUB, lambda found: found[0] if found[1] else "*", argument.text)


def _argument(call: Node) -> Node | None:
    if isinstance(call, Mapping) and not call.tag:
        return next(iter(call.entries.values()))
    return call


def _matches(pattern: str, target: CallTarget, end: str) -> bool:
    if end.endswith("/*") and "/" in pattern:  # any object: what a policy says of their names does not count
        pattern = f"{pattern.partition('/')[0]}/*"
    fields = [*pattern.split(":", _FIELDS), *["x"] * _FIELDS]
    known = ["arn", fields[1], target.service, target.region or fields[3], fields[4]]
    if target.service == "s3":  # whose ARNs have neither region nor account
        known[3:] = fields[3:_FIELDS]
    return fnmatchcase(":".join([*known, end]), pattern.replace("[", "[[]"))
