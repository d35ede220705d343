"""IAM policies: which actions their statements allow.

Source: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements". What only
CloudFormation can evaluate (`!Sub` or `!If` in a statement) is unknowable, and what is allowed
under a condition or for some resources counts as allowed.
"""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, TypeGuard

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.syntax.source import Source


class Access(StrEnum):
    """Whether an action is allowed."""

    GRANTED = "granted"
    MISSING = "missing"
    UNKNOWABLE = "unknowable"


class Statement(NamedTuple):
    """A statement: its effect on the actions that match one of the patterns, or none of them.

    What is None is not known: the effect, or one of the patterns.
    """

    effect: str | None
    patterns: tuple[str | None, ...]
    #: Whether the patterns are those of `NotAction`.
    excludes: bool = False
    #: Whether it holds under a condition only, or not for every resource.
    bounded: bool = False
    #: What it is about, where that is listed (`Resource`); nothing where it may be about everything.
    resources: tuple[Node, ...] = ()
    #: The file that it stands in.
    source: Source | None = None

    def covers(self, action: str) -> bool | None:
        """Whether it speaks of an action; None where that cannot be told."""
        answers = [None if pattern is None else _matches(pattern, action) for pattern in self.patterns]
        if not any(answers) and None in answers:
            return None
        return any(answers) != self.excludes


#: A statement that may say anything.
UNKNOWN: Final = Statement(None, (None,))


def allow(*actions: str) -> Statement:
    """A statement that allows actions on everything."""
    return Statement("Allow", actions)


def access(statements: Iterable[Statement], action: str) -> Access:
    """What statements say together about an action: a denial wins where it always holds."""
    found = Access.MISSING
    for statement in statements:
        covers = statement.covers(action)
        if covers is False:
            continue
        if statement.effect == "Deny":
            if covers and not statement.bounded:
                return Access.MISSING
        elif statement.effect == "Allow" and covers:
            found = Access.GRANTED
        elif found is Access.MISSING:
            found = Access.UNKNOWABLE
    return found


def statements(document: Node | None, *, bounded: bool = False) -> Iterator[Statement]:
    """The statements of a policy document in a template; `bounded` where the policy may not be there."""
    body = document.get("Statement") if isinstance(document, Mapping) and not document.tag else None
    if body is None:
        yield UNKNOWN
        return
    items = body.items if isinstance(body, Sequence) and not body.tag else [body]
    for item in items:
        statement = _statement(item) if isinstance(item, Mapping) and not item.tag else UNKNOWN
        yield statement._replace(bounded=statement.bounded or bounded)


def _statement(item: Mapping) -> Statement:
    effect = item.get("Effect")
    excludes = "Action" not in item.entries
    actions = item.get("NotAction" if excludes else "Action")
    return Statement(
        effect.text if is_literal(effect) and effect.text in ("Allow", "Deny") else None,
        tuple(_patterns(actions)),
        excludes=excludes,
        bounded=item.get("Condition") is not None or not _is_everything(item.get("Resource")),
        resources=tuple(_listed(item.get("Resource"))),
    )


def _patterns(actions: Node | None) -> Iterator[str | None]:
    items = actions.items if isinstance(actions, Sequence) and not actions.tag else [actions]
    for item in items:
        yield item.text if is_literal(item) else None


def _is_everything(resource: Node | None) -> bool:
    items = resource.items if isinstance(resource, Sequence) else [resource]
    return any(is_literal(item) and item.text == "*" for item in items)


def _listed(resource: Node | None) -> Iterator[Node]:
    if isinstance(resource, Sequence) and not resource.tag:
        yield from resource.items
    elif resource is not None:
        yield resource


def is_literal(node: Node | None) -> TypeGuard[Scalar]:
    """Whether a value is written out, rather than made by a function."""
    return isinstance(node, Scalar) and not (node.tag or "").startswith("!")


def _matches(pattern: str, action: str) -> bool:
    """Whether a pattern with `*` and `?` matches an action; case does not matter."""
    action, pattern = action.lower(), pattern.lower()
    if "*" not in pattern and "?" not in pattern:  # as most that are written with care
        return action == pattern
    return fnmatchcase(action, pattern.replace("[", "[[]"))
