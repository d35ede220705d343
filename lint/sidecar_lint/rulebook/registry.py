"""Finding the rules: every class under the packages of the entry-point group `sidecar_lint.rules`.

The built-in rules come in by the same door as anybody's. Start-up is most of what a user waits for, so what
finds nothing in a file need not be imported for it. A package inside may say in `LOOKS_AT` which hooks its
rules have (`(Rule.check_collector,)`): it waits for the first file that has what these look at. And it may say
in `LOOKS_FOR` that modules find something only in a text with some word (`{"efs": ("invalid_root_dir",)}`):
they wait for the first one that has it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, overload

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.rule import HOOKS, Hook, Rule

if TYPE_CHECKING:
    from pathlib import Path

GROUP: Final = "sidecar_lint.rules"
#: How the names begin that modules get which are on no path.
LOCAL: Final = "sidecar_lint_local_"
#: Allows what `plugins_allowed` asks for.
PLUGINS_VARIABLE: Final = "SIDECAR_LINT_ALLOW_PLUGINS"
#: How YAML writes a letter otherwise, or goes on with a word in the next line.
_ESCAPE: Final = r"\\[xuU\r\n]"
#: For so many kinds of files it is kept which rules they need.
_REMEMBERED: Final = 100


class RuleLoadError(Exception):
    """A package of rules that cannot be used: which one, and why."""

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(f"cannot load the rules of {package!r}: {reason}")
        self.package = package
        self.reason = reason


class Subject(NamedTuple):
    """What rules are asked to look at: the hooks that they are asked through, and the text of the file."""

    hooks: frozenset[Hook]
    text: str


class InstalledRules(Sequence[Rule]):
    """The rules of a package by code, of which parts are imported only when a file has what they look at.

    Whoever goes through them or counts them has all of them imported.
    """

    def __init__(self, package: _Package, wanted: Callable[[Rule], bool] = lambda _: True) -> None:
        """Those that are `wanted`."""
        self._package = package
        self._wanted = wanted
        self._found: dict[_Kind | None, tuple[Rule, ...]] = {}

    def about(self, subject: Subject) -> tuple[Rule, ...]:
        """All that may find something in a file, and perhaps more."""
        return self._of(self._package.kind(subject))

    def only(self, wanted: Callable[[Rule], bool]) -> InstalledRules:
        """Those that are wanted, too."""
        return InstalledRules(self._package, lambda rule: self._wanted(rule) and wanted(rule))

    def _of(self, kind: _Kind | None) -> tuple[Rule, ...]:
        found = self._found.get(kind)
        if found is None:
            if len(self._found) == _REMEMBERED:
                self._found.clear()
            found = self._found[kind] = tuple(filter(self._wanted, self._package.rules(kind)))
        return found

    def __len__(self) -> int:
        return len(self._of(None))

    @overload
    def __getitem__(self, at: int) -> Rule: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Rule]: ...
    def __getitem__(self, at: Any) -> Any:
        return self._of(None)[at]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._of(None))


def about(rules: Sequence[Rule], subject: Subject) -> Sequence[Rule]:
    """All of some rules that may find something in a file, and perhaps more."""
    return rules.about(subject) if isinstance(rules, InstalledRules) else rules


def only(rules: Sequence[Rule], wanted: Callable[[Rule], bool]) -> Sequence[Rule]:
    """Those of some rules that are wanted; none is imported for that."""
    return rules.only(wanted) if isinstance(rules, InstalledRules) else tuple(filter(wanted, rules))


@cache
def load_rules() -> Sequence[Rule]:
    """One instance of every installed rule, by code.

    Raises RuleLoadError where there are none, a package cannot be imported, or two rules have one code or name.
    """
    packages = [_Package(name) for name in sorted(set(_packages()))]
    if not packages:
        raise RuleLoadError(GROUP, "no distribution that is installed names any")
    if len(packages) == 1:
        return InstalledRules(packages[0])
    rules: tuple[Rule, ...] = ()
    for package in packages:  # whether two have one code is known once all are imported
        rules = join(rules, package.rules(None), package.name)
    return rules


def plugins_allowed(*, asked: bool = False) -> bool:
    """Whether rules may be loaded that a repository brings: they are code of whoever wrote it.

    Only what is said outside of the repository counts: an option, the variable, an editor's settings. Rules of
    installed packages are the user's own choice, and load always.
    """
    return asked or os.environ.get(PLUGINS_VARIABLE) == "1"


@cache
def load_path(path: str) -> tuple[Rule, ...]:
    """One instance of every rule in a Python file, or in the files of a folder, by its absolute path.

    A folder with an `__init__.py` is a package; of any other, each file stands for itself, and those
    whose names begin with `_` or `test_` are left out. Raises RuleLoadError.
    """
    found: list[Rule] = []
    for file in _files(path):
        try:
            modules = list(_modules(_import_file(file)))
        except Exception as error:
            raise RuleLoadError(path, f"{type(error).__name__}: {error}") from error
        found += _rules_in(modules)
    if not found:
        raise RuleLoadError(path, "there is no rule in it")
    return tuple(found)


def join(rules: Sequence[Rule], more: Iterable[Rule], package: str) -> tuple[Rule, ...]:
    """Rules by code. Raises RuleLoadError where two have one code or name."""
    found = {key: rule for rule in rules for key in (rule.code, rule.name)}
    for rule in more:
        _refuse(rule, found, package)
        found[rule.code] = found[rule.name] = rule
    return tuple(rule for key, rule in sorted(found.items()) if key == rule.code)


def _files(path: str) -> list[Path]:
    from pathlib import Path

    place = Path(path)
    if not place.exists():
        raise RuleLoadError(path, "there is no such file or folder")
    if not place.is_dir():
        return [place]
    if (place / "__init__.py").is_file():
        return [place / "__init__.py"]
    return [file for file in sorted(place.glob("*.py")) if not file.name.startswith(("_", "test_"))]


def _import_file(file: Path) -> ModuleType:
    """Import a file that is on no path, under a name of its own."""
    from zlib import crc32

    if file.suffix != ".py":
        raise ImportError(f"{file.name} is not a Python file")
    is_package = file.name == "__init__.py"
    place = file.parent if is_package else file
    name = f"{LOCAL}{crc32(os.fsencode(place)):x}_{place.stem}"
    return _import(name, str(file), [str(file.parent)] if is_package else None)


def _import(name: str, path: str, below: list[str] | None = None) -> ModuleType:
    """Import a module whose file is known: to search for it, and to fill in what nobody asks for, takes a third more."""
    loader = SourceFileLoader(name, path)
    spec = ModuleSpec(name, loader, origin=path, is_package=below is not None)
    module = ModuleType(name)
    if below is not None:
        spec.submodule_search_locations = module.__path__ = below
    module.__spec__, module.__loader__, module.__package__, module.__file__ = spec, loader, spec.parent, path
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    package, _, own = name.rpartition(".")
    if package in sys.modules:  # as an import would: others say `package.module`
        setattr(sys.modules[package], own, module)
    return module


def _packages() -> Iterator[str]:
    """The packages that installed distributions name under our group.

    importlib.metadata would say the same, and takes as long to import as fifty rules. The current
    folder, which `python -m` puts on the path, is no place where anything is installed.
    """
    here = os.path.realpath(os.curdir)
    for folder in (each for each in sys.path if os.path.realpath(each) != here):
        with suppress(OSError):
            yield from _packages_in(folder)


def _packages_in(folder: str) -> Iterator[str]:
    try:
        names = os.listdir(folder)
    except NotADirectoryError:
        from importlib.metadata import distributions

        for each in distributions(path=[folder]):  # of a zip
            yield from _values(each.read_text("entry_points.txt") or "")
        return
    for name in names:
        if name.endswith("-info"):
            yield from _values(_entry_points(os.path.join(folder, name, "entry_points.txt")))


def _entry_points(path: str) -> str:
    """The text of a file of entry points; nothing where there is none, or our group is not in it, as in most."""
    try:
        with open(path, "rb") as file:
            said = file.read()
    except OSError:
        return ""
    return said.decode("utf-8", "replace") if GROUP.encode() in said else ""


def _values(text: str) -> Iterator[str]:
    """What the lines of our group name, in the format of entry_points.txt."""
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif group == GROUP and "=" in line and not line.startswith(("#", ";")):
            yield line.partition("=")[2].partition("[")[0].strip()


class _Kind(NamedTuple):
    """Of what kind a file is: the hooks that are asked about it, and which words that rules look for are in it."""

    hooks: frozenset[Hook]
    words: frozenset[str]


class _Waiting(NamedTuple):
    """A module that waits for a word, or a package that waits for hooks, with all below it, and how it is imported."""

    modules: Callable[[], Iterable[ModuleType]]
    hooks: Collection[Hook] = ()
    word: str | None = None


class _Package:
    """An installed package of rules."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._waiting: list[_Waiting] = []
        #: What the rules of a module look for, where that is some word.
        self._words: dict[str, str] = {}
        self._rules: tuple[Rule, ...] = ()
        self._add(lambda: _modules(import_module(name.partition(":")[0]), self._waiting))

    def kind(self, subject: Subject) -> _Kind:
        """Of what kind a file is. A word counts in either case, and all do where one may be written otherwise.

        What waits for its hooks is imported, and so what that looks for is known.
        """
        self._import(lambda each: each.word is None and not subject.hooks.isdisjoint(each.hooks))
        words = {each.word for each in self._waiting if each.word} | set(self._words.values())
        if not ("\\" in subject.text and re.search(_ESCAPE, subject.text)):
            text = subject.text.lower()
            words = {word for word in words if word in text}
        return _Kind(subject.hooks, frozenset(words))

    def rules(self, kind: _Kind | None) -> tuple[Rule, ...]:
        """All of its rules that may find something in files of some kind, and perhaps more; None is any."""
        self._import(lambda each: kind is None or each.word in kind.words)
        if kind is None:
            return self._rules
        return tuple(
            rule
            for rule in self._rules
            if (word := self._words.get(type(rule).__module__)) is None or word in kind.words
        )

    def _import(self, wanted: Callable[[_Waiting], bool]) -> None:
        while ready := [*filter(wanted, self._waiting)]:
            self._waiting[:] = [each for each in self._waiting if each not in ready]
            self._add(partial(self._imported, ready))

    def _imported(self, ready: Iterable[_Waiting]) -> Iterator[ModuleType]:
        for each in ready:
            for module in each.modules():
                if each.word:
                    self._words[module.__name__] = each.word
                yield module

    def _add(self, modules: Callable[[], Iterable[ModuleType]]) -> None:
        try:
            found = list(modules())
        except Exception as error:
            raise RuleLoadError(self.name, f"{type(error).__name__}: {error}") from error
        self._rules = join(self._rules, _rules_in(found), self.name)


