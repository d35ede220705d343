from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ManifestFile, Related, Rule, Severity, Stage


class DuplicateKey(Rule):
    """A key is written twice in one map.

    Where Copilot looks at the map, it refuses the manifest, in every environment. In a part that
    it ignores, or in the map form of a field such as `efs` whose errors it swallows, nothing is
    ever said, and none of the map counts.
    """

    code, name = "SL002", "duplicate-key"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: mapping key already defined"
    sources = ("gopkg.in/yaml.v3: decode.go, func (d *decoder) mapping",)
    good = ("variables: {A: 1, a: 2}",)
    bad = (
        Bad(
            """
            cpu: 256
            memory: 512
            cpu: 512
            ^^^ SL002
            """
        ),
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                port: 80
                'port': 8080
            #   ^^^^^^ SL002
            """
        ),
    )
    also_bad = (
        Bad(
            """
            colour: {red: 1, red: 2}
            #                ^^^ SL002
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        for duplicate in file.shape.duplicates if file.shape else ():
            message = f"{duplicate.second.text!r} is already written above"
            related = (Related(duplicate.first.span, "here"),)
            if duplicate.decoded and not duplicate.swallowed:
                yield self.finding(duplicate.second, message, related=related, help="keep one of them")
                continue
            effect = (
                "Copilot drops the whole map without a word" if duplicate.decoded else "Copilot ignores it"
            )
            yield self.finding(
                duplicate.second,
                message,
                related=related,
                help="keep one of them",
                effect=effect,
                severity=Severity.WARNING,
                stage=Stage.SILENT,
            )
