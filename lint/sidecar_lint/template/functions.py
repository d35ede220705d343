"""The Lambda functions in the stacks of a workspace: those of Copilot's own, with the runtimes that they are to have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.environments.in_workspace import environment_files_of
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.copilot_names import COPILOT_RUNTIME
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Scalar
from sidecar_lint.template.patching import patched
from sidecar_lint.template.stack import Stack
from sidecar_lint.template.template import GeneratedTemplate, with_functions
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidecar_lint.environments.manifest import EnvironmentManifest
    from sidecar_lint.manifests.manifest import Document, Manifest
    from sidecar_lint.template.patches import Patches
    from sidecar_lint.template.resource import Resources
    from sidecar_lint.template.values import Value
    from sidecar_lint.workspace.overrides import Overrides
    from sidecar_lint.workspace.patches import Patch, PatchesFile
    from sidecar_lint.workspace.workspace import Workload, Workspace

_FUNCTION: Final = "AWS::Lambda::Function"


class StackFunctions(NamedTuple):
    """The functions of one stack, by logical id, with their runtimes.

    Those that are `sure` are there whatever the account has; those that are `possible` may be.
    """

    sure: dict[str, str]
    possible: dict[str, str]


class OwnerFunctions(NamedTuple):
    """The functions of a workload, or of all environments, by environment; what `overrides` does is in them."""

    overrides: Overrides
    stacks: dict[str, StackFunctions]
    workload: Workload | None = None

    def everywhere(self, is_meant: Callable[[str], bool]) -> dict[str, str]:
        """Those of some runtimes that are in every stack, in the order of the first."""
        if not self.stacks:
            return {}
        first, *others = (stack.sure for stack in self.stacks.values())
        return {
            name: runtime
            for name, runtime in first.items()
            if is_meant(runtime) and all(is_meant(other.get(name, "")) for other in others)
        }

    def somewhere(self, is_meant: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
        """Those of some runtimes that only some stacks have, or may have, with the environments."""
        known, found = set(self.everywhere(is_meant)), dict[str, tuple[str, ...]]()
        for environment, stack in self.stacks.items():
            for name, runtime in stack.possible.items():
                if name not in known and is_meant(runtime):
                    found[name] = (*found.get(name, ()), environment)
        return found


def functions_of(workspace: Workspace) -> tuple[OwnerFunctions, ...]:
    """The functions of every workload and, last, of the environments.

    Those are left out which a CDK application may change; of another Copilot than the last, none is known.
    Raises Postponed.
    """
    return workspace.of_all_workloads(_functions_of) if workspace.has_latest_copilot else ()


def functions_beside(patches: Patches) -> OwnerFunctions | None:
    """The functions of the stacks that some patches change."""
    owned = functions_of(patches.workspace)
    return next((each for each in owned if each.workload is patches.workload), None)


def function_gaps(patches: Patches) -> Iterator[tuple[Patch, tuple[str, ...]]]:
    """The patches of functions of environments that some of these surely do not have, and which those are."""
    if patches.workload is not None or not patches.file.is_readable:
        return
    stacks = of_environments(patches.workspace).stacks
    for patch in patches.file.patches:
        name = patch.steps[1] if patch.steps[:1] == ("Resources",) and patch.steps[2:] else ""
        lacking = tuple(each for each, stack in stacks.items() if name not in stack.possible)
        if name in _OF_ENVIRONMENTS and lacking:
            yield patch, lacking


def _functions_of(workspace: Workspace) -> tuple[OwnerFunctions, ...]:
    made = (workload.once(of_workload).owner for _, workload in sorted(workspace.workloads.items()))
    found = [*(each for each in made if each), of_environments(workspace)]
    return tuple(each for each in found if any(stack.possible for stack in each.stacks.values()))


def runtime_path(name: str = "") -> tuple[str, ...]:
    """The steps to the runtime of a function."""
    return ("Resources", name, "Properties", "Runtime")


class WorkloadFunctions(NamedTuple):
    """The functions of a workload; None where they cannot be known. No file of another has to do with them."""

    owner: OwnerFunctions | None

    def beside(self, workload: Workload) -> WorkloadFunctions:
        """The same once another workload has changed."""
        return WorkloadFunctions(self.owner._replace(workload=workload) if self.owner else None)


def of_workload(workload: Workload) -> WorkloadFunctions:
    """Those of a workload; to be asked `once`."""
    return WorkloadFunctions(_of_workload(workload))


def _of_workload(workload: Workload) -> OwnerFunctions | None:
    document, overrides = document_of(workload), workload.overrides
    if document is None or document.kind is None or not _is_known(overrides):
        return None
    named = tuple(name for name in document.environments if name != ANY_ENVIRONMENT)
    known = workload.workspace.environments
    others = tuple(name for name in known if name not in document.overrides)
    environments = (*named, *others) if known else (ANY_ENVIRONMENT, *named)
    made = ((name, _of_stacks(document, name)) for name in environments)
    stacks = {name: found for name, found in made if found}
    return OwnerFunctions(overrides, stacks, workload) if len(stacks) == len(environments) else None


def _is_known(overrides: Overrides) -> bool:
    """Whether it can be said what a folder of overrides does."""
    return overrides.is_missing or (overrides.file is not None and overrides.file.is_readable)


def _of_stacks(document: Document, environment: str) -> StackFunctions | None:
    """Those of a workload in one environment: what the account has makes no difference to them."""
    manifest = document.by_environment.get(environment) or document.in_environment(environment, {})
    if manifest is None:
        return None
    found = once(manifest, _in_template)
    return StackFunctions(found, found)


def _in_template(manifest: Manifest) -> dict[str, str]:
    stack = Stack(manifest)
    file = manifest.workload.overrides.file if manifest.workload else None
    found = _patched_resources(stack, file) if file else with_functions(stack)
    runtimes = ((name, _runtime(resource)) for name, resource in found)
    return {name: runtime for name, runtime in runtimes if runtime}


def _patched_resources(stack: Stack, file: PatchesFile) -> Resources:
    template = patched(GeneratedTemplate.of(stack), file).template
    yield from ((name, resource.value) for name, resource in template.resources.items())


def _runtime(resource: Value) -> str | None:
    resource = bare(resource)
    if not isinstance(resource, dict) or bare(resource.get("Type")) != _FUNCTION:
        return None
    properties = bare(resource.get("Properties"))
    runtime = bare(properties.get("Runtime")) if isinstance(properties, dict) else None
    return runtime if isinstance(runtime, str) else None


def of_environments(workspace: Workspace) -> OwnerFunctions:
    """Those of the stacks of environments that have a manifest."""
    overrides = workspace.environment_overrides
    if not _is_known(overrides):
        return OwnerFunctions(overrides, {})
    changed = dict(_changed(overrides.file))
    files = environment_files_of(workspace)
    stacks = {name: _of_environment(file.manifest, changed) for name, file in files.items()}
    return OwnerFunctions(overrides, stacks)


def _of_environment(manifest: EnvironmentManifest, changed: dict[str, str]) -> StackFunctions:
    sure = {name: changed.get(name, COPILOT_RUNTIME) for name in _names(manifest, sure=True)}
    return StackFunctions(
        sure, {name: changed.get(name, COPILOT_RUNTIME) for name in _names(manifest, sure=False)}
    )


_OF_DOMAINS: Final = ("CertificateValidationFunction", "CustomDomainFunction", "DNSDelegationFunction")
_OF_ENVIRONMENTS: Final = frozenset(
    ("UniqueJSONValuesFunction", "CertificateReplicatorFunction", "BucketCleanerFunction", *_OF_DOMAINS)
)


def _names(manifest: EnvironmentManifest, *, sure: bool) -> Iterator[str]:
    """The functions of an environment, asked of `copilot env package` of 1.34.1.

    Certificates of its own leave out what the application's domain needs; with neither, CloudFront has no
    use for the function that compares names.
    """
    certificates = manifest.public_certificates
    has_certificates = certificates is not None and bool(certificates.items)
    cdn = manifest.has_cdn if sure else manifest.may_have_cdn
    if cdn and (has_certificates or not sure):
        yield "UniqueJSONValuesFunction"
    if cdn and not has_certificates:
        yield "CertificateReplicatorFunction"
    if _keeps_logs(manifest):
        yield "BucketCleanerFunction"
    if not has_certificates:
        yield from _OF_DOMAINS


def _keeps_logs(manifest: EnvironmentManifest) -> bool:
    """Whether Copilot makes a bucket for the access logs of the public load balancer."""
    logs = manifest.get("http", "public", "access_logs")
    if isinstance(logs, Mapping):
        return logs.get("bucket_name") is None
    return isinstance(logs, Scalar) and logs.as_bool is True


def _changed(file: PatchesFile | None) -> Iterator[tuple[str, str]]:
    """The runtimes that patches give to functions of environments."""
    for patch in file.patches if file else ():
        steps = patch.steps
        if steps == runtime_path(*steps[1:2]):
            yield steps[1], patch.value.text if isinstance(patch.value, Scalar) else ""
