"""What can be done about findings: their fixes, all of them at once, and comments that suppress them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.fixing.rewriting import rewrite_all
from sidecar_lint.language.action import ActionKind, CodeAction
from sidecar_lint.linting.hidden import Hidden
from sidecar_lint.linting.masking import Mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.finding import Finding, Fix
    from sidecar_lint.fixing.offering import Offer, Offers
    from sidecar_lint.fixing.rounds import LintRun
    from sidecar_lint.fixing.suppressing import Comments
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.workspace.files import Files

#: What stands for the reason until the user writes one.
REASON: Final = "TODO: say why"
#: A longer text is not shown in a title.
_LONGEST: Final = 60
_QUOTES: Final = "'\""


def at(findings: Iterable[Finding], span: Span) -> Iterator[Finding]:
    """The findings that a span touches."""
    return (each for each in findings if each.span.start <= span.end and span.start <= each.span.end)


def told(actions: Iterable[CodeAction], report: Report) -> Iterator[CodeAction]:
    """Actions as they may be shown: none that must repeat a secret of the file."""
    mask = Mask(report)
    for action in actions:
        edits = mask.edits(action.edits)
        if edits is not None and not any(mask.repeats(file.text) for file in action.new_files):
            title = mask.title(action.title, action.edits)
            finding = mask.finding(action.finding) if action.finding else None
            yield action._replace(title=title, edits=edits, finding=finding)


def fixes(findings: Iterable[Finding], offers: Offers) -> Iterator[CodeAction]:
    """The fixes of findings that do no harm; the first of each is the preferred one."""
    found = list(findings)
    offered = {offer.fix: offer for offer in offers.of([fix for each in found for fix in each.fixes])}
    for finding in found:
        for number, fix in enumerate(finding.fixes):
            if offer := offered.get(fix):
                title, preferred = _title(offer, offers.run.report), number == 0 and not offer.uncovers
                yield CodeAction(
                    title, ActionKind.FIX, fix.edits, fix.new_files, finding, preferred=preferred
                )


def _title(offer: Offer, report: Report) -> str:
    """What a fix does, and what to know before."""
    title = offer._replace(fix=offer.fix._replace(title=_change(offer.fix, report))).title
    return title if offer.uncovers or offer.fix.safe else f"{title} (may not be meant)"


def _change(fix: Fix, report: Report) -> str:
    """What a fix does, with the text that it writes and the one that it replaces where both are short."""
    if len(fix.edits) != 1 or fix.new_files or Hidden(report.hidden).touches(fix.edits[0].span):
        return fix.title
    ((span, new),) = fix.edits
    old = report.source.text[span.start : span.end]
    if not (_is_short(old) and _is_short(new)):
        return fix.title
    written = re.fullmatch(r"(?:write|rename to) `?(.+?)`?", fix.title)
    if written and written[1].strip(_QUOTES) == new.strip(_QUOTES):
        return f"replace `{old}` with `{new}`"
    return fix.title if new in fix.title else f"{fix.title}: `{new}`"


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and "\n" not in text and "`" not in text


def ignores(finding: Finding, comments: Comments) -> Iterator[CodeAction]:
    """The comments that suppress a finding: where it is, and in all of the file."""
    for where, whole_file in (("here", False), ("in this file", True)):
        title = f"Ignore {finding.code} ({finding.name}) {where}"
        edits = comments.edits([finding], REASON, whole_file=whole_file)
        if edits:
            yield CodeAction(title, ActionKind.IGNORE, edits, finding=finding, placeholder=REASON)


def fix_all(run: LintRun, files: Files) -> CodeAction | None:
    """Everything that has a safe fix, put right at once; None where nothing has."""
    (after,) = rewrite_all([run], files, unsafe=False)
    if not after.edits and not after.new_files:
        return None
    title = f"Fix {after.fixed} problem{'s' if after.fixed > 1 else ''} that surely can be fixed"
    return CodeAction(title, ActionKind.FIX_ALL, after.edits, after.new_files)
