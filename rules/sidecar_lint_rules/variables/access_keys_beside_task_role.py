from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ACCESS_KEYS,
    JOB,
    Bad,
    Container,
    EnvFileLine,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    file_variables,
)


class AccessKeysBesideTaskRole(Rule):
    """A container has access keys of its own, which AWS SDKs take before the task role.

    Every AWS SDK looks at `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` first, and takes the task
    role only where there are none. What addons allow the role is then of no use to this container, and
    the keys have to be rotated by hand. `copilot svc exec` does not work either: the agent that ECS
    starts in the container signs with these keys, which rarely may open its channels. That, with `exec`
    on, is a warning; the rest is information, since keys of another account may be meant.
    """

    code, name = "SL630", "access-keys-beside-task-role"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "AWS SDKs take these keys, and what the task role may do is of no use"
    sources = (
        "AWS SDKs and tools reference guide: Standardized credential providers",
        "aws-containers/amazon-ecs-exec-checker#49, #50",
    )
    good = (
        "variables: {AWS_REGION: us-west-2, S3_ACCESS_KEY_ID: abc}",
        "variables: {AWS_ACCESS_KEY_ID: ''}",
    )
    bad = (
        Bad(
            """
            secrets:
              AWS_ACCESS_KEY_ID: /copilot/demo/test/secrets/KEY_ID
            # ^^^^^^^^^^^^^^^^^ SL630
              AWS_SECRET_ACCESS_KEY: /copilot/demo/test/secrets/KEY
            """
        ),
        Bad(
            """
            exec: true
            sidecars:
              nginx:
                image: nginx
                variables:
                  AWS_ACCESS_KEY_ID: ${KEY_ID}
            #     ^^^^^^^^^^^^^^^^^ SL630
                secrets:
                  AWS_SECRET_ACCESS_KEY: /copilot/demo/test/secrets/KEY
            """
        ),
    )

    also_bad = (
        Bad(
            """
            env_file: api.env
            #         ^^^^^^^ SL630
            # file: api.env
            AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
            AWS_SECRET_ACCESS_KEY=example
            """
        ),
    )

    def check_container(self, container: Container, manifest: Manifest) -> Iterator[Finding]:
        keys = container.access_keys or _in_file(manifest, container)
        if keys:
            yield self._told(manifest, container, keys[0])

    def _told(self, manifest: Manifest, container: Container, key: Scalar) -> Finding:
        message = f"{container.title} has access keys of its own"
        help_ = (
            "leave them out, and give the task role what is needed with an addon; keys of another account need "
            "other names, which the program reads itself"
        )
        if not _has_exec(manifest):
            return self.finding(key, message, help=help_)
        return self.finding(
            key,
            message,
            effect="`copilot svc exec` fails unless these keys may open its channels: the agent in the container"
            " signs with them, not as the task role",
            help=help_,
            severity=Severity.WARNING,
            stage=Stage.TASK,
        )


def _in_file(manifest: Manifest, container: Container) -> list[Scalar]:
    """Where the environment file is named that sets them, one of them at least."""
    found = {each.name: each.value for each in file_variables(manifest, container, _is_access_key)}
    if not found:
        return []
    given = {name for field in ("variables", "secrets") for name in container.mapping(field).entries}
    return list(found.values()) if set(ACCESS_KEYS) <= {*found, *given} else []


def _is_access_key(line: EnvFileLine) -> bool:
    return line.name in ACCESS_KEYS


def _has_exec(manifest: Manifest) -> bool:
    """Whether ECS Exec is on."""
    exec_ = manifest.scalar("exec")
    return manifest.kind != JOB and exec_ is not None and exec_.as_bool is True
