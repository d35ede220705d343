"""The template of an environment: what `copilot svc package` and `job package` print, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import (
    BACKEND,
    ECS_TYPES,
    JOB,
    LOAD_BALANCED,
    REQUEST_DRIVEN,
    STATIC_SITE,
    WORKER,
)
from sidecar_lint.manifests.interpolation import APPLICATION, ENVIRONMENT, VARIABLE
from sidecar_lint.template import schedule
from sidecar_lint.template.conditions import conditions
from sidecar_lint.template.intrinsics import WORKLOAD
from sidecar_lint.template.outputs import outputs
from sidecar_lint.template.parameter_values import parameter_values
from sidecar_lint.template.parameters import parameters
from sidecar_lint.template.part import Part, Step
from sidecar_lint.template.refusal import Refusal
from sidecar_lint.template.resource import Resources
from sidecar_lint.template.resources.access_point import access_point
from sidecar_lint.template.resources.addons_stack import addons_stack
from sidecar_lint.template.resources.app_runner_roles import app_runner_roles
from sidecar_lint.template.resources.app_runner_service import app_runner_service
from sidecar_lint.template.resources.autoscaling import autoscaling
from sidecar_lint.template.resources.custom_domain import custom_domain
from sidecar_lint.template.resources.discovery_service import discovery_service
from sidecar_lint.template.resources.env_controller import env_controller
from sidecar_lint.template.resources.event_rule import event_rule
from sidecar_lint.template.resources.execution_role import execution_role
from sidecar_lint.template.resources.load_balancer import (
    load_balancer_rules,
    load_balancer_targets,
    rule_priorities,
)
from sidecar_lint.template.resources.log_group import log_group
from sidecar_lint.template.resources.network_load_balancer import network_load_balancer
from sidecar_lint.template.resources.queues import queues
from sidecar_lint.template.resources.rollback_alarms import rollback_alarms
from sidecar_lint.template.resources.service import service
from sidecar_lint.template.resources.state_machine import state_machine
from sidecar_lint.template.resources.static_site import static_site
from sidecar_lint.template.resources.static_site_assets import static_site_assets
from sidecar_lint.template.resources.static_site_name import static_site_name
from sidecar_lint.template.resources.task_definition import (
    overridden_properties,
    own_properties,
    task_definition,
)
from sidecar_lint.template.resources.task_role import task_role
from sidecar_lint.template.resources.topics import topics
from sidecar_lint.template.resources.vpc_connector import vpc_connector
from sidecar_lint.template.stack import Stack
from sidecar_lint.template.values import (
    Lazy,
    Unquoted,
    Unreadable,
    Value,
    bare,
    plain,
    sourced,
    unquoted_texts,
)

if TYPE_CHECKING:
    from sidecar_lint.template.taskdef_overrides import Overridden, OverridePastMap

Builder = Callable[[Stack], Resources]
#: What makes the resources of each type, in the order of its template.
BUILDERS: Final[dict[str, tuple[Builder, ...]]] = {
    LOAD_BALANCED: (
        log_group,
        task_definition,
        execution_role,
        task_role,
        discovery_service,
        autoscaling,
        rollback_alarms,
        env_controller,
        service,
        load_balancer_targets,
        rule_priorities,
        load_balancer_rules,
        network_load_balancer,
        access_point,
        addons_stack,
        topics,
    ),
    JOB: (
        log_group,
        env_controller,
        task_definition,
        execution_role,
        task_role,
        event_rule,
        state_machine,
        access_point,
        addons_stack,
        topics,
    ),
    REQUEST_DRIVEN: (
        app_runner_roles,
        app_runner_service,
        addons_stack,
        custom_domain,
        topics,
        env_controller,
        vpc_connector,
    ),
    STATIC_SITE: (static_site, static_site_assets, static_site_name, addons_stack),
    BACKEND: (
        log_group,
        task_definition,
        execution_role,
        task_role,
        discovery_service,
        autoscaling,
        load_balancer_targets,
        rule_priorities,
        load_balancer_rules,
        rollback_alarms,
        service,
        access_point,
        addons_stack,
        topics,
        env_controller,
    ),
    WORKER: (
        log_group,
        task_definition,
        execution_role,
        task_role,
        autoscaling,
        rollback_alarms,
        service,
        access_point,
        queues,
        topics,
        addons_stack,
        env_controller,
    ),
}
#: Those of them that make functions, if only for some stacks.
MAKING_FUNCTIONS: Final[frozenset[Builder]] = frozenset(
    (
        autoscaling,
        custom_domain,
        env_controller,
        network_load_balancer,
        rule_priorities,
        static_site_assets,
        static_site_name,
    )
)


#: What a template says of itself: what it is for, and where that runs.
_SUBJECTS: Final = {
    LOAD_BALANCED: "a load balanced web service on Amazon ECS",
    BACKEND: "a backend service on Amazon ECS",
    WORKER: "a worker service on Amazon ECS",
    JOB: "a scheduled job on Amazon ECS",
    REQUEST_DRIVEN: "a request driven web service on AWS App Runner",
    STATIC_SITE: "a static site backed by S3",
}
#: The version of Copilot whose templates these are: the last.
VERSION: Final = "v1.34.1"


class GeneratedTemplate:
    """A template. What nobody asks for is not made.

    `document` is all of it, as a value; patches make other templates of it (`with_document`).
    """

    def __init__(self, stack: Stack, document: Value) -> None:
        self.stack = stack
        self.document = document

    @classmethod
    def of(cls, stack: Stack) -> GeneratedTemplate:
        """What Copilot makes for a stack, before patches are applied."""
        return cls(stack, Lazy(lambda: _document(stack)))

    def with_document(self, document: Value) -> GeneratedTemplate:
        """Another template for the same stack."""
        return GeneratedTemplate(self.stack, document)

    def get(self, *steps: Step) -> Part | None:
        """A value of it, by the way to it; None where there is nothing."""
        return Part(self.document).get(*steps)

    @cached_property
    def resources(self) -> dict[str, Part]:
        """The resources by logical id, in order."""
        section = self.get("Resources")
        return dict(section.items()) if section else {}

    @cached_property
    def containers(self) -> dict[str, Part]:
        """The containers of its task by name, in order; one whose name is a function is left out."""
        containers = self.get("Resources", "TaskDefinition", "Properties", "ContainerDefinitions") or ()
        named = ((self._name(each), each) for each in containers)
        return {name: each for name, each in named if name is not None}

    def _name(self, container: Part) -> str | None:
        """The name of a container: the main one's is a parameter."""
        name = container.get("Name")
        found = name.plain if name else None
        if found == plain(WORKLOAD):
            return self.stack.name
        if isinstance(found, bool):
            return str(found).lower()
        return str(found) if isinstance(found, (str, int, float)) else None

    @cached_property
    def before_overrides(self) -> GeneratedTemplate:
        """The same without `taskdef_overrides`."""
        found = bare(self.document)
        if not isinstance(found, dict) or "TaskDefinition" not in self.resources:
            return self
        definition: dict[str, Value] = {**_entries(self.resources["TaskDefinition"].value)}
        definition["Properties"] = Lazy(lambda: own_properties(self.stack))
        resources = {**_entries(bare(found.get("Resources"))), "TaskDefinition": definition}
        return self.with_document({**found, "Resources": resources})

    @cached_property
    def parameter_values(self) -> dict[str, Part]:
        """What Copilot gives the parameters; a parameter that a patch adds has no value."""
        return {name: Part(value) for name, value in parameter_values(self.stack).items()}

    @property
    def plain(self) -> object:
        """The template as JSON has it."""
        return plain(self.document)

    def unquoted_texts(self) -> Iterator[tuple[tuple[str, ...], Unquoted]]:
        """The texts in it that Copilot writes unquoted, each with the keys above it."""
        return unquoted_texts(self.document)

    @property
    def unreadable(self) -> Iterator[Unreadable]:
        """The texts that break it."""
        return (each for each in sourced(self.document) if isinstance(each, Unreadable))

    @property
    def override_refusals(self) -> tuple[Refusal, ...]:
        """Why Copilot refuses `taskdef_overrides`; it takes them of tasks only."""
        return self._overridden.refusals if self._overridden else ()

    @property
    def stray_overrides(self) -> tuple[OverridePastMap, ...]:
        """What Copilot applies of them where they do not lead."""
        return self._overridden.strays if self._overridden else ()

    @cached_property
    def _overridden(self) -> Overridden | None:
        return overridden_properties(self.stack) if self.stack.kind in ECS_TYPES else None

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why Copilot does not make it, in the order in which it finds out; the first ends it."""
        return tuple(_refusals(self))


def _entries(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _document(stack: Stack) -> dict[str, Value]:
    made: dict[str, Value] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"CloudFormation template that represents {_SUBJECTS[stack.kind]}.",
        "Metadata": {"Version": VERSION, "Manifest": Lazy(lambda: _manifest(stack))},
        "Parameters": Lazy(lambda: parameters(stack)),
        "Conditions": Lazy(lambda: conditions(stack)),
        "Resources": Lazy(lambda: dict(resources(stack))),
    }
    found = outputs(stack)
    return {**made, "Outputs": found} if found else made


def resources(stack: Stack) -> Resources:
    """The resources of a stack by logical id, before patches are applied; most of each is made when it is asked for."""
    for build in BUILDERS[stack.kind]:
        yield from build(stack)


def with_functions(stack: Stack) -> Resources:
    """The functions among them, and what is made together with these."""
    for build in BUILDERS[stack.kind]:
        if build in MAKING_FUNCTIONS:
            yield from build(stack)


def _manifest(stack: Stack) -> str:
    """The whole file, with what is known of its variables filled in.

    Copilot fills in the shell's, too, and indents lists in another way.
    """
    known = {APPLICATION: stack.application, ENVIRONMENT: stack.environment}
    text = stack.manifest.document.source.text
    return VARIABLE.sub(lambda match: match[0] if match[1] else known.get(match[2], match[0]), text)


def _refusals(template: GeneratedTemplate) -> Iterator[Refusal]:
    stack = template.stack
    if stack.is_job:
        yield from schedule.refusals(stack)
    if stack.kind in ECS_TYPES:
        yield from (Refusal(_NO_YAML, each.node) for each in template.unreadable)
        yield from template.override_refusals


_NO_YAML: Final = "apply task definition overrides: unmarshal YAML template"
