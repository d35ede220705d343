"""Fields that Copilot does not see, and why: a finding about their absence follows from what takes them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import EmptyUnion, ManifestFile, Mapping, Node, Path, UnknownField
from sidecar_lint_rules.document._placement import misplaced, renamed

#: What `follows_from` takes: the code of a rule, and where it finds something.
Causes = list[tuple[str, Node]]


def lost(file: ManifestFile, *path: str | int) -> Causes:
    """What the absence of a field follows from: were that mended, Copilot would see the field.

    The field, or one around it, is misspelt, or has a value that it cannot have, or stands where it does not
    belong. `path` leads to it from the top of the manifest, whatever environment that is of.
    """
    found = file.once(_Losses)
    around = range(1, len(path) + 1)
    return [
        *(
            (loss.code, loss.place)
            for at in around
            for loss in found.by_path.get(path[:at], ())
            if loss.has(path[at:])
        ),
        *found.by_section.get(path, ()),
    ]


def lost_in(file: ManifestFile, item: Mapping, name: str) -> Causes:
    """The same of a field in an item of a list: there, the path may lead to another item in each environment."""
    return file.once(_Losses).by_item.get((item.span.start, name), [])


def lost_below(file: ManifestFile, empty: EmptyUnion) -> Causes:
    """The same of whatever could be in a map: what is written in it belongs there, under another name or deeper."""
    return file.once(_Losses).by_map.get(id(empty.node), [])


class _Loss(NamedTuple):
    """A field that is not seen: what says so, and where; `value` is what it has, where that fits."""

    code: str
    place: Node
    value: Node | None = None

    def has(self, path: tuple[str | int, ...]) -> bool:
        """Whether something is at a path in its value, for all that is known."""
        value = self.value
        for step in path:
            if value is not None:
                value = value.get(step) if isinstance(value, Mapping) and isinstance(step, str) else None
                if value is None:
                    return False
        return True


class _Losses:
    """What takes fields away in a manifest.

    By the paths of the fields; by those of the sections that would be there with them; by the items of lists
    that should have them; and by the maps that should have them, or have them deeper.
    """

    def __init__(self, file: ManifestFile) -> None:
        self._file = file
        self.by_path: defaultdict[Path, list[_Loss]] = defaultdict(list)
        self.by_section: defaultdict[Path, Causes] = defaultdict(list)
        self.by_item: defaultdict[tuple[int, str], Causes] = defaultdict(list)
        self.by_map: defaultdict[int, Causes] = defaultdict(list)
        if file.shape is None:
            return
        for unknown in file.shape.unknown_fields:
            at = _inside(unknown.path)
            self._add_misspelt(unknown, at)
            for home in self._homes(unknown, at):
                self._add_misplaced(unknown, at, home)
        for mismatch in file.shape.wrong_types:
            self.by_path[_inside(mismatch.path)].append(_Loss("SL005", mismatch.node))
        for empty in file.shape.empty_unions:
            self.by_path[_inside(empty.path)].append(_Loss("SL006", empty.node))

    def _add_misspelt(self, unknown: UnknownField, at: Path) -> None:
        meant = renamed(unknown)
        for code in ("SL007", "SL006") if meant else ():
            cause = (code, unknown.key)
            self.by_path[*at[:-1], meant or ""].append(_Loss(*cause, unknown.value))
            self.by_item[unknown.siblings.span.start, meant or ""].append(cause)
            self.by_map[id(unknown.siblings)].append(cause)

    def _add_misplaced(self, unknown: UnknownField, at: Path, home: Path) -> None:
        cause = ("SL008", unknown.key)
        self.by_path[home].append(_Loss(*cause, unknown.value))
        for length in range(1, len(home)):
            self.by_section[home[:length]].append(cause)
        if home[: len(at) - 1] == at[:-1]:
            self.by_map[id(unknown.siblings)].append(cause)

    def _homes(self, unknown: UnknownField, at: Path) -> Iterator[Path]:
        """Where a field that stands in another place belongs, if that is in the same sidecar, volume or the like."""
        found = misplaced(self._file, unknown)
        if found is None or found.kind is not None:
            return
        for home in (found.home, *found.others):
            named = [step for step, name in enumerate(home) if name == "*"]
            if "[]" not in home and all(step < len(at) - 1 for step in named):
                yield (
                    *(at[step] if name == "*" else name for step, name in enumerate(home)),
                    unknown.key.text,
                )


def _inside(path: Path) -> Path:
    """A path without the environment that it leads into."""
    return path[2:] if path[:1] == ("environments",) else path
