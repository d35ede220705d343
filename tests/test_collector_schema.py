"""The JSON Schema of a collector's configuration: made from the table, and of one mind with the rules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from collectors import REFUSED, TAKEN
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schemas" / "otel-collector.schema.json"
#: The rules about what a schema can say.
_SHAPE = ("SL904", "SL905", "SL908", "SL910")
#: Values that JSON Schema has no words for: dates, and YAML's own ideas of what text is.
_BEYOND = ("a date as text", "yes", "a component that is text", "one component by two spellings")
#: The schema knows nothing of pipelines, and JSON is one document.
_STRICTER = ("a bad action in a processor that nobody uses", "a second document")
#: A schema cannot tell a list from what is above it.
_LENIENT = ("keys in one, in a list",)


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def test_it_is_what_the_table_makes(tmp_path: Path) -> None:
    before = SCHEMA.read_text("utf-8")
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'tables')!r}); import collector; sys.stdout.write(collector.made())"
    made = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=tmp_path, capture_output=True, check=True
    )
    assert made.stdout.decode().replace("\r\n", "\n") == before


@pytest.mark.parametrize("name", [name for name in TAKEN if name not in _STRICTER])
def test_what_the_collector_takes_is_valid(name: str, validator: Draft7Validator) -> None:
    assert list(validator.iter_errors(yaml.safe_load(TAKEN[name]))) == []


@pytest.mark.parametrize(
    "name",
    [name for name, (_, code) in REFUSED.items() if code in _SHAPE and name not in (*_BEYOND, *_LENIENT)],
)
def test_what_has_another_shape_is_not(name: str, validator: Draft7Validator) -> None:
    assert not validator.is_valid(yaml.safe_load(REFUSED[name][0]))
