"""Workspaces on their way out of Copilot, and the files that are written for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.migration.export.exporting import exported
from sidecar_lint.migration.limits import limits
from sidecar_lint.migration.taking_inventory import migration_of
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from pathlib import Path

    from sidecar_lint.migration.migration import Migration
    from sidecar_lint.migration.target import MigrationTarget

#: A workload of each kind with all that is written beside its task.
EVERY_KIND = {
    "api__manifest": """\
name: api
type: Backend Service
image: {location: nginx:1, port: 80}
http: {path: /}
network: {connect: true}
publish: {topics: [{name: orders}, {name: refunds, fifo: true}]}
deployment: {rollback_alarms: {cpu_utilization: 70}}
""",
    "web__manifest": """\
name: web
type: Load Balanced Web Service
image: {location: nginx:1, port: 80}
http:
  path: /
  alias: web.example.com
  version: grpc
  stickiness: true
  allowed_source_ips: [10.0.0.0/8]
  healthcheck: {path: /ok, port: 81, interval: 10s, timeout: 5s, success_codes: '200,301'}
count:
  range: {min: 1, max: 10, spot_from: 2}
  cpu_percentage: {value: 50, cooldown: {in: 1m}}
  memory_percentage: 40
  response_time: 2s
exec: true
platform: linux/arm64
storage:
  ephemeral: 30
  volumes:
    kept: {path: /kept, efs: {id: fs-1, root_dir: /x, auth: {iam: true, access_point_id: fsap-1}}}
    scratch: {path: /scratch}
""",
    "both__manifest": """\
name: both
type: Load Balanced Web Service
image: {location: nginx:1, port: 80}
http: {alb: mine, path: /, additional_rules: [{path: /more}]}
nlb: {port: 443/tls, alias: both.example.com}
count: {range: 1-4, requests: 10}
storage: {volumes: {data: {path: /data, efs: true}}}
""",
    "worker__manifest": """\
name: worker
type: Worker Service
image: {location: nginx:1}
subscribe:
  topics:
    - {name: my-orders, service: api, queue: true}
    - {name: refunds, service: api, queue: {fifo: {high_throughput: true}}}
    - {name: news, service: api, filter_policy: {store: [example]}}
  queue: {dead_letter: {tries: 3}, delay: 10s, timeout: 1m, retention: 1h}
count:
  range: 1-3
  cpu_percentage: 70
  queue_delay: {acceptable_latency: 5m, msg_processing_time: 1s}
deployment: {rollback_alarms: {messages_delayed: 5}}
""",
    "report__manifest": """\
name: report
type: Scheduled Job
image: {location: nginx:1}
on: {schedule: '@daily'}
retries: 2
timeout: 1h
network: {vpc: {placement: private, security_groups: [sg-1]}}
""",
    "never__manifest": """\
name: never
type: Scheduled Job
image: {location: nginx:1}
on: {schedule: none}
network: {vpc: {placement: {subnets: [subnet-1, subnet-2]}}}
""",
}


def in_workspace(folder: Path, /, **files: str) -> Path:
    """A workspace with these files below `copilot/` (`a__b` is `a/b.yml`)."""
    texts = {f"{name.replace('__', '/')}.yml": text for name, text in files.items()}
    for name, text in {**texts, ".workspace": "application: shop\n"}.items():
        path = folder / "copilot" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def migration(folder: Path, workload: str, environment: str, target: MigrationTarget) -> Migration:
    """A workload of a workspace on its way."""
    workspace = Files().workspace(str(folder / "-"))
    assert workspace
    document = document_of(workspace.workloads[workload])
    assert document
    found, _ = migration_of(document, environment, target)
    return found


def files_of(folder: Path, workload: str, environment: str, target: MigrationTarget) -> dict[str, str]:
    """What is written for a workload, by the names of the files."""
    found = migration(folder, workload, environment, target)
    return exported(found, blocked=any(limit.blocks for limit in limits(found)))
