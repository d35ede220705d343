from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Container,
    Document,
    Finding,
    Manifest,
    NamedTuple,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Span,
    Stage,
    UnterminatedError,
    as_mapping,
    shell_words,
)

_BLOCK_STYLES: Final = ("|", ">")
_LONGEST: Final = 60
_COLLECTOR_CONFIGURATION: Final = "AOT_CONFIG_CONTENT"


class ChangedText(Rule):
    r"""A text does not arrive as it is written.

    Copilot puts variables in, writes the manifest out and reads it again. What it writes for a text
    after `|` or `>` is not always what it has read. A blank line at the beginning of the text is lost,
    unless a comment stands behind the `|` or `>`. After `>`, each line that is indented further than the
    one before gets another line break before it, and so do blank lines at its end that `>+` keeps.

    A text in double quotes, with `\n` for its line breaks, arrives as it is.
    """

    code, name = "SL014", "changed-text"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the container gets another text"
    sources = (
        "internal/pkg/manifest/interpolate.go",
        "gopkg.in/yaml.v3: emitterc.go, yaml_emitter_write_block_scalar_hints, …_write_folded_scalar",
    )
    good = (
        """
        variables:
          A: |
            first
              second
          B: | # keeps the blank line

            after it
          C: >
            one
            line
          AOT_CONFIG_CONTENT: |

            receivers:
        command: >
          sh -c
            run
        """,
    )
    bad = (
        Bad(
            """
            variables:
              A: |
            #    ^ SL014

                after a blank line
            environments:
              prod:
                variables:
                  B: >+
            #        ^ SL014
                    one

                  C: x
            """
        ),
        Bad(
            """
            command:
              - sh
              - -c
              - >
            #   ^ SL014
                if true
                  then run
                fi
            """
        ),
    )

    def check_container(self, container: Container, manifest: Manifest) -> Iterator[Finding]:
        for text in _changed_texts(container) if manifest.document.once(_may_have_any) else ():
            if text.scalar.original is not None and not _is_harmless(text, text.scalar.original):
                yield self._finding(text, text.scalar.original)

    def _finding(self, text: _ContainerText, original: str) -> Finding:
        scalar = text.scalar
        header = Span(scalar.span.start, scalar.span.start + 1)
        arrives = repr(scalar.text[:_LONGEST]) + ("…" if len(scalar.text) > _LONGEST else "")
        help_ = "put it in double quotes, with `\\n` for the line breaks"
        if scalar.style == ">":
            help_ = f"write it line by line after `|`, or {help_}"
        return self.finding(
            scalar if scalar.alias else header,
            f"{text.name} arrives {_difference(original, scalar.text)}",
            help=help_,
            effect=f"the container gets {arrives}",
        )


class _ContainerText(NamedTuple):
    """A text that a container gets; `is_split`: as the words that are in it."""

    name: str
    scalar: Scalar
    is_split: bool = False


def _may_have_any(document: Document) -> bool:
    """Whether a text of the file is changed, or may be once the name of the environment is filled in."""
    blocks = (scalar for scalar in document.scalars if scalar.style in _BLOCK_STYLES)
    return any(scalar.original is not None or not scalar.known for scalar in blocks)


def _changed_texts(container: Container) -> Iterator[_ContainerText]:
    for key, value in container.mapping("variables"):
        if isinstance(value, Scalar) and value.original is not None:
            yield _ContainerText(key.text, value)
    for field in ("entrypoint", "command"):
        node = container.section.get(field)
        if isinstance(node, Scalar) and node.original is not None:
            yield _ContainerText(f"the {field}", node, is_split=True)
        yield from (_ContainerText(f"a word of {field}", item) for item in _changed_words(node))
    command = as_mapping(container.healthcheck).get("command")
    words = _changed_words(command)
    yield from (_ContainerText("a word of the health check's command", item) for item in words)


def _changed_words(node: object) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else ()
    return [item for item in items if isinstance(item, Scalar) and item.original is not None]


def _is_harmless(text: _ContainerText, original: str) -> bool:
    """Whether nothing depends on the line breaks that are lost or new."""
    if text.name == _COLLECTOR_CONFIGURATION:
        return text.scalar.text.lstrip("\n") == original.lstrip("\n")
    try:
        return text.is_split and shell_words(original) == shell_words(text.scalar.text)
    except UnterminatedError:
        return True  # which is another mistake


def _difference(original: str, text: str) -> str:
    lost = _blank(original) - _blank(text)
    new = text.count("\n") - original.count("\n") + lost
    gained = f"with {new} more line break{'s' if new > 1 else ''}" if new else ""
    return " and ".join(part for part in ("without its first blank line" if lost else "", gained) if part)


def _blank(text: str) -> int:
    """How many line breaks a text begins with."""
    return len(text) - len(text.lstrip("\n"))
