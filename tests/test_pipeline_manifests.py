"""Manifests of pipelines: which files are such, and what is said of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from sidecar_lint import Document, Files, Finding, Stage, lint_paths, lint_text
from sidecar_lint.commands import cli
from sidecar_lint.linting.classify import classify
from sidecar_lint.pipelines.file import PipelineFile

if TYPE_CHECKING:
    from pathlib import Path

PIPELINE = """\
name: main
version: 1
source: {provider: GitHub, properties: {repository: example/shop}}
stages: [{name: test}]
"""
#: Copilot reads no further than this, so what follows can do it no harm.
REFUSED = "name: main\nversion: 2\n"
PATH = "/nowhere/copilot/pipelines/main/manifest.yml"


def _model(path: str, text: str) -> object:
    files = Files({path: text})
    return classify(files.read(path), files).file


def _findings(text: str, *, path: str = PATH, **around: str) -> list[Finding]:
    places = {
        f"/nowhere/copilot/{name.replace('__', '/')}/manifest.yml": text for name, text in around.items()
    }
    (report,) = lint_paths([path], files=Files({path: text, **places}))
    return list(report.findings)


@pytest.mark.parametrize("path", [PATH, "/nowhere/copilot/pipeline.yml"])
@pytest.mark.parametrize("text", [PIPELINE, "", "- a\n", "type: Backend Service\n"])
def test_a_file_is_a_pipelines_by_its_place(path: str, text: str) -> None:
    found = _model(path, text)
    assert isinstance(found, PipelineFile)
    assert found.is_placed


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/nowhere/infra/main/manifest.yml", PIPELINE),
        ("/nowhere/infra/main/manifest.yml", PIPELINE + "type: Backend Service\n"),
        ("/nowhere/infra/main/manifest.yml", "name: main\nversion: 1\n"),
        ("/nowhere/infra/main/manifest.yml", "stages: x\n"),
        ("/nowhere/main.yml", PIPELINE),
    ],
)
def test_elsewhere_a_file_is_a_pipelines_by_what_it_has(path: str, text: str) -> None:
    found = _model(path, text)
    assert isinstance(found, PipelineFile)
    assert not found.is_placed


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/nowhere/copilot/api/manifest.yml", PIPELINE),
        ("/nowhere/infra/main/manifest.yml", "type: Backend Service\nversion: 1\n"),
        ("/nowhere/infra/main/manifest.yml", "name: main\n"),
        ("/nowhere/.gitlab-ci.yml", "stages: [build]\nversion: 1\n"),
        ("/nowhere/compose.yml", "version: 3\nservices: {}\n"),
    ],
)
def test_what_is_no_pipeline(path: str, text: str) -> None:
    assert isinstance(_model(path, text), Document)


def test_json_names_no_environments(tmp_path: Path) -> None:
    path = tmp_path / "copilot" / "pipelines" / "main" / "manifest.yml"
    path.parent.mkdir(parents=True)
    path.write_text(REFUSED)
    run = CliRunner().invoke(cli.app, ["check", "--format", "json", str(tmp_path)])
    findings = json.loads(run.output)["findings"]
    assert [finding["environments"] for finding in findings] == [[]] * 3


def test_nothing_is_substituted() -> None:
    """What Copilot would substitute elsewhere is taken as it is written: the name of a branch, of a stage."""
    text = PIPELINE.replace("example/shop", "example/shop, branch: '${COPILOT_APPLICATION_NAME}'")
    assert [(each.code, each.stage) for each in _findings(text)] == [("SL897", Stage.TASK)]
    text = PIPELINE.replace("{name: test}", "{name: test, requires_approval: '${APPROVAL}'}")
    assert [each.code for each in _findings(text)] == ["SL005"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("stages: [{name: test}]\n", "SL882"),
        ("source:\nstages: [{name: test}]\n", "SL882"),
        ("source: {provider: GitHub, properties: {repository: a/b, connection_name: 1}}\n", "SL883"),
        ("source: {provider: GitHub, properties: {repository: a/b, access_token_secret: 1}}\n", "SL883"),
        ("source: {provider: CodeCommit, properties: {connection_name: 1}}\n", "SL883"),
        ("source: {provider: GitHubV1, properties: {access_token_secret: a, connection_name: }}\n", "SL883"),
        ("stages: [{name: test, pre_deployments: {migrate: }}]\n", "SL892"),
    ],
)
def test_a_crash_is_told_as_one(text: str, code: str) -> None:
    found = {finding.code: finding for finding in _findings(REFUSED + text)}
    assert found[code].stage is Stage.COPILOT
    assert found[code].effect.startswith("Copilot crashes")


@pytest.mark.parametrize(
    ("properties", "ignored"),
    [
        ("{repository: a/b, connection_name: x, output_artifact_format: CODE_ZIP}", []),
        ("{repository: a/b, access_token_secret: t, connection_arn: x, output_artifact_format: CODE_ZIP}",
         ["`connection_arn` is not used with an access token",
          "`output_artifact_format` is not used with an access token"]),
        ("{repository: a/b, access_token_secret: , connection_name: x}", []),
    ],
)  # fmt: skip
def test_what_the_provider_does_not_use(properties: str, ignored: list[str]) -> None:
    found = _findings(PIPELINE.replace("{repository: example/shop}", properties))
    assert [each.message for each in found if each.code == "SL720"] == ignored


def test_a_stage_without_anything_to_deploy_is_left_out() -> None:
    test = {"environments__test": "name: test\ntype: Environment\n"}
    assert [each.code for each in _findings(PIPELINE, **test)] == ["SL721"]
    api = "name: api\ntype: Backend Service\n"
    assert _findings(PIPELINE, **test, api=api) == []
    assert _findings(PIPELINE) == [], "it may be no workspace of Copilot's"


@pytest.mark.parametrize(
    ("field", "text", "stage"),
    [
        ("image", "a: b", Stage.DEPLOY),
        ("image", "a #b", Stage.TASK),
        ("image", "aws/codebuild/standard:5.0", None),
        ("template_path", "*x", None),
        ("template_path", "a: b", Stage.DEPLOY),
        ("stack_name", "*x", Stage.DEPLOY),
        ("stack_name", "shop-test", None),
        ("stack_name", "${APP}-x", None),
        ("stack_name", "1-shop", Stage.TASK),
    ],
)
def test_a_text_in_the_template(field: str, text: str, stage: Stage | None) -> None:
    stages = "{name: test, deployments: {api: {" + f"{field}: '{text}'" + "}}}"
    manifest = PIPELINE.replace("{name: test}", stages)
    manifest = PIPELINE + f"build: {{image: '{text}'}}\n" if field == "image" else manifest
    found = [each for each in _findings(manifest) if each.code == "SL722"]
    assert [each.stage for each in found] == ([stage] if stage else [])


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("infrastructure/my-api-test.stack.yml", None),
        ("infrastructure/my-api-test.yml", "infrastructure/my-api-test.stack.yml"),
        ("infrastructure/my_api-test.stack.yml", "infrastructure/my-api-test.stack.yml"),
        ("infrastructure/my-api-prod.stack.yml", None),
        ("infrastructure/network-test.stack.yml", None),
        ("infrastructure/vpc.yml", None),
        ("templates/my-api-test.yml", None),
        ("infrastructure/test.env.yml", None),
        ("infrastructure/tests.env.yml", "infrastructure/test.env.yml"),
        ("infrastructure/" + "-" * 5000 + ".stack.yml", None),
    ],
)
def test_templates_are_held_against_those_that_the_build_makes(path: str, meant: str | None) -> None:
    stages = "{name: test, deployments: {x: {template_path: " + path + "}}}"
    around = {"environments__test": "name: test\ntype: Environment\n", "my-api": "name: my-api\n"}
    found = _findings(PIPELINE.replace("{name: test}", stages), **around)
    assert [each.help for each in found if each.code == "SL895"] == ([f"write `{meant}`"] if meant else [])


def test_an_approval_that_is_none_is_an_unknown_field() -> None:
    (finding,) = _findings(PIPELINE.replace("{name: test}", "{name: test, require_approval: true}"))
    assert (finding.code, finding.help) == ("SL007", "write `requires_approval`")


@pytest.mark.parametrize(
    ("repository", "code", "fix"),
    [
        ("example/shop", None, None),
        ("https://github.com/example/shop", None, None),
        ("https://github.com/example/shop.git", "SL884", "example/shop"),
        ("https://www.github.com/example/shop/", "SL884", "example/shop"),
        ("ssh://git@github.com/example/shop.git", "SL884", "example/shop"),
        ("https://gitlab.com/example/shop", "SL884", None),
        ("${OWNER}/shop", "SL897", None),
    ],
)
def test_repositories_of_github(repository: str, code: str | None, fix: str | None) -> None:
    found = _findings(PIPELINE.replace("example/shop", f"'{repository}'"))
    assert [finding.code for finding in found] == ([code] if code else [])
    assert [each.fixes[0].edits[0].text for each in found if each.fixes] == ([f"'{fix}'"] if fix else [])


def test_a_long_text_without_a_slash_is_read_once() -> None:
    """Copilot's pattern for repositories would go over it again and again."""
    (finding,) = _findings(PIPELINE.replace("example/shop", "a" * 200_000))
    assert finding.code == "SL884"


