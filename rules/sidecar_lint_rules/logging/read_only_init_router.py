from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    deployed_template,
    is_container_overridden,
    log_router,
)


class ReadOnlyInitRouter(Rule):
    """The log router's init process has nowhere to write.

    The images of aws-for-fluent-bit whose tags begin with `init-` write a configuration and a script
    into `/init`, those of release 3 into `/tmp/init` where they may not, before they start Fluent Bit.
    With a root file system that is read-only, which only an override can ask for, they can do neither. A
    volume mounted at `/tmp` helps those of release 3, an image without the init process all. One mounted
    at `/init` would hide the init process itself, which is there.
    """

    code, name = "SL229", "read-only-init-router"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the init process of the log router ends at once, and every task with it"
    sources = ("aws/aws-for-fluent-bit: init/fluent_bit_init_process.go", "aws/aws-for-fluent-bit#928, #955")
    good = (
        """
        logging: {image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10'}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].ReadonlyRootFilesystem', value: true}]
        """,
        """
        logging: {image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10'}
        taskdef_overrides:
          - {path: 'ContainerDefinitions[1].ReadonlyRootFilesystem', value: true}
          - {path: 'ContainerDefinitions[1].MountPoints[-].ContainerPath', value: /tmp}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10
            taskdef_overrides:
              - path: ContainerDefinitions[1].ReadonlyRootFilesystem
                value: true
            #          ^^^^ SL229
            """
        ),
        Bad(
            """
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL229
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1/ReadonlyRootFilesystem
              value: true
            """
        ),
    )
    also_good = (
        """
        logging: {image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10'}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].ReadonlyRootFilesystem', value: false}]
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.firelens or not log_router(manifest.mapping("logging")).has_init:
            return
        if is_container_overridden(manifest, LOG_ROUTER, "MountPoints", "Image"):
            return
        deployed = deployed_template(manifest) if manifest.has_overrides else None
        router = deployed.containers.get(LOG_ROUTER) if deployed else None
        switch = router.get("ReadonlyRootFilesystem") if router else None
        if switch is not None and switch.plain in (True, "true") and switch.origin:
            message = "the log router's init process cannot write to a read-only file system"
            help_ = "take an image of release 3, and mount a volume at /tmp with an override"
            if not _has_files(manifest):
                help_ = f"take the image without `init-`; or {help_}"
            in_manifest = switch.origin.source is None
            place = switch.origin.node if in_manifest else manifest.get("logging", "image")
            if place is not None:
                yield self.finding(place, message, help=help_)


def _has_files(manifest: Manifest) -> bool:
    """Whether the init process has something to do: nothing else reads these variables."""
    names = manifest.mapping("logging", "variables").entries
    return any(name.startswith("aws_fluent_bit_init_") for name in names)
