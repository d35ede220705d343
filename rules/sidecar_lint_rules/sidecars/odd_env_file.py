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
    """

    code, name = "SL147", "odd-env-file"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the container gets other variables than the file seems to say"
    sources = (
        "Amazon ECS developer guide: Pass environment variables to a container",
        "amazon-ecs-agent: taskresource/envFiles/envfile.go",
    )
    good = (
        """
        env_file: prod.env
        # file: prod.env
        # a comment
        LEVEL=info
        EMPTY=
        SENTENCE=it's "quoted" inside

        """,
    )
    bad = (
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL147
            # file: prod.env
            export LEVEL=info
            NAME="shop"
            FLAG
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.workload is None:
            return
        workspace = manifest.workload.workspace
        for path in manifest.env_files:
            source = workspace.files.source(workspace.path(path.text)) if path.known else None
            for told in _told(source.text) if source and not source.undecodable else ():
                message = f"{path.text!r}, {told}"
                yield self.finding(path, message, help="write NAME=value, without anything around it")


@lru_cache(maxsize=4)  # containers share their files, and environments share containers
def _told(text: str) -> tuple[str, ...]:
    """Which lines are wrong and why. What they say is not shown: they may hold secrets."""
    lines: dict[str, list[int]] = {}
    for oddity in env_file_oddities(text):
        lines.setdefault(oddity.reason, []).append(oddity.line)
    return tuple(
        f"line{'s' if numbers[1:] else ''} {enumerated(map(str, numbers))}: {reason}"
        for reason, numbers in sorted(lines.items())
    )
