#!/usr/bin/env bash
# cloudformation-validate gives up on a template because of where a list's closing bracket stands.
#
# In a list in brackets over several lines, a bracket that closes at the indentation of its key is no error
# for cfn-lint, PyYAML or Go. cloudformation-validate (and so `cdk synth`, which runs it) takes it after an
# unquoted word and refuses the whole file after a quoted one: F1101, and nothing else is checked. Copilot's
# own environment template, which CloudFormation has deployed for years, is written that way: this "YAML
# parse error" does not mean that a template is wrong.
#
# Seen on 2026-11-28 with cloudformation-validate 1.14.0 and cfn-lint 1.58.0:
#   quoted: F1101 / unquoted: read / cfn-lint, quoted: nothing
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet cfn-lint==1.58.0 cloudformation-validate==1.14.0

cat >quoted.yml <<'YAML'
Resources:
  LogGroup:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Join ['', [
        '/copilot/',
        'api'
      ]]
YAML
sed "s/'api'/api/" quoted.yml >unquoted.yml

fatal() {
  venv/bin/python -c '
import sys

from cloudformation_validate import RegoEngine

found = RegoEngine().validate_template(sys.argv[1]).diagnostics
print(" ".join(each.rule_id for each in found if each.severity.name == "FATAL") or "read")' "$1"
}
seen="quoted: $(fatal quoted.yml)
unquoted: $(fatal unquoted.yml)
cfn-lint, quoted: $(venv/bin/cfn-lint quoted.yml)"
echo "$seen"
[ "$seen" = "quoted: F1101
unquoted: read
cfn-lint, quoted: " ]
