from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Document,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    enumerated,
)

_REFERENCE = r"\$\{\{[^{}]{1,200}\}\}|\$\{[^${}]{1,200}\}"
#: What Copilot replaces, or leaves for the container where it is escaped.
_PLAIN = r"\$\{[_a-zA-Z][_a-zA-Z0-9]*\}"
#: References of a collector's configuration, which fills them in.
_COLLECTOR = r"\$\{(?:env|file|yaml|https?|s3):"
_PART = r"\$\{([A-Za-z_][A-Za-z0-9_]*)[.:]+[A-Za-z_]"


class UnfilledReference(Rule):
    """A variable holds a reference that neither Copilot nor ECS fills in.

    Copilot replaces `${NAME}` and nothing else: no `${AWS::Region}`, which is CloudFormation's, no
    `${SECRET.host}`, no `${NAME:-default}`, no `${{ ... }}` of GitHub Actions. ECS fills in nothing at
    all, so the container gets the text as it is written. Some programs fill in such texts themselves
    (Spring does so with `${NAME:default}`), so what might be for them is information.
    """

    code, name = "SL631", "unfilled-reference"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the container gets the text as it is written"
    sources = (
        "internal/pkg/manifest/interpolate.go",
        "Amazon ECS API reference: KeyValuePair",
    )
    good = (
        r"variables: {STAGE: '${COPILOT_ENVIRONMENT_NAME}', HOST: '\${HOST}', PRICE: '$5', TAG: '${TAG}'}",
        "sidecars: {otel: {image: otel, variables: {AOT_CONFIG_CONTENT: 'a: ${env:KEY}'}}}",
    )
    bad = (
        Bad(
            """
            variables:
              REGION: ${AWS::Region}
            #         ^^^^^^^^^^^^^^ SL631
              LEVEL: ${LOG_LEVEL:-info}
            #        ^^^^^^^^^^^^^^^^^^ SL631
              DB_HOST: ${DB_SECRET.host}
            #          ^^^^^^^^^^^^^^^^^ SL631
              DB_PORT: ${DB_SECRET.port}
            #          ^^^^^^^^^^^^^^^^^ SL631
              SHA: ${{ github.sha }}
            #      ^^^^^^^^^^^^^^^^^ SL631
            secrets:
              DB_SECRET: /copilot/demo/test/secrets/DB
            """
        ),
    )
    also_good = ("variables: {TOPIC: {from_cfn: '${COPILOT_ENVIRONMENT_NAME}-topic'}}",)
    also_bad = (
        Bad(
            """
            variables:
              DB_HOST: ${DB.host}
            #          ^^^^^^^^^^ SL631
              URL: ${DB_SECRET:host}
            #      ^^^^^^^^^^^^^^^^^ SL631
              GREETING: ${first name}
              STAGE: ${STAGES.test}
              TABLE: ${TABLE_NAME.arn}
            #        ^^^^^^^^^^^^^^^^^ SL631
              DB: postgres
            secrets:
              DB_SECRET: /copilot/demo/test/secrets/DB
            # file: copilot/api/addons/table.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
            Outputs: {TableName: {Value: !Ref Table}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.document.once(_may_have_any):
            return
        outputs = manifest.workload.addons.outputs.values() if manifest.workload else ()
        added = {output.variable for output in outputs if output.variable}
        told: dict[tuple[str, str], list[tuple[Scalar, list[str]]]] = {}
        for container, _, node in manifest.container_entries("variables"):
            found = _references(node) if isinstance(node, Scalar) else []
            if isinstance(node, Scalar) and found:
                help_ = next((said for text in found if (said := _instead(container, text, added))), "")
                told.setdefault((container.name, help_), []).append((node, found))
        for (_, help_), places in told.items():
            yield self._told(help_, places)

    def _told(self, help_: str, places: list[tuple[Scalar, list[str]]]) -> Finding:
        """What the same is to be done about, at the first place."""
        (node, _), *others = places
        names = dict.fromkeys(name for _, found in places for name in found)
        return self.finding(
            node,
            f"nothing fills in {enumerated(names)}",
            help=help_ or "write the value, or let the program fill it in",
            severity=None if help_ else Severity.INFO,
            related=tuple(Related(other.place, "nor this") for other, _ in others),
        )


def _may_have_any(document: Document) -> bool:
    """Whether a variable of the file has a reference that is more than a plain name.

    One around the environment's name (`${db.${COPILOT_ENVIRONMENT_NAME}}`) becomes one when that is filled in.
    """
    texts = (node.text for _, node in document.written_variables if isinstance(node, Scalar))
    return any("${" in text and "${" in re.sub(_PLAIN, "", text) for text in texts)


def _references(node: Scalar) -> list[str]:
    """What nothing fills in of a value; nothing of what may be a file of its own, such as a collector's."""
    if "${" not in node.text or "\n" in node.text or re.search(_COLLECTOR, node.text):
        return []
    return [text for text in re.findall(_REFERENCE, node.text) if not re.fullmatch(_PLAIN, text)]


def _instead(container: Container, reference: str, added: set[str]) -> str:
    """What to write for a reference that is surely a mistake; empty for one that a program may fill in."""
    if reference.startswith("${AWS::"):
        known = "AWS_REGION is a variable of every container" if "Region" in reference else ""
        return known or "export it from an addon: its outputs become variables"
    if reference.startswith("${{"):
        return "set it in the shell that runs Copilot, and write ${NAME}"
    part = re.match(_PART, reference)
    if part is None or ":" in reference:
        return ""
    if container.mapping("secrets").get(part[1]) is not None:
        return f"name the key under secrets: secretsmanager: 'name:{reference.partition('.')[2][:-1]}::'"
    there = part[1] in added or container.mapping("variables").get(part[1]) is not None
    return f"read {part[1]} in the program, and take the part out there" if there else ""
