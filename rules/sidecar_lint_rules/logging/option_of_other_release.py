from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, LogOutput, Manifest, Rule, Scalar, Severity, Stage, deployed_log_output
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
            """
        ),
    )
    also_good = ("logging: {retention: 7}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or not output.router.distribution:
            return
        release = output.router.release
        for difference in changes_meaning(output):
            if release and difference.only and difference.only != release and _is_known(output):
                yield self._refused(output, difference, release)
            elif not release and output.router.is_stock and _moves(output):
                yield self._may_change(difference)

    def _refused(self, output: LogOutput, difference: Difference, release: str) -> Finding:
        name = difference.option.key.text
        newer = "4 or 5" if release == "5" else release
        message = f"the output {output.plugin.name} of Fluent Bit {newer}, which is in this image, has no option {name!r}"
        help_ = f"take {NEWEST}, or leave it out" if release == "1.9" else "leave it out"
        return self.finding(difference.option.key, message, help=help_)

    def _may_change(self, difference: Difference) -> Finding:
        key = difference.option.key
        message = f"{key.text!r} depends on the release behind the image's tag: {difference.what}"
        effect = "Fluent Bit ends at once where it does not know the option, and every task with it"
        if not difference.only:
            effect = "the connection is encrypted or not, as the release has it"
        help_ = f"pin the release: image: {NEWEST}"
        return self.finding(key, message, effect=effect, help=help_, severity=Severity.INFO)


def _is_known(output: LogOutput) -> bool:
    """Whether the release has what its number says: AWS's Fluent Bit 1.9 has additions of newer ones."""
    return output.router.release == "5" or output.router.distribution == "upstream"


def _moves(output: LogOutput) -> bool:
    """Whether the image is that of a tag which may come to stand for another Fluent Bit."""
    image = output.section.get("image")
    return not isinstance(image, Scalar) or image.text.endswith(_MOVING)
