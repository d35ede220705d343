from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    enumerated,
    env_file_oddities,
)


class OddEnvFile(Rule):
    """An environment file has lines that ECS reads in its own way.

    ECS takes everything before the first `=` for the name and everything behind it for the value:
    quotes, `export` and spaces become a part of them, and a line without `=` is left out. A shell
    and Docker Compose read such lines as they are meant, so the mistake only shows in the task.

    Nothing is filled in, `# ...` behind a value belongs to it, and on Fargate a line without a value
    sets no variable. That may be meant so, and is information.
    """

    code, name = "SL147", "odd-env-file"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the container gets other variables than the file seems to say"
    sources = (
        "Amazon ECS developer guide: Pass environment variables to a container",
        "amazon-ecs-agent: taskresource/envFiles/envfile.go",
        "aws/containers-roadmap#2065, #2073, #2466",
    )
    good = (
        """
        env_file: prod.env
        # file: prod.env
        # a comment
        LEVEL=info
        SENTENCE=it's "quoted" inside
        URL=http://example.com/#top

        """,
    )
    bad = (
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL147
            #         ^^^^^^^^ SL147
            #         ^^^^^^^^ SL147
            # file: prod.env
            export LEVEL=info
            NAME="shop"
            FLAG
            """
        ),
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL147
            #         ^^^^^^^^ SL147
            #         ^^^^^^^^ SL147
            # file: prod.env
            EMPTY=
            URL=http://example.com # the old one
            HOST=${NAME}.example.com
            """
        ),
    )
    also_good = (
        """
        env_file: missing.env
        # file: other.env
        A=b
        """,
    )
    also_bad = (
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL147
            # file: prod.env
            export LEVEL=info
            export NAME=shop
            """
        ),
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL147
            # file: prod.env
            KEY="-----BEGIN KEY-----
            c2VjcmV0c2VjcmV0c2VjcmV0
            c2VjcmV0Cg==
            -----END KEY-----"
            LEVEL=info
            """
        ),
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL147
            # file: prod.env
            OPEN="never closed
            LEVEL=info
            NAME="shop"
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.workload is None:
            return
        workspace = manifest.workload.workspace
        for path in manifest.env_files:
            source = workspace.files.source(workspace.path(path.text)) if path.known else None
            for told, help_, perhaps in _told(source.text) if source and not source.undecodable else ():
                message = f"{path.text!r}: {told}"
                severity = Severity.INFO if perhaps else None
                yield self.finding(path, message, help=help_, severity=severity)


@lru_cache(maxsize=4)  # containers share their files, and environments share containers
def _told(text: str) -> tuple[tuple[str, str, bool], ...]:
    """Which lines are wrong and why, what to write, and whether they may be meant so. What they say is not shown: secrets."""
    lines: dict[tuple[str, str, bool], list[int]] = {}
    for oddity in env_file_oddities(text):
        lines.setdefault((oddity.reason, oddity.advice, oddity.perhaps), []).append(oddity.line)
    return tuple(
        (
            f"{'each of lines' if numbers[1:] else 'line'} {enumerated(map(str, numbers), ' and ')} {reason}",
            advice,
            perhaps,
        )
        for (reason, advice, perhaps), numbers in sorted(lines.items())
    )
