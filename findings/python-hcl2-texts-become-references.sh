#!/usr/bin/env bash
# python-hcl2 writes a Python text as a reference, and a block as an attribute.
#
# `dumps` of plain data gives `family = api`, which Terraform reads as the name of a thing that does not
# exist, and `resource = [...]`, which is no block. Its own reading shows what it wants: texts carry their
# quotes inside ('"api"'), and blocks a marker (`__is_block__`). In the 7 series `loads` gave plain texts, so
# a tool that was written for it produces other files after an upgrade, without an error.
#
# For those who write Terraform files for a task definition from Python.
# Seen on 2026-11-28 with python-hcl2 8.1.4 and 7.3.1, as below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 8.1.4 7.3.1; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/python" -m pip install --quiet "python-hcl2==$version"
done

read='import hcl2; print(hcl2.loads("resource \"aws_ecs_cluster\" \"api\" {\n  name = \"api\"\n}\n"))'
write='import hcl2; print(" ".join(hcl2.dumps({"resource": [{"aws_ecs_cluster": {"api": {"name": "api"}}}]}).split()))'
seen="8 reads $(venv-8.1.4/bin/python -c "$read")
8 writes $(venv-8.1.4/bin/python -c "$write")
7 reads $(venv-7.3.1/bin/python -c "$read")"
echo "$seen"
[ "$seen" = "8 reads {'resource': [{'\"aws_ecs_cluster\"': {'\"api\"': {'name': '\"api\"', '__is_block__': True}}}]}
8 writes resource = [ { aws_ecs_cluster = { api = { name = api, }, }, }, ]
7 reads {'resource': [{'aws_ecs_cluster': {'api': {'name': 'api'}}}]}" ]