def test_a_stage_that_is_nearly_an_environment() -> None:
    around = {"environments__test": "name: test\ntype: Environment\n", "api": "name: api\n"}
    (finding,) = _findings(PIPELINE.replace("test", "tset"), **around)
    assert (finding.code, finding.help) == ("SL889", "write `test`")
    assert _findings(PIPELINE.replace("test", "live"), **around) == []


def test_deployments_are_held_against_the_workspace() -> None:
    text = PIPELINE.replace("{name: test}", "{name: test, deployments: {apis: }}")
    (finding,) = _findings(text, api="name: api\ntype: Backend Service\n")
    assert (finding.code, finding.help) == ("SL895", "write `api`")
    assert _findings(text) == []


@pytest.mark.parametrize(
    "text", ["", "[]\n", "a: [\n", "version: [1]\n", "stages: {test: }\n", "source: x\n"]
)
def test_whatever_is_written_has_an_answer(text: str) -> None:
    report = lint_text(text, "copilot/pipelines/main/manifest.yml")
    assert report.findings
    assert all(finding.code != "SL000" for finding in report.findings)


def test_a_stage_without_deployments_has_an_action_for_each_workload() -> None:
    many = {f"web{number}": f"name: web{number}\n" for number in range(51)}
    codes = [each.code for each in _findings(PIPELINE, **many)]
    assert codes.count("SL726") == 1
    many.popitem()
    assert "SL726" not in [each.code for each in _findings(PIPELINE, **many)]
