"""What makes a finding the same one tomorrow, wherever it has moved to in its file."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from sidecar_lint.finding import Finding
from sidecar_lint.report.repository import repository_path
from sidecar_lint.syntax.nodes import Mapping, Node, Sequence
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report


def fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding of a file with its fingerprint, which no other has.

    It is made of the rule, the file, the keys that lead to the place, what is written there and
    the message. Where all of it is equal the findings are numbered. Lines do not count.
    """
    if not report.findings:
        return
    outline = _Outline(read(report.source).root)
    path = repository_path(report.path)
    written = cache(partial(_written, report.shown.text))
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in report.findings:
        keys = outline.keys(finding.span.start)
        about = (finding.code, path, *keys, written(finding.span), finding.message)
        yield finding, _digest(*about, str(seen[about]))
        seen[about] += 1


def _written(text: str, span: Span) -> str:
    """A word for what is written at a place, which many findings may have."""
    return _digest(" ".join(text[span.start : span.end].split()))


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class _Outline:
    """The keys around a place. The members of a collection are sorted once, however many are asked for."""

    def __init__(self, root: Node | None) -> None:
        self._root = root
        self._members: dict[int, list[Node]] = {}

    def keys(self, offset: int) -> Iterator[str]:
        """The keys that lead to a place; what is in a list has no number, which would move."""
        node = self._root
        while node is not None:
            node = self._inside(node, offset)
            if node is not None and node.key is not None:
                yield node.key.text

    def _inside(self, node: Node, offset: int) -> Node | None:
        """The member of a collection that holds a place."""
        if not isinstance(node, Mapping | Sequence):
            return None
        members = self._members.get(id(node))
        if members is None:
            inside = iter(node.entries.values()) if isinstance(node, Mapping) else iter(node)
            members = self._members[id(node)] = sorted(inside, key=_start)
        at = bisect_right(members, offset, key=_start) - 1
        return members[at] if at >= 0 and offset <= _end(members[at]) else None


def _start(node: Node) -> int:
    """Where a member begins: with its key, if it has one."""
    if node.key is not None:
        return node.key.span.start
    return node.alias.start if node.alias is not None else node.span.start


def _end(node: Node) -> int:
    end = node.span.end if node.alias is None else node.alias.end
    return max(end, node.key.span.end) if node.key is not None else end
