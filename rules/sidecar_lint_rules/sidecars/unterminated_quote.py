from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class UnterminatedQuote(Rule):
    """A command or entrypoint opens a quote that nothing closes.

    Copilot splits the string into words as a shell does. It does so only when it makes the
    template, after the manifest has been found valid and the images have been built and pushed.
    """

    code, name = "SL141", "unterminated-quote"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: Copilot makes no template (EOF found when expecting closing quote)"
    sources = ("internal/pkg/manifest/workload.go: stringSliceOrShellString.toStringSlice", "google/shlex")
    good = (
        """
        command: sh -c "echo 'it is fine'" # 'quoted
        sidecars: {nginx: {image: nginx, command: ["it's"], entrypoint: "a 'b ${X}"}}
        """,
    )
    bad = (
        Bad(
            """
            command: sh -c "echo it's
            #        ^^^^^^^^^^^^^^^^ SL141
            sidecars:
              nginx: {image: nginx, command: nginx -g 'daemon off;}
            #                                ^^^^^^^^^^^^^^^^^^^^^ SL141
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for override in manifest.command_words:
            if override.words is None:
                message = f"{override.field} ends within quotes or after a backslash"
                help_ = "close the quote, or write a list of words"
                yield self.finding(override.node, message, help=help_)
