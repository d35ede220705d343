from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage


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
        main = manifest.base.main
        for field in ("variables", "secrets"):
            written = manifest.override.get(field)
            for key, _ in written if isinstance(written, Mapping) else ():
                if any(key.text in main.mapping(each).entries for each in ("variables", "secrets")):
                    continue
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
