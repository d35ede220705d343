from __future__ import annotations

from collections.abc import Iterable, Iterator

from sidecar_lint import (
    LOG_ROUTER,
    TRACING_CONTAINER,
    Bad,
    Dependency,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    closest,
    enumerated,
    lost,
)
from sidecar_lint_rules.sidecars._misspelt import sidecar_names


class UnknownDependency(Rule):
    """A container depends on one that does not exist.

    `depends_on` can name the service's own container (by the name of the service), a sidecar, and
    `firelens_log_router` where `logging` makes Copilot add one. The collector that
    `observability.tracing` adds is not known yet when Copilot compares the names.
    """

    code, name = "SL120", "unknown-dependency"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the container does not exist"
    sources = ("internal/pkg/manifest/validate.go: buildDependencyGraph",)
    good = (
        """
        image: {depends_on: {nginx: start, firelens_log_router: start}}
        logging: {destination: {Name: cloudwatch}}
        sidecars:
          nginx: {image: nginx}
          envoy: {image: envoy, depends_on: {api: START}}
        """,
    )
    bad = (
        Bad(
            """
            image:
              depends_on:
                ngnix: start
            #   ^^^^^ SL120
            sidecars:
              nginx:
                image: nginx
                depends_on:
                  firelens_log_router: start
            #     ^^^^^^^^^^^^^^^^^^^ SL120
            """,
            fixed="    nginx: start",
        ),
    )
    also_bad = (
        Bad(
            """
            observability: {tracing: awsxray}
            image: {depends_on: {aws-otel-collector: start, elsewhere: start}}
            #                    ^^^^^^^^^^^^^^^^^^ SL120
            #                                               ^^^^^^^^^ SL120
            """
        ),
        Bad(
            """
            image: {depends_on: {aws-otel-collector: start}}
            #                    ^^^^^^^^^^^^^^^^^^ SL120
            sidecars: {nginx: {image: nginx}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.main_is_known:
            return
        names = dict.fromkeys(sorted({*manifest.containers, *manifest.mapping("sidecars").entries}))
        defined = sidecar_names(manifest)
        for dependency in manifest.dependencies:
            if dependency.name in names:
                continue
            if misspelt := defined.misspelt(dependency.name):
                yield misspelt.finding(self, dependency.key, f"no container is named {dependency.name!r}")
                continue
            own = dependency.container.name
            nearest = closest(dependency.name, (name for name in names if name != own))
            yield self.finding(
                dependency.key,
                f"no container is named {dependency.name!r}",
                replace=nearest,
                help="" if nearest else _help(manifest, dependency, names),
                follows_from=lost(manifest, "sidecars", dependency.name),
            )


def _help(manifest: Manifest, dependency: Dependency, names: Iterable[str]) -> str:
    if dependency.name == LOG_ROUTER:
        return "there is a log router only where logging has more than retention"
    if dependency.name == TRACING_CONTAINER and manifest.traces:
        return "Copilot adds this container after it has checked the names; nothing can depend on it"
    others = enumerated(name for name in names if name != dependency.container.name)
    return f"the containers are {others}" if others else "there is no other container"
