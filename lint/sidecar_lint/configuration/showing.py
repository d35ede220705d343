"""What is in force for a file, in words, with the line that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sidecar_lint.configuration.configurations import Configurations
from sidecar_lint.finding import Severity
from sidecar_lint.option import options_of
from sidecar_lint.patterns import matches
from sidecar_lint.selection import codes_of
from sidecar_lint.settings import PLAIN
from sidecar_lint.versions import LATEST

if TYPE_CHECKING:
    from sidecar_lint.configuration.configuration import Configuration
    from sidecar_lint.configuration.ruleset import Ruleset
    from sidecar_lint.tree import Scalar
    from sidecar_lint.workspace.files import Files

_DEFAULT = "default"


class _Row(NamedTuple):
    """A setting, its value, and where it is written."""

    name: str
    value: str
    origin: str = _DEFAULT


def show(path: str, files: Files) -> str:
    """What is in force for a file, one setting a line."""
    made = files.configuration(path)
    rows = [_Row("file", path, ""), _Row("configuration", made.path if made else "none", "")]
    rows += _rows(path, made, len(Configurations().of(path, files).rules))
    name, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = (f"{row.name:<{name}}  {row.value:<{value}}  {row.origin}".rstrip() for row in rows)
    mistakes = "".join(f"{made.line(each.span)}: {each.message}\n" for each in made.mistakes) if made else ""
    return "".join(f"{line}\n" for line in lines) + (
        f"\nmistakes, which do not count:\n{mistakes}" if mistakes else ""
    )


def _rows(path: str, made: Configuration | None, count: int) -> Iterator[_Row]:
    yield _Row("rules", f"{count} are run", "")
    if made is None:
        yield from (_Row("select", "all"), _Row("fail-on", _word(PLAIN.fail_on)))
        yield _Row("copilot-version", ".".join(map(str, LATEST)))
        return
    yield from _choice(path, made)
    for key, severity in made.severities:
        yield _Row(f"severity {_called(made, key)}", severity.value, made.line(key.span))
    for key, words in made.environment_ignores:
        yield from (
            _Row(f"ignore in {key.text}", _called(made, word), made.line(word.span)) for word in words
        )
    yield from _single(made)
    yield from _options(made, made.ruleset)


def _choice(path: str, made: Configuration) -> Iterator[_Row]:
    for word in made.select:
        yield _Row("select", _called(made, word), made.line(word.span))
    if not made.select:
        yield _Row("select", "all")
    for word in made.ignore:
        yield _Row("ignore", _called(made, word), made.line(word.span))
    for pattern, words in made.file_ignores:
        if matches(pattern.text, made.relative(path)):
            yield from (_Row("ignore", _called(made, word), made.line(word.span)) for word in words)
    if made.excludes(path):
        yield _Row("exclude", "this file", made.path)


def _single(made: Configuration) -> Iterator[_Row]:
    fail_on = made.fail_on
    yield _Row("fail-on", fail_on.text if fail_on else _word(PLAIN.fail_on), _origin(made, "fail-on"))
    version = ".".join(map(str, made.copilot_version))
    yield _Row("copilot-version", version, _origin(made, "copilot-version"))
    yield _Row("require-reasons", str(made.require_reasons).lower(), _origin(made, "require-reasons"))
    if made.baseline:
        yield _Row("baseline", made.resolve(made.baseline), made.line(made.baseline.span))
    for collector in made.collectors:
        name = f"collector of {collector.workload}" if collector.workload else "collector"
        yield _Row(name, collector.path, made.line(collector.span))
    for plugin in made.plugins:
        yield _Row("plugin", made.resolve(plugin), made.line(plugin.span))


def _options(made: Configuration, ruleset: Ruleset) -> Iterator[_Row]:
    lines = {key.text: made.line(name.span) for key, node in made.rules for name, _ in node}
    for rule in ruleset.all:
        values = ruleset.options.get(rule.code, {})
        for name in options_of(rule):
            if name in values:
                origin = lines.get(rule.code) or lines.get(rule.name) or made.path
                yield _Row(f"{rule.code} {name}", str(values[name]), origin)


def _origin(made: Configuration, name: str) -> str:
    node = made.root.get(name)
    return made.line(node.span) if node else _DEFAULT


def _called(made: Configuration, word: Scalar) -> str:
    codes = sorted(codes_of(made.ruleset.all, [word.text]))
    if len(codes) == 1:
        rule = next(each for each in made.ruleset.all if each.code == codes[0])
        return f"{rule.code} {rule.name}"
    return f"{word.text} ({len(codes)} rules)" if codes else word.text


def _word(severity: Severity | None) -> str:
    return severity.value if severity else "never"
