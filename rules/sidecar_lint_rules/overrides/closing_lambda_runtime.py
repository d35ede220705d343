from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    COPILOT_RUNTIME,
    ECS_TYPES,
    PATCHES_FILE,
    Bad,
    Finding,
    Fix,
    NewFile,
    Node,
    Rule,
    Severity,
    Span,
    Stage,
    Workload,
    Workspace,
    enumerated,
)
from sidecar_lint_rules.overrides._runtimes import closing

if TYPE_CHECKING:
    from sidecar_lint import Document, OwnerFunctions, Patches

#: What a patch replaces.
_RUNTIME: Final = "/Resources/NAME/Properties/Runtime"


class ClosingLambdaRuntime(Rule):
    """Functions that Copilot puts into its stacks are on a runtime that AWS Lambda closes.

    Copilot 1.34.1, the last there will be, writes `nodejs20.x` for every function: the one that asks the
    environment's stack for load balancers (in each service and job on ECS), those for the priorities of rules
    and for autoscaling, and those of environments. From one day on Lambda creates no function on it, from another
    on it updates none: the first stops new workloads and environments, and a first autoscaling; the second stops
    every deployment that changes a function. AWS has moved these days before: `dates:` in the configuration
    takes others, and `sidecar-lint rules --dates` shows what counts.

    A patch gives a function another runtime, and the handlers of Copilot's are written as nodejs24.x wants them
    (`async`). The patches are for all environments, and one of a function that an environment lacks stops its
    deployment (SL840). So the fix, which has to be asked for, patches what all environments have, and the
    finding names the others. Where a CDK application overrides, nothing is said.

    There is one finding a workspace: information until the first day, a warning from then on.
    """

    code, name = "SL845", "closing-lambda-runtime"
    severity, stage = Severity.INFO, Stage.DEPLOY
    effect = "AWS Lambda creates no function on the runtime, and later updates none"
    uses_dates = True
    sources = (
        "AWS Lambda developer guide: Lambda runtimes, as of 2026-11",
        "`copilot svc package` and `copilot env package` of 1.34.1",
    )
    good = (
        """
        name: api
        type: Backend Service
        image: {location: nginx}
        # file: copilot/.workspace
        application: shop
        # file: copilot/api/overrides/cfn.patches.yml
        - op: replace
          path: /Resources/EnvControllerFunction/Properties/Runtime
          value: nodejs24.x
        """,
        """
        name: api
        type: Backend Service
        image: {location: nginx}
        # file: copilot/.workspace
        application: shop
        # file: copilot/api/overrides/cdk.json
        {}
        """,
        """
        name: site
        type: Request-Driven Web Service
        image: {location: nginx, port: 80}
        # file: copilot/.workspace
        application: shop
        """,
    )
    bad = (
        Bad(
            """
            name: api
            type: Backend Service
            #     ^^^^^^^^^^^^^^^ SL845
            image: {location: nginx}
            environments: {prod: {count: {range: 1-3, cpu_percentage: 60}}, test: {count: 1}}
            # file: copilot/.workspace
            application: shop
            """,
            fixed="- op: replace\n  path: /Resources/EnvControllerFunction/Properties/Runtime\n  value: nodejs24.x\n",
        ),
        Bad(
            """
            name: api
            type: Backend Service
            image: {location: nginx}
            # file: copilot/.workspace
            application: shop
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
            ^^^^^^^^^ SL845
              path: /Resources/TaskDefinition/Properties/PidMode
              value: task
            """,
            fixed="  value: task\n- op: replace\n  path: /Resources/EnvControllerFunction/Properties/Runtime\n",
        ),
    )
    also_bad = (
        Bad(
            """
            name: api
            type: Backend Service
            #     ^^^^^^^^^^^^^^^ SL845
            image: {location: nginx}
            # file: copilot/web/manifest.yml
            name: web
            type: Backend Service
            image: {location: nginx}
            # file: copilot/.workspace
            application: shop
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            # file: copilot/.workspace
            application: shop
            # file: copilot/environments/overrides/cfn.patches.yml
            - op: add
            ^^^^^^^^^ SL845
              path: /Metadata/Owner
              value: us
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        workspace = document.workload.workspace if document.workload else None
        if workspace is None or document.type is None or not self._is_closing(COPILOT_RUNTIME):
            return
        if not _may_be_anchor(document, workspace) or not workspace.is_certain:
            return
        from sidecar_lint import functions_of

        functions = functions_of(workspace)
        runtimes = self._closing(functions)
        owners = [each for each in functions if each.overrides.is_missing and _has_any(each, runtimes)]
        if not owners or document.workload is not _anchor(owners, workspace):
            return
        sure = [
            (each.overrides.path(PATCHES_FILE), names)
            for each in owners
            if (names := each.everywhere(runtimes.__contains__))
        ]
        files = tuple(NewFile(path, self._patches(names)) for path, names in sure)
        fixes = (Fix("patch what all environments have", (), new_files=files),) if files else ()
        written = enumerated(f"{path} ({enumerated(names)})" for path, names in sure)
        help_ = f"write {written}, with a `replace` of {_RUNTIME} for each: " if files else ""
        yield self._finding(document.type, owners, runtimes, help_, fixes)

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        from sidecar_lint import functions_beside

        owner = functions_beside(patches)
        runtimes = self._closing((owner,)) if owner else frozenset()
        if owner is None or not runtimes:
            return
        patched = {patch.steps for patch in patches.file.patches}
        everywhere = owner.everywhere(runtimes.__contains__)
        names = {name: each for name, each in everywhere.items() if _path(name) not in patched}
        edit = patches.file.appending(self._patches(names)) if names else None
        fixes = (Fix("patch what all environments have", (edit,)),) if edit else ()
        help_ = f"patch {_RUNTIME} of {enumerated(names)} too: " if names else ""
        where = (
            name for name, each in owner.stacks.items() if not runtimes.isdisjoint(each.possible.values())
        )
        found = self._finding(patches.file.first, [owner], runtimes, help_, fixes)
        yield found._replace(environments=tuple(where) if patches.workload else ())

    def _finding(
        self,
        place: Node | Span,
        owners: list[OwnerFunctions],
        runtimes: frozenset[str],
        help_: str,
        fixes: tuple[Fix, ...],
    ) -> Finding:
        found = (closing(self.calendar, runtime) for runtime in sorted(runtimes & _runtimes(owners)))
        known = min((each for each in found if each), key=lambda each: str(each.first.day))
        verb = "has" if sum(_counts(owners)) == 1 else "have"
        advice = f"{help_}{known.first.advice}{_others(owners, runtimes)}; {known.source}"
        return self.finding(
            place,
            f"{_counted(owners)} {verb} functions on {known.runtime}, which AWS {known.closes}",
            effect=known.effect,
            help=advice,
            severity=known.first.severity,
            fixes=fixes,
        )

    def _is_closing(self, runtime: str) -> bool:
        return closing(self.calendar, runtime) is not None

    def _closing(self, owners: Iterable[OwnerFunctions]) -> frozenset[str]:
        return frozenset(filter(self._is_closing, _runtimes(owners)))

    def _patches(self, functions: dict[str, str]) -> str:
        """Patches that give functions the runtime that follows theirs."""
        known = ((name, closing(self.calendar, runtime)) for name, runtime in functions.items())
        return "".join(
            f"- op: replace\n  path: /{'/'.join(_path(name))}\n  value: {each.first.successor}\n"
            for name, each in known
            if each
        )


def _may_be_anchor(document: Document, workspace: Workspace) -> bool:
    """Whether it may be said in this manifest: no workload before it surely has functions that are not patched.

    So that most manifests need no template.
    """
    own = document.workload.folder_name if document.workload else ""
    before = (workload for name, workload in workspace.workloads.items() if name < own)
    return not any(each.type in ECS_TYPES and each.overrides.is_missing for each in before)


def _anchor(owners: list[OwnerFunctions], workspace: Workspace) -> Workload | None:
    """The workload in whose manifest it is said: the first that is concerned."""
    concerned = (owner.workload for owner in owners if owner.workload)
    return next(concerned, next(iter(workspace.workloads.values()), None))


def _runtimes(owners: Iterable[OwnerFunctions]) -> frozenset[str]:
    stacks = (stack for owner in owners for stack in owner.stacks.values())
    return frozenset(runtime for stack in stacks for runtime in stack.possible.values())


def _has_any(owner: OwnerFunctions, runtimes: frozenset[str]) -> bool:
    return not runtimes.isdisjoint(_runtimes((owner,)))


def _path(name: str) -> tuple[str, ...]:
    return ("Resources", name, "Properties", "Runtime")


def _counts(owners: list[OwnerFunctions]) -> tuple[int, int]:
    """How many workloads and environments they are."""
    return (
        sum(owner.workload is not None for owner in owners),
        sum(len(owner.stacks) for owner in owners if owner.workload is None),
    )


def _counted(owners: list[OwnerFunctions]) -> str:
    """`2 workloads and 3 environments`."""
    counts = zip(_counts(owners), ("workload", "environment"), strict=True)
    return " and ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count)


def _others(owners: list[OwnerFunctions], runtimes: frozenset[str]) -> str:
    """What to do about functions that only some environments have."""
    found = [
        f"{name}{f' of {owner.workload.folder_name}' if owner.workload else ''} ({', '.join(environments)})"
        for owner in owners
        for name, environments in owner.somewhere(runtimes.__contains__).items()
    ]
    if not found:
        return ""
    return (
        f"; patches are for all environments, and not all surely have {enumerated(found)}: "
        "make the environments alike, or override with the CDK"
    )
