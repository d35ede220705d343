"""What the user set in the editor, under `sidecarLint`."""

from __future__ import annotations

from typing import Any, Final

from sidecar_lint.named_tuple import NamedTuple

SECTION: Final = "sidecarLint"
#: Each may be a bool, or a map with `enable`.
_SWITCHES: Final = {
    "schemaIsValidated": "schema_is_validated",
    "inlayHints": "inlay_hints",
    "workspaceDiagnostics": "workspace_diagnostics",
}
_SCHEMA_RULES: Final = ("auto", "on", "off")


class ServerSettings(NamedTuple):
    """`schema_rules` is "auto", "on" or "off": whether to report what the JSON Schema says too.

    `schema_is_validated` is the client's word that another server validates manifests with our
    schema; "auto" is then "off". `workspace_diagnostics` lets a client that asks have those of files
    that are not open; it counts at the beginning only.
    """

    schema_rules: str = "auto"
    schema_is_validated: bool = False
    inlay_hints: bool = True
    workspace_diagnostics: bool = False

    @property
    def says_what_schema_says(self) -> bool:
        """Whether to run the rules that say what the JSON Schema says too."""
        if self.schema_rules == "auto":
            return not self.schema_is_validated
        return self.schema_rules == "on"

    def updated(self, value: object) -> ServerSettings:
        """These settings with what a client sent laid over them; what cannot be understood is left out."""
        if not isinstance(value, dict):
            return self
        return self._replace(**dict(_understood(_own(value))))


def plugins_in(options: object) -> bool | None:
    """What `initializationOptions` say of rules that a configuration in the folder names; None where nothing.

    They are code of whoever wrote the folder, and an editor may keep settings there: no setting that
    comes later counts.
    """
    switch = _switch(_own(options).get("plugins")) if isinstance(options, dict) else None
    return switch if isinstance(switch, bool) else None


def _own(value: dict[str, Any]) -> dict[str, Any]:
    own = value.get(SECTION)
    return own if isinstance(own, dict) else value


def _switch(value: object) -> object:
    return value.get("enable") if isinstance(value, dict) else value


def _understood(value: dict[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if value.get("schemaRules") in _SCHEMA_RULES:
        found.append(("schema_rules", value["schemaRules"]))
    for name, setting in _SWITCHES.items():
        enabled = _switch(value.get(name))
        if isinstance(enabled, bool):
            found.append((setting, enabled))
    return found
