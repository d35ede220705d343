#!/usr/bin/env bash
# botocore's parameter validation enforces lower bounds and nothing else of what its own model says.
#
# The model of CloudWatch Logs says that a log group's name has at least 1 and at most 512 characters and
# matches a pattern; the validator stops a name of none and lets one of 600 asterisks pass. ECS's network
# mode is an enumeration, and any word passes. So "botocore accepts the task definition" says that its
# fields are spelt right and of the right type, and no more.
#
# For those who check a generated task definition offline with botocore.
# Seen on 2026-11-28 with botocore 1.44.8:
#   model: max 512, min 1 / too short: refused / too long, wrong characters: accepted / unknown network mode: accepted
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet botocore==1.44.8

cat >ask.py <<'PYTHON'
import botocore.session
from botocore.validate import ParamValidator

SESSION = botocore.session.get_session()


def shape(service: str, operation: str):
    model = SESSION.get_service_model(service)
    return model.operation_model(operation).input_shape


def answer(given: dict, asked) -> str:
    return "refused" if ParamValidator().validate(given, asked).has_errors() else "accepted"


group = shape("logs", "CreateLogGroup")
limits = group.members["logGroupName"].metadata
print("model:", limits["min"], "to", limits["max"], "characters, pattern", "pattern" in limits)
print("too short:", answer({"logGroupName": ""}, group))
print("too long, wrong characters:", answer({"logGroupName": "*" * 600}, group))
task = shape("ecs", "RegisterTaskDefinition")
print("model:", ", ".join(task.members["networkMode"].enum))
print("another network mode:", answer({"family": "api", "containerDefinitions": [], "networkMode": "wifi"}, task))
PYTHON

seen=$(venv/bin/python ask.py)
echo "$seen"
[ "$seen" = "model: 1 to 512 characters, pattern True
too short: refused
too long, wrong characters: accepted
model: bridge, host, awsvpc, none
another network mode: accepted" ]
