"""What the rules about unknown fields share: the fix that renames one, and what it may follow from."""

from __future__ import annotations

from sidecar_lint import Edit, Fix, ManifestFile, Scalar, UndecodedField, as_mapping, quoted, words


def as_environment(file: ManifestFile, path: tuple[str | int, ...]) -> list[tuple[str, Scalar]]:
    """What follows where a field was taken for an environment: anything below it (SL729)."""
    if len(path) < len(("environments", "name")) or path[0] != "environments" or file.root is None:
        return []
    value = as_mapping(file.root.get("environments")).entries.get(str(path[1]))
    return [("SL729", value.key)] if value is not None and value.key is not None else []


def rename(unknown: UndecodedField, name: str) -> tuple[Fix, ...]:
    """The fix that gives a field another name; none where that is written already, or inherited."""
    if unknown.written_beside(name) or unknown.value.alias is not None:
        return ()
    edit = Edit(unknown.key.span, quoted(name, unknown.key.style))
    safe = words(name) == words(unknown.key.text) and not _gets_a_default(unknown, name)
    return (Fix(f"rename to `{name}`", (edit,), safe=safe),)


def _gets_a_default(unknown: UndecodedField, name: str) -> bool:
    """Whether Copilot, once it sees the section, puts something into it that nobody wrote.

    That is the command of a health check: `curl -f http://localhost/`, which not every image has.
    """
    field = unknown.parent.child(name)
    takes_command = field is not None and name == "healthcheck" and "command" in field.properties
    return takes_command and "command" not in as_mapping(unknown.value).entries
