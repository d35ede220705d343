from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Container,
    Document,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
)

_FIELDS: Final = ("variables", "secrets")


class VariableOfASidecar(Rule):
    """An environment sets a variable of the service that only a sidecar has in the base.

    `variables` and `secrets` at the top of an environment are those of the service's own container.
    Sidecars inherit nothing from it. To change a variable of a sidecar, write it under the sidecar
    in the environment too.
    """

    code, name = "SL705", "variable-of-a-sidecar"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the service's container gets it, and the sidecar keeps the value of the base"
    sources = ("internal/pkg/manifest/transform.go", "aws/copilot-cli#3674")
    good = (
        """
        variables: {LOG_LEVEL: info}
        sidecars:
          datadog: {image: datadog/agent, variables: {DD_APM_ENABLED: true, LOG_LEVEL: info}}
        environments:
          prod:
            variables: {LOG_LEVEL: debug}
            sidecars: {datadog: {variables: {DD_APM_ENABLED: false}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              datadog:
                image: datadog/agent
                variables: {DD_APM_ENABLED: true}
            environments:
              prod:
                variables:
                  DD_APM_ENABLED: false
            #     ^^^^^^^^^^^^^^ SL705
            """
        ),
    )
    also_good = (
        """
        sidecars:
          datadog: {image: datadog/agent, variables: {LEVEL: info, PORT: '1'}}
          nginx: {image: nginx, variables: {LEVEL: info}}
        environments:
          prod:
            variables: {LEVEL: debug, PORT: '2'}
            sidecars: {datadog: {variables: {PORT: '2'}}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.is_base or not manifest.is_ecs:
            return
        of_sidecars = manifest.document.once(_names_of_sidecars)
        for field in _FIELDS:
            for key, _ in as_mapping(manifest.override.get(field)):
                if key.text in of_sidecars and not _has(manifest.base.main, key.text):
                    yield from self._kept(manifest, field, key)

    def _kept(self, manifest: Manifest, field: str, key: Scalar) -> Iterator[Finding]:
        owners = [sidecar for sidecar in manifest.base.sidecars if key.text in sidecar.mapping(field).entries]
        for owner in owners:
            before = owner.mapping(field).entries[key.text]
            now = manifest.mapping("sidecars", owner.name, field).entries.get(key.text)
            if len(owners) == 1 and now is before and before.key:
                message = f"in the base {key.text!r} is a variable of sidecar {owner.name!r}"
                related = (Related(before.key.span, "this stays as it is"),)
                help_ = f"if the sidecar is meant, write it under sidecars.{owner.name}.{field}"
                yield self.finding(key, message, help=help_, related=related)


def _names_of_sidecars(document: Document) -> frozenset[str]:
    """The names of the variables and secrets that sidecars have in the base."""
    sidecars = document.manifests[0].sidecars
    return frozenset(name for each in sidecars for field in _FIELDS for name in each.mapping(field).entries)


def _has(container: Container, name: str) -> bool:
    """Whether a container gets a variable or secret of a name."""
    return any(name in container.mapping(field).entries for field in _FIELDS)
