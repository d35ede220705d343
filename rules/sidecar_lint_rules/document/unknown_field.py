from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    ManifestFile,
    Rule,
    Severity,
    Stage,
    dotted,
    ignored_by_type,
    meant_field,
    misplaced,
    refused_in,
    sole_fields,
)
from sidecar_lint import (
    UnknownField as Unknown,
)
from sidecar_lint_rules.document._unknown import as_environment, rename


class UnknownField(Rule):
    """A field is none that Copilot knows.

    Copilot ignores it without a word: the value simply does not count. Names are compared exactly,
    so `Image` and `mountPoints` are unknown too.

    Keys that begin with `x-` are yours: nothing will ever read them, and they are never flagged.
    """

    code, name = "SL007", "unknown-field"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot ignores it, and everything under it"
    in_schema = True
    ignored = True
    sources = ("internal/pkg/manifest: yaml.Unmarshal without KnownFields", "aws/copilot-cli#4872")
    good = (
        "x-common: &common {A: 1}\nvariables: *common",
        "sidecars: {nginx: {image: nginx, labels: {anything: goes}}}",
        "exec: {enabled: true}",  # Copilot refuses that, so it is SL006
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mountPoints: []
            #   ^^^^^^^^^^^ SL007
            """,
            fixed="mount_points: []",
        ),
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                environment: {A: 1}
            #   ^^^^^^^^^^^ SL007
            """,
            fixed="variables: {A: 1}",
        ),
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                cpu_limit: 1
            #   ^^^^^^^^^ SL007
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http:
              path: /
              port: 80
            # ^^^^ SL007
            """
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              configFile: /fluent-bit/configs/parse-json.conf
            # ^^^^^^^^^^ SL007
            """,
            fixed="configFilePath: /fluent-bit/configs/parse-json.conf",
        ),
        Bad(
            """
            environments:
              test: {type: Backend Service, colour: red, logging: {options: {mode: non-blocking}}}
            #        ^^^^ SL007
            #                               ^^^^^^ SL007
            #                                                      ^^^^^^^ SL007
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        found = sole_fields(file)
        for unknown in file.shape.unknown_fields if file.shape else ():
            if ignored_by_type(file, unknown) or misplaced(file, unknown):
                continue
            if found.get(id(unknown.siblings)) is not unknown:  # else SL006 says it
                yield self._unknown(file, unknown)

    def _unknown(self, file: ManifestFile, unknown: Unknown) -> Finding:
        parent = dotted(unknown.path[:-1]) or file.description
        message = f"{parent} has no field {unknown.key.text!r}"
        nearest, where = meant_field(unknown), refused_in(file, unknown)
        if nearest is None:
            help_ = _not_overridden(unknown) or _ELSEWHERE.get(unknown.path[-2:]) or _fields(unknown)
            return self.finding(
                unknown.key,
                message,
                help=help_,
                severity=Severity.WARNING,
                environments=where,
                follows_from=as_environment(file, unknown.path),
            )
        return self.finding(
            unknown.key,
            message,
            help=f"write `{nearest}`",
            fixes=rename(unknown, nearest),
            environments=where,
            follows_from=as_environment(file, unknown.path),
        )


#: Fields that people look for in a place where another one does the work.
_ELSEWHERE: dict[tuple[str | int, ...], str] = {
    ("environments",): "each environment has a manifest of its own: write there what differs",
    (
        "healthcheck",
    ): "write `image.healthcheck` for the container's, `http.healthcheck` for the load balancer's",
    (
        "logging",
        "driver",
    ): "without `destination`, logs go to CloudWatch Logs; `destination` sends them to FireLens",
    (
        "logging",
        "options",
    ): "Copilot sets the options of the driver itself; `retention` says how long logs are kept",
    ("http", "port"): "requests go to image.port, or to the port of the sidecar that target_container names",
}
#: What is said once for all environments.
_NOT_OVERRIDDEN = frozenset(("name", "type", "environments"))
_LIST_LENGTH = 120


def _not_overridden(unknown: Unknown) -> str:
    match unknown.path:
        case ("environments", str(), str(name)) if name in _NOT_OVERRIDDEN:
            return f"take it out: an environment cannot override `{name}`"
    return ""


def _fields(unknown: Unknown) -> str:
    names = ", ".join(unknown.parent.properties)
    return f"its fields are {names}" if len(names) < _LIST_LENGTH else ""
