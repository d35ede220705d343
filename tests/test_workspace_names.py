"""Names across the files of a workspace: where an environment is mentioned, and giving it another name."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Files
from sidecar_lint.configuration.file import ConfigurationFile
from sidecar_lint.fixing.applying import apply_edits
from sidecar_lint.language.names import ENVIRONMENT, WORKLOAD, name_at, names
from sidecar_lint.language.workspace_names import mentions, rename_environment
from sidecar_lint.pipelines.file import PipelineFile
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from sidecar_lint.workspace.workspace import Workspace

ROOT = "/nowhere/shop"
PATH = "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/key"
API = f"""\
name: api
type: Backend Service
image: {{location: nginx}}
secrets:
  KEY: {PATH}
environments:
  test: {{count: 1}}
  'prod': {{count: 2}}
"""
PIPELINE = """\
name: main
version: 1
source: {provider: GitHub, properties: {repository: example/shop}}
stages:
  - name: test
  - name: "prod"
    deployments:
      network:
        template_path: infrastructure/prod.env.yml
        template_config: infrastructure/prod.env.params.json
      api:
        depends_on: [network]
"""
TEXTS = {
    "copilot/environments/prod/manifest.yml": "name: prod\ntype: Environment\n",
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
    "copilot/api/manifest.yml": API,
    "copilot/pipelines/main/manifest.yml": PIPELINE,
    "secrets.yml": "key:\n  test: a\n  prod: b\n",
    ".sidecar-lint.yml": "environments:\n  prod: {ignore: [SL106]}\n",
}


def _files(**others: str) -> tuple[Workspace, Files]:
    named = {"pipeline": "copilot/pipelines/main/manifest.yml", "api": "copilot/api/manifest.yml"}
    texts = {**TEXTS, **{named.get(name, name): text for name, text in others.items()}}
    files = Files({f"{ROOT}/{path}": text for path, text in texts.items()})
    workspace = files.workspace(f"{ROOT}/copilot/api/manifest.yml")
    assert workspace is not None
    return workspace, files


def _inside(source: Source) -> str:
    return PurePath(source.path).relative_to(ROOT).as_posix()


def _renamed(old: str, new: str, **others: str) -> dict[str, str]:
    """What the files are after a renaming, those that it changes."""
    return {
        _inside(file.source): apply_edits(file.source.text, file.edits)
        for file in rename_environment(*_files(**others), old, new)
    }


def test_an_environment_is_mentioned_in_every_kind_of_file() -> None:
    found = mentions(*_files(), "prod")
    assert [(_inside(each.source), each.source.text[slice(*each.name.span)]) for each in found] == [
        (".sidecar-lint.yml", "prod"),
        ("copilot/api/manifest.yml", "'prod'"),
        ("copilot/environments/prod/manifest.yml", "prod"),
        ("copilot/pipelines/main/manifest.yml", '"prod"'),
        ("secrets.yml", "prod"),
    ]
    assert [_inside(each.source) for each in found if each.name.is_definition] == [
        "copilot/api/manifest.yml",
        "copilot/environments/prod/manifest.yml",
    ]


def test_renaming_changes_every_file_and_the_names_that_copilot_makes_of_it() -> None:
    assert _renamed("prod", "live") == {
        path: text.replace("prod", "live") for path, text in TEXTS.items() if "prod" in text
    }


def test_the_same_name_changes_nothing() -> None:
    assert _renamed("prod", "prod") == {}


@pytest.mark.parametrize(
    ("new", "why"),
    [("Live", "no environment can be called"), ("a b", "no environment"), ("../x", "no environment"),
     ("", "no environment"), ("test", "there is an environment 'test' already")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused(new: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        _renamed("prod", new)


def test_a_name_that_a_manifest_has_already_is_refused() -> None:
    with pytest.raises(ValueError, match="'live' already, or it is mentioned"):
        _renamed("prod", "live", api=API + "  live: {count: 3}\n")


def test_a_file_that_cannot_be_read_may_mention_it() -> None:
    with pytest.raises(ValueError, match="cannot be read: it may mention it"):
        _renamed("prod", "live", api=API + "a: [\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- name: test", "- name: &e prod\n  - name: *e"),
        ('name: "prod"', "name: &prod prod\n    test_commands: [*prod]\n    post_deployments: {}"),
    ],
)
def test_a_name_that_goes_through_an_alias_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="goes through an alias"):
        _renamed("prod", "live", pipeline=PIPELINE.replace(old, new, 1))


def test_a_variable_in_a_pipeline_is_no_environment() -> None:
    pipeline = PipelineFile(Source("pipeline.yml", PIPELINE.replace('"prod"', '"${STAGE}"')))
    assert [name.text for name in names(pipeline) if name.kind == ENVIRONMENT] == ["test", "${STAGE}"]


def test_a_pipeline_names_workloads_that_copilot_makes_templates_for() -> None:
    pipeline = PipelineFile(Source("pipeline.yml", PIPELINE))
    assert [name.text for name in names(pipeline) if name.kind == WORKLOAD] == ["api"]


def test_a_configuration_has_the_names_of_environments_only() -> None:
    text = "environments:\n  prod: {ignore: [SL106]}\nignore: [SL101]\n"
    configuration = ConfigurationFile(Source(".sidecar-lint.yml", text))
    assert [name.text for name in names(configuration)] == ["prod"]
    assert name_at(configuration, text.index("prod") + 4) is not None
    assert name_at(configuration, 0) is None
