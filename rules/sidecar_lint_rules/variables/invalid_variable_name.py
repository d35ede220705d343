from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    REQUEST_DRIVEN,
    Bad,
    Document,
    Finding,
    Manifest,
    Outcome,
    Rule,
    Scalar,
    Severity,
    Stage,
    unquoted,
)
from sidecar_lint_rules.generated._texts import RESPELT, judged

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_REFUSED = "the deployment fails after the images are built: Copilot's own template is invalid"


class InvalidVariableName(Rule):
    """A variable or secret has a name that a shell cannot have.

    A name is made of letters, digits and underscores and does not begin with a digit. ECS takes any
    other name and the container gets it, but a shell script cannot read it, and `sh` may drop it
    before your program starts. Programs that look into their environment themselves may get along.

    Copilot writes names into its template without quotes, so one with a meaning in YAML makes the
    template invalid, and one that YAML reads as a bool or a number, such as `NO`, may come back spelt
    differently. Another pair of quotes, inside the ones that the manifest has, gets it through.
    """

    code, name = "SL603", "invalid-variable-name"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "a shell in the container does not see it"
    sources = ("POSIX, Base Definitions, chapter 8: Environment Variables", "aws/copilot-cli#2230")
    good = ("variables: {LOG_LEVEL: info, _private: x, log2: y, \"'NO'\": z}",)
    bad = (
        Bad(
            """
            secrets:
              1PASSWORD_KEY: KEY
            # ^^^^^^^^^^^^^ SL603
            """
        ),
        Bad(
            """
            variables: {A:, B: x}
            #           ^^ SL603
            """
        ),
        Bad(
            """
            variables:
              "@level": debug
            # ^^^^^^^^ SL603
            """
        ),
        Bad(
            """
            variables:
              "NO": x
            # ^^^^ SL603
              "null": x
            # ^^^^^^ SL603
            """
        ),
    )

    also_bad = (
        Bad(
            """
            type: Request-Driven Web Service
            variables:
              "NO": x
            # ^^^^ SL603
              "@level": x
            # ^^^^^^^^ SL603
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        odd = manifest.document.once(_odd_names)
        for field in ("variables", "secrets") if odd else ():
            for key in _names(manifest, field):
                if key.text in odd and (found := self._judged(manifest, key)):
                    yield found

    def _judged(self, manifest: Manifest, key: Scalar) -> Finding | None:
        outcome, left = unquoted(key.text)
        name = left if outcome is Outcome.SAME else key.text
        if not outcome.is_text:
            message = f"{key.text!r} cannot be the name of a variable"
            found = self.finding(
                key,
                message,
                help=_help(key),
                effect=_REFUSED,
                severity=Severity.ERROR,
                stage=Stage.DEPLOY,
            )
            return judged(manifest, found, key.text) if manifest.is_ecs else found
        if not re.fullmatch(_NAME, name):
            return self.finding(key, f"a shell cannot have a variable {name!r}", help=_help(key))
        if outcome is Outcome.RESPELT:
            message = f"the name {name!r} is {outcome.value} in the template"
            return self.finding(key, message, help=_help(key), effect=RESPELT, stage=Stage.TASK)
        return None


def _odd_names(document: Document) -> frozenset[str]:
    """The names of variables and secrets of a file that do not come through the template as a shell's variables."""
    return frozenset(name for name in document.written_names if not _comes_through(name))


def _comes_through(name: str) -> bool:
    outcome, left = unquoted(name)
    return outcome is Outcome.SAME and re.fullmatch(_NAME, left) is not None


def _names(manifest: Manifest, field: str) -> Iterator[Scalar]:
    """The names of `variables` or `secrets`, of App Runner's one container, too."""
    if manifest.kind == REQUEST_DRIVEN:
        yield from (key for key, _ in manifest.mapping(field))
    else:
        yield from (key for _, key, _ in manifest.container_entries(field))


def _help(key: Scalar) -> str:
    if key.text.endswith(":") and not key.style:
        return f"write `{key.text} value`, with a blank behind the colon"
    if re.fullmatch(_NAME, key.text):  # it means something in YAML
        return f"""write `"'{key.text}'"`, quoted for the template too"""
    return "use letters, digits and _, and no digit at the front"