def _rules_in(modules: Iterable[ModuleType]) -> Iterator[Rule]:
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__:
                yield value()


def _modules(package: ModuleType, waiting: list[_Waiting] | None = None) -> Iterator[ModuleType]:
    """A package and all that is below it, in alphabetical order, but for what may wait.

    A module whose name begins with `_` has no rules of its own: those that need it import it.
    """
    yield package
    words = _words(package)
    for name, path, is_package in _inside(package):
        full_name = f"{package.__name__}.{name}"
        if is_package:
            below = _module(full_name, path and os.path.join(path, "__init__.py"), [path])
            if waiting is not None and hasattr(below, "LOOKS_AT"):
                waiting.append(_Waiting(partial(_modules, below, waiting), _hooks(below)))
            else:
                yield from _modules(below, waiting)
        elif not name.startswith("_"):
            word = words.pop(name, None)
            if waiting is not None and word:
                waiting.append(_Waiting(partial(_alone, full_name, path), word=word))
            else:
                yield _module(full_name, path)
    if words:
        raise TypeError(f"LOOKS_FOR of {package.__name__} has {min(words)!r}: there is no such module")


def _inside(package: ModuleType) -> Iterator[tuple[str, str, bool]]:
    """The modules and packages in a package: the name, the path (empty in a zip), and whether it is a package."""
    for folder in getattr(package, "__path__", ()):
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except NotADirectoryError:
            from pkgutil import iter_modules

            yield from ((each.name, "", each.ispkg) for each in iter_modules([folder]))
            continue
        for entry in entries:
            name, _, suffix = entry.name.partition(".")
            if suffix == "py":
                yield name, entry.path, False
            elif not suffix and os.path.isfile(os.path.join(entry.path, "__init__.py")):
                yield name, entry.path, True


