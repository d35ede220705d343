from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Contents,
    Finding,
    Fix,
    HealthCheckCommand,
    Manifest,
    ProgramCall,
    Rule,
    Scalar,
    Severity,
    Stage,
    image_contents,
)
from sidecar_lint_rules.sidecars._healthchecks import (
    ADOT_CHECK,
    commands,
    help_for,
    place,
    rewritten,
    what_happens,
)


class HealthcheckProgramMissing(Rule):
    """A health check calls a shell or a program that the image does not have.

    The command of a health check runs inside the container, with what the image has. Collectors, the
    X-Ray daemon, the CloudWatch agent and every distroless image have no shell, so `CMD-SHELL` cannot
    run there, whatever follows it. Images on Alpine have `wget` and no `curl`, slim ones and those on
    plain Debian or Ubuntu have neither.

    It is known of the images whose public Dockerfile says so: the AWS and the upstream collector, the
    X-Ray daemon, the CloudWatch agent, Fluent Bit, distroless images, .NET's, Prometheus', and Docker's
    official ones (Alpine, Debian, Ubuntu, BusyBox, Amazon Linux, Node.js, Python, Ruby, Redis,
    PostgreSQL and others). Of an image that is built, the last stage of its Dockerfile counts, or the
    one that `target` names, with all that it installs or copies; after a script, or a list of packages
    from elsewhere, anything may be there. Nothing is said of any other image. That ECS runs the command
    in the container, and takes one that cannot be run as failed, is documented; the checks were not run
    on AWS.
    """

    code, name = "SL150", "healthcheck-program-missing"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the check always fails"
    sources = (
        "AWS ECS API: HealthCheck",
        "aws-observability/aws-otel-collector: cmd/awscollector/Dockerfile, issues 1124, 2014, 2034, 2655",
        "aws/aws-xray-daemon: Dockerfile",
        "the Dockerfiles of Docker's official images",
    )
    good = (
        """
        image: {build: Dockerfile, healthcheck: {command: [CMD-SHELL, curl -f http://localhost/ || exit 1]}}
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD, /healthcheck]}
          redis: {image: 'redis:7-alpine', healthcheck: {command: [CMD-SHELL, redis-cli ping || exit 1]}}
          nginx: {image: 'nginx:1.27', healthcheck: {command: [CMD-SHELL, curl -f http://localhost/]}}
        # file: Dockerfile
        FROM node:20-alpine
        RUN apk add --no-cache curl
        """,
    )
    bad = (
        Bad(
            """
            image: {build: Dockerfile, healthcheck: {command: [CMD-SHELL, curl -f http://localhost/ || exit 1]}}
            #                                                             ^^^^ SL150
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD-SHELL, /healthcheck]}
            #                           ^^^^^^^^^ SL150
              web: {image: gcr.io/distroless/static, healthcheck: {command: [CMD, curl, http://localhost]}}
            #                                                                     ^^^^ SL150
            # file: Dockerfile
            FROM node:20-alpine
            COPY . .
            """,
            fixed="command: [CMD, /healthcheck]",
        ),
    )
    also_bad = (
        Bad(
            """
            image: {build: Dockerfile, healthcheck: {command: [CMD, python3, check.py]}}
            sidecars:
              otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1', healthcheck: {command: [CMD-SHELL, 'wget http://localhost:13133']}}
            #                                                                                                      ^^^^^^^^^ SL150
            # file: Dockerfile
            FROM node:20-alpine
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        waits = manifest.awaited_for_health
        for command in commands(manifest):
            contents = image_contents(manifest, command.container)
            missing = next(_missing(command, contents), None) if contents else None
            if contents and missing:
                effect = what_happens(command.container, waits)
                yield self._finding(manifest, command, contents, missing)._replace(effect=effect)

    def _finding(
        self, manifest: Manifest, command: HealthCheckCommand, contents: Contents, missing: ProgramCall
    ) -> Finding:
        container = command.container
        what = "shell, which CMD-SHELL needs" if missing.word is command.words[0] else repr(missing.program)
        return self.finding(
            place(manifest, missing.word, missing.program),
            f"the image of {container.name!r} has no {what}",
            help=_help(command, contents, missing),
            severity=Severity.ERROR if contents.has_no_shell else Severity.WARNING,
            fixes=_fixes(command, contents),
        )


def _missing(command: HealthCheckCommand, contents: Contents) -> Iterator[ProgramCall]:
    """The programs that cannot be run; one with a space in it is not a program, which is another mistake."""
    paths = (point.get("path") for point in command.container.mount_points)
    mounted = [path.text for path in paths if isinstance(path, Scalar)]
    for call in command.calls:
        is_mounted = any(call.program.startswith(path.rstrip("/") + "/") for path in mounted)
        if contents.lacks(call.program) and " " not in call.program.strip() and not is_mounted:
            yield call


def _help(command: HealthCheckCommand, contents: Contents, missing: ProgramCall) -> str:
    if contents.has_no_shell:
        return help_for(command.container)
    built = command.container.dockerfile is not None
    install = f"install {missing.program} in the Dockerfile, or " if built else ""
    if missing.program == "curl" and "wget" in contents.having:
        return f"{install}write wget -q -O /dev/null instead of curl -f"
    return f"{install}let a program that the image has do the check"


def _fixes(command: HealthCheckCommand, contents: Contents) -> tuple[Fix, ...]:
    asks = command.words[-1].text
    if contents.only and ADOT_CHECK in contents.only and (":13133" in asks or asks.strip() == ADOT_CHECK):
        return rewritten(command, "CMD", ADOT_CHECK)
    return ()
