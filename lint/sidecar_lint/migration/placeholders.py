"""What only AWS knows, and the command that finds each: most of it stands in the task definition of today."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.inventory import Placeholder
from sidecar_lint.migration.migration import EXPORTS, Migration
from sidecar_lint.migration.roles import task_role
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.template.load_balancer import imported
from sidecar_lint.template.placeholders import Steps, placeholder
from sidecar_lint.template.placeholders import placeholders as names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What is made anew, and so is not looked up.
_OWN: Final = {
    "<EXECUTION_ROLE_ARN>": "the execution role that you make",
    "<TASK_ROLE_ARN>": "the task role that you make",
    "<ENV_FILE_BUCKET>": "the bucket that you put the environment files into",
    "<INFRASTRUCTURE_ROLE_ARN>": "the infrastructure role that you make",
    "<TASK_DEFINITION_ARN>": "what aws ecs register-task-definition answers",
}
_UNKNOWN: Final = "what you make yourself"
_KNOWN: Final = {
    "<APPLICATION>": "copilot app ls",
    "<ENVIRONMENT>": "copilot env ls",
    "<ACCOUNT_ID>": "aws sts get-caller-identity --query Account --output text",
    "<CERTIFICATE_ARN>": 'aws acm list-certificates --query "CertificateSummaryList[].[DomainName,CertificateArn]"'
    " --output text",
    "<PARTITION>": "aws sts get-caller-identity --query Arn --output text | cut -d: -f2",
    "<ACCESS_POINT_ARN>": 'aws efs describe-access-points --access-point-id "<ACCESS_POINT>"'
    ' --query "AccessPoints[0].AccessPointArn" --output text',
}
#: What the environment's stack puts out, of what workloads ask for.
_OUTPUTS: Final = (
    "HTTPListenerArn",
    "HTTPSListenerArn",
    "InternalHTTPListenerArn",
    "InternalHTTPSListenerArn",
    "InternalLoadBalancerDNSName",
    "InternalLoadBalancerFullName",
    "InternalLoadBalancerHostedZone",
    "InternalWorkloadsHostedZone",
    "InternalWorkloadsHostedZoneName",
    "ManagedFileSystemID",
    "PublicLoadBalancerDNSName",
    "PublicLoadBalancerFullName",
    "PublicLoadBalancerHostedZone",
)
#: What is asked of a load balancer of the user's: placeholder, field.
_OF_LOAD_BALANCER: Final = {
    "<ALB_DNS_NAME>": "DNSName",
    "<ALB_HOSTED_ZONE_ID>": "CanonicalHostedZoneId",
    "<ALB_SECURITY_GROUP_ID>": "SecurityGroups[0]",
}
_PRIORITY: Final = re.compile(r"<(\w+)_RULE_PRIORITY(?:_\d+)?>")


def placeholders(migration: Migration, names: Iterable[str]) -> Iterator[Placeholder]:
    """Placeholders with what finds each."""
    return (Placeholder(name, command(migration, name), _made(migration, name)) for name in names)


def explained(migration: Migration, name: str) -> str:
    """The command that finds what a placeholder stands for, or what that is."""
    return command(migration, name) or _made(migration, name)


def _made(migration: Migration, name: str) -> str:
    """What is made anew: the roles by the template, unless the files for the API are used."""
    found = _OWN.get(name, _UNKNOWN)
    beside = migration.target is MigrationTarget.ECS and name in ("<EXECUTION_ROLE_ARN>", "<TASK_ROLE_ARN>")
    return f"{found}, where you do not use template.json, which makes it" if beside else found


def command(migration: Migration, name: str) -> str:
    """The command that finds what a placeholder (`<NAME>`) stands for; empty where it is to be made first."""
    if name in _OWN:
        return ""
    if name in _KNOWN:
        return _KNOWN[name]
    if name == "<REGION>":
        return _region(migration)
    steps = migration.places.get(name)
    if steps is not None:
        return _of_task_definition(migration, steps)
    return (
        _of_addons(migration, name)
        or _of_environment(migration, name)
        or _of_imported(migration, name)
        or _priority(name)
        or _of_role(migration, name)
    )


def _region(migration: Migration) -> str:
    """Copilot keeps the region of an environment in a parameter of the application's account."""
    parameter = (
        f"/copilot/applications/{migration.stack.application}/environments/{migration.stack.environment}"
    )
    return f"aws ssm get-parameter --name {shlex.quote(parameter)} --query Parameter.Value --output text"


