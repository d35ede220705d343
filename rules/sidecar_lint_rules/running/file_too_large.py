from __future__ import annotations

from sidecar_lint import Rule, Severity, Stage


class FileTooLarge(Rule):
    """A file has more than 1,048,576 characters, and no rule was asked about it in the editor.

    While somebody types in such a file, each answer would come a second late. On the command line files are
    read up to 4 MiB, so `sidecar-lint` says what there is to say.
    """

    code, name = "SL041", "file-too-large"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the editor shows nothing that is wrong with it"
    sources = ("docs/language-server.md",)
