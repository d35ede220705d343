#!/usr/bin/env bash
# cfn-lint cannot read a template in which a container's command has the word `=`.
#
# In YAML 1.1 an unquoted `=` is a value of a type of its own (tag:yaml.org,2002:value), and PyYAML's loader,
# which cfn-lint builds on, recognises it without knowing what to make of it. In YAML 1.2 it is a text, and
# AWS's other validator reads the template. Copilot writes the words of `command` unquoted, so
# `command: test a = b` in a manifest makes such a template: nothing of it is linted.
#
# Seen on 2026-11-28 with cfn-lint 1.58.0, cloudformation-validate 1.14.0:
#   cfn-lint: E0000 … could not determine a constructor for the tag 'tag:yaml.org,2002:value'
#   cfn-lint, "=" in quotes: nothing; cloudformation-validate: no fatal diagnostic
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet cfn-lint==1.58.0 cloudformation-validate==1.14.0

cat >plain.yml <<'YAML'
Resources:
  TaskDefinition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: api
      ContainerDefinitions:
        - Name: api
          Image: nginx:1.27
          Memory: 512
          Command: [test, a, =, b]
YAML
sed "s/ =,/ '=',/" plain.yml >quoted.yml

lint() { venv/bin/cfn-lint --format parseable "$1" | cut -d: -f6- || true; }
echo "cfn-lint, plain: $(lint plain.yml | head -1)"
echo "cfn-lint, quoted: $(lint quoted.yml)"
fatal=$(venv/bin/python -c '
from cloudformation_validate import RegoEngine

print(sum(each.severity.name == "FATAL" for each in RegoEngine().validate_template("plain.yml").diagnostics))')
echo "cloudformation-validate, plain: $fatal fatal"
lint plain.yml | grep -q "could not determine a constructor for the tag 'tag:yaml.org,2002:value'"
[ -z "$(lint quoted.yml)" ]
[ "$fatal" = 0 ]
