"""IAM policies as IAM evaluates them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint.iam.policies import UNKNOWN, Access, Statement, access, allow, statements
from sidecar_lint.syntax.nodes import Mapping
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read

ACTIONS = st.from_regex(r"[a-z0-9-]{2,12}:[A-Za-z]{2,24}", fullmatch=True)
PATTERNS = st.text(st.sampled_from("aAbB:*?[]!"), max_size=8)


def _access(document: str, action: str = "logs:PutLogEvents") -> Access:
    root = read(Source("a.yml", document)).root
    assert isinstance(root, Mapping)
    return access(statements(root), action)


@given(st.lists(ACTIONS, min_size=1))
def test_a_statement_that_lists_an_action_grants_it(actions: list[str]) -> None:
    written = "".join(f"\n  - {action}" for action in actions)
    document = f"Statement:\n  Effect: Allow\n  Resource: '*'\n  Action:{written.replace('  -', '    -')}\n"
    for action in actions:
        assert _access(document, action) is Access.GRANTED
        assert _access(document, action.swapcase()) is Access.GRANTED
        assert access([allow(*actions), Statement("Deny", (action,))], action) is Access.MISSING
        assert access([Statement("Deny", (action,), bounded=True), allow(*actions)], action) is Access.GRANTED
        assert access([Statement("Allow", tuple(actions), excludes=True)], action) is Access.MISSING


@given(ACTIONS, ACTIONS)
def test_what_is_not_listed_is_missing(listed: str, action: str) -> None:
    if listed.lower() != action.lower():
        assert access([allow(listed)], action) is Access.MISSING
        assert access([Statement("Allow", (listed,), excludes=True)], action) is Access.GRANTED
        assert access([allow(listed), UNKNOWN], action) is Access.UNKNOWABLE


@given(ACTIONS, st.data())
def test_wildcards_stand_for_what_they_replace(action: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(action)))
    end = data.draw(st.integers(start, len(action)))
    assert access([allow(f"{action[:start]}*{action[end:]}")], action) is Access.GRANTED
    if start < len(action):
        assert access([allow(f"{action[:start]}?{action[start + 1 :]}")], action) is Access.GRANTED
        assert access([allow(f"{action[:start]}?{action[start:]}")], action) is Access.MISSING


@given(PATTERNS, PATTERNS.map(lambda text: text.replace("*", "").replace("?", "")))
def test_only_star_and_question_mark_are_wildcards(pattern: str, action: str) -> None:
    expression = "".join({"*": ".*", "?": "."}.get(each, re.escape(each)) for each in pattern)
    expected = re.fullmatch(expression, action, re.IGNORECASE) is not None
    assert (access([allow(pattern)], action) is Access.GRANTED) is expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("{Effect: Allow, Action: 'logs:*', Resource: '*'}", Access.GRANTED),
        ("[{Effect: Allow, Action: ['s3:*', 'LOGS:put*'], Resource: '*'}]", Access.GRANTED),
        ("{Effect: Allow, Action: '*', Resource: !Sub 'arn:${X}'}", Access.GRANTED),
        ("{Effect: Allow, Action: 'logs:*', Resource: '*', Condition: {Bool: {}}}", Access.GRANTED),
        ("{Effect: Allow, NotAction: 'iam:*', Resource: '*'}", Access.GRANTED),
        ("{Effect: Allow, NotAction: ['logs:*'], Resource: '*'}", Access.MISSING),
        ("{Effect: Allow, Action: 's3:*', Resource: '*'}", Access.MISSING),
        ("[]", Access.MISSING),
        ("{Effect: Deny, Action: '*', Resource: '*'}", Access.MISSING),
        ("[{Effect: Allow, Action: '*'}, {Effect: Deny, Action: 'logs:*', Resource: '*'}]", Access.MISSING),
        ("[{Effect: Allow, Action: '*'}, {Effect: Deny, Action: 'logs:*', Resource: arn}]", Access.GRANTED),
        ("[{Effect: Allow, Action: '*'}, {Effect: Deny, Action: !Ref X, Resource: '*'}]", Access.GRANTED),
        (
            "[{Effect: Allow, Action: '*'}, {Effect: Deny, NotAction: 's3:*', Resource: '*'}]",
            Access.MISSING,
        ),
        ("{Effect: Allow, Action: !Sub 'logs:${X}', Resource: '*'}", Access.UNKNOWABLE),
        ("{Effect: Allow, Action: [!Ref X], Resource: '*'}", Access.UNKNOWABLE),
        ("{Effect: Allow, Action: [!Ref X, 'logs:*'], Resource: '*'}", Access.GRANTED),
        ("{Effect: Allow, NotAction: [!Ref X, 'logs:*'], Resource: '*'}", Access.MISSING),
        ("{Effect: !If [a, Allow, Deny], Action: 'logs:*', Resource: '*'}", Access.UNKNOWABLE),
        ("[!If [a, {Effect: Allow, Action: '*'}, !Ref AWS::NoValue]]", Access.UNKNOWABLE),
        ("[{Fn::If: [a, {Effect: Allow, Action: '*'}, {}]}]", Access.UNKNOWABLE),
        ("!FindInMap [a, b, c]", Access.UNKNOWABLE),
        ("{Effect: Allow, action: 'logs:*'}", Access.UNKNOWABLE),
    ],
)
def test_statements(statement: str, expected: Access) -> None:
    assert _access(f"Statement: {statement}") is expected


@pytest.mark.parametrize("document", ["Fn::Transform: {Name: x}", "Version: '2012-10-17'", "Statement:"])
def test_a_document_that_cannot_be_read_may_say_anything(document: str) -> None:
    assert _access(document) is Access.UNKNOWABLE


def test_many_wildcards_take_no_time() -> None:
    assert access([allow("*a" * 400 + "b")], "a" * 400) is Access.MISSING
