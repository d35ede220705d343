"""CloudFormation's intrinsic functions, spelt as Copilot's templates spell them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sidecar_lint.template.values import Short, Value


@lru_cache(maxsize=1024)
def ref(name: str) -> Short:
    """`!Ref`: a parameter, or the id of a resource."""
    return Short("Ref", name)


@lru_cache(maxsize=1024)
def sub(text: str) -> Short:
    """`!Sub`: a text with `${…}` in it."""
    return Short("Sub", text)


@lru_cache(maxsize=1024)
def get_att(attribute: str) -> Short:
    """`!GetAtt`: `Resource.Attribute`."""
    return Short("GetAtt", attribute)


def output_of_addons(name: str) -> Value:
    """An output of the stack of addons."""
    return {"Fn::GetAtt": ["AddonsStack", f"Outputs.{name}"]}


def join(separator: str, *parts: Value) -> Short:
    """`!Join` of parts."""
    return Short("Join", [separator, list(parts)])


def if_(condition: str, value: Value, otherwise: Value = None) -> Short:
    """`!If` a condition holds; otherwise nothing, unless that is given."""
    return Short("If", [condition, value, NO_VALUE if otherwise is None else otherwise])


def import_value(export: Value) -> Value:
    """The value of another stack's export."""
    return {"Fn::ImportValue": export}


def exported(name: str) -> Value:
    """What the environment's stack exports under a name."""
    return import_value(sub("${AppName}-${EnvName}-" + name))


def split(text: Value) -> Value:
    """A list that is written with commas."""
    return {"Fn::Split": [",", text]}


#: As if the property were not there.
NO_VALUE: Final = ref("AWS::NoValue")
APPLICATION: Final = ref("AppName")
ENVIRONMENT: Final = ref("EnvName")
WORKLOAD: Final = ref("WorkloadName")
#: What the name of an ARN begins with: `arn:${AWS::Partition}:` and the rest as the service wants it.
ARN: Final = "arn:${AWS::Partition}:"
CLUSTER: Final = exported("ClusterId")
VPC: Final = exported("VpcId")
#: `application-environment-workload`.
FULL_NAME: Final = (APPLICATION, "-", ENVIRONMENT, "-", WORKLOAD)
