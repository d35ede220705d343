from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Node, Related, Rule, Scalar, Severity, Stage

#: Maps whose values an environment replaces, null included.
_REPLACED = frozenset(
    ("variables", "secrets", "secretOptions", "labels", "depends_on", "destination", "args")
)
_NAMED = frozenset(("sidecars", "volumes"))


class NullDoesNotUnset(Rule):
    """A null in an environment does not take away what the base has.

    Copilot lays what an environment writes over the base, and passes over a null. Nothing can be
    removed that way: neither a sidecar nor a volume nor a field. What only some environments should
    have must be written in these. A list can be emptied with `[]`.
    """

    code, name = "SL704", "null-does-not-unset"
    severity, stage = Severity.WARNING, Stage.SILENT
    ignored = True
    effect = "the value of the base stays in force"
    sources = ("internal/pkg/manifest/transform.go, mergo: nil does not override", "aws/copilot-cli#3674")
    good = (
        """
        sidecars:
          nginx: {image: nginx, variables: {MODE: a}}
        environments:
          test: {sidecars: {nginx: {variables: {MODE: null}}}}
          prod: {sidecars: {proxy: null}}
        """,
        """
        cpu: 256
        environments:
          test:
            cpu:
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              datadog: {image: datadog/agent}
            environments:
              test:
                sidecars:
                  datadog: null
            #              ^^^^ SL704
            """
        ),
    )
    also_bad = (
        Bad(
            """
            cpu: 512
            environments: {test: {cpu: null}}
            #                          ^^^^ SL704
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_base:
            yield from self._compare(manifest.base.root, manifest.override, "")

    def _compare(self, base: Mapping, override: Mapping, parent: str) -> Iterator[Finding]:
        for key, node in override:
            below = base.get(key.text) if node.is_null or isinstance(node, Mapping) else None
            if below is None or below.key is None:
                continue
            if node.is_null and _is_meant(node, parent):
                message = f"null does not remove {key.text!r}"
                related = (Related(below.key.span, "this stays"),)
                help_ = "write the value that it shall have, or move the base's into the environments that need it"
                yield self.finding(node, message, help=help_, related=related)
            elif isinstance(node, Mapping) and isinstance(below, Mapping) and not _is_replaced(key, parent):
                yield from self._compare(below, node, key.text)


def _is_replaced(key: Scalar, parent: str) -> bool:
    """Whether an environment replaces the values of this map; a sidecar may be called "labels"."""
    return key.text in _REPLACED and parent not in _NAMED


def _is_meant(node: Node, parent: str) -> bool:
    """Whether null is spelt out: an empty field is more often one whose lines are commented out."""
    return parent in _NAMED or node.span.start != node.span.end
