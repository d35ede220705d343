from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import LOG_ROUTER, Bad, Finding, Manifest, Rule, Severity, Stage, is_container_overridden


class DependencyOnLogRouterCompletion(Rule):
    """A container waits for the log router to end.

    Copilot counts `firelens_log_router` as not essential and accepts that. The template does not
    say so, which makes it essential to ECS, and ECS lets nothing wait for the end of an essential
    container. Nor does a log router end by itself.
    """

    code, name = "SL126", "dependency-on-log-router-completion"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "ECS refuses the task definition: a container waited for to end cannot be essential"
    sources = ("workloads/partials/cf/sidecars.yml", "boto/boto3#2436")
    good = (
        """
        image: {depends_on: {firelens_log_router: start}}
        logging: {destination: {Name: cloudwatch}}
        """,
    )
    bad = (
        Bad(
            """
            image: {depends_on: {firelens_log_router: success}}
            #                                         ^^^^^^^ SL126
            logging: {destination: {Name: cloudwatch}}
            """,
            fixed="{firelens_log_router: start}",
        ),
    )
    also_good = (
        """
        image: {depends_on: {nginx: success}}
        sidecars: {nginx: {image: nginx, essential: false}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        router = manifest.containers.get(LOG_ROUTER)
        if router is None or router.is_sidecar or is_container_overridden(manifest, LOG_ROUTER, "Essential"):
            return
        for dependency in manifest.dependencies:
            if is_container_overridden(manifest, dependency.container.name, "DependsOn"):
                continue
            if dependency.name == LOG_ROUTER and dependency.waits_for_end and dependency.condition.known:
                message = "the log router is essential and never ends"
                yield self.finding(dependency.condition, message, replace="start")
