from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, ManifestFile, Mapping, Node, Rule, Scalar, Severity, Stage
from sidecar_lint_rules.variables.reserved_variable import names_of_copilot

_FUNCTIONS = frozenset(
    (
        "!Base64",
        "!FindInMap",
        "!GetAtt",
        "!If",
        "!ImportValue",
        "!Join",
        "!Ref",
        "!Select",
        "!Split",
        "!Sub",
    )
)


_HELP = "an export of a stack is `from_cfn: name`; outputs of your addons are variables already"
#: In a manifest of an environment or a pipeline, which imports nothing.
_NO_HELP = "write the value itself"


class CloudformationFunction(Rule):
    """A manifest is not a CloudFormation template: `!Ref` and its like do nothing in it.

    Copilot reads the text behind the tag as it is, so `!GetAtt Queue.Arn` is the text `Queue.Arn`,
    and `${…}` in it is not replaced either. The export of another stack is imported with
    `from_cfn`; an output of the service's own addons is a variable of the container already. Only
    the values of `taskdef_overrides` go into the template with their tags.
    """

    code, name = "SL615", "cloudformation-function"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot takes the text behind the tag as it is"
    sources = ("yaml.v3, decode.go: unknown tags", "internal/pkg/manifest/interpolate.go")
    good = (
        "variables: {QUEUE: {from_cfn: shared-QueueArn}}",
        """
        taskdef_overrides:
          - path: ContainerDefinitions[0].Environment[0].Value
            value: !Ref AWS::Region
        """,
    )
    bad = (
        Bad(
            """
            variables:
              QUEUE: !GetAtt EventsQueue.Arn
            #        ^^^^^^^^^^^^^^^^^^^^^^^ SL615
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            name: test
            type: Environment
            cdn:
              certificate: !Ref Certificate
            #              ^^^^^^^^^^^^^^^^ SL615
            """
        ),
    )
    also_good = (
        "variables: {KEY: !Custom x}",
        """
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        permissions: {ssm: {resources: [!Sub 'arn:aws:ssm:${AWS::Region}:*']}}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Worker Service
            variables: {COPILOT_QUEUE_URI: !GetAtt EventsQueue.Arn}
            #                              ^^^^^^^^^^^^^^^^^^^^^^^ SL615
            """
        ),
        Bad(
            """
            type: Nothing
            variables: {NAME: !Sub orders}
            #                 ^^^^^^^^^^^ SL615
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        kept = list(_taskdef_overrides(file)) if isinstance(file, Document) else []
        if file.shape is not None:  # what Copilot does not know, it does not read either
            kept += [unknown.value for unknown in file.shape.unknown_fields]
        for scalar in file.scalars:
            if scalar.tag is None or scalar.tag not in _FUNCTIONS:
                continue
            inside = any(node.span.start <= scalar.span.start < node.span.end for node in kept)
            if not inside:
                message = f"{scalar.tag} does nothing in a manifest: the value is {scalar.text!r}"
                yield self.finding(
                    scalar,
                    message,
                    help=_help(scalar, file) if isinstance(file, Document) else _NO_HELP,
                )


def _help(scalar: Scalar, document: Document) -> str:
    """What to write in the manifest of a workload."""
    name = scalar.key.text if scalar.key is not None else ""
    is_set = any(  # of a type that nobody knows there are none
        name in names_of_copilot(manifest, each)
        for manifest in document.manifests[:1]
        for each in manifest.containers.values()
    )
    return f"leave {name} out: Copilot sets it itself" if is_set else _HELP


def _taskdef_overrides(document: Document) -> Iterator[Node]:
    for part in (document.root, *document.overrides.values()):
        node = part.get("taskdef_overrides") if isinstance(part, Mapping) else None
        if node is not None:
            yield node
