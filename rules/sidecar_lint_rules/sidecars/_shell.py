"""Having a shell run a `command` or `entrypoint`: what to write, and how to say so."""

from __future__ import annotations

from sidecar_lint import (
    CommandWords,
    Edit,
    Fix,
    Manifest,
    Outcome,
    Scalar,
    has_entrypoint,
    image_contents,
    unquoted,
)


def shell_fixes(manifest: Manifest, override: CommandWords) -> tuple[Fix, ...]:
    """A shell to run it, where that is written in the manifest's place and the image may have one."""
    node, program = override.node, override.program
    if not isinstance(node, Scalar) or not node.is_verbatim or not _may_have_shell(manifest, override):
        return ()
    return (Fix("let a shell run it", (Edit(node.span, with_shell(program)),)),)


def with_shell(program: str) -> str:
    """The list of words with which a shell runs a program, as it is written in a manifest."""
    return f'["sh", "-c", {protected(program)}]'


def protected(word: str) -> str:
    """A word in double quotes, and in those that the template needs besides."""
    if unquoted(word, item=True)[0] is Outcome.SAME:
        return double_quoted(word)
    single = "'" + word.replace("'", "''") + "'"
    return double_quoted(single if word.isprintable() else double_quoted(word))


def double_quoted(text: str) -> str:
    """A text as a scalar in double quotes, of YAML as of JSON."""
    from json import dumps

    return dumps(text, ensure_ascii=False)


def shell_help(manifest: Manifest, override: CommandWords) -> str:
    """What to do where only a shell would do what is written."""
    if _lacks_shell(manifest, override):
        return "the image has no shell: build one that has a script to call, or call one program only"
    if override.field == "command" and _has_entrypoint(manifest, override):
        return "let the entrypoint be [sh, -c], and the command one word"
    return f"write {with_shell(override.program)}"


def _has_entrypoint(manifest: Manifest, override: CommandWords) -> bool:
    """Whether a program, in the manifest or of the image, gets the words of a command as its arguments."""
    container = override.container
    return container.section.get("entrypoint") is not None or has_entrypoint(manifest, container)


def _lacks_shell(manifest: Manifest, override: CommandWords) -> bool:
    contents = image_contents(manifest, override.container)
    return contents is not None and contents.has_no_shell


def _may_have_shell(manifest: Manifest, override: CommandWords) -> bool:
    if _lacks_shell(manifest, override) or manifest.is_windows:
        return False
    if override.field == "command":
        return not _has_entrypoint(manifest, override)
    return override.container.section.get("command") is None
