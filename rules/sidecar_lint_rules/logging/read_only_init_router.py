from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Node, Rule, Scalar, Severity, Stage, log_router

_PROPERTY = "ReadonlyRootFilesystem"
#: The log router comes second in the template, right behind the service's own container.
_PATHS = (f"ContainerDefinitions[1].{_PROPERTY}", f"ContainerDefinitions/1/{_PROPERTY}")


class ReadOnlyInitRouter(Rule):
    """The log router's init process has nowhere to write.

    The images of aws-for-fluent-bit whose tags begin with `init-` write a configuration and a script
    into `/init`, newer ones into `/tmp/init` where they may not, before they start Fluent Bit. With a
    root file system that is read-only, which only an override can ask for, they can do neither. A
    volume mounted at `/init` helps, or an image without the init process.
    """

    code, name = "SL229", "read-only-init-router"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the init process of the log router ends at once, and every task with it"
    sources = ("aws/aws-for-fluent-bit: init/fluent_bit_init_process.go", "aws/aws-for-fluent-bit#928")
    good = (
        """
        logging: {image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10'}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].ReadonlyRootFilesystem', value: true}]
        """,
        """
        logging: {image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10'}
        taskdef_overrides:
          - {path: 'ContainerDefinitions[1].ReadonlyRootFilesystem', value: true}
          - {path: 'ContainerDefinitions[1].MountPoints[-].ContainerPath', value: /init}
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
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.firelens or not log_router(manifest.mapping("logging")).has_init:
            return
        if manifest.overrides_template("MountPoints", "Image"):
            return
        for rule in manifest.sequence("taskdef_overrides").items:
            value = _switch(rule) if isinstance(rule, Mapping) else None
            if value is not None:
                message = "the log router's init process cannot write to a read-only file system"
                help_ = "take the image without `init-`, or mount a volume at /init with a second override"
                yield self.finding(value, message, help=help_)


def _switch(rule: Mapping) -> Node | None:
    path, value = rule.get("path"), rule.get("value")
    if isinstance(path, Scalar) and path.text in _PATHS and isinstance(value, Scalar) and value.as_bool:
        return value
    return None
