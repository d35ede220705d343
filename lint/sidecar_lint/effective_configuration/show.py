"""What is in force for a file, in words, with the line that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.configuration.values import LATEST
from sidecar_lint.effective_configuration.configurations import Configurations
from sidecar_lint.escaping import terminal
from sidecar_lint.files.patterns import matches
from sidecar_lint.layout import table
from sidecar_lint.linting.configuration_mistakes import mistakes_in
from sidecar_lint.linting.settings import PLAIN
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.option import options_of
from sidecar_lint.rulebook.ruleset import ruleset_of
from sidecar_lint.rulebook.selection import codes_of
from sidecar_lint.syntax.nodes import Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.finding import Severity
    from sidecar_lint.rulebook.ruleset import Ruleset
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.workspace.files import Files

_DEFAULT = "default"


class _Row(NamedTuple):
    """A setting, its value, and where it is written."""

    name: str
    value: str
    origin: str = _DEFAULT


def show(path: str, files: Files, columns: int | None = None) -> str:
    """What is in force for a file, one setting a line where a terminal has so many columns."""
    made = files.configuration(path)
    rows = [_Row("file", path, ""), _Row("configuration", _configuration(made), "")]
    rows += _rows(path, made, len(Configurations().of(path, files).rules))
    lines = table([[*map(terminal, row)] for row in rows], columns)
    wrong = (f"{made.line(each.span)}: {each.message}" for each in mistakes_in(made)) if made else ()
    mistakes = "".join(f"{terminal(each)}\n" for each in wrong)
    return "".join(f"{terminal(line)}\n" for line in lines) + (
        f"\nmistakes, which do not count:\n{mistakes}" if mistakes else ""
    )


def _configuration(made: ConfigurationFile | None) -> str:
    if made is None:
        return "none"
    return f"{made.path} (it cannot be read: {made.unread.text})" if made.unread else made.path


def _rows(path: str, made: ConfigurationFile | None, count: int) -> Iterator[_Row]:
    yield _Row("rules", f"{count} are run", "")
    if made is None:
        yield from (_Row("select", "all"), _Row("fail-on", _word(PLAIN.fail_on)))
        yield _Row("copilot-version", ".".join(map(str, LATEST)))
        return
    yield from _choice(path, made)
    for key, severity in made.severities:
        yield from _written(made, f"severity {_called(made, key)}", severity.value, key.span)
    for key, words in made.environment_ignores:
        yield from _words(made, f"ignore in {key.text}", words)
    yield from _single(made)
    yield from _options(made, ruleset_of(made))


def _choice(path: str, made: ConfigurationFile) -> Iterator[_Row]:
    selected = list(_words(made, "select", made.select))
    yield from selected or [_Row("select", "all")]
    yield from _words(made, "ignore", made.ignore)
    for pattern, words in made.file_ignores:
        if matches(pattern.text, made.relative(path)):
            yield from _words(made, "ignore", words)
    if made.excludes(path):
        yield _Row("exclude", "this file", made.path)


def _single(made: ConfigurationFile) -> Iterator[_Row]:
    fail_on = made.fail_on
    yield _Row("fail-on", fail_on.text if fail_on else _word(PLAIN.fail_on), _origin(made, "fail-on"))
    version = ".".join(map(str, made.copilot_version))
    yield _Row("copilot-version", version, _origin(made, "copilot-version"))
    yield _Row("require-reasons", str(made.require_reasons).lower(), _origin(made, "require-reasons"))
    if made.baseline:
        yield from _written(made, "baseline", made.resolve(made.baseline), made.baseline.span)
    for key, value in as_mapping(made.root.get("dates")):
        if isinstance(value, Scalar):
            yield from _written(made, f"date {key.text}", value.text, value.span)
    for collector in made.collectors:
        name = f"collector of {collector.workload}" if collector.workload else "collector"
        yield from _written(made, name, collector.path, collector.span)
    left_out = "" if ruleset_of(made).is_whole else " (left out)"
    for plugin in made.plugins:
        yield from _written(made, "plugin", made.resolve(plugin) + left_out, plugin.span)


def _options(made: ConfigurationFile, ruleset: Ruleset) -> Iterator[_Row]:
    lines = {
        (key.text.lower(), name.text): made.line(name.span) for key, node in made.rules for name, _ in node
    }
    for rule in ruleset.all:
        values = ruleset.options.get(rule.code, {})
        for name in options_of(rule):
            if name in values:
                origin = lines.get((rule.code.lower(), name)) or lines.get((rule.name, name)) or made.path
                yield _Row(f"{rule.code} {name}", str(values[name]), origin)


def _words(made: ConfigurationFile, name: str, words: Iterable[Scalar]) -> Iterator[_Row]:
    for word in words:
        yield from _written(made, name, _called(made, word), word.span)


def _written(made: ConfigurationFile, name: str, value: str, span: Span) -> Iterator[_Row]:
    """A setting; nothing where it is a mistake, and does not count."""
    if not _is_mistaken(made, span):
        yield _Row(name, value, made.line(span))


def _origin(made: ConfigurationFile, name: str) -> str:
    node = made.root.get(name)
    return _DEFAULT if node is None or _is_mistaken(made, node.span) else made.line(node.span)


def _is_mistaken(made: ConfigurationFile, span: Span) -> bool:
    return any(each.span == span for each in mistakes_in(made))


def _called(made: ConfigurationFile, word: Scalar) -> str:
    codes = sorted(codes_of(ruleset_of(made).all, [word.text]))
    if len(codes) == 1:
        rule = next(each for each in ruleset_of(made).all if each.code == codes[0])
        return f"{rule.code} {rule.name}"
    return f"{word.text} ({len(codes)} rules)" if codes else word.text


def _word(severity: Severity | None) -> str:
    return severity.value if severity else "never"
