#!/usr/bin/env bash
# fastjsonschema cannot compile `[$]`, the usual way of writing a dollar sign in a pattern.
#
# To get ECMA 262's meaning of `$` it replaces the character in the pattern's text, inside brackets too: `[$]`
# becomes `[\Z]`, which Python refuses. So a schema that jsonschema, jsonschema-rs and ajv take has to spell the
# dollar `\$`. For those who move a schema about `${VARIABLE}` texts (manifests, Compose files, collectors)
# to a compiled validator.
#
# Seen on 2026-11-28 with fastjsonschema 2.22.3, jsonschema 4.26.0 and Python 3.11:
#   jsonschema [$] valid / fastjsonschema [$] bad escape \Z (an error of Python's re) / fastjsonschema \$ valid
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet jsonschema==4.26.0 fastjsonschema==2.22.3

cat >ask.py <<'PYTHON'
import re

import fastjsonschema
import jsonschema

TEXT = "${PORT}"


def answer(pattern: str) -> str:
    try:
        fastjsonschema.compile({"pattern": pattern})(TEXT)
    except re.error as error:
        return error.msg
    return "valid"


print("jsonschema [$]", "valid" if jsonschema.Draft7Validator({"pattern": "[$]"}).is_valid(TEXT) else "invalid")
print("fastjsonschema [$]", answer("[$]"))
print("fastjsonschema \\$", answer("\\$"))
PYTHON

seen=$(venv/bin/python ask.py)
echo "$seen"
[ "$seen" = 'jsonschema [$] valid
fastjsonschema [$] bad escape \Z
fastjsonschema \$ valid' ]
