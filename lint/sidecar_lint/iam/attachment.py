"""Policies of addons that do not reach the task role, although nothing else can be what they are for.

Copilot attaches a managed policy whose `Ref` is the value of an output, and nothing else
(internal/pkg/addon/output.go).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.iam.policies import Statement, statements
from sidecar_lint.manifests.copilot_names import ECS_TYPES, REQUEST_DRIVEN
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.workspace.addons import AddonOutput, Addons, Definition, OutputKind, Template
from sidecar_lint.workspace.cloudformation import references

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The type of a policy that roles name by its ARN.
MANAGED_POLICY: Final = "AWS::IAM::ManagedPolicy"
#: The type of a policy that names its roles.
INLINE_POLICY: Final = "AWS::IAM::Policy"
ROLE: Final = "AWS::IAM::Role"
_PRINCIPALS: Final = ("Roles", "Users", "Groups")
_TASKS: Final = "ecs-tasks.amazonaws.com"


class Unattached(NamedTuple):
    """A policy or role that the task role does not get, and the output that was to pass it on."""

    resource: Definition
    output: AddonOutput | None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What it would say if it were attached."""
        return tuple(policy_statements(self.resource))

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing, so that nothing is lost with it."""
        document = as_mapping(self.resource.get("Properties")).get("PolicyDocument")
        return self.resource.text("Type") != ROLE and (document is None or not self.statements)


def role_of(addons: Addons) -> str | None:
    """The role that managed policies are attached to; None where there is none, or no such workload."""
    kind = addons.owner.type
    if kind in ECS_TYPES:
        return "task role"
    return "instance role" if kind == REQUEST_DRIVEN else None


def policy_statements(resource: Definition) -> Iterator[Statement]:
    """What the policies of a resource say: its own, or the inline ones of a role."""
    source = resource.template.source
    yield from (each._replace(source=source) for each in _statements(resource))


def _statements(resource: Definition) -> Iterator[Statement]:
    properties = as_mapping(resource.get("Properties"))
    bounded = resource.get("Condition") is not None
    if resource.text("Type") != ROLE:
        yield from statements(properties.get("PolicyDocument"), bounded=bounded)
        return
    inline = properties.get("Policies")
    for policy in inline.items if isinstance(inline, Sequence) else ():
        yield from statements(as_mapping(policy).get("PolicyDocument"), bounded=bounded)


def attached(addons: Addons) -> Iterator[tuple[Definition, AddonOutput]]:
    """The managed policies that the task role gets, each with the output that passes it on."""
    for output in addons.outputs.values():
        if output.kind is OutputKind.POLICY and output.target:
            yield addons.resources[output.target], output


def unattached(addons: Addons) -> tuple[Unattached, ...]:
    """The policies and roles that are surely meant for the task role and do not reach it."""
    return addons.once(_unattached)


def unattached_in(template: Template) -> tuple[Unattached, ...]:
    """Those of them whose output is in a file, or which are there themselves and in no output."""
    return tuple(template.addons.once(_by_file).get(template.name, ()))


def _by_file(addons: Addons) -> dict[str, list[Unattached]]:
    found: dict[str, list[Unattached]] = {}
    for missed in unattached(addons):
        place = missed.output.definition if missed.output else missed.resource
        found.setdefault(place.template.name, []).append(missed)
    return found


def _unattached(addons: Addons) -> tuple[Unattached, ...]:
    return tuple(_missed(addons))


def _missed(addons: Addons) -> Iterator[Unattached]:
    if role_of(addons) is None or addons.is_opaque:
        return
    passed_on = {resource.name for resource, _ in attached(addons)}
    resources = [each for each in addons.resources.values() if each.name not in passed_on]
    candidates = [each for each in resources if each.get("Condition") is None and _is_for_a_task(each)]
    used = addons.once(used_resources) if candidates else ()
    outputs = _mentioned(addons) if candidates else {}
    for resource in candidates:
        wrongly = outputs.get(resource.name, [])
        found = _passed_on_wrongly(resource, wrongly) if resource.name not in used else None
        if found:
            yield found


def is_managed_by_aws(output: AddonOutput) -> bool:
    """Whether an output has the ARN of a policy that AWS manages, which Copilot cannot attach."""
    value = output.definition.get("Value")
    if not isinstance(value, Scalar) or value.tag not in (None, "!Sub"):
        return False
    return re.fullmatch(r"arn:[^:]+:iam::aws:policy/.+", value.text.replace("AWS::", "")) is not None


def used_resources(addons: Addons) -> frozenset[str]:
    """The names of the resources that another resource refers to."""
    every = addons.resources.values()
    return frozenset(name for each in every for name in references(each.node) if name != each.name)


def names_owner(policy: Definition) -> bool:
    """Whether a policy says itself whose it is."""
    properties = as_mapping(policy.get("Properties"))
    return any(properties.get(name) is not None for name in _PRINCIPALS)


def _is_for_a_task(resource: Definition) -> bool:
    """Whether it is a policy for whoever gets it, or a role that a task could have."""
    properties = as_mapping(resource.get("Properties"))
    match resource.text("Type"):
        case "AWS::IAM::ManagedPolicy" | "AWS::IAM::Policy":
            return not names_owner(resource)
        case "AWS::IAM::Role":
            return _TASKS in _texts(properties.get("AssumeRolePolicyDocument"))
        case _:
            return False


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        yield from (text for item in node.items for text in _texts(item))
    elif isinstance(node, Mapping):
        yield from (text for item in node.entries.values() for text in _texts(item))


def _mentioned(addons: Addons) -> dict[str, list[AddonOutput]]:
    """What outputs refer to, or spell where a `Ref` belongs, and which outputs do."""
    found: dict[str, list[AddonOutput]] = {}
    for output in addons.outputs.values():
        value = output.definition.get("Value")
        for name in dict.fromkeys((*references(value), _spelt(value))):
            found.setdefault(name, []).append(output)
    return found


def _passed_on_wrongly(resource: Definition, outputs: list[AddonOutput]) -> Unattached | None:
    """The resource with the first of the outputs that have it; None where it may be for something outside."""
    if any(each.definition.get("Export") is not None for each in outputs):
        return None
    if not outputs and not _is_pointless(resource):
        return None
    return Unattached(resource, outputs[0] if outputs else None)


def _is_pointless(resource: Definition) -> bool:
    """Whether it is for nothing where no output has it: nobody knows its name, and it can be no other's."""
    properties = as_mapping(resource.get("Properties"))
    if resource.text("Type") == MANAGED_POLICY:
        return properties.get("ManagedPolicyName") is None
    return resource.text("Type") == INLINE_POLICY and properties.get("PolicyDocument") is not None


def is_spelt(value: Node | None, name: str) -> bool:
    """Whether a value is the name of a resource as plain text, or a `!Ref` in quotes."""
    return bool(name) and _spelt(value) == name


def _spelt(value: Node | None) -> str:
    """What may be the name of a resource as plain text; empty where there is none."""
    if not isinstance(value, Scalar) or value.tag is not None:
        return ""
    name = re.sub(r"\A!Ref\s+", "", value.text.strip())
    return "" if re.search(r"\s", name) else name
