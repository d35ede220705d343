#!/usr/bin/env bash
# One pattern, one text, and the validators disagree: `^[0-9]+s$` and "30s" with a line break at its end.
#
# Python's `$` also matches before a final line break, and jsonschema hands patterns to Python's `re`. JSON
# Schema asks for ECMA 262, where it does not, and jsonschema-rs, fastjsonschema and ajv follow that. A block
# text of YAML (`interval: |`) ends with a line break, so whoever writes one schema for an editor (ajv) and a
# check in CI (jsonschema, check-jsonschema) has two verdicts on the same file.
#
# Seen on 2026-11-28 with jsonschema 4.26.0, jsonschema-rs 0.61.2, fastjsonschema 2.22.3, ajv 8.20.0:
#   jsonschema valid, jsonschema-rs invalid, fastjsonschema invalid, ajv invalid
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet jsonschema==4.26.0 jsonschema-rs==0.61.2 fastjsonschema==2.22.3
npm install --silent --no-audit --no-fund ajv@8.20.0

cat >ask.py <<'PYTHON'
import fastjsonschema
import jsonschema
import jsonschema_rs

SCHEMA, TEXT = {"type": "string", "pattern": "^[0-9]+s$"}, "30s\n"


def compiled() -> bool:
    try:
        fastjsonschema.compile(SCHEMA)(TEXT)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


answers = {
    "jsonschema": jsonschema.Draft7Validator(SCHEMA).is_valid(TEXT),
    "jsonschema-rs": jsonschema_rs.Draft7Validator(SCHEMA).is_valid(TEXT),
    "fastjsonschema": compiled(),
}
for name, valid in answers.items():
    print(name, "valid" if valid else "invalid")
PYTHON
cat >ask.js <<'JAVASCRIPT'
const Ajv = require("ajv");
const valid = new Ajv().compile({ type: "string", pattern: "^[0-9]+s$" })("30s\n");
console.log("ajv", valid ? "valid" : "invalid");
JAVASCRIPT

seen=$(venv/bin/python ask.py; node ask.js)
echo "$seen"
[ "$seen" = "jsonschema valid
jsonschema-rs invalid
fastjsonschema invalid
ajv invalid" ]
