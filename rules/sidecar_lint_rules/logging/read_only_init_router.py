from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Node, Rule, Scalar, Severity, Stage, log_router

_PROPERTY = "ReadonlyRootFilesystem"
#: The log router comes second in the template, right behind the service's own container.
_OVERRIDE = f"ContainerDefinitions[1].{_PROPERTY}"
_PATCH = ("Resources", "TaskDefinition", "Properties", "ContainerDefinitions", "1", _PROPERTY)


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

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.firelens or not log_router(manifest.mapping("logging")).has_init:
            return
        if manifest.overrides_template("MountPoints", "Image"):
            return
        for place in _switches(manifest):
            message = "the log router's init process cannot write to a read-only file system"
            help_ = "take the image without `init-`, or mount a volume at /init with a second override"
            yield self.finding(place, message, help=help_)


def _switches(manifest: Manifest) -> Iterator[Node]:
    """What makes the file system read-only: a value of `taskdef_overrides`, or the image where a patch does it."""
    for rule in manifest.sequence("taskdef_overrides").items:
        path = rule.get("path") if isinstance(rule, Mapping) else None
        value = rule.get("value") if isinstance(rule, Mapping) else None
        if isinstance(path, Scalar) and path.text == _OVERRIDE and value is not None and _is_true(value):
            yield value
    image, workload = manifest.get("logging", "image"), manifest.workload
    patches = (workload.overrides.patches or ()) if workload else ()
    if image is not None and any(each.steps == _PATCH and _is_true(each.value) for each in patches):
        yield image


def _is_true(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.as_bool is True
