"""What is particular to a Static Site."""

from __future__ import annotations

from sidecar_lint.template.decoding import bare_text, text
from sidecar_lint.template.stack import Stack
from sidecar_lint.template.values import Sourced


def alias(stack: Stack) -> Sourced | None:
    """The name of the site."""
    return text(stack.manifest.mapping("http"), "alias")


def certificate(stack: Stack) -> Sourced | None:
    """The user's certificate for it."""
    return bare_text(stack.manifest.mapping("http"), "certificate")


def needs_certificate(stack: Stack) -> bool:
    """Whether Copilot asks for a certificate itself."""
    return alias(stack) is not None and certificate(stack) is None
