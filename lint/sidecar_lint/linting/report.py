"""What came of one file: what was found in it, or why it could not be used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT, Edit, Finding, NewFile, Related, Severity
from sidecar_lint.memo import Memo
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Source, masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.suppressions.suppressions import Suppressed
    from sidecar_lint.syntax.span import Span

#: The rule that reports a file which should be read and cannot: the run is then not to be trusted.
UNREADABLE_CODE: Final = "SL038"
#: How many findings of one file people are shown; programs get all of them.
MOST_SHOWN: Final = 1000


class _ReportFields(NamedTuple):
    source: Source
    findings: tuple[Finding, ...]
    environments: tuple[str, ...] = (ANY_ENVIRONMENT,)
    fixed: int = 0
    original: Source | None = None
    edits: tuple[Edit, ...] = ()
    new_files: tuple[NewFile, ...] = ()
    #: The files that belong to this one and are linted with it.
    companions: tuple[str, ...] = ()
    #: What must not be shown of it, and of `original`: the values of secrets, and credentials.
    hidden: tuple[Span, ...] = ()
    originally_hidden: tuple[Span, ...] = ()
    #: The other files in which places are related to findings, as they may be shown.
    shown_elsewhere: tuple[Source, ...] = ()
    #: The rules that were run.
    rules: Sequence[Rule] = ()
    #: All that was found, before comments, settings and the baseline took anything away. It has what the
    #: rules found that were only asked to judge fixes, too.
    found: tuple[Finding, ...] = ()
    #: The findings with those that follow from others, which are not told.
    with_consequences: tuple[Finding, ...] = ()
    #: The texts inside the file that were linted.
    texts: tuple[Embedding, ...] = ()
    #: Whether it was looked at as what it is: it could be read, and a manifest has a type.
    understood: bool = True
    #: Whether some rules were not asked, as what they need takes all workloads of a hurried workspace.
    is_partial: bool = False
    #: What fixes brought to light: findings that the mended mistakes had hidden.
    uncovered: tuple[Finding, ...] = ()
    #: What comments in the file took away.
    suppressed: tuple[Suppressed, ...] = ()
    #: How many findings the baseline has already, and how many of it are fixed since.
    known: int = 0
    gone: int = 0
    #: The least severity that fails a run; None where nothing does.
    fail_on: Severity | None = Severity.WARNING


class Report(_ReportFields, Memo):
    """What was found in one file. `findings` are in the order of the text.

    `environments` are those the findings can hold in: "*", then what the file names. Where fixes
    were applied, `source` is the text after them, `original` the one before, `edits` what leads from that
    to this, `fixed` the number of fixes, `new_files` what they add beside it.
    """

    @cached_property
    def shown(self) -> Source:
        """The text as it may be printed: asterisks stand for what is hidden."""
        return masked(self.source, self.hidden)

    def shown_of(self, related: Related) -> Source:
        """The file of a related place as it may be printed."""
        source = related.source
        if source is None:
            return self.shown
        return next((each for each in self.shown_elsewhere if each.path == source.path), source)

    @cached_property
    def ran(self) -> frozenset[str]:
        """The codes of the rules that were run."""
        return frozenset(rule.code for rule in self.rules)

    @property
    def fails(self) -> bool:
        """Whether a finding is as grave as what fails a run."""
        limit = self.fail_on
        return limit is not None and any(each.severity.rank <= limit.rank for each in self.findings)

    @property
    def is_incomplete(self) -> bool:
        """Whether it could not say all, as a file that belongs to what was linted cannot be read."""
        return any(each.code == UNREADABLE_CODE for each in self.findings)

    @property
    def path(self) -> str:
        """The file as the user named it."""
        return self.source.path


class PathProblem(NamedTuple):
    """A path that could not be used, and why; `file` is None where no path is to blame."""

    file: str | None
    message: str
