"""Finding the rules: every class under the packages of the entry-point group `sidecar_lint.rules`.

The built-in rules come in by the same door as anybody's. Start-up is most of what a user waits for: a
package inside may say in `LOOKS_AT` which hooks its rules have (`(Rule.check_collector,)`), and is imported
with the first file that has what these look at.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, overload

from sidecar_lint.rulebook.rule import HOOKS, Hook, Rule

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

GROUP: Final = "sidecar_lint.rules"
#: How the names begin that modules get which are on no path.
LOCAL: Final = "sidecar_lint_local_"
#: Allows what `plugins_allowed` asks for.
PLUGINS_VARIABLE: Final = "SIDECAR_LINT_ALLOW_PLUGINS"
#: Some hooks of rules (`Rule.check_collector`); None stands for all.
Hooks = frozenset[Hook] | None


class RuleLoadError(Exception):
    """A package of rules that cannot be used: which one, and why."""

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(f"cannot load the rules of {package!r}: {reason}")
        self.package = package
        self.reason = reason


class InstalledRules(Sequence[Rule]):
    """Rules by code, of which parts are imported only when a file has what they look at.

    Whoever goes through them or counts them has all of them imported.

    `find` gives those that have any of some hooks, and perhaps more.
    """

    def __init__(self, find: Callable[[Hooks], Iterable[Rule]]) -> None:
        self._find = find
        self._found: dict[Hooks, tuple[Rule, ...]] = {}

    def having(self, hooks: Hooks) -> tuple[Rule, ...]:
        """All that have any of some hooks, and perhaps more."""
        found = self._found.get(hooks)
        if found is None:
            found = self._found[hooks] = tuple(self._find(hooks))
        return found

    def __len__(self) -> int:
        return len(self.having(None))

    @overload
    def __getitem__(self, at: int) -> Rule: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Rule]: ...
    def __getitem__(self, at: Any) -> Any:
        return self.having(None)[at]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.having(None))


def having(rules: Sequence[Rule], hooks: Hooks) -> Sequence[Rule]:
    """All of some rules that have any of some hooks, and perhaps more."""
    return rules.having(hooks) if isinstance(rules, InstalledRules) else rules


def only(rules: Sequence[Rule], wanted: Callable[[Rule], bool]) -> Sequence[Rule]:
    """Those of some rules that are wanted; none is imported for that."""
    if isinstance(rules, InstalledRules):
        return InstalledRules(lambda hooks: filter(wanted, rules.having(hooks)))
    return tuple(filter(wanted, rules))


@cache
def load_rules() -> Sequence[Rule]:
    """One instance of every installed rule, by code.

    Raises RuleLoadError where a package cannot be imported or two rules have one code or name.
    """
    packages = [_Package(name) for name in sorted(set(_packages()))]
    if len(packages) == 1:
        return InstalledRules(packages[0].rules)
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

    is_package = file.name == "__init__.py"
    place = file.parent if is_package else file
    name = f"{LOCAL}{crc32(os.fsencode(place)):x}_{place.stem}"
    return _import(name, str(file), [str(file.parent)] if is_package else None)


def _import(name: str, path: str, below: list[str] | None = None) -> ModuleType:
    """Import a module whose file is known: to search for it would take a fifth of the time that rules take."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(name, path, submodule_search_locations=below)
    if spec is None or spec.loader is None:
        raise ImportError(f"{os.path.basename(path)} is not a Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
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
        with suppress(OSError):  # no folder, such as the library in a zip
            for name in os.listdir(folder):
                if name.endswith("-info"):
                    yield from _values(_read(os.path.join(folder, name, "entry_points.txt")))


def _read(path: str) -> str:
    with suppress(OSError), open(path, encoding="utf-8", errors="replace") as file:
        return file.read()
    return ""


def _values(text: str) -> Iterator[str]:
    """What the lines of our group name, in the format of entry_points.txt."""
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif group == GROUP and "=" in line and not line.startswith(("#", ";")):
            yield line.partition("=")[2].partition("[")[0].strip()


class _Package:
    """An installed package of rules."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._waiting: list[ModuleType] = []
        self._rules: tuple[Rule, ...] = ()
        self._rules = self._imported(lambda: _modules(import_module(name.partition(":")[0]), self._waiting))

    def rules(self, hooks: Hooks) -> tuple[Rule, ...]:
        """All of its rules that have any of some hooks, and perhaps more."""
        wanted = [each for each in self._waiting if hooks is None or not hooks.isdisjoint(each.LOOKS_AT)]
        for package in wanted:
            self._waiting.remove(package)
            self._rules = self._imported(partial(_modules, package))
        return self._rules

    def _imported(self, modules: Callable[[], Iterable[ModuleType]]) -> tuple[Rule, ...]:
        try:
            found = list(modules())
        except Exception as error:
            raise RuleLoadError(self.name, f"{type(error).__name__}: {error}") from error
        return join(self._rules, _rules_in(found), self.name)


def _rules_in(modules: Iterable[ModuleType]) -> Iterator[Rule]:
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__:
                yield value()


def _modules(package: ModuleType, waiting: list[ModuleType] | None = None) -> Iterator[ModuleType]:
    """A package and all that is below it, in alphabetical order; packages that say what they look at may wait."""
    yield package
    for folder in getattr(package, "__path__", ()):
        for entry in sorted(os.scandir(folder), key=lambda each: each.name):
            name, _, suffix = entry.name.partition(".")
            if suffix == "py" and name != "__init__":
                full_name = f"{package.__name__}.{name}"
                yield sys.modules.get(full_name) or _import(full_name, entry.path)
            elif not suffix and os.path.isfile(os.path.join(entry.path, "__init__.py")):
                below = import_module(f"{package.__name__}.{name}")
                if waiting is not None and hasattr(below, "LOOKS_AT"):
                    _refuse_unknown(below)
                    waiting.append(below)
                else:
                    yield from _modules(below, waiting)


def _refuse_unknown(package: ModuleType) -> None:
    """Raises TypeError where a package says that it looks at what no rule is asked about: it would wait for ever."""
    for each in package.LOOKS_AT:
        if each not in HOOKS:
            raise TypeError(
                f"LOOKS_AT of {package.__name__} has {each!r}: write `Rule.check_collector` or the like"
            )


def _refuse(rule: Rule, found: dict[str, Rule], package: str) -> None:
    for attribute in ("code", "name", "severity", "stage"):
        if not hasattr(rule, attribute):
            raise RuleLoadError(package, f"{type(rule).__name__} has no {attribute!r}")
    other = found.get(rule.code) or found.get(rule.name)
    if other:
        owner = type(other).__module__
        raise RuleLoadError(package, f"{rule.code} {rule.name} is also {other.code} {other.name} of {owner}")
