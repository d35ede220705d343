from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ManifestFile, Rule, Severity, Stage


class InvalidMerge(Rule):
    """A merge key (`<<`) is given something that is not a map.

    `<<` takes a map, usually an alias of one, or a list of maps.
    """

    code, name = "SL012", "invalid-merge"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: map merge requires map or sequence of maps as the value"
    sources = ("gopkg.in/yaml.v3: decode.go, func (d *decoder) merge",)
    good = (
        """
        variables: &common {A: 1}
        sidecars:
          nginx:
            image: nginx
            variables:
              <<: *common
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                <<: common
            #       ^^^^^^ SL012
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        for node in file.shape.bad_merges if file.shape else ():
            yield self.finding(node, "only a map can be merged", help="merge an alias of a map: `<<: *name`")
