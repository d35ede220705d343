from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import PATCH_OPERATIONS, Bad, Finding, Mapping, Node, Patch, Rule, Severity, Stage, closest

if TYPE_CHECKING:
    from sidecar_lint import Patches


class InvalidPatch(Rule):
    """`cfn.patches.yml` is not a list of patches, or a patch in it is incomplete.

    A patch is `op` (`add`, `remove` or `replace`, in small letters), `path` and, but for `remove`, a `value`. The
    other operations of JSON Patch are none of Copilot's. A path begins with `/`: Copilot throws away what stands
    before the first slash, so that `Resources/X` is `/X`, and a path without any is the whole template.
    """

    code, name = "SL841", "invalid-patch"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot makes no template"
    sources = ("internal/pkg/override/patch.go", "asked of the released binary")
    good = (
        """
        name: api
        # file: copilot/api/overrides/cfn.patches.yml
        - op: add
          path: /Resources/TaskDefinition/Properties/PidMode
          value: null
          comment: other keys are ignored
        - {op: remove, path: /Resources/TaskDefinition/Properties/PidMode}
        -
        """,
        "name: api\n# file: copilot/api/overrides/cfn.patches.yml\n# nothing yet\n",
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/overrides/cfn.patches.yml
            - op: Replace
            #     ^^^^^^^ SL841
              path: /Resources/TaskDefinition/Properties/Cpu
              value: 512
            - op: test
            #     ^^^^ SL841
              path: /Resources/TaskDefinition/Properties/Cpu
              value: 512
            - {op: add, path: /Resources/TaskDefinition/Properties/PidMode}
            #      ^^^ SL841
            - {op: remove, path: Resources/TaskDefinition/Properties/Cpu}
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL841
            - {op: add, value: {}}
            # ^^^^^^^^^^^^^^^^^^^^ SL841
            """,
            fixed="- op: replace\n",
        ),
        Bad(
            """
            name: api
            # file: copilot/api/overrides/cfn.patches.yml
            op: remove
            ^^^^^^^^^^ SL841
            path: /Resources/TaskDefinition/Properties/Cpu
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/environments/test/manifest.yml
            # file: copilot/environments/overrides/cfn.patches.yml
            - Cluster
            # ^^^^^^^ SL841
            - {op: [remove], path: /X}
            #      ^^^^^^^^ SL841
            """
        ),
    )

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        problem = patches.file.tree.problem
        if problem:
            yield self.finding(problem.span, f"the patches are not YAML: {problem.problem}")
        for node in patches.file.misfits:
            yield self._misfit(node)
        for patch in patches.file.patches if patches.file.is_readable else ():
            yield from self._operation(patch)
            yield from self._path(patch)

    def _misfit(self, node: Node) -> Finding:
        if node.key is not None and node.key.text in _FIELDS:
            return self.finding(node, f"`{node.key.text}` is not text")
        if isinstance(node, Mapping):
            return self.finding(node, "the patches are not a list", help="begin each patch with `- `")
        return self.finding(node, "this is not a patch", help="a patch has `op`, `path` and `value`")

    def _operation(self, patch: Patch) -> Iterator[Finding]:
        node = patch.item.get("op")
        if node is None:
            yield self.finding(patch.item, "the patch has no `op`", help=_OPERATIONS)
        elif patch.operation not in PATCH_OPERATIONS:
            small = patch.operation.lower()
            meant = small if small in PATCH_OPERATIONS else closest(small, PATCH_OPERATIONS)
            effect = f'Copilot says: unsupported operation "{patch.operation}"'
            message = f"{patch.operation!r} is not an operation of Copilot's"
            help_ = f"write `{meant}`" if meant else _OPERATIONS
            yield self.finding(node, message, help=help_, effect=effect, replace=meant, safe=meant == small)
        elif patch.lacks_value:
            effect = f'Copilot says: unable to apply the "{patch.operation}" patch at index {patch.number}: value required'
            yield self.finding(
                node,
                f"`{patch.operation}` needs a `value`",
                help="write `value:` and what is to stand there",
                effect=effect,
            )

    def _path(self, patch: Patch) -> Iterator[Finding]:
        if patch.is_rooted:
            return
        if "/" not in patch.path:
            message = "a path without a slash is the whole template, and that is replaced"
            effect = "CloudFormation gets no template of Copilot's"
            yield self.finding(patch.place, message, effect=effect, stage=Stage.DEPLOY)
        else:
            dropped = patch.path.partition("/")[0]
            message = f"a path begins with `/`: Copilot drops {dropped!r}"
            yield self.finding(patch.place, message, replace=f"/{patch.path}", effect=_ELSEWHERE)


_FIELDS: Final = ("op", "path")
_OPERATIONS: Final = "`op` is `add`, `remove` or `replace`"
_ELSEWHERE: Final = "Copilot does not find the place, or changes another one"
