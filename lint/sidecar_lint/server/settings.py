"""What the user set in the editor, under `sidecarLint`."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

SECTION: Final = "sidecarLint"
_SCHEMA_RULES: Final = ("auto", "on", "off")


class Settings(NamedTuple):
    """`schema_rules` is "auto", "on" or "off": whether to report what the JSON Schema says too.

    `schema_is_validated` is the client's word that another server validates manifests with our
    schema; "auto" is then "off".
    """

    schema_rules: str = "auto"
    schema_is_validated: bool = False
    inlay_hints: bool = True

    @property
    def says_what_schema_says(self) -> bool:
        """Whether to run the rules that say what the JSON Schema says too."""
        if self.schema_rules == "auto":
            return not self.schema_is_validated
        return self.schema_rules == "on"

    def updated(self, value: object) -> Settings:
        """These settings with what a client sent laid over them; what cannot be understood is left out."""
        if not isinstance(value, dict):
            return self
        own = value.get(SECTION)
        return self._replace(**dict(_understood(own if isinstance(own, dict) else value)))


def _understood(value: dict[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if value.get("schemaRules") in _SCHEMA_RULES:
        found.append(("schema_rules", value["schemaRules"]))
    if isinstance(value.get("schemaIsValidated"), bool):
        found.append(("schema_is_validated", value["schemaIsValidated"]))
    hints = value.get("inlayHints")
    enabled = hints.get("enable") if isinstance(hints, dict) else hints
    if isinstance(enabled, bool):
        found.append(("inlay_hints", enabled))
    return found
