from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    APPMESH_ENVOY,
    LOG_ROUTER,
    REQUEST_DRIVEN,
    TRACING_CONTAINER,
    XRAY_DAEMON,
    Bad,
    Definition,
    Finding,
    Manifest,
    Mapping,
    Node,
    Pipeline,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    Template,
    as_mapping,
    is_container_overridden,
    log_router,
)

#: What well-known images are of.
_IMAGES: Final = {APPMESH_ENVOY: "app-mesh", XRAY_DAEMON: "xray-daemon"}
#: Those of which something fails from their day on, for whoever uses them.
_FAILING: Final = frozenset(("app-mesh", "aurora-serverless-1"))
#: Versions of Aurora's engines with which a cluster cannot be created any more, as of November 2026. Only those that
#: others met: cfn-lint's W3690, aws/aws-cdk#30282, #31386 and #35952, awslabs/awsome-distributed-ai#1101.
_GONE: Final = {
    "aurora-mysql": r"5\.7\.mysql_aurora\.2\.(?:0[0-9]|10)\..+|8\.0\.mysql_aurora\.3\.0[1235-7]\..+",
    "aurora-postgresql": r"9\..+|10\..+|14\.4",
}
#: Where it shows; what only gets no fixes any more is seen nowhere.
_STAGES: Final = {"app-mesh": Stage.TASK, "aurora-serverless-1": Stage.DEPLOY, "app-runner": Stage.DEPLOY}


