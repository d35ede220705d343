"""What is particular to a Static Site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.template.decoding import bare_text, text

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Sourced


def alias(stack: Stack) -> Sourced | str | None:
    """The name of the site: its own, or one below the application's domain."""
    written = text(stack.manifest.mapping("http"), "alias")
    if written is not None:
        return written
    return f"{stack.name}.{stack.environment}.{stack.application}.{stack.domain}" if stack.domain else None


def certificate(stack: Stack) -> Sourced | None:
    """The user's certificate for it."""
    return bare_text(stack.manifest.mapping("http"), "certificate")


def needs_certificate(stack: Stack) -> bool:
    """Whether Copilot asks for a certificate itself."""
    return alias(stack) is not None and certificate(stack) is None
