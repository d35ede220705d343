#!/usr/bin/env bash
# A pattern that every Python validator takes stops the whole schema in ajv: `x\-snappy`.
#
# ajv compiles patterns with JavaScript's `u` flag, under which a backslash before a character that needs none
# (`\-` outside brackets) is an error, not a character. Python's re.escape writes just that. The schema then
# does not compile, so an editor or a CI job on ajv checks nothing at all, also what has no pattern; in
# Python nobody notices.
#
# For those who generate JSON Schemas with Python and serve them to editors.
# Seen on 2026-11-28 with Python's re.escape, jsonschema 4.26.0, jsonschema-rs 0.61.2 and ajv 8.20.0:
#   the pattern is x\-snappy / jsonschema valid / jsonschema-rs valid
#   ajv Invalid regular expression: /x\-snappy/u: Invalid escape
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet jsonschema==4.26.0 jsonschema-rs==0.61.2
npm install --silent --no-audit --no-fund ajv@8.20.0

cat >ask.py <<'PYTHON'
import json
import pathlib
import re

import jsonschema
import jsonschema_rs

schema = {"type": "string", "pattern": re.escape("x-snappy")}
pathlib.Path("schema.json").write_text(json.dumps(schema), "utf-8")
print("the pattern is", schema["pattern"])
print("jsonschema", "valid" if jsonschema.Draft7Validator(schema).is_valid("x-snappy") else "invalid")
print("jsonschema-rs", "valid" if jsonschema_rs.Draft7Validator(schema).is_valid("x-snappy") else "invalid")
PYTHON
cat >ask.js <<'JAVASCRIPT'
const Ajv = require("ajv");
try {
  new Ajv().compile(require("./schema.json"));
  console.log("ajv compiles it");
} catch (error) {
  console.log("ajv", error.message);
}
JAVASCRIPT

seen=$(venv/bin/python ask.py; node ask.js)
echo "$seen"
[ "$seen" = 'the pattern is x\-snappy
jsonschema valid
jsonschema-rs valid
ajv Invalid regular expression: /x\-snappy/u: Invalid escape' ]
