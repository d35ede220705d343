from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, Volume
from sidecar_lint_rules.generated._texts import judged

_ID: Final = r"fs-[0-9a-f]{8,40}"
_MAGIC_WORDS: Final = ("copilot", "managed")


class InvalidFileSystemId(Rule):
    """`efs.id` is not an id of a file system.

    Such an id is `fs-` with 8 to 40 digits and letters from a to f. Copilot writes it into the task
    definition and into a policy as it stands, so an ARN does not do either; and `copilot` and
    `managed`, which an early plan for this field gave a meaning, have none.
    """

    code, name = "SL309", "invalid-file-system-id"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: there is no such file system"
    sources = (
        "AWS: EFS API Reference, FileSystemDescription",
        "internal/pkg/template/templates/workloads/partials/cf/taskrole.yml",
    )
    in_schema = True
    good = (
        "storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0}}}}",
        "storage: {volumes: {data: {path: /data, efs: {id: {from_cfn: shop-FileSystem}}}}}",
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {id: fsap-0123456789abcdef0}
            #               ^^^^^^^^^^^^^^^^^^^^^^ SL309
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {id: fs-1234567}
            #               ^^^^^^^^^^ SL309
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {id: copilot}
            #               ^^^^^^^ SL309
            """
        ),
    )
    also_bad = (
        Bad(
            """
            storage:
              volumes:
                one: {path: /one, efs: {id: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0'}}
            #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL309
                two: {path: /two, efs: {id: data-fs-0123456789abcdef0}}
            #                               ^^^^^^^^^^^^^^^^^^^^^^^^^ SL309
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        node = volume.file_system.id
        if isinstance(node, Scalar) and node.known and not re.fullmatch(_ID, node.text):
            found = self.finding(node, _message(node.text), help=_help(node.text))
            yield judged(manifest, found, node.text)


def _message(text: str) -> str:
    digits = re.fullmatch(r"fs-([0-9a-f]+)", text)
    if digits is None:
        return f"{text!r} is not an id of a file system"
    return f"{text!r} is not an id of a file system: it has {len(digits[1])} digits, not 8 to 40"


def _help(text: str) -> str:
    if text in _MAGIC_WORDS:
        return "write `efs: true` for the file system that Copilot makes"
    if text.startswith("arn:") and (found := re.search(_ID, text)):
        return f"write `{found[0]}`"
    if text.startswith("fsap-"):
        return "an access point goes into `auth.access_point_id`; `id` names its file system, `fs-…`"
    return "write the id of the file system, `fs-…`"