class EndedProduct(Rule):
    """Something that the manifest uses has come to its end, or is about to.

    Proxies of App Mesh, the X-Ray daemon, the collector that Copilot adds for tracing, release 2 of
    aws-for-fluent-bit, App Runner, version 1 of Aurora Serverless and versions of Aurora's engines in addons, build
    images on Amazon Linux 2. All but the versions have a day, which `sidecar-lint rules --dates` prints with its
    source, and `dates:` in the configuration takes another. It is a warning where something fails from that day on,
    and information everywhere else: nothing stops on the day a support ends, and nothing tells of it.
    """

    code, name = "SL168", "ended-product"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "no fixes of it are promised any more, not even for security"
    uses_dates = True
    sources = (
        "AWS App Mesh user guide",
        "AWS X-Ray developer guide: X-Ray SDK and daemon support timeline",
        "AWS App Runner developer guide: availability change",
        "aws/aws-for-fluent-bit#1117",
        "Amazon Aurora user guide: Aurora Serverless v1",
        "aws/aws-cdk#30282, #35952",
        "aws/aws-codebuild-docker-images#613, #705, #726",
    )
    good = (
        """
        logging: {image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10'}
        sidecars: {otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.50.0'}}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
            observability:
              tracing: awsxray
            #          ^^^^^^^ SL168
            sidecars:
              envoy:
                image: public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.6.1-prod
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
              xray:
                image: amazon/aws-xray-daemon:3.3.13
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
            """
        ),
        Bad(
            """
            logging:
              destination: {Name: stdout}
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-2.32.5
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/db.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Cluster:
                Type: AWS::RDS::DBCluster
                Properties:
                  EngineMode: serverless
            #                 ^^^^^^^^^^ SL168
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/db.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Cluster:
                Type: AWS::RDS::DBCluster
                Properties:
                  Engine: aurora-postgresql
                  EngineVersion: '14.4'
            #                    ^^^^^^ SL168
              Newer:
                Type: AWS::RDS::DBCluster
                Properties: {Engine: aurora-postgresql, EngineVersion: '16'}
            """
        ),
    )
    also_good = (
        """
        sidecars: {xray: {image: 'amazon/aws-xray-daemon:3.3.13'}}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].Image', value: 'amazon/aws-xray-daemon:latest'}]
        """,
        """
        # file: copilot/api/addons/db.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Mode: {Type: String}}
        Resources:
          Cluster: {Type: 'AWS::RDS::DBCluster', Properties: {EngineMode: provisioned}}
          Other: {Type: 'AWS::RDS::DBCluster', Properties: {EngineMode: !Ref serverless}}
          Global: {Type: 'Custom::DBCluster', Properties: {EngineMode: serverless}}
        """,
        """
        # file: copilot/pipelines/main/manifest.yml
        build: {image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0'}
        # file: copilot/pipelines/other/manifest.yml
        build: {buildspec: copilot/pipelines/other/buildspec.yml}
        # file: copilot/pipelines/usual/manifest.yml
        build: {image: 'aws/codebuild/amazonlinux2-x86_64-standard:5.0'}
        # file: copilot/pipelines/arm/manifest.yml
        build: {image: 'aws/codebuild/amazonlinux2-aarch64-standard:3.0'}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Request-Driven Web Service
            #     ^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
            # file: copilot/pipelines/main/manifest.yml
            build: {image: 'aws/codebuild/amazonlinux2-x86_64-standard:4.0'}
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
            # file: copilot/pipelines/arm/manifest.yml
            build: {image: 'aws/codebuild/amazonlinux-aarch64-standard:2.0'}
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL168
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        kind = manifest.scalar("type")
        if manifest.kind == REQUEST_DRIVEN and kind is not None:
            yield from self._ended("app-runner", kind)
        tracing = manifest.scalar("observability", "tracing")
        if manifest.traces and tracing is not None and not _has_other_image(manifest, TRACING_CONTAINER):
            where = manifest.definition_path(TRACING_CONTAINER)
            yield from self._ended("tracing-collector", tracing, more=f", at {where}" if where else "")
        router = log_router(manifest.mapping("logging")) if manifest.firelens else None
        image = manifest.scalar("logging", "image")
        is_old = router is not None and (router.distribution, router.release) == ("aws", "1.9")
        if is_old and image is not None and not _has_other_image(manifest, LOG_ROUTER):
            as_here = ", with `init-` before its tag as here" if router and router.has_init else ""
            yield from self._ended("aws-for-fluent-bit-2", image, more=as_here)
        for container in manifest.containers.values():
            reference = container.image_reference
            product = _IMAGES.get(reference.kind) if reference else None
            if container.image is not None and product and not _has_other_image(manifest, container.name):
                yield from self._ended(product, container.image)

    def check_template(self, template: Template) -> Iterator[Finding]:
        for key, node in as_mapping(template.section("Resources")):
            resource = Definition(template, key, node)
            if resource.text("Type") == "AWS::RDS::DBCluster":
                yield from self._cluster(as_mapping(resource.get("Properties")))

    def check_environment_addon(self, template: Template) -> Iterator[Finding]:
        yield from self.check_template(template)

    def _cluster(self, properties: Mapping) -> Iterator[Finding]:
        """What Aurora makes no new clusters of: its first version without servers, and versions of its engines."""
        mode, version = properties.get("EngineMode"), properties.get("EngineVersion")
        if mode is not None and _plain(mode) == "serverless":
            yield from self._ended("aurora-serverless-1", mode)
        elif version is not None and _is_gone(_plain(properties.get("Engine")), _plain(version)):
            engine = _plain(properties.get("Engine"))
            yield self.finding(
                version,
                f"{engine} {_plain(version)} is a version of which no new cluster can be made",
                effect=f"the addons fail in a new environment: Cannot find version {_plain(version)} for {engine}",
                help=f"take one that `aws rds describe-db-engine-versions --engine {engine}` lists as available;"
                f" where it is of another series than {_series(_plain(version))}, change the Family of the parameter group, too",
                severity=Severity.WARNING,
                stage=Stage.DEPLOY,
            )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        image = pipeline.scalar("build", "image")
        if image is not None and re.match(_AMAZON_LINUX_2, image.text):
            yield from self._ended("amazon-linux-2", image, more=_BUILD_IMAGES["aarch64" in image.text])

    def _ended(self, id_: str, place: Node | Span, more: str = "") -> Iterator[Finding]:
        end = self.calendar.end(id_)
        if end is not None:
            yield self.finding(
                place,
                f"{end.what} ({'since' if end.is_over else 'from'} {end.day}{'' if end.is_over else ' on'})",
                effect=_EFFECTS.get(id_, self.effect),
                help=f"{end.advice}{more}; see {end.source} (as of {end.as_of})",
                severity=end.severity if id_ in _FAILING else Severity.INFO,
                stage=_STAGES.get(id_),
            )


def _plain(node: Node | None) -> str:
    """A text as it is written; empty for anything that CloudFormation makes a text of."""
    return node.text if isinstance(node, Scalar) and node.tag is None else ""


def _is_gone(engine: str, version: str) -> bool:
    return engine in _GONE and re.fullmatch(_GONE[engine], version) is not None


def _series(version: str) -> str:
    """What versions have in common that take the same parameter group: `14` of 14.4, `8.0` of 8.0.mysql_aurora.3.02.0."""
    numbers = version.split(".")
    return ".".join(numbers[:2]) if "mysql_aurora" in version or numbers[0] == "9" else numbers[0]


def _has_other_image(manifest: Manifest, container: str) -> bool:
    return is_container_overridden(manifest, container, "Image")


_RUNTIMES: Final = ", and give `runtime-versions` in the buildspec, if they are there, versions that it has"
#: CodeBuild's images on Amazon Linux 2. Those with higher numbers are on Amazon Linux 2023, Copilot's usual
#: amazonlinux2-x86_64-standard:5.0 among them (aws/aws-codebuild-docker-images#726, #705).
_AMAZON_LINUX_2: Final = r"aws/codebuild/amazonlinux2?-(?:x86_64-standard:[1-4]|aarch64-standard:[12])\.0"
#: What to build with instead, on x86-64 and on ARM.
_BUILD_IMAGES: Final = (
    f": aws/codebuild/amazonlinux-x86_64-standard:5.0{_RUNTIMES}",
    f": aws/codebuild/amazonlinux-aarch64-standard:3.0{_RUNTIMES}",
)
_EFFECTS: Final = {
    "app-mesh": "the proxy does not find its mesh, and the containers that wait for it do not start",
    "aurora-serverless-1": "no such cluster can be created: the addons fail in a new environment",
    "app-runner": "an account that had no App Runner service by then cannot deploy one; others still can",
    "xray-daemon": "it gets nothing new but security fixes",
    "tracing-collector": "a collector of that day runs in the task, and nothing but an override or a patch changes it",
}
