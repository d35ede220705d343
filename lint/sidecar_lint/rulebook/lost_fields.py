"""Fields that Copilot does not see, and why: a finding about their absence follows from what takes them away.

That is told by the built-in rules SL005 to SL008, whose codes are therefore here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.manifests.misplaced_fields import meant_field, misplaced
from sidecar_lint.manifests.schema_check import EmptyUnion, UndecodedField, environments_of, node_at
from sidecar_lint.manifests.schemas import Path
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.syntax.span import Span

#: What `follows_from` takes: the code of a rule, and where it finds something.
Causes = list[tuple[str, Node]]
#: Nobody takes one field away so often.
_MOST: Final = 8


def lost(manifest: Manifest | ManifestFile, *path: str | int) -> Causes:
    """What the absence of a field follows from: were that mended, Copilot would see the field.

    The field, or one around it, is misspelt, or has a value that it cannot have, or stands where it does not
    belong. `path` leads to it from the top of the manifest of an environment.
    """
    halves: list[tuple[str, ...]] = [()]
    if isinstance(manifest, ManifestFile):
        losses = manifest.once(_Losses)
    else:
        losses = manifest.document.once(_Losses)
        if not losses.by_path:  # as in most files
            return []
        # What an environment says in a word itself counts there, whatever is mended in the base.
        halves = [] if isinstance(node_at(manifest.override, path), Scalar) else halves
        halves.append((manifest.environment,))
    found: Causes = []
    for half in halves:
        for at in range(1, len(path) + 1):
            around = losses.by_path.get((half, path[:at]), ())[:_MOST]
            found += ((loss.code, loss.place) for loss in around if loss.has(path[at:]))
        found += losses.by_section.get((half, path), ())[:_MOST]
    return found


def lost_in(file: ManifestFile, item: Mapping, name: str) -> Causes:
    """The same of a field in an item of a list: there, the path may lead to another item in each environment."""
    return file.once(_Losses).by_item.get((item.span.start, name), [])[:_MOST]


def if_all_lost(missing: Iterable[Causes]) -> Causes:
    """What several fields follow from that one finding misses; nothing where one of them is nowhere."""
    found = list(missing)
    return list(chain.from_iterable(found)) if all(found) else []


def lost_items(file: ManifestFile, *path: str) -> Causes:
    """The same of items of the list at a path, and of the list."""
    return [*lost(file, *path), *file.once(_Losses).by_list.get(path, ())[:_MOST]]


def lost_at(file: ManifestFile, offset: int) -> Causes:
    """What takes away a text that is written somewhere."""
    taken = file.once(_Losses).taken
    at = bisect_right(taken, offset, key=lambda each: each[0].start) - 1
    return taken[at][1] if at >= 0 and offset < taken[at][0].end else []


def lost_below(file: ManifestFile, empty: EmptyUnion) -> Causes:
    """The same of whatever could be in a map: what is written in it belongs there, under another name or deeper."""
    return file.once(_Losses).by_map.get(id(empty.node), [])[:_MOST]


class _Loss(NamedTuple):
    """A field that is not seen: what says so, and where; `value` is what it has, where that fits."""

    code: str
    place: Node
    value: Node | None = None

    @property
    def span(self) -> Span:
        """What is not seen because of it."""
        return (self.value or self.place).span

    def has(self, path: tuple[str | int, ...]) -> bool:
        """Whether something is at a path in its value, for all that is known."""
        return self.value is None or node_at(self.value, path) is not None


#: The half of a manifest (nothing for the base, or an environment), and a path in it.
_Where = tuple[tuple[str, ...], Path]


class _Losses:
    """What takes fields away in a manifest.

    By the paths of the fields; by those of the sections that would be there with them; by the items of lists
    that should have them; by the paths of lists that should have them as items; and by the maps that should have
    them, or have them deeper.
    """

    def __init__(self, file: ManifestFile) -> None:
        self._file = file
        self.by_path: defaultdict[_Where, list[_Loss]] = defaultdict(list)
        self.by_section: defaultdict[_Where, Causes] = defaultdict(list)
        self.by_item: defaultdict[tuple[int, str], Causes] = defaultdict(list)
        self.by_list: defaultdict[Path, Causes] = defaultdict(list)
        self.by_map: defaultdict[int, Causes] = defaultdict(list)
        self.taken: list[tuple[Span, Causes]] = []
        if file.shape is None:
            return
        for unknown in file.shape.unknown_fields:
            self._add_misspelt(unknown)
            for home in self._homes(unknown):
                self._add_misplaced(unknown, home)
        items: dict[int, list[Node]] = {}
        for mismatch in file.shape.wrong_types:
            self._add_undecoded(mismatch.path, mismatch.node, items)
        self.taken = self._taken()
        for empty in file.shape.empty_unions:
            if empty.node.entries:  # else it may as well be left out
                self.by_path[_where(empty.path)].append(_Loss("SL006", empty.node))

    def _add_misspelt(self, unknown: UndecodedField) -> None:
        meant = meant_field(unknown)
        for code in ("SL007", "SL006") if meant else ():
            cause = (code, unknown.key)
            self.by_path[_where((*unknown.path[:-1], meant or ""))].append(_Loss(*cause, unknown.value))
            self.by_item[unknown.siblings.span.start, meant or ""].append(cause)
            self.by_map[id(unknown.siblings)].append(cause)

    def _add_misplaced(self, unknown: UndecodedField, home: Path) -> None:
        cause, (half, at) = ("SL008", unknown.key), _where(unknown.path)
        self.by_path[half, home].append(_Loss(*cause, unknown.value))
        for length in range(1, len(home)):
            self.by_section[half, home[:length]].append(cause)
        if home[: len(at) - 1] == at[:-1]:
            self.by_map[id(unknown.siblings)].append(cause)

    def _add_undecoded(self, path: Path, node: Node, items: dict[int, list[Node]]) -> None:
        half, at = _where(path)
        self.by_path[half, at].append(_Loss("SL005", node))
        if at and isinstance(at[-1], int):
            self.by_list[at[:-1]].append(("SL005", node))
        elif any(isinstance(step, int) for step in at):
            owner = node_at(self._file.root, path[:-1], items)
            if owner is not None:
                self.by_item[owner.span.start, str(at[-1])].append(("SL005", node))

    def _taken(self) -> list[tuple[Span, Causes]]:
        """What is not seen, in the order of the text; none of it is inside of another."""
        found: defaultdict[Span, Causes] = defaultdict(list)
        for loss in chain.from_iterable(self.by_path.values()):
            if loss.value is not None or not isinstance(loss.place, Scalar):  # which takes only itself away
                found[loss.span].append((loss.code, loss.place))
        return sorted(found.items(), key=lambda each: each[0])

    def _homes(self, unknown: UndecodedField) -> Iterator[Path]:
        """Where a field that stands in another place belongs, if that is in the same sidecar, volume or the like."""
        found, (_, at) = misplaced(self._file, unknown), _where(unknown.path)
        if found is None or found.kind is not None:
            return
        for home in (found.home, *found.others):
            named = [step for step, name in enumerate(home) if name == "*"]
            if "[]" not in home and all(step < len(at) - 1 for step in named):
                inside = (at[step] if name == "*" else name for step, name in enumerate(home))
                yield (*inside, unknown.key.text)


def _where(path: Path) -> _Where:
    """The half of the manifest that a path leads into, and the path in it."""
    half = environments_of(path)
    return half, path[2:] if half else path
