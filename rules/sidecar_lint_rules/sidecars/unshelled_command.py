from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    CommandWords,
    Finding,
    Manifest,
    Outcome,
    Rule,
    Severity,
    Stage,
    enumerated,
    has_entrypoint,
    unquoted,
)
from sidecar_lint_rules.sidecars._shell import shell_fixes, shell_help


class UnshelledCommand(Rule):
    """A command uses what only a shell understands, and no shell runs it.

    Copilot splits a string into words, and ECS hands the words to the program as they are:
    `a; b` calls `a;` with the argument `b`, and `$PORT` stays `$PORT`. To have a shell run it, write
    `["sh", "-c", "a; b"]`.

    A string that begins with `NAME=value`, or with `cd /path`, calls a program of that name, and there is none.
    What a shell would fill in (`$NAME`, `$(...)`, `/path/*.jar`) is information: some programs do that
    themselves, and the image's own entrypoint may be a shell.
    """

    code, name = "SL165", "unshelled-command"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the program gets these words as arguments, and nothing else runs"
    sources = (
        "internal/pkg/manifest/workload.go: stringSliceOrShellString.toStringSlice",
        "Docker documentation: Dockerfile reference, exec form",
        "aws/copilot-cli#3665",
    )
    good = (
        """
        entrypoint: [sh, -c]
        command: ["python manage.py migrate; gunicorn app --bind 0.0.0.0:$PORT"]
        sidecars:
          nginx: {image: nginx, command: 'nginx -g "daemon off;"'}
          clean: {image: busybox, command: "find /tmp -exec touch x ;"}
          seed: {image: busybox, command: '/usr/bin/env sh -c "cp /seed/* /data; sleep $TIME"'}
        """,
        "command: [sh, -c, 'migrate; serve']",
    )
    bad = (
        Bad(
            """
            command: "python manage.py migrate; gunicorn app"
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL165
            sidecars:
              web:
                image: nginx
                command: gunicorn app --bind 0.0.0.0:$PORT
            #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL165
            """,
            fixed="""command: ["sh", "-c", "python manage.py migrate; gunicorn app"]""",
        ),
        Bad(
            """
            command: [migrate, ";", serve]
            #        ^^^^^^^^^^^^^^^^^^^^^ SL165
            """
        ),
        Bad(
            """
            image: {build: Dockerfile}
            command: migrate; serve
            #        ^^^^^^^^^^^^^^ SL165
            # file: Dockerfile
            FROM node:22
            ENTRYPOINT ["/entry.sh"]
            """
        ),
    )
    also_bad = (
        Bad(
            """
            command: NODE_ENV=production node server.js
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL165
            sidecars:
              web:
                image: nginx
                command: cd /srv nginx
            #            ^^^^^^^^^^^^^ SL165
            """,
            fixed="""command: ["sh", "-c", "NODE_ENV=production node server.js"]""",
        ),
    )
    also_good = (
        """
        command: "migrate '*'; gunicorn app"
        """,
        """
        command: [supercronic, "'*/5 * * * * run'"]
        sidecars:
          set: {image: example, entrypoint: [env], command: 'A=b serve'}
          make: {image: example, command: A=b}
          list: {image: example, command: [A=b, c]}
          train: {image: example, command: db=mysql lr=0.1}
          built: {image: {build: Dockerfile}, command: TARGET=prod deploy}
        # file: Dockerfile
        FROM alpine:3.20
        ENTRYPOINT ["make"]
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for override in manifest.command_words:
            entrypoint = override.entrypoint
            if entrypoint is not None and entrypoint.runs_shell:
                continue
            outcomes = (unquoted(word) for _, word in override.words or ())
            if all(outcome in _HARMLESS for outcome, _ in outcomes):
                yield from self._judged(manifest, override)

    def _judged(self, manifest: Manifest, override: CommandWords) -> Iterator[Finding]:
        joining = override.shell_operators
        if not joining and override.shell_beginning and not _is_for_entrypoint(manifest, override):
            yield self._no_program(manifest, override)
            return
        filled_in = () if override.runs_shell else override.shell_replacements
        if not joining and not filled_in:
            return
        listed = enumerated(repr(word) for word in dict.fromkeys(joining or filled_in))
        yield self.finding(
            override.node,
            f"no shell runs this {override.field}, and only a shell understands {listed}",
            help=shell_help(manifest, override),
            effect=None if joining else "the program gets these words as they are written",
            severity=None if joining else Severity.INFO,
            fixes=shell_fixes(manifest, override),
        )

    def _no_program(self, manifest: Manifest, override: CommandWords) -> Finding:
        return self.finding(
            override.node,
            f"no shell runs this {override.field}, and {override.shell_beginning!r} is no program",
            help=shell_help(manifest, override),
            effect="the container does not start, or its entrypoint gets a word that means nothing to it",
            fixes=shell_fixes(manifest, override),
        )


def _is_for_entrypoint(manifest: Manifest, override: CommandWords) -> bool:
    """Whether a program gets the words, which may well read `NAME=value`: `make`, `env`, or one of the image's."""
    if override.field != "command":
        return False
    return override.entrypoint is not None or has_entrypoint(manifest, override.container)


#: What becomes of a word where SL140 does not speak of it as a mistake.
_HARMLESS = (Outcome.SAME, Outcome.RESPELT)
