"""What can be done about findings, and with values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lsprotocol import types

from sidecar_lint.escaping import editor
from sidecar_lint.fixing.suppressing import Comments
from sidecar_lint.language import fixes
from sidecar_lint.language.action import ActionKind, CodeAction
from sidecar_lint.language.extraction import extractions
from sidecar_lint.language.session import Linted
from sidecar_lint.linting.report import Report
from sidecar_lint.server.edits import Abilities, EditWriter
from sidecar_lint.server.features.effective import show_actions
from sidecar_lint.server.server import Asked, Server

FIX_ALL: Final = "source.fixAll.sidecarLint"
_KINDS: Final = {
    ActionKind.FIX: "quickfix",
    ActionKind.IGNORE: "quickfix",
    ActionKind.FIX_ALL: FIX_ALL,
    ActionKind.REFACTOR: "refactor.extract",
}


def register(server: Server) -> None:
    """Answer `textDocument/codeAction`."""
    options = types.CodeActionOptions([*dict.fromkeys(_KINDS.values()), "source"])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        linted = await server.linted(params.text_document.uri)
        if linted is None:
            return None
        found: list[types.CodeAction] | None = await server.ask(
            params.text_document.uri, lambda asked: list(_answer(asked, linted, params))
        )
        return found


def _answer(asked: Asked, linted: Linted, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
    """The actions at a range; none where the text is another by now."""
    if asked.source is not linted.report.source:
        return
    abilities = Abilities.of(asked.server.client_capabilities)
    writer = EditWriter(asked.positions, asked.server.texts, abilities)
    translation = asked.server.translation
    for action in fixes.told(_actions(asked, linted, params), linted.report):
        edit, finding = writer.edit(action), action.finding
        if edit:
            yield types.CodeAction(
                title=editor(action.title),
                kind=_KINDS[action.kind],
                diagnostics=[translation.diagnostic(finding, linted.report)] if finding else None,
                is_preferred=action.preferred or None,
                edit=edit,
            )
    yield from (each for each in show_actions(asked) if _is_wanted(str(each.kind), params.context))


def _actions(asked: Asked, linted: Linted, params: types.CodeActionParams) -> Iterator[CodeAction]:
    """What is wanted, and nothing else: to find out whether a fix does harm is to lint once more."""
    span, context, report = asked.positions.span(params.range), params.context, linted.report
    offers = asked.session.offers(linted)
    touched = list(fixes.at(report.findings, span)) if offers else []
    if offers and touched and _is_wanted(_KINDS[ActionKind.FIX], context):
        yield from fixes.fixes(touched, offers)
        comments = Comments(report.source)
        for finding in touched:
            yield from fixes.ignores(finding, comments)
    if asked.document and _is_wanted(_KINDS[ActionKind.REFACTOR], context):
        yield from extractions(asked.document, span.start)
    if linted.run and _wants_fix_all(report, context):
        found = fixes.fix_all(linted.run, asked.session.files)
        yield from (found,) if found else ()


def _wants_fix_all(report: Report, context: types.CodeActionContext) -> bool:
    """Whether to fix everything: never while the cursor only moves about, since that lints again."""
    asked_for = bool(context.only) or context.trigger_kind != types.CodeActionTriggerKind.Automatic
    fixable = any(finding.fixes and finding.fixes[0].safe for finding in report.findings)
    return fixable and asked_for and _is_wanted(FIX_ALL, context)


def _is_wanted(kind: str, context: types.CodeActionContext) -> bool:
    """Whether the client wants actions of a kind: it may name that kind, or one above it."""
    return not context.only or any(f"{kind}.".startswith(f"{each!s}.") for each in map(_text, context.only))


def _text(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind
