from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform.windows_efs import WindowsEfs
from sidecar_lint_rules.platform.windows_env_file import WindowsEnvFile
from sidecar_lint_rules.platform.windows_firelens import WindowsFirelens
from sidecar_lint_rules.platform.windows_readonly_fs import WindowsReadonlyFs
from sidecar_lint_rules.platform.windows_service_connect import WindowsServiceConnect
from sidecar_lint_rules.platform.windows_spot import WindowsSpot
from sidecar_lint_rules.platform.windows_tracing import WindowsTracing
from sidecar_lint_rules.platform.windows_with_linux_image import WindowsWithLinuxImage

_LINUX_ONLY: Final = tuple(
    rule()
    for rule in (
        WindowsEfs,
        WindowsEnvFile,
        WindowsFirelens,
        WindowsReadonlyFs,
        WindowsServiceConnect,
        WindowsSpot,
        WindowsTracing,
        WindowsWithLinuxImage,
    )
)
_SEVERAL: Final = 2


class UnfitForWindows(Rule):
    """A task is to run on Windows, and much of what it has is there on Linux only.

    EFS, FireLens, Service Connect, environment files, Fargate Spot and the collector that Copilot adds for
    tracing are among it. Where a manifest has several of these, it was hardly written for Windows: the
    platform is the mistake, and what follows from it is shown beside it. A single one is reported where it
    is written.
    """

    code, name = "SL414", "unfit-for-windows"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "none of what is marked works there, and no task starts"
    sources = (
        "internal/pkg/manifest/validate.go: validateWindows",
        "AWS: Amazon ECS Developer Guide, Task definition differences for EC2 instances running Windows",
    )
    good = (
        "platform: linux/amd64\nlogging: {destination: {Name: cloudwatch}}\nstorage: {readonly_fs: true}",
        "platform: windows/amd64\nlogging: {destination: {Name: cloudwatch}}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            #         ^^^^^^^^^^^^^ SL414
            logging: {destination: {Name: cloudwatch}}
            storage: {readonly_fs: true}
            """
        ),
        Bad(
            """
            env_file: api.env
            count: {spot: 2}
            environments:
              prod:
                platform:
                  osfamily: windows_server_2022_core
            #               ^^^^^^^^^^^^^^^^^^^^^^^^ SL414
                  architecture: x86_64
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        written = manifest.windows_choice
        if written is None:
            return
        found = (finding for rule in _LINUX_ONLY for finding in rule.check(manifest))
        if len(list(islice(found, _SEVERAL))) == _SEVERAL:
            message = "Windows does not have what this task needs in several places"
            help_ = "write `platform: linux/x86_64`, or take out what is marked"
            yield self.finding(written, message, help=help_)
