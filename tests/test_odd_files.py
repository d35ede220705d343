"""In the place of each file that is read there may be anything: it is said, and the rest is linted."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint.commands import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLLECTOR: Final = "public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0"
#: A project in which every kind of file is read that belongs to a manifest.
PROJECT: Final = {
    "copilot/.workspace": "application: shop\n",
    "copilot/api/manifest.yml": (
        "name: api\ntype: Backend Service\nimage: {build: Dockerfile}\nenv_file: prod.env\n"
        f"sidecars: {{otel: {{image: '{COLLECTOR}', secrets: {{AOT_CONFIG_CONTENT: /otel}}}}}}\n"
    ),
    "copilot/api/addons/queue.yml": (
        "Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}\n"
        "Resources: {Queue: {Type: 'AWS::SQS::Queue'}}\n"
    ),
    "copilot/api/overrides/cfn.patches.yml": "[]\n",
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
    "copilot/pipelines/main/manifest.yml": (
        "name: main\nversion: 1\nstages: [{name: test}]\n"
        "source: {provider: GitHub, properties: {branch: main, repository: 'https://github.com/a/b'}}\n"
    ),
    ".sidecar-lint.yml": "baseline: known.json\ncollectors: [otel.yaml]\n",
    "known.json": '{"version": 1, "findings": []}',
    "otel.yaml": (
        "receivers: {otlp: {protocols: {grpc: }}}\nexporters: {otlp: {endpoint: 'https://traces.example.com:4317'}}\n"
        "service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}}\n"
    ),
    "prod.env": "LEVEL=info\n",
    "Dockerfile": "FROM scratch\n",
}
#: An input file of `copilot secret init`, which is linted where it is named.
NAMED: Final = "secrets.yml"
#: What is not read in the place of a file, the code that says so, and the exit status.
NO_FILES: Final[dict[str, tuple[Callable[[Path], object], str, int]]] = {
    "a folder": (lambda path: path.mkdir(), "SL037", 0),
    "a pipe": (os.mkfifo, "SL037", 0),
    "a link that leads nowhere": (lambda path: path.symlink_to("nowhere"), "SL038", 3),
    "a link to itself": (lambda path: path.symlink_to(path.name), "SL038", 3),
}
#: What is built or read by Copilot itself: a folder there is a mistake of the manifest.
OF_FOLDERS: Final = {"Dockerfile": "SL085", "prod.env": "SL146"}
#: Texts that no file of the project can be.
NO_TEXTS: Final = {
    "bytes": b"\xff\xfe\x00a: \x80",
    "a zero byte": b"a: \0\n",
    "lists without end": b"[" * 50_000,
    "maps without end": b"a: " + b"{a: " * 50_000,
}
#: The code that says that a text cannot be read. The others are no YAML, or say only what a project is called.
UNREAD: Final = {
    "copilot/api/manifest.yml": "SL001",
    "copilot/api/addons/queue.yml": "SL810",
    "copilot/api/overrides/cfn.patches.yml": "SL841",
    "copilot/environments/test/manifest.yml": "SL001",
    "copilot/pipelines/main/manifest.yml": "SL001",
    ".sidecar-lint.yml": "SL030",
    "known.json": "SL035",
    "otel.yaml": "SL901",
    NAMED: "SL001",
}
without_windows = pytest.mark.skipif(os.name == "nt", reason="there are no pipes, and links take a privilege")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    for path, text in PROJECT.items():
        _place(tmp_path, path).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _place(root: Path, path: str) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _check(*named: str) -> tuple[set[str], Result]:
    """The codes of what is found in the project, and what the program did."""
    result = CliRunner().invoke(cli.app, ["check", "copilot", *named, "--format", "json"])
    return {finding["rule"] for finding in json.loads(result.stdout)["findings"]}, result


@pytest.mark.usefixtures("project")
def test_the_project_itself_is_in_order() -> None:
    codes, result = _check()
    assert codes.isdisjoint({"SL000", "SL037", "SL038"})
    assert result.exit_code == 0


@without_windows
@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("path", PROJECT)
def test_what_is_no_file_is_said(project: Path, path: str, kind: str) -> None:
    make, code, status = NO_FILES[kind]
    if kind == "a folder" and path in OF_FOLDERS:
        code, status = OF_FOLDERS[path], 1
    (project / path).unlink()
    make(project / path)
    codes, result = _check()
    assert code in codes
    assert "SL000" not in codes
    assert result.exit_code == status


@without_windows
@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_and_was_named_is_an_error(project: Path, kind: str) -> None:
    NO_FILES[kind][0](project / NAMED)
    _, result = _check(NAMED)
    assert result.exit_code == 3
    assert NAMED in result.stderr


@pytest.mark.parametrize("kind", NO_TEXTS)
@pytest.mark.parametrize("path", [*PROJECT, NAMED])
def test_what_is_no_text_is_said(project: Path, path: str, kind: str) -> None:
    (project / path).write_bytes(NO_TEXTS[kind])
    codes, result = _check(*([NAMED] if path == NAMED else []))
    assert "SL000" not in codes
    if path in UNREAD:
        assert UNREAD[path] in codes
        assert result.exit_code in (1, 2)
