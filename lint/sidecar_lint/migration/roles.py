"""The two roles of the task, for a role of one's own each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.template.iam import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.migration.migration import Migration

_ARN: Final = "arn:<PARTITION>:"
_HERE: Final = "<REGION>:<ACCOUNT_ID>"
#: What any execution role needs: to pull images from ECR, and to write logs.
_BASE: Final = f"{_ARN}iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
#: An ARN that has no more parts names a secret as a whole.
_PARTS_OF_SECRET: Final = 7
#: Six characters that Secrets Manager adds to a name.
_SUFFIX: Final = "-??????"

Document = dict[str, Any]


class InlinePolicy(NamedTuple):
    """A policy in line with its role."""

    name: str
    document: Document


class IamRole(NamedTuple):
    """A role that ECS tasks may take: its policies, and the ARNs of managed ones."""

    policies: tuple[InlinePolicy, ...]
    managed: tuple[str, ...]


#: Who may take the roles.
TRUST: Final[Document] = {
    "Version": VERSION,
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


def task_role(migration: Migration) -> IamRole:
    """The role of the containers: Copilot's."""
    properties = migration.template.get("Resources", "TaskRole", "Properties")
    made = migration.evaluated(properties.value) if properties else None
    if not isinstance(made, dict):
        return IamRole((), ())
    policies = (
        InlinePolicy(str(each["PolicyName"]), each["PolicyDocument"]) for each in made.get("Policies") or ()
    )
    return IamRole(tuple(policies), tuple(map(str, made.get("ManagedPolicyArns") or ())))


def execution_role(migration: Migration) -> IamRole:
    """The role with which ECS starts the containers: it reads the secrets that there are, by name."""
    policies = (
        ("ReadSecrets", list(_secret_statements(migration))),
        ("ReadEnvironmentFiles", list(_file_statements(migration))),
    )
    made = (InlinePolicy(name, {"Version": VERSION, "Statement": found}) for name, found in policies if found)
    return IamRole(tuple(made), (_BASE,))


def statements(role: IamRole) -> Document:
    """All that the policies in line say, as one document."""
    found = [each for policy in role.policies for each in policy.document["Statement"]]
    return {"Version": VERSION, "Statement": found}


def _secret_statements(migration: Migration) -> Iterator[Document]:
    found = list(dict.fromkeys(_secret_values(migration)))
    secrets = [arn for value in found if _may_be_secret(value) for arn in _secret_arns(value)]
    parameters = [_parameter_arn(value) for value in found if ":secretsmanager:" not in value]
    if parameters:
        yield _allow(["ssm:GetParameters"], parameters)
    if secrets:
        yield _allow(["secretsmanager:GetSecretValue"], secrets)


def _secret_values(migration: Migration) -> Iterator[str]:
    """What secrets, those of log drivers, and credentials of registries come from."""
    for container in migration.containers:
        logs = container.get("logConfiguration") or {}
        for each in (*container.get("secrets", ()), *logs.get("secretOptions", ())):
            if each.get("valueFrom"):
                yield str(each["valueFrom"])
        credentials = (container.get("repositoryCredentials") or {}).get("credentialsParameter")
        if credentials:
            yield str(credentials)


def _may_be_secret(value: str) -> bool:
    """Whether it is of Secrets Manager; what another stack exports, or addons put out, may be of either."""
    return ":secretsmanager:" in value or value.startswith("<")


@cache
def _secret_arns(value: str) -> tuple[str, ...]:
    """A secret by its ARN, with and without the suffix of its name: a text does not tell which it has."""
    if not value.startswith("arn:"):
        return (value,)
    arn = ":".join(value.split(":")[:_PARTS_OF_SECRET])
    return (arn, arn + _SUFFIX)


def _parameter_arn(value: str) -> str:
    if value.startswith(("arn:", "<")):
        return value
    return f"{_ARN}ssm:{_HERE}:parameter/{value.removeprefix('/')}"


def _file_statements(migration: Migration) -> Iterator[Document]:
    found = [
        str(each.get("value", ""))
        for container in migration.containers
        for each in container.get("environmentFiles", ())
    ]
    if found:
        yield _allow(["s3:GetObject"], list(dict.fromkeys(found)))
        yield _allow(["s3:GetBucketLocation"], [f"{_ARN}s3:::<ENV_FILE_BUCKET>"])


def _allow(actions: list[str], resources: list[str]) -> Document:
    return {"Effect": "Allow", "Action": actions, "Resource": resources}
