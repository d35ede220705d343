"""Whether a coding assistant runs the program, by the variables that assistants set for their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The variables, and where each is described.
VARIABLES: Final = {
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


def assistant(environment: Mapping[str, str]) -> str | None:
    """The variable that says so; None where none does. One that is 0 or false says nothing."""
    return next((name for name in VARIABLES if environment.get(name, "").lower() not in _OFF), None)
