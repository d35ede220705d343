from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Field,
    Finding,
    Fix,
    ManifestFile,
    Mapping,
    Node,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Span,
    Stage,
    TypeMismatch,
    dotted,
    enumerated,
    environments_of,
)
from sidecar_lint_rules.document._unknown import as_environment
from sidecar_lint_rules.document._yaml_v3 import misfit


class WrongType(Rule):
    """A value is of a type that the field cannot take.

    Copilot decodes the whole file before it looks at anything, so a wrong type in the override of
    one environment stops every environment.

    Fields with two forms are the exception: in the map form of `efs`, `http` (of a Load Balanced
    Web Service), `count`, `exec` and others, a wrong type is swallowed. The field then is empty,
    false or 0, and nothing ever says so.

    A text field takes any single value: `port: 80` and `A: yes` are fine. `${VARIABLE}` always
    becomes text, so it never fits a number. An explicit tag must fit its value in every field:
    `!!bool yes` and `!!int 1.0` are refused, also where without the tag they are not, and so is a list
    that is tagged `!!null` in a field that takes text or a list.
    """

    code, name = "SL005", "wrong-type"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the whole manifest: cannot unmarshal"
    in_schema = True
    sources = ("gopkg.in/yaml.v3: decode.go", "internal/pkg/manifest: the UnmarshalYAML methods")
    good = (
        "cpu: 256.0\nvariables: {A: yes, B: 010}",
        "exec: yes\nlogging: {retention: 0x1e}",
        "storage: {volumes: {data: {path: /data, efs: true}}}",
    )
    bad = (
        Bad(
            """
            logging:
              retention: "7"
            #            ^^^ SL005
            """,
            fixed="retention: 7",
        ),
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                essential: "false"
            #              ^^^^^^^ SL005
            """,
            fixed="essential: false",
        ),
        Bad(
            """
            image:
              port: 80
              healthcheck:
                interval: 10
            #             ^^ SL005
            """,
            fixed="interval: 10s",
        ),
        Bad(
            """
            cpu: 1 vCPU
            #    ^^^^^^ SL005
            memory: 2GB
            #       ^^^ SL005
            count: {range: 1-4, cpu_percentage: '60%'}
            #                                   ^^^^^ SL005
            logging: {retention: 30d}
            #                    ^^^ SL005
            """,
            fixed="cpu: 1024",
        ),
        Bad(
            """
            sidecars: [nginx]
            #         ^^^^^^^ SL005
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs:
                    id: fs-12345678
                    auth: true
            #             ^^^^ SL005
            """
        ),
        Bad(
            """
            variables:
              A: !!int x
            #          ^ SL005
              !!null B: x
            #        ^ SL005
            sidecars:
              nginx:
                image: nginx
                essential: !!bool yes
            #                     ^^^ SL005
            """,
            fixed="essential: yes",
        ),
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                labels:
                  com.example.tags: '["a", "b"]'
            #                       ^^^^^^^^^^^^ SL005
            """
        ),
    )
    also_bad = (
        Bad(
            """
            sidecars:
              c: {image: c, essential: !!bool perhaps}
            #                                 ^^^^^^^ SL005
            variables: {DB_HOST: [localhost]}
            #                    ^^^^^^^^^^^ SL005
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        for mismatch in file.shape.wrong_types if file.shape else ():
            node = mismatch.node
            if isinstance(node, Scalar) and node.misfit:
                yield self._misfit(mismatch, node, file.source.text)
            else:
                yield self._mismatch(file, mismatch)

    def _misfit(self, mismatch: TypeMismatch, node: Scalar, text: str) -> Finding:
        """A value or key that is not what its tag says."""
        what = dotted(mismatch.path) if node.key else f"a key of {dotted(mismatch.path) or 'the manifest'}"
        message = f"{what} {misfit(node)}"
        help_ = "write it in base64, or leave the tag out" if "base64" in node.misfit else "leave the tag out"
        effect = f"Copilot refuses the manifest in every environment: {node.misfit}"
        return self.finding(
            node, message, help=help_, effect=effect, fixes=_without_tag(mismatch, node, text)
        )

    def _mismatch(self, file: ManifestFile, mismatch: TypeMismatch) -> Finding:
        from sidecar_lint_rules.document._intended import intended

        node, expected = mismatch.node, _expected(mismatch.field.type)
        message = f"{dotted(mismatch.path)} must be {expected}, not {_described(node)}"
        text = intended(mismatch)
        help_ = f"write `{text}`" if text else _advice(node, mismatch.field)
        fixes = _rewrite(node, text) if text else ()
        if not mismatch.swallowed:
            cause = as_environment(file, mismatch.path)
            return self.finding(node, message, help=help_, fixes=fixes, follows_from=cause)
        effect = f"Copilot drops the value and goes on {_left(mismatch)}"
        return self.finding(
            node,
            message,
            help=help_,
            fixes=fixes,
            effect=effect,
            stage=Stage.SILENT,
            environments=environments_of(mismatch.path),
        )


_EXPECTED = {
    "text": "text",
    "bool": "true or false",
    "int": "a whole number",
    "int64": "a whole number",
    "percentage": "a whole number",
    "uint16": "a whole number from 0 to 65535",
    "uint32": "a whole number from 0 to 4294967295",
    "float": "a number",
    "duration": "a duration such as 10s or 1m30s",
    "map": "a map",
    "list": "a list",
}
_BOOLS = ("yes", "no", "on", "off", "y", "n")
_NULL = "tag:yaml.org,2002:null"


def _expected(kind: str) -> str:
    return " or ".join(_EXPECTED.get(part, part) for part in kind.split(" or "))


def _described(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a map"
    if isinstance(node, Sequence) and node.tag == _NULL:
        return "a list with the tag !!null"
    if isinstance(node, Sequence):
        return "a list, which this text becomes" if _is_json(node) else "a list"
    if isinstance(node, Scalar):
        return f"the text {node.text!r}" if isinstance(node.resolved, str) else node.text
    return "this"


def _is_json(node: Sequence) -> bool:
    """Whether the list was a string: Copilot reads a JSON list of strings as a list."""
    return bool(node.items) and node.items[0].span == node.span


def _advice(node: Node, field: Field) -> str:
    """What to write where the right text is not known."""
    if isinstance(node, Sequence) and _is_json(node):
        return "write the text as a block (`|-`): Copilot leaves that alone"
    if isinstance(node, Sequence) and node.tag == _NULL:
        return "leave the tag out"
    if isinstance(node, Sequence) and len(node.items) == 1 and field.type.startswith("text"):
        return "write it without the list around it"
    if field.type == "list":
        return "begin each item with `- `"
    if field.type != "map":
        return ""
    if field.properties:
        dashes = ", without dashes" if isinstance(node, Sequence) else ""
        return f"write its fields below it{dashes}: {enumerated(field.properties)}"
    return "write a name and a colon in place of each dash" if isinstance(node, Sequence) else ""


def _rewrite(node: Node, text: str) -> tuple[Fix, ...]:
    if node.alias is not None or (isinstance(node, Scalar) and node.style in ("|", ">")):
        return ()
    meant = isinstance(node, Scalar) and node.text.lower() == text
    return (Fix(f"write `{text}`", (Edit(node.span, text),), safe=meant),)


def _without_tag(mismatch: TypeMismatch, node: Scalar, text: str) -> tuple[Fix, ...]:
    """Leave the tag out where nothing else stands between it and the value; `!!bool yes` is surely a bool."""
    start = node.span.start if node.tag_start is None else node.tag_start
    if node.alias is not None or not re.fullmatch(r"!\S+[ \t]+", text[start : node.span.start]):
        return ()
    meant = mismatch.field.type.startswith("bool") and node.text.lower() in _BOOLS
    return (Fix("leave the tag out", (Edit(Span(start, node.span.start), ""),), safe=meant),)


def _left(mismatch: TypeMismatch) -> str:
    from sidecar_lint_rules.document._intended import WHOLE_NUMBERS

    kind = mismatch.field.type
    if kind == "bool":
        return "with false"
    if kind in (*WHOLE_NUMBERS, "duration", "float"):
        return "with 0"
    return "with an empty text" if kind == "text" else "without it"
