"""Where the project lives, once it has an address; until then nothing prints a link."""

from __future__ import annotations

#: The root of the published pages, without a slash at its end.
PROJECT_ADDRESS: str | None = None


def url_of(rule: str) -> str | None:
    """The page of a rule by its name (`unknown-target-container`)."""
    return f"{PROJECT_ADDRESS}/rules/{rule}/" if PROJECT_ADDRESS else None
