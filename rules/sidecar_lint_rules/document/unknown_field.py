from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    ManifestFile,
    Rule,
    Scalar,
    Severity,
    Stage,
    UndecodedField,
    as_mapping,
    dotted,
    ignored_by_type,
    meant_field,
    misplaced,
    refused_in,
    sole_fields,
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
        Bad(
            """
            type: Load Balanced Web Service
            environment: {variables: {A: 1}}
            ^^^^^^^^^^^ SL007
            autoscaling: {min: 1}
            ^^^^^^^^^^^ SL007
            count: {range: 1-2, target_cpu: 60, cooldown: {scale_in_cooldown: 60s}}
            #                   ^^^^^^^^^^ SL007
            #                                              ^^^^^^^^^^^^^^^^^ SL007
            http: {path: /, healthcheck: {path: /up, retries: 3}, staging: {variables: {A: 2}}}
            #                                        ^^^^^^^ SL007
            #                                                     ^^^^^^^ SL007
            secrets:
            KEY: {secretsmanager: 'api:key::'}
            ^^^ SL007
            logging: {enable_metadata: true}
            #         ^^^^^^^^^^^^^^^ SL007
            environments: {test: {PORT: 80, platform_version: 1.4.0}}
            #                     ^^^^ SL007
            #                               ^^^^^^^^^^^^^^^^ SL007
            """
        ),
        Bad(
            """
            type: Request-Driven Web Service
            image: {location: public.ecr.aws/nginx/nginx, port: 80}
            http: {path: /}
            #      ^^^^ SL007
            autoscaling: {min: 1}
            ^^^^^^^^^^^ SL007
            # file: copilot/environments/test/manifest.yml
            network: {vpc_endpoints: [s3]}
            #         ^^^^^^^^^^^^^ SL007
            http: {public: {ingress: {vpc: true}}}
            #                         ^^^ SL007
            # file: copilot/pipelines/main/manifest.yml
            stages: [{name: test}, {name: prod, depends_on: [test]}]
            #                                   ^^^^^^^^^^ SL007
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

    def _unknown(self, file: ManifestFile, unknown: UndecodedField) -> Finding:
        from sidecar_lint_rules.document._other_fields import instead_of

        parent = dotted(unknown.path[:-1]) or file.description
        message = f"{parent} has no field {unknown.key.text!r}"
        nearest, where = meant_field(unknown), refused_in(file, unknown)
        if nearest is None:
            help_ = _not_overridden(unknown) or instead_of(unknown) or _fields(unknown)
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
            help=_instead_write(file, unknown, nearest),
            fixes=rename(unknown, nearest) if _is_meant(file, unknown, nearest) else (),
            environments=where,
            follows_from=as_environment(file, unknown.path),
        )


def _is_meant(file: ManifestFile, unknown: UndecodedField, nearest: str) -> bool:
    """Whether all is well once the field has its right name."""
    return not _is_around(unknown, nearest) and not _wakes_router(file, nearest)


def _instead_write(file: ManifestFile, unknown: UndecodedField, nearest: str) -> str:
    if _wakes_router(file, nearest):
        return "leave it out: there is no log router without `destination`, and with one the logs would go nowhere"
    if _is_around(unknown, nearest):
        return f"put its `{nearest}` in its place"
    if unknown.written_beside(nearest):
        is_all = isinstance(unknown.value, Scalar)
        todo = "leave it out: `{}`" if is_all else "move what is in it to `{}`, which"
        return f"{todo.format(nearest)} is written already"
    return f"write `{nearest}`"


def _wakes_router(file: ManifestFile, nearest: str) -> bool:
    """Whether the right name would add a log router that is told no destination, and loses the logs."""
    root = as_mapping(file.root)
    halves = (root, *map(as_mapping, as_mapping(root.get("environments")).entries.values()))
    sections = [as_mapping(half.get("logging")).entries for half in halves]
    return nearest == "enableMetadata" and not any("destination" in section for section in sections)


def _is_around(unknown: UndecodedField, nearest: str) -> bool:
    """Whether the field that is meant stands below the unknown one, as in `environment: {variables: ...}`."""
    return nearest in as_mapping(unknown.value).entries


#: What is said once for all environments.
_NOT_OVERRIDDEN = frozenset(("name", "type", "environments"))
_LIST_LENGTH = 120


def _not_overridden(unknown: UndecodedField) -> str:
    match unknown.path:
        case ("environments", str(), str(name)) if name in _NOT_OVERRIDDEN:
            return f"take it out: an environment cannot override `{name}`"
    return ""


def _fields(unknown: UndecodedField) -> str:
    names = ", ".join(unknown.parent.properties)
    return f"its fields are {names}" if len(names) < _LIST_LENGTH else ""
