from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Node,
    Outcome,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    generated_template,
    outcome_of,
    unquoted,
)
from sidecar_lint_rules.generated._texts import without_template

#: The sections with texts that Copilot writes unquoted and no rule of their own looks at.
_SECTIONS: Final = ("network", "storage", "http", "nlb", "subscribe", "tags")
#: What other rules look at: names, words, images, secrets, ids, what is under `logging`.
_OTHERS: Final = frozenset(
    (
        "AccessPointId", "Command", "ContainerName", "CredentialsParameter", "EntryPoint", "FilesystemId",
        "FirelensConfiguration", "Image", "LogConfiguration", "Name", "Secrets", "SourceVolume",
    )
)  # fmt: skip
_HARMLESS: Final = frozenset((Outcome.SAME, Outcome.RESPELT))
_REFUSED: Final = "the deployment fails after the images are built: CloudFormation refuses the template"


class TemplateBreakingText(Rule):
    """A text means something else where Copilot writes it into its template.

    Copilot writes the ids of security groups and subnets, the names of exports in `from_cfn`, and some other
    fields into its template without quotes, and there they are read as YAML once more: `a: b` becomes a map
    or is not YAML at all, what follows ` #` is dropped, an empty text is null. Another pair of quotes, inside
    the ones that the manifest needs, gets a text through as it is.

    Words of commands, names, images and secrets have rules of their own for the same.
    """

    code, name = "SL741", "template-breaking-text"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = _REFUSED
    sources = ("internal/pkg/template/templates/workloads/partials/cf",)
    good = (
        """
        type: Backend Service
        name: api
        network: {vpc: {security_groups: [sg-0a1b2c3d, {from_cfn: 'shop:group'}], placement: {subnets: [subnet-1]}}}
        storage: {volumes: {data: {path: /data, efs: {id: {from_cfn: "'a: b'"}}}}}
        """,
    )
    bad = (
        Bad(
            """
            type: Backend Service
            name: api
            network: {vpc: {security_groups: [{from_cfn: 'shop: group'}, '*', "sg-1 # web"]}}
            #                                            ^^^^^^^^^^^^^ SL741
            #                                                            ^^^ SL741
            #                                                                 ^^^^^^^^^^^^ SL741
            """
        ),
        Bad(
            """
            type: Backend Service
            name: api
            storage: {volumes: {data: {path: /data, efs: {id: {from_cfn: 'data: id'}}}}}
            #                                                            ^^^^^^^^^^ SL741
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not any(_may_break(manifest.root.entries.get(section)) for section in _SECTIONS):
            return
        seen = set()
        for path, found in generated_template(manifest).unquoted_texts():
            node = found.node
            outcome, left = outcome_of(found)
            if outcome in _HARMLESS or node.span in seen or not _OTHERS.isdisjoint(path):
                continue
            seen.add(node.span)
            if isinstance(node, Scalar) and node.known:
                yield self._finding(manifest, node, found.text, outcome, left)

    def _finding(self, manifest: Manifest, node: Scalar, text: str, outcome: Outcome, left: str) -> Finding:
        help_ = (
            "put a second pair of quotes around it, inside of the others"
            if text
            else "write a text, or leave it out"
        )
        if outcome is Outcome.BROKEN:
            found = self.finding(node, f"{text!r} breaks the template", help=help_)
            return without_template(manifest, found) if manifest.is_ecs else found
        if outcome is Outcome.CHANGED:
            message = f"of {text!r} only {left!r} is left in the template"
            return self.finding(
                node, message, help=help_, effect="what was dropped is nowhere", stage=Stage.SILENT
            )
        return self.finding(node, f"{text!r} becomes {outcome.value} in the template", help=help_)


def _may_break(node: Node | None) -> bool:
    if isinstance(node, Scalar):
        (alone, _), (item, _) = unquoted(node.text), unquoted(node.text, item=True)
        return node.known and not node.is_null and not _HARMLESS.issuperset((alone, item))
    if isinstance(node, Mapping):
        return any(map(_may_break, node.entries.values()))
    return isinstance(node, Sequence) and any(map(_may_break, node.items))
