"""Fixes of what an alias or a merge uses elsewhere: safe only where it is the same field."""

from __future__ import annotations

import pytest

from sidecar_lint import lint_text
from sidecar_lint.linting.sharing import Sharing
from sidecar_lint.syntax.source import Source

HEAD = "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\n"


def _safe(text: str) -> set[bool]:
    """Whether the fixes of a manifest are safe."""
    return {fix.safe for finding in lint_text(HEAD + text).findings for fix in finding.fixes}


@pytest.mark.parametrize(
    "text",
    [
        "sidecars:\n  a: {image: 'b:1', essential: &e 'false'}\n",
        "sidecars:\n  a: {image: 'b:1', essential: &e 'false'}\n  b: {image: 'b:1', essential: *e}\n",
        "sidecars:\n  a: &e {image: 'b:1', mountPoints: []}\n  b: *e\n",
        "sidecars:\n  a: &e {image: 'b:1', mountPoints: []}\n  b: {<<: *e, port: 80}\n",
        "sidecars: {a: &e {image: 'b:1', mountPoints: []}}\nenvironments: {prod: {sidecars: {c: *e}}}\n",
        "x-a: &e {image: 'b:1', mountPoints: []}\nsidecars: {a: *e}\n",
        "sidecars: {a: {image: 'b:1', essential: 'false', variables: {X: &x y, Y: *x}}}\n",
    ],
)
def test_what_is_one_field_everywhere_is_fixed_safely(text: str) -> None:
    assert _safe(text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "sidecars: {a: {image: 'b:1', essential: &e 'false'}}\nvariables: {X: *e}\n",
        "sidecars: {a: {image: 'b:1', essential: &e 'false', variables: {X: *e}}}\n",
        "sidecars: {a: &e {image: 'b:1', mountPoints: []}}\nvariables: {<<: *e}\n",
        "sidecars: {a: {image: 'b:1', essential: &e 'false'}}\nenvironments: {prod: {variables: {X: *e}}}\n",
    ],
)
def test_what_is_another_field_elsewhere_is_not(text: str) -> None:
    assert _safe(text) == {False}


def test_a_text_that_is_mostly_aliases_is_looked_at_once() -> None:
    lines = ["a0: &a0 [x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 5)]
    sharing = Sharing(Source("m", "type: Backend Service\nvariables:\n  " + "\n  ".join(lines) + "\n"))
    assert all(len(fields) <= 2 for fields in sharing.fields.values())
