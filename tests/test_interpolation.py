"""`${…}` and JSON lists, as Copilot substitutes them."""

from __future__ import annotations

import pytest

from sidecar_lint import Document, Mapping, Scalar, Sequence
from sidecar_lint.manifests.interpolation import ENVIRONMENT, complete, interpolate
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read


def _value(text: str, **variables: str) -> object:
    """What the value of `a` is, once interpolated: a resolved scalar, or the texts of a list."""
    root = read(Source("x", f"a: {text}\n")).root
    assert root is not None
    node = interpolate(root, variables)
    assert isinstance(node, Mapping)
    value = node.entries["a"]
    if isinstance(value, Sequence):
        return [item.text for item in value if isinstance(item, Scalar)]
    assert isinstance(value, Scalar)
    return value.resolved


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x-${E}-y", "x-test-y"),
        ("${E}${E}", "testtest"),
        ("\\${E}", "${E}"),
        ("$E ${E:-d} ${AWS::Region} ${}", "$E ${E:-d} ${AWS::Region} ${}"),
        ("${N}", "80"),  # text, since Copilot writes it back in quotes
        ("'${N}'", "80"),
        ("80", 80),
        ("!Sub ${E}", "${E}"),  # only strings are looked at, and this has a tag of its own
        ("${UNKNOWN}", "${UNKNOWN}"),
        ("\\${E} ${E}", "test test"),  # the escape is undone first
        ('\'["a", "b"]\'', ["a", "b"]),
        ("'[\"${E}\", null]'", ["test", ""]),
        ("'[]'", "[]"),
        ("'[1]'", "[1]"),
        ("'[\"a\"'", '["a"'),
        ('|\n  ["a"]', '["a"]\n'),
        ('>\n  ["a"]', ["a"]),
    ],
)
def test_values(text: str, value: object) -> None:
    assert _value(text, E="test", N="80") == value


def test_what_only_the_shell_knows_is_not_known() -> None:
    root = read(Source("x", "a: ${X}/${E}\n")).root
    assert root is not None
    node = interpolate(root, {})
    again = complete(node, {"E": "test"})
    assert isinstance(again, Mapping)
    value = again.get("a")
    assert isinstance(value, Scalar)
    assert (value.text, value.known) == ("${X}/test", False)
    assert value.template == "${X}/${E}"


def test_an_untouched_tree_is_the_same_tree() -> None:
    root = read(Source("x", "a: {b: [c, 1]}\n")).root
    assert root is not None
    assert interpolate(root, {"E": "test"}) is root


def test_nothing_in_a_flow_map_becomes_empty_text() -> None:
    root = read(Source("x", "a: {b: }\nc:\n")).root
    assert root is not None
    node = interpolate(root, {})
    assert isinstance(node, Mapping)
    inner = node.get("a")
    assert isinstance(inner, Mapping)
    assert inner.get("b") is not None
    assert node.get("c") is None


def test_each_environment_has_its_own_name() -> None:
    text = (
        "name: api\ntype: Backend Service\n"
        f"variables: {{A: 'x-${{{ENVIRONMENT}}}'}}\nenvironments: {{test: , prod: {{cpu: 1}}}}\n"
    )
    texts = {}
    for manifest in Document(Source("x", text)).manifests:
        value = manifest.scalar("variables", "A")
        assert value is not None
        texts[manifest.environment] = (value.text, value.known)
    assert texts == {
        "*": (f"x-${{{ENVIRONMENT}}}", False),
        "test": ("x-test", True),
        "prod": ("x-prod", True),
    }


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("|\n\n    b\n", "b\n"), ("| # kept\n\n    b\n", "\nb\n"), ("# kept\n    |\n\n      b\n", "\nb\n"),
        ("|\n\n    ${E} # c\n", "test # c\n"), (">\n    b\n      ${E}\n", "b\n\n  test\n"), ("|\n    b\n", "b\n"),
    ],
)  # fmt: skip
def test_a_block_is_what_arrives_of_it(text: str, arrives: str) -> None:
    source = Source("x", f"name: x\ntype: Backend Service\nvariables:\n  A: {text}")
    root = read(source).root
    assert root is not None
    node = interpolate(root, {"E": "test"}, source.text)
    again = complete(node, {"E": "test"}, source.text)
    for found in (node, again):
        assert isinstance(found, Mapping)
        variables = found.get("variables")
        assert isinstance(variables, Mapping)
        value = variables.entries["A"]
        assert isinstance(value, Scalar)
        assert value.text == arrives


def test_what_changes_is_known_as_it_was() -> None:
    document = Document(Source("x", "name: x\ntype: Backend Service\nx:\n  A: |\n\n    b\n  B: |\n    b\n"))
    assert [scalar.original for scalar in document.scalars if scalar.style] == [None, "\nb\n"]


@pytest.mark.parametrize(
    "text",
    [
        'A: ${COPILOT_ENVIRONMENT_NAME}\nB: >\n  \u2028  ["a"]\n',
        '- ${COPILOT_ENVIRONMENT_NAME}\n- >\n  \u2028  ["a"]\n',
    ],
)
def test_what_a_text_has_become_is_not_taken_for_a_list_later(text: str) -> None:
    root = read(Source("m.yml", text)).root
    assert root is not None
    first = interpolate(root, {}, text)
    second = complete(first, {ENVIRONMENT: "test"}, text)
    assert isinstance(first, Mapping | Sequence)
    assert isinstance(second, Mapping | Sequence)
    (named, folded), (open_, before) = second, first
    assert folded == before
    assert named != open_


def test_what_an_environment_leaves_out_stays_left_out_in_the_map_that_it_comes_to() -> None:
    text = "name: api\ntype: Backend Service\nvariables: {A: '${COPILOT_ENVIRONMENT_NAME}', B: b, C: }\n"
    text += "environments:\n  test:\n    variables:\n      B:\n"
    _, test = Document(Source("m.yml", text)).manifests
    variables = test.mapping("variables").entries
    assert [variables[name].is_null for name in "ABC"] == [False, True, False]
