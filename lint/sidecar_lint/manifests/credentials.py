"""Credentials that are written out: where they stand, whatever a rule is asked to say about them.

No report shows them, so this errs on the side of finding one too many where a file is no YAML.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sidecar_lint.finding import Span
from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping

#: Texts that are surely a credential: what they are, a part that they have, and all of them.
_KNOWN: Final = (
    ("an AWS access key", "AKIA", r"\bAKIA[0-9A-Z]{16}\b"),
    ("an AWS access key", "ASIA", r"\bASIA[0-9A-Z]{16}\b"),
    ("a private key", "PRIVATE KEY", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("a GitHub token", "gh", r"\bgh[oprsu]_[A-Za-z0-9]{36,}\b"),
    ("a GitHub token", "github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{22,}\b"),
    ("a GitLab token", "glpat-", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", "xox", r"\bxox[abeoprs]-[0-9A-Za-z-]{20,}"),
    (
        "a Slack webhook",
        "hooks.slack.com",
        r"https://hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{16,}",
    ),
    ("a Stripe key", "k_live_", r"\b[rs]k_live_[0-9A-Za-z]{20,}"),
    ("an Anthropic key", "sk-ant-", r"\bsk-ant-[A-Za-z0-9_-]{20,}"),
    ("an OpenAI key", "sk-", r"\bsk-(?:proj-)?[A-Za-z0-9_-]{40,}"),
    ("a SendGrid key", "SG.", r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("an npm token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", "pypi-AgEI", r"\bpypi-AgEI[A-Za-z0-9_-]{50,}"),
)
#: A private key to its end, and the password in an address: what is not to be shown is more than what is known.
_HIDDEN_TOO: Final = (
    ("PRIVATE KEY", r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    # Not one that a variable stands for.
    ("://", r"(?<=://)[^\s/:@'\"]*:((?![$<{])[^\s/@'\"]+)(?=@)"),
)
_TELLING_NAME: Final = r"(?i)(?:^|_)(?:password|passwd|secret|token|api_?key|secret_?key|private_?key)$"
_PUBLIC_NAME: Final = r"(?i)(?:^|_)public_"
#: Capitals, small letters and digits in one, or a long hexadecimal number: not a name in words.
_RANDOM: Final = r"(?=.*[0-9].*[0-9])(?=.*[A-Z].*[A-Z])(?=.*[a-z].*[a-z])[A-Za-z0-9+/=_~-]{20,}|[0-9a-f]{32,}"
_BITS_PER_CHARACTER: Final = 3.5
#: No credential of a known form is shorter.
_SHORTEST: Final = 20
#: Options of Fluent Bit's outputs that hold nothing but a credential, in lower case.
_OPTIONS: Final = frozenset(
    (
        "apikey",
        "api_key",
        "auth_token",
        "bearer_token",
        "client_secret",
        "http_api_key",
        "http_passwd",
        "http_token",
        "license_key",
        "licensekey",
        "oauth2.client_secret",
        "password",
        "sas_token",
        "service_account_secret",
        "shared_key",
        "splunk_token",
        "tls.key_passwd",
    )
)
#: A value that is the name of a secret, and no secret itself.
_REFERENCE: Final = r"/[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+|arn:aws[a-z-]*:(?:ssm|secretsmanager):.*"
#: In a text that is no YAML: what may be the key of a credential, up to where its value begins.
_KEY: Final = r"(?<![\w.-])([\w.-]+)[\"']?[ \t]*[:=]"
_TELLING_KEY: Final = (
    r".*(apikey|accesskey|secretkey|licensekey|ingestkey|sharedkey|privatekey|writekey"
    r"|token|password|passwd|secret|authorization|keypasswd)"
)


class Credential(NamedTuple):
    """A key with a credential as its value, and what it is in words."""

    key: Scalar
    value: Scalar
    what: str


def credentials_in_variables(variables: Mapping) -> Iterator[Credential]:
    """The variables of a container whose values are surely credentials."""
    for key, value in variables:
        what = _what(key.text, value) if isinstance(value, Scalar) else ""
        if what and isinstance(value, Scalar):
            yield Credential(key, value, what)


def credentials_in_destination(destination: Mapping) -> Iterator[Credential]:
    """The options of `logging.destination` that are credentials; `what` is empty for the name of one."""
    for key, value in destination:
        if key.text.lower() in _OPTIONS and isinstance(value, Scalar) and value.text and not value.is_null:
            if re.fullmatch(_REFERENCE, value.text):
                yield Credential(key, value, "")
            elif value.known and "${" not in value.text:
                yield Credential(key, value, "a credential")


def credentials_in_manifest(sections: Iterable[Mapping]) -> Iterator[Span]:
    """Where credentials stand in a manifest: `sections` are its top, and that of each environment."""
    for section in sections:
        logging = as_mapping(section.get("logging"))
        sidecars = (as_mapping(node) for _, node in as_mapping(section.get("sidecars")))
        for container in (section, logging, *sidecars):
            found = credentials_in_variables(as_mapping(container.get("variables")))
            yield from (each.value.span for each in found)
        options = credentials_in_destination(as_mapping(logging.get("destination")))
        yield from (each.value.span for each in options if each.what)


def credentials_in_text(text: str) -> Iterator[Span]:
    """What is surely a credential, wherever it stands in a text of any kind."""
    patterns = (*((part, pattern) for _, part, pattern in _KNOWN), *_HIDDEN_TOO)
    for part, pattern in patterns:
        if part in text:
            yield from (Span(*found.span(found.lastindex or 0)) for found in re.finditer(pattern, text))


def likely_credentials(text: str) -> Iterator[Span]:
    """In a text that is no YAML: what stands behind each name that credentials have, and indented below it."""
    for key in re.finditer(_KEY, text):
        if re.fullmatch(_TELLING_KEY, re.sub(r"[-_.]", "", key[1]).lower()):
            yield Span(key.end(), _end_of_value(text, key.start(), key.end()))


def _end_of_value(text: str, key: int, at: int) -> int:
    """The end of the line, or of the last line below that is indented more than that of the key."""
    line = text[text.rfind("\n", 0, key) + 1 : key]
    indent = len(line) - len(line.lstrip(" "))
    end = _line_end(text, at)
    while end < len(text):
        following = text[end + 1 : _line_end(text, end + 1)]
        if following.strip() and len(following) - len(following.lstrip(" ")) <= indent:
            break
        end += 1 + len(following)
    return end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end != -1 else len(text)


def _what(name: str, value: Scalar) -> str:
    """What a value is, in words; empty where it is not surely a credential."""
    text = value.text
    if len(text) < _SHORTEST or "EXAMPLE" in text or re.search(_PUBLIC_NAME, name):
        return ""
    for what, part, pattern in _KNOWN:
        if part in text and re.search(pattern, text):
            return what
    random = value.known and re.search(_TELLING_NAME, name) and _is_random(text)
    return "a credential" if random else ""


def _is_random(text: str) -> bool:
    if not re.fullmatch(_RANDOM, text) or text.startswith("/"):
        return False
    counts = Counter(text).values()
    bits = -sum(count / len(text) * math.log2(count / len(text)) for count in counts)
    return bits >= _BITS_PER_CHARACTER
