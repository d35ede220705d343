from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Option, Rule, Scalar, Severity, Stage

_KNOWN = {
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a GitHub token": r"\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b",
    "a GitLab token": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "a Slack token": r"\bxox[abeoprs]-[0-9A-Za-z-]{20,}",
    "a Slack webhook": r"https://hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{16,}",
    "a Stripe key": r"\b[rs]k_live_[0-9A-Za-z]{20,}",
    "an Anthropic key": r"\bsk-ant-[A-Za-z0-9_-]{20,}",
    "an OpenAI key": r"\bsk-(?:proj-)?[A-Za-z0-9_-]{40,}",
    "a SendGrid key": r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a PyPI token": r"\bpypi-AgEI[A-Za-z0-9_-]{50,}",
}
_SECRET_NAME = r"(?i)(?:^|_)(?:password|passwd|secret|token|api_?key|secret_?key|private_?key)$"
_PUBLIC_NAME = r"(?i)(?:^|_)public_"
#: Capitals, small letters and digits in one, or a long hexadecimal number: not a name in words.
_RANDOM = r"(?=.*[0-9].*[0-9])(?=.*[A-Z].*[A-Z])(?=.*[a-z].*[a-z])[A-Za-z0-9+/=_~-]{20,}|[0-9a-f]{32,}"
_BITS_PER_CHARACTER = 3.5
#: No credential of a known form is shorter.
_SHORTEST = 20


class SecretInVariables(Rule):
    """A credential is written out in `variables`.

    Variables are readable by everybody who can read the repository, the CloudFormation template, the
    task definition or the console. Secrets are read by ECS when a task starts:
    `copilot secret init` stores one, and `secrets` names it.

    Only what is surely a credential is reported: texts in the form of well-known keys, and random
    ones under a name that ends with PASSWORD, SECRET, TOKEN or the like.
    """

    code, name = "SL614", "secret-in-variables"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the credential is in the repository, in the template and in the task definition"
    sources = ("Copilot documentation: Secrets",)
    allow = Option((), "names of variables whose values are no secret")
    good = (
        """
        # file: .sidecar-lint.yml
        rules: {secret-in-variables: {allow: [SESSION_SECRET]}}
        # file: copilot/api/manifest.yml
        variables: {SESSION_SECRET: a8Fk20dkSl39dkGs82kLq}
        """,
        "variables: {DB_PASSWORD_FILE: /run/secrets/db, TOKEN_URL: 'https://example.com/oauth2/token'}",
        "variables: {POSTGRES_PASSWORD: postgres, NEXT_PUBLIC_API_KEY: a8Fk20dkSl39dkGs82kLq}",
    )
    bad = (
        Bad(
            """
            variables:
              KEY_ID: AKIAQWERTYUIOP234567
            #         ^^^^^^^^^^^^^^^^^^^^ SL614
              SESSION_SECRET: a8Fk20dkSl39dkGs82kLq
            #                 ^^^^^^^^^^^^^^^^^^^^^ SL614
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in manifest.containers.values() or (manifest.main,):
            for key, value in container.mapping("variables"):
                if not isinstance(value, Scalar) or key.text in self.allow:
                    continue
                what = _credential(key.text, value)
                if what:
                    message = f"{key.text!r} holds {what}, written in clear"
                    help_ = "store it with `copilot secret init` and name it under secrets"
                    yield self.finding(value, message, help=help_)


def _credential(name: str, value: Scalar) -> str:
    """What a value is, in words; empty where it is not surely a credential."""
    text = value.text
    if len(text) < _SHORTEST or "EXAMPLE" in text or re.search(_PUBLIC_NAME, name):
        return ""
    for what, pattern in _KNOWN.items():
        if re.search(pattern, text):
            return what
    random = value.known and re.search(_SECRET_NAME, name) and _is_random(text)
    return "a credential" if random else ""


def _is_random(text: str) -> bool:
    if not re.fullmatch(_RANDOM, text) or text.startswith("/"):
        return False
    counts = Counter(text).values()
    bits = -sum(count / len(text) * math.log2(count / len(text)) for count in counts)
    return bits >= _BITS_PER_CHARACTER