def _alone(name: str, path: str) -> Iterator[ModuleType]:
    yield _module(name, path)


def _module(name: str, path: str, below: list[str] | None = None) -> ModuleType:
    """A module by the path of its file; of a package, `below` is its folder. The path is empty in a zip."""
    return sys.modules.get(name) or (_import(name, path, below) if path else import_module(name))


def _words(package: ModuleType) -> dict[str, str]:
    """The words that modules of a package look for, by the modules' names. Raises TypeError where none can be it."""
    words = {}
    for word, modules in getattr(package, "LOOKS_FOR", {}).items():
        if not word.isidentifier() or word != word.lower():
            raise TypeError(f"LOOKS_FOR of {package.__name__} has {word!r}: write one word in lower case")
        words.update(dict.fromkeys(modules, word))
    return words


def _hooks(package: ModuleType) -> Collection[Hook]:
    """The hooks of a package that waits. Raises TypeError where one is none: it would wait for ever."""
    for each in package.LOOKS_AT:
        if each not in HOOKS:
            raise TypeError(
                f"LOOKS_AT of {package.__name__} has {each!r}: write `Rule.check_collector` or the like"
            )
    hooks: Collection[Hook] = package.LOOKS_AT
    return hooks


def _refuse(rule: Rule, found: dict[str, Rule], package: str) -> None:
    for attribute in ("code", "name", "severity", "stage"):
        if not hasattr(rule, attribute):
            raise RuleLoadError(package, f"{type(rule).__name__} has no {attribute!r}")
    other = found.get(rule.code) or found.get(rule.name)
    if other:
        owner = type(other).__module__
        raise RuleLoadError(package, f"{rule.code} {rule.name} is also {other.code} {other.name} of {owner}")
