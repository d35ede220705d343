from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    ManifestFile,
    Misplaced,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    dotted,
    ignored_by_type,
    misplaced,
    refused_in,
)
from sidecar_lint_rules.document._unknown import as_environment


class MisplacedField(Rule):
    """A field that Copilot knows stands where it does not look for it.

    Usually the indentation is off by a level: `http:` and then `path:` in the same column, or
    `platform` under `image`. Or it is a field of another manifest: the flow logs of a VPC belong to
    the environment, the path of a load balancer to the service. Copilot ignores the value without a
    word.
    """

    code, name = "SL008", "misplaced-field"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot ignores it here"
    in_schema = True
    ignored = True
    sources = (
        "internal/pkg/manifest: yaml.Unmarshal without KnownFields",
        "aws/copilot-cli#5181",
        "aws/copilot-cli#5380",
    )
    good = ("platform: linux/arm64\nimage: {location: nginx, port: 80}",)
    bad = (
        Bad(
            """
            image:
              location: nginx
              platform: linux/arm64
            # ^^^^^^^^ SL008
            """
        ),
        Bad(
            """
            http:
            path: /
            ^^^^ SL008
            """
        ),
        Bad(
            """
            image: {build: Dockerfile, port: 80}
            build: Dockerfile
            ^^^^^ SL008
            """
        ),
        Bad(
            """
            sidecars:
            nginx:
            ^^^^^ SL008
              image: nginx
            """
        ),
        Bad(
            """
            network:
              vpc:
                placement: private
                flow_logs: true
            #   ^^^^^^^^^ SL008
            # file: copilot/environments/test/manifest.yml
            http:
              path: /
            # ^^^^ SL008
            cdn: true
            """
        ),
    )
    also_bad = (
        Bad(
            """
            image: {location: nginx, dockerfile: Dockerfile}
            #                        ^^^^^^^^^^ SL008
            schedule: '@daily'
            sidecars: {nginx: {image: nginx, cpu: 256}}
            #                                ^^^ SL008
            environments: {test: {image: {path: /}, path: /, http: {path: /}}}
            #                                       ^^^^ SL008
            """
        ),
        Bad(
            """
            image: {build: Dockerfile, port: 80, cache_from: me/api, http: {healthcheck: /up}}
            #                                    ^^^^^^^^^^ SL008
            #                                                        ^^^^ SL008
            sidecars:
              web: {image: {location: nginx, depends_on: {api: {condition: START}}}}
            #                                ^^^^^^^^^^ SL008
              log: {image: {location: nginx, depends_on: {api: start}}}
            #                                ^^^^^^^^^^ SL008
            mount_points: [{source_volume: data, path: /data}]
            ^^^^^^^^^^^^ SL008
            """
        ),
        Bad(
            """
            type: Load Balanced Web Service
            http: {path: /, additional_listeners: [{port: 81}]}
            #               ^^^^^^^^^^^^^^^^^^^^ SL008
            """
        ),
        Bad(
            """
            type: Backend Service
            memory: 512
            image: {location: nginx, port: 80}
            http: {path: /, interval: 5s, healthcheck: /up}
            #               ^^^^^^^^ SL008
            sidecars: {nginx: {image: nginx, memory: 256}}
            #                                ^^^^^^ SL008
            # file: copilot/web/manifest.yml
            name: web
            type: Backend Service
            http: {path: /, interval: 1h, healthcheck: {path: /up}}
            #               ^^^^^^^^ SL008
            # file: copilot/environments/prod/manifest.yml
            network: {vpc: {private: [{cidr: 10.0.0.0/24}]}}
            #               ^^^^^^^ SL008
            # file: copilot/environments/test/manifest.yml
            env_file: test.env
            ^^^^^^^^ SL008
            tags: {team: web}
            ^^^^ SL008
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        first: dict[tuple[int, tuple[str, ...], str | None], Scalar] = {}
        for unknown in file.shape.unknown_fields if file.shape else ():
            found = None if ignored_by_type(file, unknown) else misplaced(file, unknown)
            if found is None:
                continue
            from sidecar_lint_rules.document._misplaced import advice

            here = dotted(unknown.path[:-1]) or "the top level"
            message = f"{unknown.key.text!r} is not a field of {here}"
            other = first.setdefault((id(unknown.siblings), found.home, found.kind), unknown.key)
            yield self.finding(
                unknown.key,
                message,
                help=advice(file, found, unknown),
                related=_parent(found),
                environments=refused_in(file, unknown),
                # All fields of one map that belong to one place are moved there at once.
                follows_from=[
                    *as_environment(file, unknown.path),
                    *([] if other is unknown.key else [(self.code, other)]),
                ],
            )


def _parent(found: Misplaced) -> tuple[Related, ...]:
    return (Related(found.meant.span, "this is empty"),) if found.meant is not None else ()
