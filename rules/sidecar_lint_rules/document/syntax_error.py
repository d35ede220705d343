from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ManifestFile, Related, Rule, Severity, Span, Stage, SyntaxProblem
from sidecar_lint_rules.document._yaml_v3 import Explained, explain


class SyntaxError_(Rule):  # noqa: N801  the builtin has the name; this one is `syntax-error`
    r"""The file is not YAML.

    Nothing in it can be checked until it is. Copilot stops here too, and gives the line at which
    its parser gave up, which is often not the line to change: the finding points at the place
    where the mistake most likely is.

    Common slips: a tab in the indentation, no space after a `:`, a value that starts with `*`,
    `@`, `%` or a backtick, or holds `: `, and has no quotes.

    Copilot's reader of YAML differs from most others in a few things. It refuses a `?` in a text
    without quotes inside `[…]` or `{…}`, JSON's `\/` in double quotes, and a comma right behind a
    tag. It takes a text that ends in `:` there (`[sh:, x]`), and `\'` in double quotes, which other
    tools may refuse.
    """

    code, name = "SL001", "syntax-error"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot cannot read the file"
    sources = ("https://yaml.org/spec/1.1/", "gopkg.in/yaml.v3: scannerc.go, parserc.go")
    good = ("image: {location: '@scope/name'}",)
    bad = (
        Bad(
            """
            image:
            \tlocation: nginx
            ^ SL001
            """
        ),
        Bad(
            """
            variables:
              MAINTAINER: @example
            #             ^ SL001
            """
        ),
        Bad(
            """
            variables:
              GREETING: hello: world
            #                ^ SL001
            """
        ),
        Bad(
            """
            http:
              path: '/
            #       ^ SL001
              alias: example.com
            """
        ),
        Bad(
            """
            variables:
              SCHEDULE: *daily
            #           ^^^^^^ SL001
            """
        ),
        Bad(
            """
            variables:
              PASSWORD: ***
            #           ^^^ SL001
            """
        ),
        Bad(
            """
            variables: {URL: http://web/up?full=1, B: 'b?'}
            #                ^^^^^^^^^^^^^^^^^^^^ SL001
            command: [curl, 'a', what's up?]
            """,
            fixed="""command: [curl, 'a', 'what''s up?']""",
        ),
        Bad(
            """
            variables:
              URL: "http:\\/\\/localhost\\\\/:9"
            #            ^^ SL001
            """,
            fixed="""URL: "http://localhost\\\\/:9\"""",
        ),
        Bad(
            """
            variables: {A: !Ref, B: y}
            #              ^^^^^ SL001
            """,
            fixed="{A: !Ref , B: y}",
        ),
        Bad(
            """
            command: [run, all
            #        ^ SL001
            sidecars: {}
            """
        ),
        Bad(
            """
            variables:
              LEVEL: info
              TEAM
            # ^^^^ SL001
            image: {port: 80}
            """
        ),
        Bad(
            """
            sidecars:
              cache:
                image: redis:7
               port: 6379
            #  ^^^^^^^^^^ SL001
            """
        ),
        Bad(
            """
            variables: {A: &, B: y}
            #              ^ SL001
            """
        ),
        Bad(
            """
            variables: &all
              SELF: *all
            #       ^^^^ SL001
            """
        ),
        Bad(
            """
            # what the service is
            ---
            variables: {A: [b
            #              ^ SL001
            """
        ),
        Bad(
            """
            variables:
              A: b
             http: {path: /}
            #^^^^^^^^^^^^^^^ SL001
            """
        ),
    )

    also_bad = (
        Bad(
            """
            variables:
              TEXT: |2
            #       ^^ SL001
                \tindented
            """
        ),
        Bad(
            """
            variables: {TEXT: !<tag:yaml.org,2002:> text}
            #                                       ^^^^ SL001
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        if file.problem:
            yield self._unreadable(file, file.problem)
        if file.rewriting_problem:
            yield self._unreadable_again(file.rewriting_problem)
        for loop in file.shape.loops if file.shape else ():
            name = file.source.text[loop.span.start + 1 : loop.span.end]
            yield self.finding(loop, f"the anchor {name!r} contains itself")

    def _unreadable(self, file: ManifestFile, problem: SyntaxProblem) -> Finding:
        text = file.source.text
        span, message, help_, fixes = explained(problem, text)
        related = (*(() if fixes else _started(problem, span)), *_second_document(span, text))
        return self.finding(span, message, help=help_, related=related, fixes=fixes)

    def _unreadable_again(self, problem: SyntaxProblem) -> Finding:
        message, help_ = "a tag with no name", "leave the tag out"
        if "tab" in problem.problem:
            message = "a text after `|` or `>` cannot begin with a tab here"
            help_ = "put it in double quotes, with `\\t` for the tab"
        effect = "Copilot writes the manifest out to put variables in, and cannot read what it has written"
        return self.finding(problem.span, message, help=help_, effect=effect)


def explained(problem: SyntaxProblem, text: str) -> Explained:
    """Where to look, what is wrong there, and what to write."""
    if found := explain(problem, text):
        return found
    for kind in (_depth, _tab, _indicator, _colon_in_value, _unclosed, _no_colon, _alias, _indentation):
        if explained := kind(problem, text):
            return Explained(*explained)
    return Explained(problem.span, problem.problem)


def _started(problem: SyntaxProblem, span: Span) -> Iterator[Related]:
    started = problem.context_start
    if started is not None and problem.context and not span.start <= started < span.end:
        yield Related(Span(started, started + 1), f"{problem.context}, which started here")


def _second_document(span: Span, text: str) -> Iterator[Related]:
    """Where a document begins that is not used, if the problem lies in it."""
    for marker in re.finditer(r"(?m)^(?:---|\.\.\.)(?=\s|\Z)", text[: span.start]):
        if re.search(r"(?m)^[ \t]*[^\s#%]", text[: marker.start()]):
            message = "here a document ends; of the next one only the beginning is read, and nothing used"
            yield Related(Span(*marker.span()), message)
            return


def _rest_of_line(text: str, start: int) -> str:
    return text[start:].partition("\n")[0]


_Explained = tuple[Span, str, str] | None


def _depth(problem: SyntaxProblem, _: str) -> _Explained:
    if not problem.problem.startswith("exceeded max depth"):
        return None
    return problem.span, "nested too deeply: no more than 10,000 levels can be read", "remove levels"


def _tab(problem: SyntaxProblem, text: str) -> _Explained:
    before = text[: problem.span.start].rpartition("\n")[2]
    words = before + _rest_of_line(text, problem.span.start)
    blank = words.removesuffix(words.lstrip())
    if "\t" not in blank:
        return None
    at = problem.span.start - len(before) + blank.index("\t")
    return Span(at, at + blank.count("\t")), "a tab in the indentation", "indent with spaces"


def _indicator(problem: SyntaxProblem, text: str) -> _Explained:
    character = text[problem.span.start : problem.span.end]
    if "cannot start any token" not in problem.problem or not character.strip():
        return None
    message = f"a value without quotes cannot start with {character!r}"
    return problem.span, message, "put the value in quotes"


def _colon_in_value(problem: SyntaxProblem, text: str) -> _Explained:
    if "mapping values are not allowed" not in problem.problem:
        return None
    if ":" in text[: problem.span.start].rpartition("\n")[2]:
        return problem.span, "a value without quotes cannot hold ': '", "put the value in quotes"
    message = "a key is not allowed here: the line above it is not finished, or indented otherwise"
    return (
        problem.span,
        message,
        "put it, and all that stands in line with it, in line with the keys that it belongs to; no key may be there twice",
    )


def _unclosed(problem: SyntaxProblem, text: str) -> _Explained:
    start = problem.context_start
    if start is None or start >= len(text):
        return None
    if "quoted scalar" in problem.context and "end of stream" in problem.problem:
        message = f"the quote {text[start : start + 1]} is never closed"
        return Span(start, start + 1), message, "close the quote on the line where the text ends"
    if "flow" in problem.context:
        message = f"{text[start : start + 1]!r} is never closed, or a comma is missing"
        return Span(start, start + 1), message, "close it, or put a comma between the items"
    return None


def _no_colon(problem: SyntaxProblem, text: str) -> _Explained:
    start = problem.context_start
    if "could not find expected ':'" not in problem.problem or start is None:
        return None
    line = _rest_of_line(text, start).rstrip()
    help_ = "write `key: value`, with a space after the colon"
    return Span(start, start + max(len(line), 1)), "this line is neither a key nor a value", help_


def _alias(problem: SyntaxProblem, text: str) -> _Explained:
    """A `*` or `&` that was meant as a character, or names an anchor that is not there."""
    start = problem.span.start
    if problem.context in ("while scanning an alias", "while scanning an anchor"):
        start = start if problem.context_start is None else problem.context_start
    elif "anchor" not in problem.problem or text[start : start + 1] != "*":
        return None
    found = re.compile(r"[*&](?:[^\s,\[\]{}:]|:(?=\S))*").match(text, start)
    if found is None:
        return None
    what = "an alias" if found[0][0] == "*" else "an anchor"
    is_name = "anchor" in problem.problem
    message = (
        problem.problem if is_name else f"{found[0]!r} has no quotes, so it is {what}, and not a valid one"
    )
    return (
        Span(*found.span()),
        message,
        f"put it in quotes if the `{found[0][0]}` is meant as a character",
    )


def _indentation(problem: SyntaxProblem, text: str) -> _Explained:
    if "did not find expected" not in problem.problem or "block" not in problem.context:
        return None
    line = _rest_of_line(text, problem.span.start).rstrip()
    message = "this line is indented like none of the lines around it"
    span = Span(problem.span.start, max(problem.span.start + len(line), problem.span.end))
    return span, message, "indent it like its siblings"
