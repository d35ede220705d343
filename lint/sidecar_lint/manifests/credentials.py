"""Credentials that are written out: where they stand, whatever a rule is asked to say about them.

No report shows them, so this errs on the side of finding one too many where a file is no YAML.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.containers import container_sections
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, as_mapping
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.syntax.nodes import Mapping, Node

#: Texts that are surely a credential: what they are, a part that they have, and all of them.
_KNOWN: Final = (
    ("an AWS access key", "AKIA", r"\bAKIA[0-9A-Z]{16}\b"),
    ("an AWS access key", "ASIA", r"\bASIA[0-9A-Z]{16}\b"),
    ("a private key", "PRIVATE KEY", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    *(("a GitHub token", f"gh{kind}_", rf"\bgh{kind}_[A-Za-z0-9]{{36,}}\b") for kind in "oprsu"),
    ("a GitHub token", "github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{22,}\b"),
    ("a GitLab token", "gl", r"\bgl(?:pat|dt|ft|rt|soat|ptt|oas|agent)-[A-Za-z0-9_-]{20,}"),
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
    ("a Stripe key", "k_test_", r"\b[rs]k_test_[0-9A-Za-z]{20,}"),
    ("a Stripe webhook secret", "whsec_", r"\bwhsec_[0-9A-Za-z+/=]{24,}"),
    ("a Google API key", "AIza", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("a Hugging Face token", "hf_", r"\bhf_[A-Za-z0-9]{34}\b"),
    ("a DigitalOcean token", "_v1_", r"\bdo[opr]_v1_[a-f0-9]{64}\b"),
    ("a Shopify token", "shp", r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b"),
    ("a Grafana token", "gl", r"\bgl(?:sa|c)_[A-Za-z0-9+/=_-]{30,}"),
    ("a New Relic key", "NR", r"\b(?:NRAK-[A-Z0-9]{27}|[0-9a-fA-F]{36}NRAL)\b"),
    ("a Databricks token", "dapi", r"\bdapi[a-f0-9]{32}\b"),
    ("a Mailgun key", "key-", r"\bkey-[0-9a-f]{32}\b"),
    ("a Mailchimp key", "-us", r"\b[0-9a-f]{32}-us[0-9]{1,2}\b"),
    ("a Telegram token", ":AA", r"\b[0-9]{8,10}:AA[0-9A-Za-z_-]{33}\b"),
    ("a Square secret", "sq0csp-", r"\bsq0csp-[0-9A-Za-z_-]{43}"),
    ("a Sentry token", "sntr", r"\bsntr(?:ys|yu)_[A-Za-z0-9+/=_-]{40,}"),
    (
        "a JSON web token",
        "eyJ",
        r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
    ),
    ("an Azure storage key", "AccountKey=", r"\bAccountKey=([A-Za-z0-9+/]{86}==)"),
)
#: A private key to its end, and the password in an address: what is not to be shown is more than what is known.
_HIDDEN_TOO: Final = (
    ("PRIVATE KEY", r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    # Not one that a variable stands for. Addresses are many, those with an `@` few.
    ("@", r"(?<=://)[^\s/:@'\"]*:((?![$<{])[^\s/@'\"]+)(?=@)"),
)
#: Passwords within a value: what the value is, a part that it has, and the password in it. None is one that a
#: variable stands for.
_WITHIN: Final = (
    ("an address with a password", "@", r"(?<=://)[^\s/:@'\"]*:(?![$<{%])([^\s/@'\"]{3,})(?=@)"),
    ("an address with a password", "@", r"^[^\s:@/]+:(?![$<{%])([^\s@]{3,})(?=@(?:tcp|unix)\()"),
    ("a connection string with a password", "=", r"(?i)(?:^|;) ?(?:password|pwd)=(?![$<{%])([^;\s]{3,})"),
    # libpq's form: pairs alone, so that no sentence is one.
    (
        "a connection string with a password",
        "=",
        r"(?i)^(?:[a-z_]+=\S* +)+password=(?![$<{%'])(\S{3,})(?: +[a-z_]+=\S*)*$",
    ),
)
_TELLING_NAME: Final = (
    r"(?i)(?:^|_)(?:secret|token|credentials?|salt"
    r"|(?:api|app|access|secret|secret_access|private|encryption|signing|signature|master|auth|jwt|session"
    r"|license|licence|cookie|webhook|hmac|cipher|storage|account)_?key|secret_key_base)$"
)
_NAME_OF_PASSWORD: Final = r"(?i)(?:^|_)(?:password|passwd|passphrase|pass|pwd)$"  # noqa: S105  a pattern for names
#: Names of what a browser gets to see anyhow.
_PUBLIC_NAME: Final = r"(?i)(?:^|_)(?:public|publishable|anon|site)_|^(?:vite|react_app|gatsby|vue_app)_|firebase_(?:web_)?api_?key"
#: Capitals, small letters and digits in one, or a long hexadecimal number: not a name in words.
_RANDOM: Final = (
    r"(?=.*[0-9].*[0-9])(?=.*[A-Z].*[A-Z])(?=.*[a-z].*[a-z])[A-Za-z0-9+/=_~-]{20,}"
    r"|(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/]{40}|(?:base64:)?[A-Za-z0-9+/]{43}=|[0-9a-f]{32,}"
)
#: The name of a secret rather than a secret: a path.
_PATH: Final = r"/|[a-z0-9-]+/"
_BITS_PER_CHARACTER: Final = 3.5
#: No random text of a known form is shorter, and no password that is one by its name.
_SHORTEST: Final = 20
_SHORTEST_PASSWORD: Final = 10
#: What somebody is to replace, what repeats itself, and what counts up.
_PLACEHOLDER: Final = (
    r"(?i)example|change.?(?:me|this|it)|placeholder|dummy|sample|(?:^|[-_<])your?[-_]|replace|fixme|todo"
    r"|insert|redacted|[-_]here\b|^set[-_]|^<.*>$|^\{.*\}$|^\$|^%.*%$|\*{3}|\.{3}|([^-])\1{4}|12345|abcde"
)
#: Passwords that everybody knows: those of services before anybody has set one.
_WELL_KNOWN: Final = frozenset(
    (
        *("admin", "default", "guest", "local", "minio", "minioadmin", "mysql", "pass", "passw0rd"),
        *("passwd", "password", "postgres", "rabbitmq", "root", "secret", "test", "user", "xxx"),
    )
)
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


def names_credential(name: str) -> bool:
    """Whether a variable is called as what holds a credential is: `DB_PASSWORD`, `API_KEY`."""
    telling = re.search(_TELLING_NAME, name) or re.search(_NAME_OF_PASSWORD, name)
    return telling is not None and not re.search(_PUBLIC_NAME, name)


def credentials_in_variables(variables: Iterable[tuple[Scalar, Node]]) -> Iterator[Credential]:
    """The variables of a container whose values are surely credentials."""
    for key, value in variables:
        what = _what(key.text, value.text, known=value.known) if isinstance(value, Scalar) else ""
        if what and isinstance(value, Scalar):
            yield Credential(key, value, what)


def credentials_in_destination(destination: Mapping) -> Iterator[Credential]:
    """The options of `logging.destination` that are credentials; `what` is empty for the name of one."""
    for key, value in destination:
        if key.text.lower() in _OPTIONS and isinstance(value, Scalar) and value.text and not value.is_null:
            if re.fullmatch(_REFERENCE, value.text):
                yield Credential(key, value, "")
            elif value.known and "${" not in value.text and not _stands_for_one(value.text):
                yield Credential(key, value, "a credential")


def credentials_in_manifest(sections: Iterable[Mapping]) -> Iterator[Span]:
    """Where credentials stand in a manifest: `sections` are its top, and that of each environment."""
    for section in sections:
        for container in container_sections(section):
            found = credentials_in_variables(as_mapping(container.get("variables")))
            yield from (each.value.span for each in found)
        logging = as_mapping(section.get("logging"))
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


def _stands_for_one(text: str) -> bool:
    """Whether a text is surely none by itself: `<API_KEY>`, `YOUR_API_KEY`, `SET_KEY_HERE`."""
    return (
        re.search(r"(?i)^<.*>$|(?:^|[-_])your[-_]|^set[-_].*[-_]here$|change.?me|placeholder", text)
        is not None
    )


def is_placeholder(text: str) -> bool:
    """Whether a text stands for a credential that somebody is to put there: `<API_KEY>`, `SET_KEY_HERE`."""
    return re.search(_PLACEHOLDER, text) is not None


def _what(name: str, text: str, *, known: bool) -> str:
    """What a value is, in words; empty where it is not surely a credential. Most are too short to be one."""
    is_long = len(text) >= _SHORTEST_PASSWORD or "@" in text or "=" in text
    return _what_long(name, text, known=known) if is_long else ""


@lru_cache(maxsize=4096)  # the same variables are asked about for each environment, and by several rules
def _what_long(name: str, text: str, *, known: bool) -> str:
    what = _what_within(text) or ("a credential" if known and _is_secret(name, text) else "")
    return "" if what and re.search(_PUBLIC_NAME, name) else what


def _what_within(text: str) -> str:
    """What a value is that is surely a credential, or has one in it, whatever its name."""
    for what, part, pattern in _KNOWN if len(text) >= _SHORTEST else ():
        found = re.search(pattern, text) if part in text else None
        if found and not is_placeholder(found[0]):
            return what
    for what, part, pattern in _WITHIN:
        found = re.search(pattern, text) if part in text else None
        if found and not _is_harmless(text, found[1]):
            return what
    return ""


def _is_secret(name: str, text: str) -> bool:
    """Whether the name says that it holds a secret, and the value looks like one."""
    if re.search(_NAME_OF_PASSWORD, name):
        looks_like_one = _is_random(text) or _is_strong(text)
    else:
        looks_like_one = re.search(_TELLING_NAME, name) is not None and _is_random(text)
    return looks_like_one and not is_placeholder(text)


def _is_harmless(text: str, password: str) -> bool:
    """Whether a password in an address opens nothing: well-known, for this machine, or to be replaced."""
    plain = password.lower()
    local = re.search(r"@(?:tcp\()?(?:localhost|127\.0\.0\.1)\b", text) is not None
    user = re.search(r"//([^:/@]*):", text) or re.match(r"([^:/@]*):", text)
    return (
        local
        or plain in _WELL_KNOWN
        or is_placeholder(password)
        or (user is not None and user[1] == password)
    )


def _is_strong(text: str) -> bool:
    """Whether a text has what passwords have to have, and is neither a path, an address nor a sentence."""
    if (
        not re.fullmatch(rf"[!-~]{{{_SHORTEST_PASSWORD},128}}", text)
        or text.startswith(("/", "arn:", "http"))
        or "://" in text
    ):
        return False
    kinds = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9_/.:-]")
    return "password" not in text.lower() and sum(bool(re.search(kind, text)) for kind in kinds) > _KINDS


#: More than so many kinds of characters make a text no name in words.
_KINDS: Final = 2


def _is_random(text: str) -> bool:
    if len(text) < _SHORTEST or not re.fullmatch(_RANDOM, text) or re.match(_PATH, text):
        return False
    plain = text.removeprefix("base64:")
    counts = Counter(plain).values()
    bits = -sum(count / len(plain) * math.log2(count / len(plain)) for count in counts)
    return bits >= _BITS_PER_CHARACTER or (
        re.fullmatch(r"[0-9a-f]{32,}", text) is not None and bits >= _BITS_OF_HEX
    )


#: Sixteen digits have four bits at most; a short text of them often has less than that of other texts.
_BITS_OF_HEX: Final = 3.0
