from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, unquoted
from sidecar_lint_rules.generated._texts import judged

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_REFUSED = "the deployment fails after the images are built: Copilot's own template is invalid"


class InvalidVariableName(Rule):
    """A variable or secret has a name that a shell cannot have.

    A name is made of letters, digits and underscores and does not begin with a digit. ECS takes any
    other name and the container gets it, but a shell script cannot read it, and `sh` may drop it
    before your program starts. Programs that look into their environment themselves may get along.

    Copilot writes names into its template without quotes, so one with a meaning in YAML makes the
    template invalid.
    """

    code, name = "SL603", "invalid-variable-name"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "a shell in the container does not see it"
    sources = ("POSIX, Base Definitions, chapter 8: Environment Variables", "aws/copilot-cli#2230")
    good = ("variables: {LOG_LEVEL: info, _private: x, log2: y}",)
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
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for field in ("variables", "secrets"):
            for _, key, _ in manifest.container_entries(field):
                if not re.fullmatch(_NAME, key.text):
                    yield self._invalid(manifest, key)

    def _invalid(self, manifest: Manifest, key: Scalar) -> Finding:
        outcome, _ = unquoted(key.text)
        help_ = "use letters, digits and _, and no digit at the front"
        if key.text.endswith(":") and not key.style:
            help_ = f"write `{key.text} value`, with a blank behind the colon"
        if not outcome.is_text:
            message = f"{key.text!r} cannot be the name of a variable"
            found = self.finding(
                key, message, help=help_, effect=_REFUSED, severity=Severity.ERROR, stage=Stage.DEPLOY
            )
            return judged(manifest, found, key.text)
        return self.finding(key, f"a shell cannot have a variable {key.text!r}", help=help_)
