"""What is taken for a credential in variables, and what is not."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from sidecar_lint import lint_text
from sidecar_lint.manifests import credentials
from sidecar_lint.rulebook.registry import load_rules

RULES = [rule for rule in load_rules() if rule.code == "SL614"]
#: Put together here, so that nobody's scanner takes them for real ones.
CREDENTIALS = {
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMIK7MDENGbPxRfiCY" + "zzzzKEYqwert",
    "RAILS_MASTER_KEY": "8d1f7b0c2a9e4f6d" + "5b3c1e0a7f8d9b2c",
    "APP_KEY": "base64:" + "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
    "DB_PASS": "tR7vq2" + "Lm#x",
    "SMTP_PWD": "Xk29-fTq" + "71_Lm",
    "DATABASE_URL": "postgres://app:" + "tR7vq2Lm@db.internal:5432/app",
    "REDIS_URL": "redis://:" + "tR7vq2Lm@cache.internal:6379",
    "DSN": "app:" + "tR7vq2Lm@tcp(db.internal:3306)/app",
    "MSSQL": "Server=db;User Id=sa;Password=" + "tR7vq2Lm;Encrypt=true",
    "PG": "host=db user=app password=" + "tR7vq2Lm dbname=shop",
    "PRIVATE_KEY": "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn\n",
    "ANY": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r",
    "MAPS": "AIza" + "SyB9tQx7LmR4vKz2WpYf8HdCs6NjUe3Ga1b",
    "HOOK": "whsec_" + "q83vEjRWeJCrzeSNFZ4kKvN7xI",
}
NONE = {
    "API_KEY": "<API_KEY>",
    "API_TOKEN": "SET_API_TOKEN_HERE",
    "DD_API_KEY": "YOUR-DATADOG-API-KEY-GOES-IN-1-PLACE",
    "AUTH_SECRET": "changeme-Changeme-12Changeme",
    "STRIPE_KEY": "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
    "DB_PASSWORD": "postgres",
    "NOTE": "see password=tR7vq2Lm in the vault",
    "QUEUE": "amqp://guest:guest@queue:5672",
    "LOCAL": "postgres://app:tR7vq2Lm@localhost:5432/app",
    "SAME": "postgres://shop:shop@db:5432/shop",
    "TEMPLATE": "postgres://app:<password>@db/app",
    "DB_SECRET": "prod/shop/Database-2/Secret-1",
    "PASSWORD_MIN_LENGTH": "12",
    "RESET_PASSWORD": "https://example.com/Reset1?x=1",
    "SUPABASE_ANON_KEY": CREDENTIALS["ANY"],
    "VITE_MAPS_API_KEY": CREDENTIALS["MAPS"],
    "COMMIT": "8d1f7b0c2a9e4f6d5b3c1e0a7f8d9b2c5b3c1e0a",
    "SESSION_TOKEN": "00000000000000000000000000000000",
}


def _found(name: str, value: str) -> list[str]:
    text = f"name: api\ntype: Backend Service\nvariables: {{{name}: {json.dumps(value)}}}\n"
    return [each.code for each in lint_text(text, rules=RULES).findings]


@pytest.mark.parametrize(("name", "value"), CREDENTIALS.items(), ids=list(CREDENTIALS))
def test_a_credential_is_found(name: str, value: str) -> None:
    assert _found(name, value) == ["SL614"]


@pytest.mark.parametrize(("name", "value"), NONE.items(), ids=list(NONE))
def test_what_is_none_is_left_alone(name: str, value: str) -> None:
    assert _found(name, value) == []


def test_no_known_credential_is_shorter_than_what_is_looked_at() -> None:
    """A shorter value is not held against them."""
    parse = import_module("re._parser").parse  # it knows how long a match is at least
    patterns = [pattern for *_, pattern in credentials._KNOWN]  # noqa: SLF001  nobody else asks for them
    least = credentials._SHORTEST  # noqa: SLF001
    assert [each for each in patterns if parse(each).getwidth()[0] < least] == []
