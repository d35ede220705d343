from __future__ import annotations

from collections.abc import Container, Iterator

from sidecar_lint import (
    PREDEFINED,
    Bad,
    Document,
    Edit,
    Finding,
    Fix,
    Node,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    can_name_environment,
    quoted,
)


class ImpossibleEnvironment(Rule):
    """A manifest overrides an environment that no application can have.

    `copilot env init` takes a name that begins with a small letter and goes on with small letters,
    digits and single hyphens. What is written under any other name is never used: Copilot compares
    names letter by letter.

    Keys are not interpolated: `${COPILOT_ENVIRONMENT_NAME}` is such a name too. What holds for every
    environment belongs above `environments`.

    A name that begins with a dot or an underscore, and a value that is an anchor for others, are
    taken for what they are: a place to keep what environments share.
    """

    code, name = "SL708", "impossible-environment"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the overrides are never used"
    sources = ("internal/pkg/cli/validate.go: basicNameValidation",)
    good = (
        """
        environments:
          _shared: {count: 2}
          Shared: &shared {count: 2}
          test-1: *shared
        """,
    )
    bad = (
        Bad(
            """
            environments:
              Prod:
            # ^^^^ SL708
                count: 5
              us_east:
            # ^^^^^^^ SL708
                count: 2
            """,
            fixed="  prod:",
        ),
        Bad(
            """
            environments:
              ${COPILOT_ENVIRONMENT_NAME}:
            # ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL708
                count: 5
            """
        ),
    )
    also_good = ("environments: {'${STAGE}': {count: 2}}",)
    also_bad = (
        Bad(
            """
            environments: {'${COPILOT_ENVIRONMENT_NAME}': {count: 2}}
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL708
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        written = as_mapping(document.root.get("environments") if document.root else None)
        for key, node in written:
            if not can_name_environment(key.text) and not _is_no_name(key, node):
                yield self._impossible(key, written.entries)

    def _impossible(self, key: Scalar, written: Container[str]) -> Finding:
        meant = key.text.lower().replace("_", "-")
        fixes: tuple[Fix, ...] = ()
        if can_name_environment(meant) and meant not in written:
            fixes = (Fix(f"write `{meant}`", (Edit(key.span, quoted(meant, key.style)),)),)
        return self.finding(
            key.span,
            f"no environment can be called {key.text!r}",
            help=fixes[0].title if fixes else _KEYS if "$" in key.text else _RULE,
            fixes=fixes,
            environments=(key.text,),
        )


def _is_no_name(key: Scalar, node: Node) -> bool:
    """Whether the key is only a place for an anchor, or a variable that a script fills in before Copilot runs."""
    if key.text.startswith((".", "_")) or node.anchor is not None:
        return True
    return "$" in key.text and not any(name in key.text for name in PREDEFINED)


_RULE = "a name is of small letters, digits and single hyphens"
_KEYS = "Copilot substitutes nothing in keys: what holds everywhere belongs above `environments`"
