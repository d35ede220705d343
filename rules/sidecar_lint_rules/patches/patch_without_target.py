from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, enumerated

if TYPE_CHECKING:
    from sidecar_lint import Patches, PatchFault, UnappliedPatch


class PatchWithoutTarget(Rule):
    """A patch leads to a place that the template of an environment does not have.

    One `overrides/cfn.patches.yml` is applied to the template of every environment, and Copilot stops at the
    first patch whose path leads nowhere. So a patch of something that one environment lacks (autoscaling, a log
    router) stops the deployment to that environment. `add` makes the last step of a path, and nothing before it.

    Paths walk the template as Copilot spells it: below `!Join` its arguments come at once, without a step
    `Fn::Join`, and `!Ref` can only be replaced as a whole. `sidecar-lint render --as template` shows the
    template of an environment.
    """

    code, name = "SL840", "patch-without-target"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot makes no template"
    sources = ("internal/pkg/override/patch.go", "asked of the released binary")
    good = (
        """
        count: {range: 1-3, cpu_percentage: 60}
        image: {location: nginx, port: 80}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: replace
          path: /Resources/DynamicDesiredCountFunction/Properties/Runtime
          value: nodejs24.x
        - op: add
          path: /Resources/TaskDefinition/Properties/ContainerDefinitions/-
          value: {Name: helper, Image: busybox}
        - op: replace
          path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1/Image
          value: busybox:1.37
        """,
        """
        image: {location: nginx, port: 80}
        http: {path: /}
        # file: copilot/api/overrides/cfn.patches.yml
        # There only if the application has a domain, or the environment a certificate.
        - op: add
          path: /Resources/HTTPSListenerRule/Properties/Conditions/-
          value: {Field: http-request-method, HttpRequestMethodConfig: {Values: [GET]}}
        """,
    )
    bad = (
        Bad(
            """
            image: {location: nginx, port: 80}
            environments: {prod: {count: {range: 1-3, cpu_percentage: 60}}, test: {count: 1}}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/DynamicDesiredCountFunction/Properties/Runtime
            #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL840
              value: nodejs24.x
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            # file: copilot/api/overrides/cfn.patches.yml
            - {op: replace, path: /Resources/TaskDefinition/Properties/Family/Fn::Join/0, value: "."}
            #                                                                 ^^^^^^^^ SL840
            - op: add
              path: "/Resources/TaskDefinition/Propertis/PidMode"
            #                                  ^^^^^^^^^ SL840
              value: task
            """,
            fixed="Properties/Family/0,",
        ),
        Bad(
            """
            name: api
            # file: copilot/environments/test/manifest.yml
            name: test
            # file: copilot/environments/prod/manifest.yml
            name: prod
            http: {public: {certificates: ['arn:aws:acm:eu-west-1:123456789012:certificate/a']}}
            # file: copilot/environments/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/CustomDomainFunction/Properties/Runtime
            #                  ^^^^^^^^^^^^^^^^^^^^ SL840
              value: nodejs24.x
            """
        ),
    )
    also_bad = (
        Bad(
            """
            image: {location: nginx, port: 80}
            environments: {prod: {count: 2}}
            # file: copilot/api/overrides/cfn.patches.yml
            - {op: replace, path: /Resources/TaskDefinition/Type/0, value: a}
            #                                                    ^ SL840
            - {op: replace, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/5/Image, value: nginx}
            #                                                                               ^ SL840
            - {op: replace, path: /Resources/TaskDefinition/Zone/A, value: nginx}
            #                                               ^^^^ SL840
            - {op: replace, path: /Resources/Zone/A, value: nginx}
            #                                ^^^^ SL840
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/EnvControllerFunc/Properties/Runtim
            #                  ^^^^^^^^^^^^^^^^^ SL840
              value: nodejs24.x
            - {op: replace, path: /Resources/ServiceRole/Properties/A, value: a}
            #                                ^^^^^^^^^^^ SL840
            """,
            fixed="path: /Resources/EnvControllerFunction/Properties/Runtim",
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http: {path: /}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: remove
              path: /Resources/HTTPSListnerRule/Properties/Conditions
            #                  ^^^^^^^^^^^^^^^^ SL840
            """,
            fixed="path: /Resources/HTTPSListenerRule/Properties/Conditions",
        ),
    )

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        from sidecar_lint import function_gaps

        for unapplied in patches.faults():
            yield self._finding(patches, unapplied)
        for patch, environments in function_gaps(patches):
            yield self.finding(
                patches.place(patch, 1),
                f"there is no {patch.steps[1]!r} in /Resources",
                effect=f'Copilot makes no template and says: key "/Resources": "{patch.steps[1]}" not found in map',
                help="an environment with certificates of its own has none of the functions that make one, and those "
                "for access logs and for the CDN are there where these are",
                environments=environments,
            )

    def _finding(self, patches: Patches, unapplied: UnappliedPatch) -> Finding:
        patch, fault, environments = unapplied
        fix = patches.with_path(patch, fault.nearest) if fault.nearest else None
        return self.finding(
            patches.place(patch, fault.depth),
            _message(fault),
            effect=f"Copilot makes no template and says: {fault.said}",
            help=_help(fault, only_some=set(environments) < set(patches.environments)),
            environments=environments,
            fixes=(fix,) if fix else (),
        )


def _message(fault: PatchFault) -> str:
    where = fault.reached or "the template"
    if fault.length is None and not fault.candidates:
        return f"there is nothing below {where}: it is a single value"
    if fault.length is None:
        return f"there is no {fault.step!r} in {where}"
    if fault.step.isdecimal():
        return f"there is no item {fault.step} in {where}: it has {fault.length}, counted from 0"
    return f"{fault.step!r} is not an index: {where} is a list"


def _help(fault: PatchFault, *, only_some: bool) -> str:
    if fault.nearest:
        return f"did you mean `{fault.nearest}`?"
    if only_some:
        return (
            "the patches are for all environments: make these alike in what is patched, leave the patch out, "
            "or override with the CDK, which can ask for the environment"
        )
    if fault.length is None and not fault.candidates:
        return f"replace `{fault.reached}` as a whole"
    if fault.length is not None:
        return "`-` stands for the end of a list, as the last step of an `add`"
    names = enumerated(sorted(fault.candidates)[:_SHOWN])
    return f"it has {names}{' and others' if len(fault.candidates) > _SHOWN else ''}"


_SHOWN: Final = 8
