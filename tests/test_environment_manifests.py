"""Manifests of environments: which files are such, what is said of them, and the model that rules ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from sidecar_lint import Document, Files, Finding, lint_paths, lint_text, overlapping_blocks
from sidecar_lint.commands import cli
from sidecar_lint.environments.file import EnvironmentFile
from sidecar_lint.linting.classify import classify
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint_rules.environment_manifests.unpaired_subnets import is_crash

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = "name: test\ntype: Environment\n"


def _model(path: str, text: str, *around: str) -> object:
    """What a file is in a workspace with some other, empty files."""
    files = Files({path: text, **dict.fromkeys(around, "")})
    return classify(files.read(path), files).file


def _findings(text: str, path: str = "/nowhere/copilot/environments/test/manifest.yml") -> list[Finding]:
    (report,) = lint_paths([path], files=Files({path: text}))
    return list(report.findings)


@pytest.mark.parametrize("text", [ENVIRONMENT, "", "- a\n", "type: Backend Service\n", "a: [\n"])
def test_a_file_is_an_environments_by_its_place(text: str) -> None:
    found = _model("/nowhere/copilot/environments/test/manifest.yml", text)
    assert isinstance(found, EnvironmentFile)
    assert (found.folder, found.is_placed) == ("test", True)


@pytest.mark.parametrize(
    "path",
    ["/nowhere/infra/test/manifest.yml", "/nowhere/test.yml", "/nowhere/copilot/environments/manifest.yml"],
)
def test_elsewhere_a_file_is_an_environments_by_what_it_says(path: str) -> None:
    found = _model(path, ENVIRONMENT)
    assert isinstance(found, EnvironmentFile)
    assert (found.folder, found.is_placed) == (None, False)
    assert isinstance(_model(path, "name: test\ntype: Backend Service\n"), Document)


def test_a_workload_stays_one_whatever_it_says() -> None:
    assert isinstance(_model("/nowhere/copilot/api/manifest.yml", ENVIRONMENT), Document)


@pytest.mark.parametrize("folder", ["addons", "overrides"])
def test_what_environments_share_is_no_environment(folder: str) -> None:
    path = f"/nowhere/copilot/environments/{folder}/manifest.yml"
    assert not isinstance(_model(path, "Resources: {}\n"), EnvironmentFile)


def test_a_text_is_an_environments_by_its_name_alone() -> None:
    (finding,) = lint_text(
        "name: anything\ntype: environment\n", "copilot/environments/test/manifest.yml"
    ).findings
    assert finding.code == "SL861"


def test_findings_hold_for_the_file() -> None:
    path = "/nowhere/copilot/environments/test/manifest.yml"
    (report,) = lint_paths([path], files=Files({path: "type: environment\n"}))
    assert report.environments == ()
    assert {finding.environments for finding in report.findings} == {()}


def test_json_names_no_environments(tmp_path: Path) -> None:
    path = tmp_path / "copilot" / "environments" / "test" / "manifest.yml"
    path.parent.mkdir(parents=True)
    path.write_text("name: other\ntype: Environment\n")
    run = CliRunner().invoke(cli.app, ["check", "--format", "json", str(tmp_path)])
    (finding,) = json.loads(run.output)["findings"]
    assert (finding["rule"], finding["environments"]) == ("SL860", [])


def test_nothing_is_said_of_images_and_tasks(tmp_path: Path) -> None:
    path = tmp_path / "copilot" / "environments" / "test" / "manifest.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"{ENVIRONMENT}network: {{vpc: {{cidr: 10.0.0.0/16}}}}\n")
    run = CliRunner().invoke(cli.app, ["check", str(tmp_path)])
    assert "= when: the deployment fails\n" in run.output


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("http: {public: {access_logs: {prefix: '${COPILOT_ENVIRONMENT_NAME}'}}}\n", []),
        ("observability: {container_insights: '${COPILOT_ENVIRONMENT_NAME}'}\n", ["SL005"]),
        ("observability: {container_insights: '${INSIGHTS}'}\n", ["SL613"]),
        ("network: {vpc: {id: '${VPC}', subnets: {public: [{id: '${A}'}, {id: '${B}'}]}}}\n", ["SL613"]),
        (
            "http: {public: {certificates: ['${CERTIFICATE}'], ingress: {source_ips: ['${IP}']}}}\n",
            ["SL613"],
        ),
    ],
)
def test_it_is_interpolated(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in _findings(ENVIRONMENT + text)] == codes


def test_the_application_is_known_where_the_workspace_says_it() -> None:
    path = "/nowhere/copilot/environments/test/manifest.yml"
    summary = "/nowhere/copilot/.workspace"
    files = Files({path: ENVIRONMENT + "http: {public: {ssl_policy: '${COPILOT_APPLICATION_NAME}'}}\n"})
    other = Files({path: files.read(path).text, summary: "application: shop\n"})
    assert [each.code for report in lint_paths([path], files=files) for each in report.findings] == []
    (finding,) = next(lint_paths([path], files=other)).findings
    assert finding.message == "'shop' is not a security policy"


def test_a_swallowed_value_is_its_zero_value() -> None:
    """Copilot forgets a wrong type in the map form of `cdn`, and the map turns CloudFront on."""
    file = EnvironmentFile(Source("x", ENVIRONMENT + "cdn: {terminate_tls: [1]}\n"))
    terminates = file.manifest.scalar("cdn", "terminate_tls")
    assert file.manifest.has_cdn
    assert terminates is not None
    assert terminates.as_bool is False
    assert not EnvironmentFile(Source("x", ENVIRONMENT + "cdn: {enabled: true}\n")).manifest.has_cdn


def test_overrides_may_change_the_template() -> None:
    """What CloudFormation would refuse may be put right by a CDK application; what Copilot refuses is not."""
    path = "/nowhere/copilot/environments/test/manifest.yml"
    text = f"{ENVIRONMENT}network: {{vpc: {{cidr: 10.0.0.0/16}}}}\nhttp: {{private: {{subnets: []}}}}\n"
    files = Files({path: text, "/nowhere/copilot/environments/overrides/stack.ts": ""})
    found = [each.code for report in lint_paths([path], files=files) for each in report.findings]
    assert found == ["SL874"]


@pytest.mark.parametrize(
    ("public", "private", "crashes"), [(2, 1, True), (2, 0, True), (2, 2, False), (1, 2, False)]
)
def test_a_public_subnet_without_a_private_one_is_a_crash(public: int, private: int, crashes: bool) -> None:
    subnets = EnvironmentFile(
        Source("x", "network: {vpc: {subnets: {public: [{}, {}]}}}")
    ).manifest.vpc.public
    assert is_crash(subnets[:public], subnets[:private]) is crashes


def test_ranges_that_overlap_are_found_among_many() -> None:
    texts = [f"10.{at // 256}.{at % 256}.0/24" for at in range(5000)]
    nodes = [Scalar(Span(at, at), text=text) for at, text in enumerate([*texts, "10.7.7.0/28"])]
    assert [(one.text, other.text) for one, other in overlapping_blocks(nodes)] == [
        ("10.7.7.0/28", "10.7.7.0/24")
    ]


_IMPORTED = """\
network:
  vpc:
    id: vpc-0123456789abcdef0
    subnets:
      private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cdn: {certificate: 'arn:aws:s3:us-east-1::b', terminate_tls: true}\n", [("SL870", "deploy")]),
        ("cdn: {certificate: 'arn:aws:acm:us-east-1:1:certificate/x', terminate_tls: true}\n", []),
        ("cdn: {static_assets: {alias: a.example.com, location: 's3://b/x', path: x}}\n", [("SL723", "deploy")]),
        ("cdn: {static_assets: {alias: '*.example.com', location: b_1.s3.amazonaws.com, path: x}}\n", []),
        ("cdn: {static_assets: {alias: '${DOMAIN}', location: '${BUCKET}', path: x}}\n", [("SL613", "silent")]),
        (_IMPORTED + "http: {private: {subnets: [subnet-0123456789abcdef0]}}\n", [("SL874", "deploy")]),
        (_IMPORTED + "http: {private: {subnets: [subnet-0123456789abcdef9]}}\n", [("SL874", "copilot")]),
        (_IMPORTED + "http: {private: {subnets: []}}\n", []),
        (_IMPORTED.replace("def1", "def0"), [("SL724", "deploy")]),
        (_IMPORTED.replace("subnet-0123456789abcdef1", "''"), [("SL864", "copilot")]),
    ],
)  # fmt: skip
def test_what_comes_to_light_later(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.code, each.stage.value) for each in _findings(ENVIRONMENT + text)] == found


@pytest.mark.parametrize("field", ["certificates: []", "ssl_policy: x", "ingress: {}"])
def test_what_both_load_balancers_have_belongs_under_one_of_them(field: str) -> None:
    """The documentation shows `http.certificates`."""
    (finding,) = _findings(f"{ENVIRONMENT}http:\n  {field}\n")
    assert (finding.code, finding.help) == ("SL008", "it belongs under http.public or http.private")


@pytest.mark.parametrize(
    ("field", "owner"),
    [
        ("subscribe: {}", "a Worker Service"),
        ("cpu: 256", "a service or job"),
        ("version: 1", "a pipeline, copilot/pipelines/<name>/manifest.yml"),
    ],
)
def test_a_field_of_another_manifest_is_said_to_be_one(field: str, owner: str) -> None:
    (finding,) = _findings(f"{ENVIRONMENT}{field}\n")
    assert (finding.code, finding.help) == (
        "SL008",
        f"leave it out here: it belongs in the manifest of {owner}",
    )


def test_no_program_gets_a_variable_of_an_environment() -> None:
    (found,) = _findings(ENVIRONMENT + "observability: {container_insights: '${INSIGHTS}'}\n")
    assert found.help.endswith("rules: {SL613: {provided: [INSIGHTS]}}")