def _of_task_definition(migration: Migration, steps: Steps) -> str:
    """The same value in the task definition that Copilot has registered."""
    query = f"taskDefinition.{_query(migration.task, steps)}"
    return (
        f"aws ecs describe-task-definition --task-definition {shlex.quote(migration.stack.full_name)}"
        f" --query {_quoted(query)} --output text"
    )


def _of_addons(migration: Migration, name: str) -> str:
    """An output of the stack of the addons that Copilot has made."""
    workload = migration.manifest.workload
    outputs = workload.addons.outputs if workload else {}
    found = next((each for each in outputs if placeholder(f"Addons{each}") == name), None)
    if found is None:
        return ""
    query = f"Stacks[0].Outputs[?OutputKey=={_raw(found)}].OutputValue"
    stack = _physical_id(migration, "AddonsStack")
    return (
        f'aws cloudformation describe-stacks --stack-name "$({stack})" --query {_quoted(query)} --output text'
    )


def _of_environment(migration: Migration, name: str) -> str:
    """What a stack exports or puts out; where the name of an export is not known, all there is to choose from."""
    environment = f"{migration.stack.application}-{migration.stack.environment}"
    for export in EXPORTS:
        if placeholder(export) == name:
            query = f"Exports[?Name=={_raw(f'{environment}-{export}')}].Value"
            return f"aws cloudformation list-exports --query {_quoted(query)} --output text"
    for output in _OUTPUTS:
        if placeholder(output) == name:
            query = f"Stacks[0].Outputs[?OutputKey=={_raw(output)}].OutputValue"
            return (
                f"aws cloudformation describe-stacks --stack-name {shlex.quote(environment)}"
                f" --query {_quoted(query)} --output text"
            )
    if not name.startswith("<EXPORT_"):
        return ""
    return 'aws cloudformation list-exports --query "Exports[].[Name,Value]" --output text'


def _of_imported(migration: Migration, name: str) -> str:
    """What is asked of a load balancer of the user's."""
    own = imported(migration.stack)
    if own is None:
        return ""
    by = "--load-balancer-arns" if own.text.startswith("arn:") else "--names"
    balancer = f"aws elbv2 describe-load-balancers {by} {shlex.quote(own.text)}"
    if name in _OF_LOAD_BALANCER:
        return f'{balancer} --query "LoadBalancers[0].{_OF_LOAD_BALANCER[name]}" --output text'
    for protocol in ("HTTP", "HTTPS"):
        if name == f"<ALB_{protocol}_LISTENER_ARN>":
            arn = f'{balancer} --query "LoadBalancers[0].LoadBalancerArn" --output text'
            query = f"Listeners[?Protocol=='{protocol}'].ListenerArn"
            return (
                f'aws elbv2 describe-listeners --load-balancer-arn "$({arn})" --query "{query}" --output text'
            )
    return ""


def _priority(name: str) -> str:
    """A number that no rule of the listener has."""
    found = _PRIORITY.fullmatch(name)
    if found is None:
        return ""
    return (
        f'aws elbv2 describe-rules --listener-arn "<{found[1]}_ARN>" --query "Rules[].Priority" --output text'
        "  # choose a number that is not there: below Copilot's it takes all of the traffic at once"
    )


def _of_role(migration: Migration, name: str) -> str:
    """The policy of the task role that Copilot has made: what is nowhere else stands there."""
    policies = task_role(migration).policies
    policy = next((each for each in policies if name in names_in(each.document)), None)
    if policy is None:
        return ""
    role = _physical_id(migration, "TaskRole")
    wanted = shlex.quote(policy.name)
    return f'aws iam get-role-policy --role-name "$({role})" --policy-name {wanted} --query PolicyDocument'


def _physical_id(migration: Migration, resource: str) -> str:
    return (
        f"aws cloudformation describe-stack-resource --stack-name {shlex.quote(migration.stack.full_name)}"
        f" --logical-resource-id {resource} --query StackResourceDetail.PhysicalResourceId --output text"
    )


def _quoted(text: str) -> str:
    """An argument for a shell, in double quotes where nothing in these means anything."""
    return shlex.quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


def _query(value: Any, steps: Steps) -> str:
    """A JMESPath to a value; an item of a list is found by its name, as others may stand before it there."""
    made = ""
    for step in steps:
        value = value[step]
        if isinstance(step, str):
            made += f".{step}" if made else step
        elif isinstance(value, dict) and "name" in value:
            made += f"[?name=={_raw(value['name'])}] | [0]"
        else:
            made += f"[{step}]"
    return made


def _raw(text: str) -> str:
    """A raw string of JMESPath."""
    escaped = str(text).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
