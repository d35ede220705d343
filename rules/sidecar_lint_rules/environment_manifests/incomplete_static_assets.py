from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage, if_all_lost, lost


class IncompleteStaticAssets(Rule):
    """The static assets of the CDN lack their domain name, their bucket or their path.

    CloudFront serves them under `alias`, from the bucket at `location`, for what `path` fits. All three are
    needed.
    """

    code, name = "SL877", "incomplete-static-assets"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the field must be specified"
    sources = ("internal/pkg/manifest/validate_env.go: CDNStaticConfig",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        cdn:
          static_assets:
            alias: static.example.com
            location: assets.s3.eu-west-1.amazonaws.com
            path: static/*
        # file: copilot/environments/prod/manifest.yml
        cdn: {terminate_tls: true, static_assets: {}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            cdn:
              static_assets:
            # ^^^^^^^^^^^^^ SL877
                alias: static.example.com
                path: static/*
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        assets = environment.mapping("cdn", "static_assets")
        written = {name: _is_written(assets.get(name)) for name in ("alias", "location", "path")}
        missing = [name for name, is_written in written.items() if not is_written]
        if missing and len(missing) < len(written):
            because = if_all_lost(lost(environment.file, "cdn", "static_assets", name) for name in missing)
            names = " and ".join(f"`{name}`" for name in missing)
            yield self.finding(
                assets.key or assets,
                f"cdn.static_assets has no {names}",
                help=f"write {names}",
                follows_from=because,
            )


def _is_written(node: object) -> bool:
    """Whether a text is there: an empty one counts as none."""
    return isinstance(node, Scalar) and bool(node.text)
