"""From a rule to its page, and from all rules to their index. All that these say, the rules say."""

from __future__ import annotations

import json
import re
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from sidecar_lint.pages.blocks import Block, Code, Facts, Heading, Link, Listing, Prose, Table, Title
from sidecar_lint.pages.docstring import paragraphs, summary
from sidecar_lint.pages.family import by_family, family_of
from sidecar_lint.pages.outcome import ExampleOutcome, outcome
from sidecar_lint.rulebook.option import options_of
from sidecar_lint.rulebook.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.finding import Finding

_COPILOT: Final = "https://github.com/aws/copilot-cli/blob/v1.34.1/"
_ISSUE = r"([\w-]+/[\w.-]+)#(\d+)\b.*"
_COPILOT_FILE = r"(internal/[\w./-]+\.go)\b.*"


def page(rule: Rule) -> tuple[Block, ...]:
    """Everything there is to say about a rule."""
    return tuple(_page(rule))


def index(rules: Iterable[Rule]) -> tuple[Block, ...]:
    """All rules by family; each leads to its page."""
    return tuple(_index(rules))


def _page(rule: Rule) -> Iterator[Block]:
    outcomes = [outcome(rule, bad) for bad in rule.bad]
    yield Title(f"{rule.code} {rule.name}")
    yield Prose(paragraphs(rule)[0])
    yield Facts(tuple(_facts(rule, outcomes)))
    if more := paragraphs(rule)[1:]:
        yield Heading("Why")
        yield Prose("\n\n".join(more))
    if rule.bad:
        yield Heading("Wrong")
    for bad, shown in zip(rule.bad, outcomes, strict=True):
        yield from _wrong(bad.text, shown)
    if rule.good:
        yield Heading("Right")
        yield from (_manifest(text) for text in rule.good)
    yield Heading("Configuration")
    yield from _configuration(rule)
    if rule.sources:
        yield Heading("Sources")
        yield Listing(tuple(Link(text, _address(text)) for text in rule.sources))


def _facts(rule: Rule, outcomes: Sequence[ExampleOutcome]) -> Iterator[tuple[str, str]]:
    yield "Severity", rule.severity.value
    if rule.effect:
        yield "What happens", rule.effect
    yield "Without this rule", f"{rule.when} (stage `{rule.stage}`)"
    yield "Fix", _fix([finding for each in outcomes for finding in each.findings])
    if rule.in_schema:
        yield "Editors", "the JSON Schema says it too"
    yield "Family", family_of(rule).title


def _fix(findings: Sequence[Finding]) -> str:
    """How what was found can be put right."""
    safe = [finding.fixes[0].safe for finding in findings if finding.fixes]
    if not safe:
        return "none: only you can know what to write"
    known = "" if len(safe) == len(findings) else " where it can tell what is meant"
    if all(safe):
        return f"`--fix` puts it right{known}"
    if any(safe):
        return f"`--fix` puts some cases right, `--fix --unsafe-fixes` others{known}"
    return f"`--fix --unsafe-fixes` puts it right{known}; look at what it writes"


def _wrong(text: str, shown: ExampleOutcome) -> Iterator[Block]:
    yield _manifest(text)
    if said := dict.fromkeys(_said(finding, whole=not shown.changes) for finding in shown.findings):
        yield Code("\n".join(said), "text")
    if shown.changes:
        yield Prose("What the fix writes:")
        yield Code("\n".join(shown.changes), "diff")


def _said(finding: Finding, *, whole: bool) -> str:
    """What a finding says. What to write may be long, and is shown once where a fix writes it."""
    said = f"{finding.severity}: {finding.message}"
    if not finding.help:
        return said
    return f"{said}\nhelp: {finding.help if whole else finding.help.partition(chr(10))[0]}"


def _configuration(rule: Rule) -> Iterator[Block]:
    ignore = (
        f"`--ignore {rule.code}`, or `ignore: [{rule.code}]` in `.sidecar-lint.yml`, leaves this rule out"
    )
    if type(rule).check_suppressions is Rule.check_suppressions:
        yield Prose(
            f"{ignore}; the comment\n`# sidecar-lint: ignore[{rule.code}] reason` does so for a line."
        )
    else:  # no comment takes away what is wrong with comments
        yield Prose(f"{ignore}.")
    if options := options_of(rule):
        lines = (f"    {name}: {json.dumps(each.default)}  # {each.about}" for name, each in options.items())
        yield Code("\n".join(("# .sidecar-lint.yml", "rules:", f"  {rule.code}:", *lines)), "yaml")


def _manifest(text: str) -> Code:
    return Code(dedent(text).strip("\n"), "yaml")


def _address(source: str) -> str | None:
    """Where a source can be read, for the forms of it that say so."""
    if source.startswith("https://"):
        return source
    if issue := re.fullmatch(_ISSUE, source):
        return f"https://github.com/{issue[1]}/issues/{issue[2]}"
    if file := re.fullmatch(_COPILOT_FILE, source):
        return f"{_COPILOT}{file[1]}"
    return None


def _index(rules: Iterable[Rule]) -> Iterator[Block]:
    yield Title("Rules")
    for family, members in by_family(rules).items():
        yield Heading(family.title)
        rows = tuple(tuple(_row(rule)) for rule in members)
        yield Table(("Rule", "What is wrong", "Severity", "Stage", "Fix"), rows)


def _row(rule: Rule) -> Iterator[Link]:
    yield Link(f"{rule.code} {rule.name}", f"{rule.name}.md")
    yield Link(summary(rule))
    yield Link(rule.severity.value)
    yield Link(rule.stage.value)
    yield Link("yes" if any(bad.fixed is not None for bad in rule.bad) else "")
