from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, generated_template


class StrayOverride(Rule):
    """A path of `taskdef_overrides` looks for a key in what has no keys.

    Where a list is on the way and the path gives no index, Copilot appends the key and its value to that list,
    as two items of their own: `ContainerDefinitions.Cpu` makes the text `Cpu` a container, and so does
    `ContainerDefinitions.0.Cpu` with `0`. Through a text or a function such as `!Ref TaskCPU` nothing is changed
    at all. Copilot complains of neither.
    """

    code, name = "SL750", "stray-override"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: the list gets two items more, which are not maps"
    sources = ("internal/pkg/template/override/rule.go",)
    good = (
        """
        type: Backend Service
        name: api
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].Cpu', value: 128}
          - {path: Tags, value: [{Key: a, Value: b}]}
        """,
    )
    bad = (
        Bad(
            """
            type: Backend Service
            name: api
            taskdef_overrides:
              - {path: ContainerDefinitions.0.Cpu, value: 128}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^ SL750
            """,
            fixed='path: "ContainerDefinitions[0].Cpu"',
        ),
        Bad(
            """
            type: Backend Service
            name: api
            taskdef_overrides:
              - {path: Cpu.Units, value: 128}
            #          ^^^^^^^^^ SL750
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.get("taskdef_overrides") is None:
            return
        for stray in generated_template(manifest).stray_overrides:
            node = stray.node
            if not isinstance(node, Scalar) or not node.known:
                continue
            if stray.in_list:
                message = f"{stray.parent} is a list, and {stray.key!r} becomes an item of it"
                help_ = f"write the index of an item, such as `{stray.parent}[0].{stray.key}`"
                wrong = f"{stray.parent}.{stray.key}"
                better = node.text.replace(wrong, f"{stray.parent}[{stray.key}]", 1)
                replace = better if stray.key.isdecimal() else None
                yield self.finding(node, message, help="" if replace else help_, replace=replace)
            else:
                message = f"{stray.parent} has no keys, so there is no {stray.key!r} in it"
                help_ = f"write a path that ends in {stray.parent}"
                effect = "the override changes nothing"
                yield self.finding(node, message, help=help_, effect=effect, stage=Stage.SILENT)
