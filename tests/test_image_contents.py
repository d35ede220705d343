"""What images are known to have and to lack, by their names and by their Dockerfiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidecar_lint.images.dockerfile import image_contents
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.manifests.image_contents import contents_of
from sidecar_lint.manifests.images import image_reference

if TYPE_CHECKING:
    from pathlib import Path


def lacks(image: str, program: str) -> bool | None:
    """Whether an image surely lacks a program; None where nothing is known of it."""
    contents = contents_of(image_reference(image))
    return contents.lacks(program) if contents else None


@pytest.mark.parametrize(
    ("image", "program", "expected"),
    [
        ("public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0", "sh", True),
        ("amazon/aws-otel-collector", "/healthcheck", False),
        ("amazon/aws-otel-collector:v0.22.0", "/healthcheck", True),
        ("amazon/aws-otel-collector", "healthcheck", True),  # the root is not in PATH
        ("amazon/aws-xray-daemon:3.3.13", "nc", True),
        ("amazon/aws-xray-daemon:3.2.0", "nc", None),
        ("otel/opentelemetry-collector-contrib:0.120.0", "/healthcheck", True),
        ("amazon/cloudwatch-agent:latest", "sh", True),
        ("fluent/fluent-bit:3.2", "sh", True),
        ("fluent/fluent-bit:3.2-debug", "sh", None),
        ("public.ecr.aws/aws-observability/aws-for-fluent-bit:stable", "curl", None),
        ("gcr.io/distroless/nodejs20-debian12", "sh", True),
        ("gcr.io/distroless/nodejs20-debian12:debug", "sh", None),
        ("gcr.io/distroless/java17", "java", False),
        ("public.ecr.aws/docker/library/node:20-alpine", "curl", True),
        ("node:20-alpine3.19", "wget", False),
        ("docker.io/library/node:20-slim", "wget", True),
        ("node:20", "curl", None),
        ("nginx:1.27-alpine", "curl", None),
        ("nginx:1.27-alpine-slim", "curl", True),
        ("php:8-fpm-alpine", "curl", None),
        ("redis:7", "curl", True),
        ("redis:7", "redis-cli", False),
        ("public.ecr.aws/amazonlinux/amazonlinux:2023", "curl", False),
        ("public.ecr.aws/debian/ubuntu:latest", "curl", None),
        ("mcr.microsoft.com/dotnet/aspnet:8.0", "curl", True),
        ("mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "wget", False),
        ("mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled", "sh", True),
        ("mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022", "curl", None),
        ("mcr.microsoft.com/dotnet/sdk:8.0", "curl", None),
        ("prom/prometheus:v3.0.0", "wget", False),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/node:20-alpine", "curl", None),
        ("bitnami/redis:7", "curl", None),
    ],
)
def test_images_by_name(image: str, program: str, *, expected: bool | None) -> None:
    assert lacks(image, program) is expected


def built(text: str, program: str = "curl", target: str = "", **arguments: str) -> bool | None:
    """Whether what a Dockerfile builds surely lacks a program."""
    contents = image_contents(text, target, tuple(arguments.items()))
    return contents.lacks(program) if contents else None


class TestDockerfile:
    @pytest.mark.parametrize(
        "line",
        [
            "RUN apk add --no-cache curl",
            "RUN apk update && \\\n  # tools\n  apk add \\\n  curl",
            "RUN <<END\napk add curl\nEND",
            "RUN ./install.sh",
            "RUN apk add $PACKAGES",
            "RUN xargs apk add < packages.txt",
            "COPY --from=tools /usr/local/bin /usr/local/bin",
            "COPY --from=tools /usr/bin/curl /usr/bin/",
            "COPY rootfs/ /",
            "ADD tools.tar.gz /",
            "run apk add curl",
        ],
    )
    def test_a_program_may_have_come(self, line: str) -> None:
        assert built(f"FROM node:20-alpine\n{line}\n") is False

    @pytest.mark.parametrize(
        "line",
        [
            "COPY . .",
            "RUN npm ci --omit=dev",
            "RUN apk add --no-cache dumb-init tzdata",
            "COPY docker-entrypoint.js /usr/local/bin/",
            "# RUN apk add curl",
            'HEALTHCHECK CMD ["curl", "http://localhost"]',
            "ENV TOOL=curl",
        ],
    )
    def test_nothing_came(self, line: str) -> None:
        assert built(f"FROM node:20-alpine\n{line}\n") is True

    def test_the_last_stage_counts_with_those_below_it(self) -> None:
        text = "FROM node:20-alpine AS base\nRUN apk add curl\nFROM {}\nCOPY --from=base /app /app\n"
        assert built(text.format("base")) is False
        assert built(text.format("node:20-alpine")) is True

    def test_a_target_counts(self) -> None:
        text = "FROM node:20 AS build\nFROM node:20-alpine AS run\nFROM node:20-alpine AS test\nRUN apk add curl\n"
        assert built(text, target="run") is True
        assert built(text, target="test") is False
        assert built(text, target="elsewhere") is None

    def test_arguments_fill_in_the_base(self) -> None:
        text = "ARG TAG=20-alpine\nFROM --platform=linux/amd64 node:${TAG}\n"
        assert built(text) is True
        assert built(text, TAG="20") is None
        assert built("FROM $IMAGE\n") is None

    def test_an_image_from_nothing_has_no_shell_until_it_gets_one(self) -> None:
        assert built("FROM golang AS b\nFROM scratch\nCOPY --from=b /srv /srv\n", "sh") is True
        assert built("FROM scratch\nCOPY --from=busybox:musl /bin/busybox /bin/sh\n", "sh") is False
        assert built("FROM gcr.io/distroless/base\nCOPY --from=alpine / /\n", "sh") is False
        assert built("FROM scratch\nRUN true\n", "sh") is False

    def test_what_is_added_to_an_image_of_one_program_is_there(self) -> None:
        text = "FROM amazon/aws-otel-collector\nCOPY probe /probe\n"
        assert built(text, "/probe") is False
        assert built(text, "sh") is True

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "RUN apk add curl",
            "FROM",
            "FROM scratch\nCMD x",
            "# escape=`\nFROM node:20-alpine",
            "FROM a AS a",
        ],
    )
    def test_what_makes_no_image_is_not_known(self, text: str) -> None:
        assert built(text) is None

    def test_a_long_chain_ends(self) -> None:
        stages = "".join(f"FROM s{number} AS s{number + 1}\n" for number in range(1000))
        assert built("FROM node:20-alpine AS s0\n" + stages) is None


MANIFEST = """\
name: api
type: Backend Service
image:
  build: {build}
  port: 80
  healthcheck: {{command: [CMD-SHELL, curl -f http://localhost || exit 1]}}
"""


def codes(folder: Path, build: str) -> list[str]:
    """The codes of what is wrong with the health check of an image that is built in a workspace."""
    copilot = folder / "copilot"
    (copilot / "api").mkdir(parents=True)
    (copilot / ".workspace").write_text("application: demo\n")
    (copilot / "api" / "manifest.yml").write_text(MANIFEST.format(build=build))
    (folder / "Dockerfile").write_text("FROM node:20-alpine AS run\nFROM run AS test\nRUN apk add curl\n")
    return [
        each.code
        for report in lint_paths([str(copilot / "api" / "manifest.yml")])
        for each in report.findings
        if each.code == "SL150"
    ]


def test_the_manifest_says_which_dockerfile(tmp_path: Path) -> None:
    assert codes(tmp_path / "whole", "Dockerfile") == []
    assert codes(tmp_path / "target", "{dockerfile: Dockerfile, target: run}") == ["SL150"]
    assert codes(tmp_path / "shell", "{dockerfile: Dockerfile, target: '${TARGET}'}") == []
    assert codes(tmp_path / "missing", "Other") == []
