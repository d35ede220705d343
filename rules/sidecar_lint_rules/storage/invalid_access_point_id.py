from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume
from sidecar_lint_rules.generated._texts import judged

_ID: Final = r"(arn:aws[-a-z]*:elasticfilesystem:[0-9a-z:-]+:access-point/)?fsap-[0-9a-f]{8,40}"


class InvalidAccessPointId(Rule):
    """`auth.access_point_id` is not an id of an access point.

    Such an id is `fsap-` with 8 to 40 digits and letters from a to f. Nobody looks at it before the
    task definition is registered.
    """

    code, name = "SL310", "invalid-access-point-id"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: there is no such access point"
    sources = ("AWS: EFS API Reference, AccessPointDescription",)
    in_schema = True
    good = (
        """
        storage:
          volumes:
            data:
              path: /data
              efs:
                id: fs-0123456789abcdef0
                auth: {iam: true, access_point_id: fsap-0123456789abcdef0}
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs:
                    id: fs-0123456789abcdef0
                    auth: {iam: true, access_point_id: fs-0123456789abcdef0}
            #                                          ^^^^^^^^^^^^^^^^^^^^ SL310
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        point = volume.file_system.access_point
        if point is None or not point.text or not point.known or re.fullmatch(_ID, point.text):
            return
        message = f"{point.text!r} is not an id of an access point"
        found = self.finding(point, message, help="write the id of the access point, `fsap-…`")
        yield judged(manifest, found, point.text)
