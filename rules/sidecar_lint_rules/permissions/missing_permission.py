from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import count
from typing import Final

from sidecar_lint import (
    RESERVED_PARAMETERS,
    Addons,
    Bad,
    Definition,
    Finding,
    Fix,
    Manifest,
    Need,
    NewFile,
    Related,
    Rule,
    Severity,
    Stage,
    denying,
    enumerated,
    lacking,
    needs,
)

#: What may be allowed by the policy of the domain itself, and often is.
_BY_THE_RESOURCE: Final = ("es:",)
#: What belongs to the usual policy for X-Ray: sampling rules, and how the sender itself is doing.
_XRAY: Final = (
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
)
#: As Copilot writes them into the addons that it makes: files with the same parameters can be merged.
_DESCRIPTIONS: Final = {
    "App": "Your application's name.",
    "Env": "The environment name your service, job, or workflow is being deployed to.",
    "Name": "Your workload's name.",
}


class MissingPermission(Rule):
    """Something in the task calls AWS, and the task role does not allow it.

    Containers act with the permissions of the task role. Copilot gives that role little: what
    `exec`, `observability.tracing`, EFS volumes and `publish` need. For everything else the role
    has the managed policies of the workload's `addons/`; those of environments never reach it.

    What this rule knows of is the output of `logging.destination`, X-Ray daemons, and collectors
    whose configuration is known. It is silent where the role may be another one, or a policy cannot
    be evaluated before CloudFormation does. A permission under a condition or for some resources
    counts as one.
    """

    code, name = "SL801", "missing-permission"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "AWS denies the calls, and what was to be sent does not arrive"
    sources = (
        "templates/workloads/partials/cf/taskrole.yml",
        "internal/pkg/addon/output.go",
        "IAM user guide: policy evaluation logic",
    )
    good = (
        """
        logging:
          destination: {Name: firehose, region: eu-west-1, delivery_stream: logs}
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement: {Effect: Allow, Action: 'firehose:Put*', Resource: !Sub 'arn:aws:firehose:${App}'}
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
        """
        observability: {tracing: awsxray}
        sidecars:
          xray: {image: amazon/aws-xray-daemon, port: 2000/udp}
        # file: copilot/.workspace
        application: shop
        """,
        "logging:\n  destination: {Name: firehose, region: eu-west-1, delivery_stream: logs}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: firehose
            #         ^^^^^^^^ SL801
                region: eu-west-1
                delivery_stream: logs
            # file: copilot/.workspace
            application: shop
            """,
            fixed="              - firehose:PutRecordBatch\n",
        ),
        Bad(
            """
            sidecars:
              xray:
                image: public.ecr.aws/xray/aws-xray-daemon:3.3.13
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL801
                port: 2000/udp
            # file: copilot/.workspace
            application: shop
            """,
            fixed="              - xray:PutTraceSegments\n",
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10
              variables: {aws_fluent_bit_init_s3_1: 'arn:aws:s3:::configs/extra.conf'}
            #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL801
            # file: copilot/.workspace
            application: shop
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Policy:
                Type: AWS::IAM::ManagedPolicy
                Properties: {PolicyDocument: {Statement: {Effect: Deny, Action: 's3:*', Resource: '*'}}}
            Outputs: {PolicyArn: {Value: !Ref Policy}}
            """
        ),
        Bad(
            """
            logging: {destination: {Name: firehose, region: eu-west-1, delivery_stream: logs}}
            #                             ^^^^^^^^ SL801
            # file: copilot/.workspace
            application: shop
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {LogRouterPolicy: {Type: 'AWS::SNS::Topic'}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.workload is None:
            return
        found = tuple(needs(manifest))
        policies = _policies(found, manifest.workload.addons)
        for need in _together(found):
            missing = lacking(manifest, need.actions)
            if missing:
                message = f"the task role lacks {', '.join(missing)}: {need.why}"
                denial = denying(manifest, missing)
                if denial:
                    yield self._denied(need, message, denial)
                else:
                    yield self._lacking(need, message, policies[need.container])

    def _denied(self, need: Need, message: str, policy: Definition) -> Finding:
        source = policy.template.source
        help_ = f"take them out of the `Deny` of {policy.name!r} in {source.path}: it wins over every `Allow`"
        related = (Related(policy.key.span, "denied here", source),)
        return self.finding(
            need.node, message, help=help_, effect=need.effect or self.effect, related=related
        )

    def _lacking(self, need: Need, message: str, policy: _Policy) -> Finding:
        path, text = policy.addons.path(policy.file), policy.text
        return self.finding(
            need.node,
            message,
            help=f"write {path}:\n{text.rstrip()}",
            effect=need.effect or self.effect,
            severity=None if _is_sure(need) else Severity.INFO,
            fixes=(Fix(f"write {path}", (), new_files=(NewFile(path, text),)),),
        )


def _is_sure(need: Need) -> bool:
    """Whether nothing but a policy of the role can allow it."""
    return not all(action.startswith(_BY_THE_RESOURCE) for action in need.actions)


def _together(found: Iterable[Need]) -> Iterator[Need]:
    """What one container needs is told once, with all of it, where the same comes of it."""
    groups: dict[tuple[object, ...], list[Need]] = {}
    for need in found:
        groups.setdefault((need.container, need.node.span, need.effect, _is_sure(need)), []).append(need)
    for first, *others in groups.values():
        actions = dict.fromkeys(action for need in (first, *others) for action in need.actions)
        why = enumerated(dict.fromkeys(need.why for need in (first, *others)), "; ")
        yield first._replace(actions=tuple(actions), why=why)


def _policies(found: Iterable[Need], addons: Addons) -> dict[str, _Policy]:
    """For each container a policy for all that it needs."""
    actions: dict[str, set[str]] = {}
    for need in found:
        actions.setdefault(need.container, set()).update(need.actions, need.perhaps)
    return {container: _Policy(container, frozenset(all_), addons) for container, all_ in actions.items()}


class _Policy:
    """What a container needs, as an addon that is not there yet."""

    def __init__(self, container: str, actions: frozenset[str], addons: Addons) -> None:
        self.container = container
        self.actions = actions
        self.addons = addons

    @cached_property
    def file(self) -> str:
        """The name of a file that is not there yet."""
        words = re.findall("[a-z0-9]+", self.container.removeprefix("firelens_").lower())
        stem = "-".join([*words, "policy"])
        names = (f"{stem}{'' if number == 1 else f'-{number}'}.yml" for number in count(1))
        there = frozenset(self.addons.names)
        return next(name for name in names if name not in there)

    @cached_property
    def _name(self) -> str:
        """A logical name that is not in use, nor the output with its ARN."""
        stem = "".join(map(str.capitalize, self.file.removesuffix(".yml").split("-")))
        names = (f"{stem}{'' if number == 1 else number}" for number in count(1))
        addons = self.addons
        free = (name for name in names if name not in addons.resources and name not in addons.parameters)
        return next(name for name in free if f"{name}Arn" not in addons.outputs)

    @cached_property
    def text(self) -> str:
        """The whole template."""
        xray = any(action.startswith("xray:") for action in self.actions)
        actions = sorted({*self.actions, *(_XRAY if xray else ())})
        listed = "".join(f"              - {action}\n" for action in actions)
        return (
            f"# What {self.container or 'the task'} calls. Copilot attaches the policy to the task role.\n"
            f"{_parameters(self.addons)}"
            "Resources:\n"
            f"  {self._name}:\n"
            "    Type: AWS::IAM::ManagedPolicy\n"
            "    Properties:\n"
            "      PolicyDocument:\n"
            "        Version: '2012-10-17'\n"
            "        Statement:\n"
            "          - Effect: Allow\n"
            "            Action:\n"
            f"{listed}"
            "            Resource: '*'\n"
            "Outputs:\n"
            f"  {self._name}Arn:\n"
            f"    Value: !Ref {self._name}\n"
        )


def _parameters(addons: Addons) -> str:
    """The parameters that Copilot asks for, where no other file has them: those may not differ."""
    missing = [name for name in RESERVED_PARAMETERS if name not in addons.parameters]
    entries = (f"  {name}:\n    Type: String\n    Description: {_DESCRIPTIONS[name]}\n" for name in missing)
    return f"Parameters:\n{''.join(entries)}" if missing else ""
