from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOutput,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_log_output,
    enumerated,
)
from sidecar_lint_rules.logging._releases import NEWEST, Difference, changes_meaning

#: The tag that Copilot takes by itself.
_MOVING = (":stable", ":init-stable")


class OptionOfOtherRelease(Rule):
    """An option means something else in another release of the log router.

    aws-for-fluent-bit 2 is a Fluent Bit 1.9, and 3 a Fluent Bit 4 or 5. Options were added and a few
    taken away, and Fluent Bit ends where an output gets one that it does not know. Where the image is
    pinned, this is a warning; but AWS's 2.x got some options of newer releases, and nothing is said of
    those. Under the tag `stable`, which Copilot takes by itself, it is information:
    as of July 2026 the tag stood for a Fluent Bit 1.9, and nobody had said when it would move on.
    """

    code, name = "SL231", "option-of-other-release"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit ends at once, and every task with it"
    sources = (
        "fluent-bit v1.9.10 and v5.1.1: plugins/out_*, src/flb_config_map.c",
        "aws/aws-for-fluent-bit#1117, #1181",
    )
    good = (
        f"logging: {{image: '{NEWEST}', destination: {{Name: loki, Host: a.example.com, compress: gzip}}}}",
        "logging: {destination: {Name: loki, Host: logs.example.com, tenant_id: a}}",
    )
    bad = (
        Bad(
            """
            logging:
              image: fluent/fluent-bit:1.9.10
              destination:
                Name: loki
                Host: logs.example.com
                compress: gzip
            #   ^^^^^^^^ SL231
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: loki
                Host: logs.example.com
                compress: gzip
            #   ^^^^^^^^ SL231
                structured_metadata: a=$b
            """
        ),
    )
    also_good = ("logging: {retention: 7}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or not output.router.distribution:
            return
        release = output.router.release
        moving: dict[str, list[Difference]] = {}
        for difference in changes_meaning(output):
            if release and difference.only and difference.only != release and _is_known(output):
                yield self._refused(output, difference, release)
            elif not release and output.router.is_stock and _moves(output):
                moving.setdefault(difference.what, []).append(difference)
        for what, differences in moving.items():
            yield self._may_change(what, differences)

    def _refused(self, output: LogOutput, difference: Difference, release: str) -> Finding:
        name = difference.option.key.text
        newer = "4 or 5" if release == "5" else release
        message = f"the output {output.plugin.name} of Fluent Bit {newer}, which is in this image, has no option {name!r}"
        help_ = f"take {NEWEST}, or leave it out" if release == "1.9" else "leave it out"
        return self.finding(difference.option.key, message, help=help_)

    def _may_change(self, what: str, differences: list[Difference]) -> Finding:
        keys = [each.option.key for each in differences]
        names = enumerated((repr(key.text) for key in keys), " and ")
        message = f"{names} depend{'' if keys[1:] else 's'} on the release behind the image's tag: {what}"
        effect = "Fluent Bit ends at once where it does not know the option, and every task with it"
        if not differences[0].only:
            effect = "the connection is encrypted or not, as the release has it"
        return self.finding(
            keys[0],
            message,
            effect=effect,
            help=_pin(differences[0].only),
            related=tuple(Related(key.place, "the same") for key in keys[1:]),
            severity=Severity.INFO,
        )


def _pin(only: str) -> str:
    """What to do so that the options are those of one release."""
    return (
        "leave it out, or pin a release 2, which has no support any longer"
        if only == "1.9"
        else f"pin the release: image: {NEWEST}"
    )


def _is_known(output: LogOutput) -> bool:
    """Whether the release has what its number says: AWS's Fluent Bit 1.9 has additions of newer ones."""
    return output.router.release == "5" or output.router.distribution == "upstream"


def _moves(output: LogOutput) -> bool:
    """Whether the image is that of a tag which may come to stand for another Fluent Bit."""
    image = output.section.get("image")
    return not isinstance(image, Scalar) or image.text.endswith(_MOVING)
