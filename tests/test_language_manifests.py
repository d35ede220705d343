"""Completion, hover and links in the manifests of environments and pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import FIXTURES

from sidecar_lint import Files
from sidecar_lint.language.completion import Completion, complete
from sidecar_lint.language.hover import hover
from sidecar_lint.language.links import links
from sidecar_lint.language.symbols import SymbolKind, symbols
from sidecar_lint.linting.classify import classify
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.source import Source

ENVIRONMENTS = FIXTURES / "ok-environments" / "copilot" / "environments"
PIPELINES = FIXTURES / "ok-pipelines" / "copilot" / "pipelines"
STAGING, IMPORTED = ENVIRONMENTS / "staging" / "manifest.yml", ENVIRONMENTS / "imported" / "manifest.yml"
RELEASE = PIPELINES / "release" / "manifest.yml"
FILES = Files()
TEXTS = {path: path.read_text("utf-8") for path in (STAGING, IMPORTED, RELEASE)}


def _file(path: Path, text: str) -> ManifestFile:
    file = classify(Source(str(path), text), FILES).file
    assert isinstance(file, ManifestFile)
    return file


def _complete(path: Path, old: str, new: str) -> list[Completion]:
    """What is offered at the mark, once a text is replaced by one with a mark in it."""
    assert old in TEXTS[path]
    text = TEXTS[path].replace(old, new, 1)
    return complete(_file(path, text.replace("‸", "", 1)), text.index("‸"))


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (STAGING, "name: staging", "name: ‸", ["staging"]),
        (STAGING, "type: Environment", "type: ‸", ["Environment"]),
        (STAGING, "\nobservability:", "\n‸\nobservability:", ["cdn"]),
        (STAGING, "    flow_logs:\n", "    ‸\n    flow_logs:\n", ["id"]),
        (STAGING, "    flow_logs:\n      retention: 30", "    flow_logs:\n      ‸", ["retention"]),
        (STAGING, "container_insights: false", "container_insights: ‸", ["true", "false"]),
        (STAGING, "        - ip_protocol: udp\n", "        - ip_protocol: udp\n          ‸\n", []),
        (STAGING, "          az: eu-west-1a\n", "          ‸\n", ["id", "az"]),
        (IMPORTED, "subnets: [subnet", "subnets: [‸", [
            "subnet-0123456789abcdef0", "subnet-0123456789abcdef1",
            "subnet-0123456789abcdef2", "subnet-0123456789abcdef3",
        ]),
        (RELEASE, "provider: Bitbucket", "provider: ‸", ["GitHub", "GitHubV1", "Bitbucket", "CodeCommit"]),
        (RELEASE, "  - name: prod\n", "  - name: ‸\n", ["prod", "test"]),
        (RELEASE, "    deployments:\n      api:\n      web:", "    deployments:\n      ‸\n      web:", ["api"]),
        (RELEASE, "depends_on: [warm-up]", "depends_on: [‸]", ["warm-up"]),
        (RELEASE, "depends_on: [test, api]", "depends_on: [test, ‸]", ["test", "api"]),
        (RELEASE, "template_path: infrastructure/test.env.yml", "template_path: ‸", [
            "infrastructure/prod.env.yml", "infrastructure/test.env.yml",
        ]),
        (RELEASE, "buildspec: copilot/pipelines/release/migrate.yml", "buildspec: copilot/pipelines/release/‸", [
            "copilot/pipelines/release/buildspec.yml", "copilot/pipelines/release/manifest.yml",
            "copilot/pipelines/release/migrate.yml", "copilot/pipelines/release/smoke.yml",
        ]),
        (RELEASE, "requires_approval: yes", "requires_approval: ‸", ["true", "false"]),
        (RELEASE, "output_artifact_format: CODEBUILD_CLONE_REF", "output_artifact_format: ‸", ["CODE_ZIP", "CODEBUILD_CLONE_REF"]),
    ],
)  # fmt: skip
def test_what_is_offered(path: Path, old: str, new: str, expected: list[str]) -> None:
    assert [each.label for each in _complete(path, old, new)] == expected


def test_what_belongs_together_is_written_together() -> None:
    offered = {
        each.label: each for each in _complete(RELEASE, "    pre_deployments:\n", "    ‸\n    pre_:\n")
    }
    assert offered["test_commands"].text == "test_commands:\n      - $0"
    egress = {
        each.label: each for each in _complete(STAGING, "      ingress:\n", "      ‸\n      ingress:\n")
    }
    assert not egress, "both lists are there"
    static = {each.label: each for each in _complete(STAGING, "\nhttp:", "\ncdn:\n  ‸\nhttp:")}
    assert static["static_assets"].text == "static_assets:\n    alias: $1\n    location: $2\n    path: $3"


def test_the_first_lines_of_a_new_file() -> None:
    environment = complete(_file(STAGING, ""), 0)
    assert [each.label for each in environment][:2] == ["name", "type"]
    assert [each.label for each in complete(_file(RELEASE, ""), 0)][:4] == [
        "name",
        "version",
        "source",
        "stages",
    ]


def test_nothing_of_a_workspace_is_offered_outside_of_one() -> None:
    path = Path("/nowhere/pipelines/main/manifest.yml")
    text = "version: 1\nsource: {provider: GitHub}\nstages:\n  - name: x\n    deployments: {}\n"
    file = _file(path, text)
    assert complete(file, text.index("x")) == []
    assert complete(file, text.index("{}") + 1) == []


@pytest.mark.parametrize(
    ("path", "word", "expected"),
    [
        (STAGING, "flow_logs", "**VPC flow logs** `network.vpc.flow_logs`"),
        (STAGING, "staging", "Environment `staging`"),
        (RELEASE, "requires_approval", "`stages[1].requires_approval`"),
        (RELEASE, "prod\n", "Environment `prod`"),
        (RELEASE, "web:", "Workload `web`"),
    ],
)
def test_hover(path: Path, word: str, expected: str) -> None:
    text = TEXTS[path].removeprefix(
        "# A VPC of its own, and a load balancer that is not open to everybody.\n"
    )
    found = hover(_file(path, text), text.index(word), load_rules())
    assert found is not None
    assert expected in found.markdown


def test_buildspecs_are_links() -> None:
    found = links(_file(RELEASE, TEXTS[RELEASE]))
    assert [Path(each.path).name for each in found] == [
        "buildspec.yml",
        "migrate.yml",
        "smoke.yml",
        "smoke.yml",
    ]


def test_the_outline_has_a_stage_for_each_environment() -> None:
    outline = {each.name: each for each in symbols(Outline(_file(RELEASE, TEXTS[RELEASE]).source))}
    stages = [(each.name, each.kind) for each in outline["stages"].children]
    assert stages == [("test", SymbolKind.ENVIRONMENT), ("prod", SymbolKind.ENVIRONMENT)]
    (deployments,) = [each for each in outline["stages"].children[1].children if each.name == "deployments"]
    assert [each.name for each in deployments.children] == ["api", "web"]


@given(st.sampled_from(sorted(TEXTS)), st.data(), st.text("ab:-{}[]'\"# \n|>,", max_size=8))
def test_any_place_of_any_text_is_answered(path: Path, data: st.DataObject, typed: str) -> None:
    whole = TEXTS[path]
    at = data.draw(st.integers(0, len(whole)))
    file = _file(path, whole[:at] + typed + whole[at:])
    complete(file, at + len(typed))
    hover(file, at)
    links(file)
