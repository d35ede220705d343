"""The formats of a report by name. A format is loaded when it is wanted."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO

from sidecar_lint.report.assistants import assistant
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
