"""The formats of a report by name, and which is meant where none is named. A format is loaded when it is wanted."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO

from sidecar_lint.report.color import Color

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidecar_lint.report.stream import StreamReport
    from sidecar_lint.rulebook.rule import Rule


class Format(StrEnum):
    """How findings are printed. Each is a module of this package, and a class in it."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    CHECKSTYLE = "checkstyle"
    RDJSON = "rdjson"
    AGENT = "agent"


_CLASSES: Final = {
    Format.TEXT: "TextReport",
    Format.CONCISE: "ConciseReport",
    Format.JSON: "JsonReport",
    Format.SARIF: "SarifReport",
    Format.GITHUB: "GithubReport",
    Format.GITLAB: "GitlabReport",
    Format.JUNIT: "JunitReport",
    Format.CHECKSTYLE: "CheckstyleReport",
    Format.RDJSON: "RdjsonReport",
    Format.AGENT: "AgentReport",
}


#: Those that hold fixes, which others apply.
WITH_FIXES: Final = frozenset((Format.JSON, Format.SARIF, Format.RDJSON, Format.AGENT))
#: Chooses a format where none is asked for.
FORMAT_VARIABLE: Final = "SIDECAR_LINT_FORMAT"
#: The variables that coding assistants set for their commands, and where each is described.
ASSISTANT_VARIABLES: Final = {
    # Any assistant: a convention that others read (vercel/vercel, packages/detect-agent/README.md).
    "AI_AGENT": "https://github.com/vercel/vercel/blob/main/packages/detect-agent/README.md",
    # Claude Code.
    "CLAUDECODE": "https://github.com/aws/aws-cdk-cli/blob/main/packages/aws-cdk/lib/cli/util/detect-agent.ts",
    # Codex: the first for commands of its newer shell, the second in every session.
    "CODEX_CI": "https://github.com/openai/codex/blob/main/codex-rs/core/src/unified_exec/process_manager.rs",
    "CODEX_THREAD_ID": "https://github.com/openai/codex/issues/36883",
    # Cursor.
    "CURSOR_AGENT": "https://cursor.com/docs/agent/terminal",
    # Gemini CLI.
    "GEMINI_CLI": "https://github.com/google-gemini/gemini-cli/blob/main/docs/tools/shell.md",
}
_OFF: Final = ("", "0", "false")


def report_in(
    wanted: Format,
    out: TextIO,
    *,
    quiet: bool = False,
    rules: Sequence[Rule] = (),
    color: Color = Color.AUTO,
) -> StreamReport:
    """A report of a format, to be written to a stream; `rules` are those of the run."""
    module = import_module(f"sidecar_lint.report.{wanted}")
    report: StreamReport = getattr(module, _CLASSES[wanted])(out, quiet=quiet, rules=rules, color=color)
    return report


def usual(environment: Mapping[str, str]) -> Format:
    """The format where none is asked for: by where this runs, and for whom."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return Format.GITHUB
    return Format.AGENT if assistant(environment) else Format.TEXT


def assistant(environment: Mapping[str, str]) -> str | None:
    """The variable that says that a coding assistant runs the program; None where none does.

    One that is 0 or false says nothing.
    """
    return next((name for name in ASSISTANT_VARIABLES if environment.get(name, "").lower() not in _OFF), None)
