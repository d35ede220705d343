"""sidecar-lint: what is wrong with an AWS Copilot manifest, before anything is built.

For programs: `lint_text` and `lint_paths`. For rule authors: `Rule`, `Bad`, and what a rule asks
(`Manifest`, `Document`) and yields (`Finding`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.collector.bindings import content_variable
from sidecar_lint.collector.of_manifest import collectors_of, task_collectors
from sidecar_lint.dates import Calendar, End
from sidecar_lint.files.reading import Reason, Unread
from sidecar_lint.finding import Cause, Edit, Finding, Fix, NewFile, Related, Severity, Stage
from sidecar_lint.firelens.log_output import (
    MISPLACED_OPTIONS,
    LogOption,
    LogOutput,
    is_inherited_option,
    is_misplaced,
    log_output,
    sends_to_itself,
)
from sidecar_lint.firelens.log_router import LogRouter, log_router
from sidecar_lint.firelens.outputs import (
    Demand,
    Grant,
    OutputOption,
    OutputPlugin,
    agent_options,
    generic_options,
    output_names,
    output_plugin,
)
from sidecar_lint.images.contents import has_entrypoint, image_contents, missing_stage
from sidecar_lint.images.files import hidden_files
from sidecar_lint.manifests.cloudwatch_agent import AgentConfiguration, agent_configuration
from sidecar_lint.manifests.containers import ACCESS_KEYS, Container, Secret
from sidecar_lint.manifests.copilot_names import (
    BACKEND,
    COPILOT_RUNTIME,
    ECS_TYPES,
    JOB,
    LOAD_BALANCED,
    LOG_ROUTER,
    REQUEST_DRIVEN,
    STATIC_SITE,
    TRACING_CONTAINER,
    WORKER,
)
from sidecar_lint.manifests.credentials import (
    credentials_in_destination,
    credentials_in_variables,
    names_credential,
)
from sidecar_lint.manifests.field_locations import generic, homes
from sidecar_lint.manifests.image_contents import SHELLS, Contents
from sidecar_lint.manifests.images import (
    ADOT_COLLECTOR,
    APPMESH_ENVOY,
    DATADOG_AGENT,
    XRAY_DAEMON,
    ImageReference,
    is_path,
    nearest_image,
)
from sidecar_lint.manifests.interpolation import PREDEFINED, RUNTIME_ONLY, Use, variables_in
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.manifests.misplaced_fields import (
    Misplaced,
    ignored_by_type,
    meant_field,
    misplaced,
    refused_in,
    sole_fields,
)
from sidecar_lint.manifests.overriding import MisspeltName, misspelt_overrides
from sidecar_lint.manifests.ports import Exposure, Listener, PortMapping, Ports
from sidecar_lint.manifests.schema_check import (
    EmptyUnion,
    TypeMismatch,
    UndecodedField,
    dotted,
    environments_of,
    node_at,
)
from sidecar_lint.manifests.schemas import ENVIRONMENT as ENVIRONMENT_TYPE
from sidecar_lint.manifests.schemas import FILES, PIPELINE, Field, Path, section_names
from sidecar_lint.manifests.secret_paths import SecretPath, secret_path
from sidecar_lint.manifests.task_hosts import DOCKER_HOSTS, Host, TaskHosts
from sidecar_lint.manifests.task_hosts import hosts as hosts_in
from sidecar_lint.manifests.task_sizes import FARGATE_SIZES, LARGEST_CPU, said_sizes
from sidecar_lint.manifests.volumes import FileSystem, Volume
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.phrasing import enumerated
from sidecar_lint.rulebook.lost_fields import (
    Causes,
    if_all_lost,
    lost,
    lost_at,
    lost_below,
    lost_in,
    lost_items,
)
from sidecar_lint.rulebook.option import Option
from sidecar_lint.rulebook.rule import Bad, Rule, quoted
from sidecar_lint.syntax.elsewhere import words as words_elsewhere
from sidecar_lint.syntax.nearest import adds_words, closest, slip, words
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping, is_blank, items_of, maps_of
from sidecar_lint.syntax.scalars import natural
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import SyntaxProblem
from sidecar_lint.template.deployed import (
    api_spellings,
    are_containers_overridden,
    deployed_health_checks,
    deployed_log_output,
    deployed_template,
    deployed_volumes,
    is_container_overridden,
    is_logging_overridden,
    is_overridden,
    is_resource_overridden,
    task_definition_faults,
)
from sidecar_lint.template.generated import generated_template, refusal_stage
from sidecar_lint.template.outcome import Outcome, outcome_of, unquoted, unquoted_key
from sidecar_lint.template.refusal import Refusal
from sidecar_lint.template.router_type import FLUENT_BIT, FLUENTD, router_type
from sidecar_lint.template.secret_access import may_read_other_secrets
from sidecar_lint.workspace.absent import missing_folder, with_slashes
from sidecar_lint.workspace.env_files import EnvFileLine
from sidecar_lint.workspace.env_files import oddities as env_file_oddities
from sidecar_lint.workspace.environment_names import can_name_environment, meant_environment
from sidecar_lint.workspace.workspace import Workload, Workspace

if TYPE_CHECKING:
    from sidecar_lint.collector.certainty import Certainty
    from sidecar_lint.collector.cloudwatch import refusals as cloudwatch_refusals
    from sidecar_lint.collector.collectors import is_collector
    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.collector.identifiers import Id as CollectorId
    from sidecar_lint.collector.size import Size as ConfigurationSize
    from sidecar_lint.collector.structure import CollectorLink, CollectorPipeline
    from sidecar_lint.collector.structure import Component as CollectorComponent
    from sidecar_lint.collector.structure import Structure as CollectorStructure
    from sidecar_lint.collector.task import TaskCollector
    from sidecar_lint.collector.undefined import UndefinedLink, undefined_links
    from sidecar_lint.configuration.file import CheckedConfiguration, ConfigurationFile
    from sidecar_lint.environments.blocks import MASKS as VPC_MASKS
    from sidecar_lint.environments.blocks import block as vpc_block
    from sidecar_lint.environments.blocks import overlaps as overlapping_blocks
    from sidecar_lint.environments.deployments import Deployment, deployments
    from sidecar_lint.environments.manifest import EnvironmentManifest, is_relaxed, is_restrictive
    from sidecar_lint.environments.vpc import SecurityGroupRule, Subnet, Vpc, zones
    from sidecar_lint.firelens.init_files import InitFile, router_init_files
    from sidecar_lint.iam.attachment import (
        INLINE_POLICY,
        MANAGED_POLICY,
        Unattached,
        is_managed_by_aws,
        is_spelt,
        names_owner,
        role_of,
        unattached,
        unattached_in,
        used_resources,
    )
    from sidecar_lint.iam.permissions import Need, allowed_elsewhere, denying, lacking, needs
    from sidecar_lint.iam.policies import is_literal
    from sidecar_lint.lint_files import lint_paths
    from sidecar_lint.linting.engine import lint_text
    from sidecar_lint.linting.report import Report
    from sidecar_lint.manifests.address_range import address_bits, read_range
    from sidecar_lint.manifests.command_words import CommandWords, command_words
    from sidecar_lint.manifests.dependencies import Dependency
    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.manifests.file_variables import FileVariable, file_variables
    from sidecar_lint.manifests.health_checks import HealthCheckCommand, ProgramCall, health_check_command
    from sidecar_lint.manifests.load_balancing import (
        alias_names,
        has_alias,
        is_written,
        named_aliases,
        source_ips,
    )
    from sidecar_lint.manifests.manifest import Document, document_of
    from sidecar_lint.manifests.named_files import NamedFile, unread_files
    from sidecar_lint.manifests.scaling import METRICS as SCALING_METRICS
    from sidecar_lint.manifests.scaling import PERCENTAGES as SCALING_PERCENTAGES
    from sidecar_lint.manifests.scaling import Scaling
    from sidecar_lint.manifests.shell_words import UnterminatedError, shell_words
    from sidecar_lint.pipelines.in_workspace import pipelines_by_name
    from sidecar_lint.pipelines.pipeline import Action, Pipeline, PipelineStage
    from sidecar_lint.pipelines.pipeline import cycle as deployment_cycle
    from sidecar_lint.pipelines.pipeline import unread_files as unread_files_of_pipeline
    from sidecar_lint.pipelines.source import (
        BITBUCKET,
        CODECOMMIT,
        PipelineSource,
        has_owner,
        is_bitbucket,
        is_codecommit,
        is_github,
    )
    from sidecar_lint.pipelines.source import PROVIDERS as SOURCE_PROVIDERS
    from sidecar_lint.pipelines.source import TOKEN as SOURCE_TOKEN
    from sidecar_lint.pipelines.source import is_text as is_yaml_text
    from sidecar_lint.secrets.in_workspace import secret_inputs_of
    from sidecar_lint.secrets.secret_input import SecretInput, SecretValue
    from sidecar_lint.suppressions.suppression import Suppression
    from sidecar_lint.suppressions.suppressions import Suppressed, Suppressions
    from sidecar_lint.template.functions import OwnerFunctions, function_gaps, functions_beside, functions_of
    from sidecar_lint.template.part import Part
    from sidecar_lint.template.patches import Patches, UnappliedPatch
    from sidecar_lint.template.patching import PatchFault
    from sidecar_lint.template.schedule import (
        ScheduleError,
        is_cron,
        timeout_problem,
    )
    from sidecar_lint.template.schedule import expression as schedule_expression
    from sidecar_lint.template.task_definition_model import TaskDefinitionFault
    from sidecar_lint.template.template import GeneratedTemplate
    from sidecar_lint.workspace.addons import (
        PARAMETERS_FILES,
        AddonOutput,
        Addons,
        Conflict,
        Definition,
        OutputKind,
        Template,
        is_parameters_file,
        is_template,
        meant_section,
    )
    from sidecar_lint.workspace.addons import RESERVED as RESERVED_PARAMETERS
    from sidecar_lint.workspace.addons import SECTIONS as ADDON_SECTIONS
    from sidecar_lint.workspace.cloudformation import Call, calls, intrinsic_function, references
    from sidecar_lint.workspace.files import Files
    from sidecar_lint.workspace.patches import OPERATIONS as PATCH_OPERATIONS
    from sidecar_lint.workspace.patches import PATCHES as PATCHES_FILE
    from sidecar_lint.workspace.patches import Patch
    from sidecar_lint.workspace.resource_types import meant_resource_type

#: Every type of workload, spelt as `type` must spell it.
WORKLOAD_TYPES = tuple(FILES)

__version__ = "0.1.0"

__all__ = [
    "ACCESS_KEYS",
    "ADDON_SECTIONS",
    "ADOT_COLLECTOR",
    "APPMESH_ENVOY",
    "BACKEND",
    "BITBUCKET",
    "CODECOMMIT",
    "COPILOT_RUNTIME",
    "DATADOG_AGENT",
    "DOCKER_HOSTS",
    "ECS_TYPES",
    "ENVIRONMENT_TYPE",
    "FARGATE_SIZES",
    "FLUENTD",
    "FLUENT_BIT",
    "INLINE_POLICY",
    "JOB",
    "LARGEST_CPU",
    "LOAD_BALANCED",
    "LOG_ROUTER",
    "MANAGED_POLICY",
    "MISPLACED_OPTIONS",
    "PARAMETERS_FILES",
    "PATCHES_FILE",
    "PATCH_OPERATIONS",
    "PIPELINE",
    "PREDEFINED",
    "REQUEST_DRIVEN",
    "RESERVED_PARAMETERS",
    "RUNTIME_ONLY",
    "SCALING_METRICS",
    "SCALING_PERCENTAGES",
    "SHELLS",
    "SOURCE_PROVIDERS",
    "SOURCE_TOKEN",
    "STATIC_SITE",
    "TRACING_CONTAINER",
    "VPC_MASKS",
    "WORKER",
    "WORKLOAD_TYPES",
    "XRAY_DAEMON",
    "Action",
    "AddonOutput",
    "Addons",
    "AgentConfiguration",
    "Bad",
    "Calendar",
    "Call",
    "Cause",
    "Causes",
    "Certainty",
    "CheckedConfiguration",
    "CollectorComponent",
    "CollectorId",
    "CollectorLink",
    "CollectorPipeline",
    "CollectorStructure",
    "CommandWords",
    "Configuration",
    "ConfigurationFile",
    "ConfigurationSize",
    "Conflict",
    "Container",
    "Contents",
    "Definition",
    "Demand",
    "Dependency",
    "Deployment",
    "Document",
    "Edit",
    "EmptyUnion",
    "End",
    "EnvFileLine",
    "EnvironmentManifest",
    "Exposure",
    "Field",
    "FileSystem",
    "FileVariable",
    "Files",
    "Finding",
    "Fix",
    "GeneratedTemplate",
    "Grant",
    "HealthCheckCommand",
    "Host",
    "ImageReference",
    "InitFile",
    "Listener",
    "LogOption",
    "LogOutput",
    "LogRouter",
    "Manifest",
    "ManifestFile",
    "Mapping",
    "Misplaced",
    "MisspeltName",
    "NamedFile",
    "NamedTuple",
    "Need",
    "NewFile",
    "Node",
    "Option",
    "Outcome",
    "OutputKind",
    "OutputOption",
    "OutputPlugin",
    "OwnerFunctions",
    "Part",
    "Patch",
    "PatchFault",
    "Patches",
    "Path",
    "Pipeline",
    "PipelineSource",
    "PipelineStage",
    "PortMapping",
    "Ports",
    "ProgramCall",
    "Reason",
    "Refusal",
    "Related",
    "Report",
    "Rule",
    "Scalar",
    "Scaling",
    "ScheduleError",
    "Secret",
    "SecretInput",
    "SecretPath",
    "SecretValue",
    "SecurityGroupRule",
    "Sequence",
    "Severity",
    "Span",
    "Stage",
    "Subnet",
    "Suppressed",
    "Suppression",
    "Suppressions",
    "SyntaxProblem",
    "TaskCollector",
    "TaskDefinitionFault",
    "TaskHosts",
    "Template",
    "TypeMismatch",
    "UnappliedPatch",
    "Unattached",
    "UndecodedField",
    "UndefinedLink",
    "Unread",
    "UnterminatedError",
    "Use",
    "Volume",
    "Vpc",
    "Workload",
    "Workspace",
    "address_bits",
    "adds_words",
    "agent_configuration",
    "agent_options",
    "alias_names",
    "allowed_elsewhere",
    "api_spellings",
    "are_containers_overridden",
    "as_mapping",
    "calls",
    "can_name_environment",
    "closest",
    "cloudwatch_refusals",
    "collectors_of",
    "command_words",
    "content_variable",
    "credentials_in_destination",
    "credentials_in_variables",
    "denying",
    "deployed_health_checks",
    "deployed_log_output",
    "deployed_template",
    "deployed_volumes",
    "deployment_cycle",
    "deployments",
    "document_of",
    "dotted",
    "enumerated",
    "env_file_oddities",
    "environments_of",
    "file_variables",
    "function_gaps",
    "functions_beside",
    "functions_of",
    "generated_template",
    "generic",
    "generic_options",
    "has_alias",
    "has_entrypoint",
    "has_owner",
    "health_check_command",
    "hidden_files",
    "homes",
    "hosts_in",
    "if_all_lost",
    "ignored_by_type",
    "image_contents",
    "intrinsic_function",
    "is_bitbucket",
    "is_blank",
    "is_codecommit",
    "is_collector",
    "is_container_overridden",
    "is_cron",
    "is_github",
    "is_inherited_option",
    "is_literal",
    "is_logging_overridden",
    "is_managed_by_aws",
    "is_misplaced",
    "is_overridden",
    "is_parameters_file",
    "is_path",
    "is_relaxed",
    "is_resource_overridden",
    "is_restrictive",
    "is_spelt",
    "is_template",
    "is_written",
    "is_yaml_text",
    "items_of",
    "lacking",
    "lint_paths",
    "lint_text",
    "log_output",
    "log_router",
    "lost",
    "lost_at",
    "lost_below",
    "lost_in",
    "lost_items",
    "maps_of",
    "may_read_other_secrets",
    "meant_environment",
    "meant_field",
    "meant_resource_type",
    "meant_section",
    "misplaced",
    "missing_folder",
    "missing_stage",
    "misspelt_overrides",
    "named_aliases",
    "names_credential",
    "names_owner",
    "natural",
    "nearest_image",
    "needs",
    "node_at",
    "outcome_of",
    "output_names",
    "output_plugin",
    "overlapping_blocks",
    "pipelines_by_name",
    "quoted",
    "read_range",
    "references",
    "refusal_stage",
    "refused_in",
    "role_of",
    "router_init_files",
    "router_type",
    "said_sizes",
    "schedule_expression",
    "secret_inputs_of",
    "secret_path",
    "section_names",
    "sends_to_itself",
    "shell_words",
    "slip",
    "sole_fields",
    "source_ips",
    "task_collectors",
    "task_definition_faults",
    "timeout_problem",
    "unattached",
    "unattached_in",
    "undefined_links",
    "unquoted",
    "unquoted_key",
    "unread_files",
    "unread_files_of_pipeline",
    "used_resources",
    "variables_in",
    "vpc_block",
    "with_slashes",
    "words",
    "words_elsewhere",
    "zones",
]

_LATER = {
    "VPC_MASKS": "sidecar_lint.environments.blocks:MASKS",
    "vpc_block": "sidecar_lint.environments.blocks:block",
    "overlapping_blocks": "sidecar_lint.environments.blocks:overlaps",
    "SecurityGroupRule": "sidecar_lint.environments.vpc",
    "Subnet": "sidecar_lint.environments.vpc",
    "Vpc": "sidecar_lint.environments.vpc",
    "zones": "sidecar_lint.environments.vpc",
    "address_bits": "sidecar_lint.manifests.address_range",
    "read_range": "sidecar_lint.manifests.address_range",
    "pipelines_by_name": "sidecar_lint.pipelines.in_workspace",
    "deployment_cycle": "sidecar_lint.pipelines.pipeline:cycle",
    "BITBUCKET": "sidecar_lint.pipelines.source",
    "CODECOMMIT": "sidecar_lint.pipelines.source",
    "PipelineSource": "sidecar_lint.pipelines.source",
    "has_owner": "sidecar_lint.pipelines.source",
    "is_bitbucket": "sidecar_lint.pipelines.source",
    "is_codecommit": "sidecar_lint.pipelines.source",
    "is_github": "sidecar_lint.pipelines.source",
    "SOURCE_PROVIDERS": "sidecar_lint.pipelines.source:PROVIDERS",
    "SOURCE_TOKEN": "sidecar_lint.pipelines.source:TOKEN",
    "is_yaml_text": "sidecar_lint.pipelines.source:is_text",
    "Files": "sidecar_lint.workspace.files",
    "Certainty": "sidecar_lint.collector.certainty",
    "CheckedConfiguration": "sidecar_lint.configuration.file",
    "CollectorComponent": "sidecar_lint.collector.structure:Component",
    "CollectorId": "sidecar_lint.collector.identifiers:Id",
    "CollectorLink": "sidecar_lint.collector.structure",
    "CollectorPipeline": "sidecar_lint.collector.structure",
    "CollectorStructure": "sidecar_lint.collector.structure:Structure",
    "Configuration": "sidecar_lint.collector.configuration",
    "ConfigurationSize": "sidecar_lint.collector.size:Size",
    "ConfigurationFile": "sidecar_lint.configuration.file",
    "Deployment": "sidecar_lint.environments.deployments",
    "Document": "sidecar_lint.manifests.manifest",
    "GeneratedTemplate": "sidecar_lint.template.template",
    "ManifestFile": "sidecar_lint.manifests.file",
    "OwnerFunctions": "sidecar_lint.template.functions",
    "PatchFault": "sidecar_lint.template.patching",
    "Patches": "sidecar_lint.template.patches",
    "Part": "sidecar_lint.template.part",
    "Report": "sidecar_lint.linting.report",
    "ScheduleError": "sidecar_lint.template.schedule",
    "TaskCollector": "sidecar_lint.collector.task",
    "TaskDefinitionFault": "sidecar_lint.template.task_definition_model",
    "Suppressed": "sidecar_lint.suppressions.suppressions",
    "Suppression": "sidecar_lint.suppressions.suppression",
    "Suppressions": "sidecar_lint.suppressions.suppressions",
    "UnappliedPatch": "sidecar_lint.template.patches",
    "cloudwatch_refusals": "sidecar_lint.collector.cloudwatch:refusals",
    "deployments": "sidecar_lint.environments.deployments",
    "function_gaps": "sidecar_lint.template.functions",
    "functions_beside": "sidecar_lint.template.functions",
    "document_of": "sidecar_lint.manifests.manifest",
    "secret_inputs_of": "sidecar_lint.secrets.in_workspace",
    "functions_of": "sidecar_lint.template.functions",
    "is_collector": "sidecar_lint.collector.collectors",
    "lint_paths": "sidecar_lint.lint_files",
    "lint_text": "sidecar_lint.linting.engine",
    "schedule_expression": "sidecar_lint.template.schedule:expression",
    "timeout_problem": "sidecar_lint.template.schedule",
    "SCALING_METRICS": "sidecar_lint.manifests.scaling:METRICS",
    "SCALING_PERCENTAGES": "sidecar_lint.manifests.scaling:PERCENTAGES",
    "Scaling": "sidecar_lint.manifests.scaling",
    "alias_names": "sidecar_lint.manifests.load_balancing",
    "has_alias": "sidecar_lint.manifests.load_balancing",
    "is_written": "sidecar_lint.manifests.load_balancing",
    "named_aliases": "sidecar_lint.manifests.load_balancing",
    "source_ips": "sidecar_lint.manifests.load_balancing",
    "is_cron": "sidecar_lint.template.schedule",
    "Dependency": "sidecar_lint.manifests.dependencies",
    "CommandWords": "sidecar_lint.manifests.command_words",
    "command_words": "sidecar_lint.manifests.command_words",
    "UnterminatedError": "sidecar_lint.manifests.shell_words",
    "shell_words": "sidecar_lint.manifests.shell_words",
    "HealthCheckCommand": "sidecar_lint.manifests.health_checks",
    "ProgramCall": "sidecar_lint.manifests.health_checks",
    "health_check_command": "sidecar_lint.manifests.health_checks",
    "NamedFile": "sidecar_lint.manifests.named_files",
    "FileVariable": "sidecar_lint.manifests.file_variables",
    "file_variables": "sidecar_lint.manifests.file_variables",
    "unread_files": "sidecar_lint.manifests.named_files",
    "unread_files_of_pipeline": "sidecar_lint.pipelines.pipeline:unread_files",
    "UndefinedLink": "sidecar_lint.collector.undefined",
    "undefined_links": "sidecar_lint.collector.undefined",
    "EnvironmentManifest": "sidecar_lint.environments.manifest",
    "is_relaxed": "sidecar_lint.environments.manifest",
    "is_restrictive": "sidecar_lint.environments.manifest",
    "InitFile": "sidecar_lint.firelens.init_files",
    "router_init_files": "sidecar_lint.firelens.init_files",
    "INLINE_POLICY": "sidecar_lint.iam.attachment",
    "MANAGED_POLICY": "sidecar_lint.iam.attachment",
    "Unattached": "sidecar_lint.iam.attachment",
    "is_managed_by_aws": "sidecar_lint.iam.attachment",
    "is_spelt": "sidecar_lint.iam.attachment",
    "names_owner": "sidecar_lint.iam.attachment",
    "role_of": "sidecar_lint.iam.attachment",
    "unattached": "sidecar_lint.iam.attachment",
    "unattached_in": "sidecar_lint.iam.attachment",
    "used_resources": "sidecar_lint.iam.attachment",
    "Need": "sidecar_lint.iam.permissions",
    "allowed_elsewhere": "sidecar_lint.iam.permissions",
    "denying": "sidecar_lint.iam.permissions",
    "lacking": "sidecar_lint.iam.permissions",
    "needs": "sidecar_lint.iam.permissions",
    "is_literal": "sidecar_lint.iam.policies",
    "Action": "sidecar_lint.pipelines.pipeline",
    "Pipeline": "sidecar_lint.pipelines.pipeline",
    "PipelineStage": "sidecar_lint.pipelines.pipeline",
    "SecretInput": "sidecar_lint.secrets.secret_input",
    "SecretValue": "sidecar_lint.secrets.secret_input",
    "PARAMETERS_FILES": "sidecar_lint.workspace.addons",
    "AddonOutput": "sidecar_lint.workspace.addons",
    "Addons": "sidecar_lint.workspace.addons",
    "Conflict": "sidecar_lint.workspace.addons",
    "Definition": "sidecar_lint.workspace.addons",
    "OutputKind": "sidecar_lint.workspace.addons",
    "Template": "sidecar_lint.workspace.addons",
    "is_parameters_file": "sidecar_lint.workspace.addons",
    "is_template": "sidecar_lint.workspace.addons",
    "meant_section": "sidecar_lint.workspace.addons",
    "RESERVED_PARAMETERS": "sidecar_lint.workspace.addons:RESERVED",
    "ADDON_SECTIONS": "sidecar_lint.workspace.addons:SECTIONS",
    "Call": "sidecar_lint.workspace.cloudformation",
    "calls": "sidecar_lint.workspace.cloudformation",
    "intrinsic_function": "sidecar_lint.workspace.cloudformation",
    "references": "sidecar_lint.workspace.cloudformation",
    "PATCH_OPERATIONS": "sidecar_lint.workspace.patches:OPERATIONS",
    "PATCHES_FILE": "sidecar_lint.workspace.patches:PATCHES",
    "Patch": "sidecar_lint.workspace.patches",
    "meant_resource_type": "sidecar_lint.workspace.resource_types",
}


def __getattr__(name: str) -> object:
    """Import what few rules need, and what loads the rules, which import this module, when it is asked for."""
    if name in _LATER:
        from importlib import import_module

        module, _, attribute = _LATER[name].partition(":")
        found = globals()[name] = getattr(import_module(module), attribute or name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
