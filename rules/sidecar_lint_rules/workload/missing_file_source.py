from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    STATIC_SITE,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Severity,
    Stage,
    is_blank,
    lost_in,
)


class MissingFileSource(Rule):
    """An entry of `files` does not say what to upload.

    Each entry of a Static Site's `files` needs `source`, a file or a directory. An empty text counts
    as missing; the whole workspace is `.`.
    """

    code, name = "SL083", "missing-file-source"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "source" must be specified'
    sources = ("internal/pkg/manifest/validate.go: FileUpload.validateSource",)
    good = ("type: Static Site\nfiles: [{source: site, recursive: true}, {source: '${DIST}'}]",)
    bad = (
        Bad(
            """
            type: Static Site
            files:
              - recursive: true
            #   ^^^^^^^^^^^^^^^ SL083
              - source: ''
            #           ^^ SL083
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != STATIC_SITE:
            return
        for upload in manifest.sequence("files"):
            if not isinstance(upload, Mapping):
                continue
            source = upload.get("source")
            if is_blank(source):
                place = upload.entries.get("source") or upload
                yield self.finding(
                    place,
                    "the entry has no source",
                    help="write source: and what to upload",
                    follows_from=lost_in(manifest.document, upload, "source"),
                )
