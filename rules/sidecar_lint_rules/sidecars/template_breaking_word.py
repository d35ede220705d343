from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from sidecar_lint import (
    Bad,
    CommandWords,
    Edit,
    Finding,
    Fix,
    Manifest,
    NamedTuple,
    Outcome,
    Rule,
    Scalar,
    Severity,
    Stage,
    unquoted,
)
from sidecar_lint_rules.generated._texts import RESPELT, without_template
from sidecar_lint_rules.sidecars._shell import protected, shell_fixes, shell_help

_REFUSED: Final = "the deployment fails: in the template the word is {}"
_EFFECTS: Final = {
    Outcome.MAP: _REFUSED.format("a map instead of text"),
    Outcome.LIST: _REFUSED.format("a list instead of text"),
    Outcome.NULL: _REFUSED.format("null"),
}
_SHELL: Final = "nothing but a shell understands it: "


class TemplateBreakingWord(Rule):
    """A word of a command or entrypoint means something else where Copilot writes it.

    Copilot writes the words into its CloudFormation template without quotes, and there they are
    read as YAML once more: `a: b` becomes a map, what follows ` #` is dropped, an empty word is
    null, `|` and `>` begin a block with nothing in it, and `*`, `@` or `%` at the start are not YAML at
    all: then there is no template. Another pair of quotes, inside the ones that the manifest needs, gets
    the word through as it is. A null in a list is not a word: Copilot drops it.

    `&&`, `|` and the like are not words for a program: only a shell understands them, and none runs
    the command unless it says so. Such a command is to be written as `["sh", "-c", "..."]`.
    """

    code, name = "SL140", "template-breaking-word"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the word is read as YAML a second time"
    sources = ("workloads/partials/cf/image-overrides.yml",)
    good = (
        """
        entrypoint: [sh, -c, "npm run migrate && exec node -r dotenv/config server.js --port=8080"]
        command: '--config=/etc/otel.yaml --set a:b -- "''a: b''"'
        sidecars:
          nginx: {image: nginx, command: [~, "'*'", "''", "$(date)", 8080, 1.5, true, "a#b", '${X}: y']}
        """,
    )
    bad = (
        Bad(
            """
            command: [sh, -c, "echo a: b"]
            #                 ^^^^^^^^^^^ SL140
            sidecars:
              nginx:
                image: nginx
                command:
                  - '*'
            #       ^^^ SL140
                  - nginx # really
                  - "nginx # really"
            #       ^^^^^^^^^^^^^^^^ SL140
                  - ""
            #       ^^ SL140
            """,
            fixed="command: [sh, -c, \"'echo a: b'\"]",
        ),
        Bad(
            """
            command: 'sh -c "echo a: b"'
            #        ^^^^^^^^^^^^^^^^^^^ SL140
            """,
            fixed="""command: ["sh", "-c", "'echo a: b'"]""",
        ),
        Bad(
            """
            command: [cat, /etc/hosts, '|', sort]
            #                          ^^^ SL140
            """
        ),
        Bad(
            """
            command: npm run migrate && npm start
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL140
            """,
            fixed="""command: ["sh", "-c", "npm run migrate && npm start"]""",
        ),
        Bad(
            """
            command: [--verbose, 'yes']
            #                    ^^^^^ SL140
            """
        ),
    )
    also_bad = (
        Bad(
            """
            command:
              - |
            #   ^ SL140
                a: b
            """
        ),
        Bad(
            """
            command: '["echo", "a: b"]'
            #        ^^^^^^^^^^^^^^^^^^ SL140
            """
        ),
        Bad(
            """
            sidecars: {otel: {image: 'example.com/otel:1', command: ['{{command}}']}}
            #                                                        ^^^^^^^^^^^^^ SL140
            """
        ),
        Bad(
            """
            command: "echo `date +%s`"
            #        ^^^^^^^^^^^^^^^^^ SL140
            """,
            fixed="""command: ["sh", "-c", "echo `date +%s`"]""",
        ),
        Bad(
            """
            command: yes '*' '&'
            #        ^^^^^^^^^^^ SL140
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for override in manifest.command_words:
            found = list(_wrong_words(override))
            shell = bool(found) and bool(override.shell_operators)
            for wrong in _worst(found) if override.is_string else found:
                fixes = shell_fixes(manifest, override) if shell else _fixes(override, wrong)
                help_ = _SHELL + shell_help(manifest, override) if shell else ""
                if re.fullmatch(_PLACEHOLDER, wrong.word):
                    fixes, help_ = (), f"nothing fills in {wrong.word}: write what it stands for"
                said = self._finding(override, wrong, fixes, help_)
                yield without_template(manifest, said) if wrong.outcome is Outcome.BROKEN else said
                if shell:
                    break

    def _finding(self, override: CommandWords, wrong: _Wrong, fixes: tuple[Fix, ...], help_: str) -> Finding:
        _, word, outcome, left = wrong
        message = f"the word {word!r} of {override.field} is {outcome.value} in the template"
        if outcome is Outcome.BROKEN:
            message = f"the word {word!r} of {override.field} breaks the template"
        elif outcome is Outcome.CHANGED:
            message = f"the word {word!r} of {override.field} is {left!r} in the template"
        severity, stage, effect = self.severity, self.stage, _EFFECTS.get(outcome)
        if outcome is Outcome.CHANGED:
            stage, effect = Stage.TASK, f"the container gets {left!r}"
        elif outcome is Outcome.RESPELT:
            severity, stage, effect = Severity.INFO, Stage.TASK, RESPELT
        help_ = help_ or f"quote it for the template too: {protected(word)}"
        return self.finding(
            wrong.node, message, help=help_, effect=effect, severity=severity, stage=stage, fixes=fixes
        )


class _Wrong(NamedTuple):
    """A word, the scalar that it is written in, what becomes of it, and what is left of it."""

    node: Scalar
    word: str
    outcome: Outcome
    left: str


def _wrong_words(override: CommandWords) -> Iterator[_Wrong]:
    for node, word in override.words or ():
        outcome, left = unquoted(word, item=True)
        if outcome is not Outcome.SAME:
            yield _Wrong(node, word, outcome, left)


def _worst(found: list[_Wrong]) -> list[_Wrong]:
    """Of the words of one string the first that does harm: they are mended together."""
    return sorted(found, key=lambda wrong: wrong.outcome is Outcome.RESPELT)[:1]


#: What a template of others has for what its reader is to write.
_PLACEHOLDER: Final = r"\{\{[\s\w.-]{1,60}\}\}"
#: A command has few words; what has more is not written anew for each of them that is wrong.
_MOST_WORDS: Final = 50


@lru_cache(maxsize=16)  # the words of a text have one fix
def _as_list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(protected, words))}]"


def _fixes(override: CommandWords, wrong: _Wrong) -> tuple[Fix, ...]:
    node = wrong.node
    if not node.is_verbatim or override.node.alias:
        return ()
    title = "quote it for the template too"
    if override.is_string:
        words = tuple(text for _, text in islice(override.words or (), _MOST_WORDS + 1))
        return (Fix(title, (Edit(node.span, _as_list(words)),)),) if len(words) <= _MOST_WORDS else ()
    if node.span == override.node.span or node.span.start == node.span.end:
        return ()  # a list that is written as one JSON string, or a null with no text to replace
    return (Fix(title, (Edit(node.span, protected(wrong.word)),)),)
