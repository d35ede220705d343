"""A package of rules as others write it: for the type checker, which must find every type by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Manifest,
    Option,
    Report,
    Rule,
    Scalar,
    Severity,
    Stage,
    lint_text,
)
from sidecar_lint.testing import check_examples

if TYPE_CHECKING:
    from collections.abc import Iterator


class Named(Rule):
    """A workload has a name that we do not like.

    Nobody knows why.
    """

    code, name = "TY001", "named"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "nothing happens"
    good = ("name: api",)
    bad = (Bad("name: x\n#     ^ TY001", fixed="name: api"),)
    shortest = Option(2, "how short a name may be", minimum=1)
    allow = Option(("db",), "names that are fine")
    strict = Option(default=True, about="whether to say anything")

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        assert_type(self.shortest, int)
        assert_type(self.allow, tuple[str, ...])
        assert_type(self.strict, bool)
        node = manifest.scalar("name")
        assert_type(node, Scalar | None)
        if self.strict and node and len(node.text) < self.shortest and node.text not in self.allow:
            yield self.finding(
                node,
                f"{node.text!r} is short",
                replace="api",
                follows_from=[("SL004", node), ("SL013", node.span)],
            )

    def check_document(self, document: Document) -> Iterator[Finding]:
        assert_type(document.source.text, str)
        yield from ()


def test_examples() -> None:
    check_examples(Named())


def test_report() -> None:
    report = lint_text("name: x\ntype: Backend Service\n", rules=[Named()])
    assert_type(report, Report)
    assert [each.code for each in report.findings] == ["TY001"]
