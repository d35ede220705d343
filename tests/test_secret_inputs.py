"""Input files of `copilot secret init`: known for what they are, taken for nothing else, read once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sidecar_lint import Files, Report, SecretInput, lint_paths
from sidecar_lint.linting.classify import classify
from sidecar_lint.secrets.in_workspace import secret_inputs_of
from sidecar_lint.syntax.source import Source, masked

ROOT = Path(os.path.abspath(os.sep)) / "nowhere"
MANIFEST = """
name: api
type: Backend Service
image: {location: example.com/api}
secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
environments: {staging: {count: 2}}
"""
AROUND = {
    "copilot/.workspace": "application: shop\n",
    "copilot/api/manifest.yml": MANIFEST,
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
    "copilot/environments/prod/manifest.yml": "name: prod\ntype: Environment\n",
}
INPUT = "db_password: {test: one, prod: two}\n"


def _files(**texts: str) -> Files:
    return Files({str(ROOT / path): text for path, text in {**AROUND, **texts}.items()})


def _found(files: Files) -> list[str]:
    workspace = files.workspace(str(ROOT / "copilot" / "api" / "manifest.yml"))
    assert workspace is not None
    return [os.path.relpath(each.source.path, ROOT) for each in secret_inputs_of(workspace)]


def _is_taken(path: str, text: str) -> bool:
    files = _files(**{path: text})
    taken = isinstance(classify(files.read(str(ROOT / path)), files).file, SecretInput)
    assert not _found(files) or (taken and _found(files) == [path])
    return taken


@pytest.mark.parametrize(
    "path",
    [
        "secrets.yml",
        "input.yaml",
        "copilot/secrets.yml",
        "copilot/api/input.yml",
        "secrets/api.yml",
        "copilot/secrets/api.yml",
        "copilot/api/secrets/api.yml",
    ],
)
def test_it_is_found_where_people_keep_it(path: str) -> None:
    assert _found(_files(**{path: INPUT})) == [path]


def test_one_that_lies_elsewhere_is_known_when_it_is_named() -> None:
    files = _files(**{"deploy/values/secrets.yml": INPUT, "deploy/values/input.yml": INPUT})
    assert _found(files) == []
    for name in ("secrets.yml", "input.yml"):
        source = files.read(str(ROOT / "deploy" / "values" / name))
        assert isinstance(classify(source, files).file, SecretInput)


@pytest.mark.parametrize("path", ["ops/values.yml", "ops/values.conf"])
@pytest.mark.parametrize("text", [INPUT, "db_password: one\n"])
def test_one_that_the_configuration_names_is_taken_wherever_it_lies(path: str, text: str) -> None:
    assert _found(_files(**{path: text})) == []
    named = _files(**{path: text, ".sidecar-lint.yml": f"secret_inputs: [{path}]"})
    assert _found(named) == [path]
    assert isinstance(classify(named.read(str(ROOT / path)), named).file, SecretInput)
    reports = _reports("copilot/api/manifest.yml", files=named)
    assert path in reports
    assert "one" not in reports[path].shown.text


def test_one_that_the_configuration_names_and_is_not_there() -> None:
    files = _files(**{".sidecar-lint.yml": "secret_inputs: [ops/values.yml]"})
    (finding,) = _reports(".sidecar-lint.yml", files=files)[".sidecar-lint.yml"].findings
    assert finding.code == "SL035"
    assert "there is no file" in finding.message


def test_one_outside_a_workspace_is_known_by_its_name(tmp_path: Path) -> None:
    for name, kind in (("secrets.yml", "SecretInput"), ("input.yml", "Document")):
        (tmp_path / name).write_text(INPUT)
        files = Files()
        file = classify(files.read(str(tmp_path / name)), files).file
        assert type(file).__name__ == kind


OTHERS = {
    "docker compose": "services: {api: {image: x}}\nsecrets: {db_password: {file: ./x}}\n",
    "secrets of compose": "db_password: {file: ./db_password.txt}\napi_key: {external: true}\n",
    "a workflow": "on: push\njobs: {test: {runs-on: ubuntu-latest, steps: []}}\n",
    "a secret of Kubernetes": "apiVersion: v1\nkind: Secret\nmetadata: {name: db_password}\ndata: {test: eA==}\n",
    "Rails' secrets": "test: {secret_key_base: x}\nprod: {secret_key_base: y}\n",
    "Rails' databases": "test: {adapter: x, db_password: y}\nprod: {adapter: x, db_password: z}\n",
    "Serverless' secrets": "test:\n  DB: x\nprod:\n  DB: y\ncustom: {stage: test}\n",
    "a translation": "en: {greeting: hello, farewell: bye}\nde: {greeting: hallo, farewell: tschüs}\n",
    "values of Helm": "image: {tag: x}\nresources: {limits: {cpu: 1}}\ndb_password: secret\n",
    "settings of a linter": "Style/Foo: {Enabled: false}\nStyle/Bar: {Enabled: true}\n",
    "what sops encrypts": "db_password: {test: 'ENC[x]', prod: 'ENC[y]'}\nsops: {version: 3.8.1}\n",
    "a vault of Ansible": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
    "a list": "- db_password: {test: x}\n",
    "a text": "db_password\n",
    "nothing": "",
    "no YAML": "db_password: {test: [\n",
    "an addon": "Parameters: {App: {Type: String}}\nResources: {Table: {Type: 'AWS::DynamoDB::Table'}}\n",
    "a collector": "receivers: {otlp: null}\nexporters: {awsxray: null}\nservice: {pipelines: {}}\n",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("path", ["config.yml", "copilot/api/db.yml", "secrets.yml", "copilot/secrets/x.yml"])
def test_nothing_else_is_taken_for_one(path: str, text: str) -> None:
    assert _found(_files(**{path: text})) == []


def test_settings_by_environment_are_none_unless_a_manifest_uses_one() -> None:
    by_environment = "timeout: {test: 1, prod: 2}\nretries: {test: 1, prod: 2}\n"
    assert not _is_taken("config.yml", by_environment)
    assert _is_taken("config.yml", by_environment + INPUT)
    assert _is_taken("secrets.yml", by_environment)


@pytest.mark.parametrize(
    "name", ["manifest.yml", "pipeline.yml", "buildspec.yml", "docker-compose.yml", "compose.yaml", "x.json"]
)
def test_names_that_say_otherwise(name: str) -> None:
    assert _found(_files(**{name: INPUT})) == []


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text("ab {}\n", max_size=4))
KEYS = st.sampled_from(["db_password", "api_key", "test", "prod", "name", "image", "x"])
TREES = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=2) | st.dictionaries(KEYS, below, max_size=3),
    max_leaves=12,
)


def _is_flat(tree: Any) -> bool:
    return isinstance(tree, dict) and all(
        node is None
        or (isinstance(node, dict) and not any(isinstance(x, (dict, list)) for x in node.values()))
        for node in tree.values()
    )


@settings(deadline=None)
@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_a_file_of_any_name_must_have_the_shape_the_environments_and_a_used_secret(tree: Any) -> None:
    if _is_taken("config.yml", yaml.safe_dump(tree)):
        assert _is_flat(tree)
        assert "db_password" in tree
        assert any(name in node for node in tree.values() if node for name in ("test", "prod", "staging"))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["test", "prod", "staging"]), LEAVES, min_size=1), LEAVES)
def test_what_copilot_would_store_is_taken(values: Any, other: Any) -> None:
    tree = {"db_password": values, "api_key": {"test": other}}
    assert _is_taken("config.yml", yaml.safe_dump(tree))
    assert _is_taken("secrets.yml", yaml.safe_dump(tree))


def _reports(*paths: str, files: Files) -> dict[str, Report]:
    reports = lint_paths([str(ROOT / path) for path in paths], files=files)
    return {os.path.relpath(report.path, ROOT): report for report in reports}


def test_it_is_linted_with_the_manifest_that_uses_it() -> None:
    other = MANIFEST.replace("db_password", "other").replace("name: api", "name: web")
    files = _files(**{"secrets.yml": INPUT, "copilot/web/manifest.yml": other})
    assert list(_reports("copilot/api/manifest.yml", files=files)) == [
        "copilot/api/manifest.yml",
        "secrets.yml",
    ]
    assert list(_reports("copilot/web/manifest.yml", files=files)) == ["copilot/web/manifest.yml"]


def test_findings_name_the_environment_they_hold_in() -> None:
    files = _files(**{"secrets.yml": "db_password: {test: '', prod: two}\n"})
    report = _reports("copilot/api/manifest.yml", files=files)["secrets.yml"]
    assert [(each.code, each.environments) for each in report.findings] == [("SL617", ("test",))]
    assert report.environments == ("test", "prod")


def test_values_are_never_shown() -> None:
    text = "db_password: {test: s3cret, prod: |-\n  s3cret\n  }\nother: s3cret\nlist: {test: [s3cret]}\n"
    report = _reports(
        "secrets.yml", files=_files(**{"secrets.yml": text.replace("|-\n  s3cret\n  ", "s3cret")})
    )
    shown = report["secrets.yml"].shown
    assert "s3cret" not in shown.text
    assert len(shown.text) == len(report["secrets.yml"].source.text)
    for finding in report["secrets.yml"].findings:
        assert "s3cret" not in f"{finding.message} {finding.help} {finding.effect}"


@settings(deadline=None)
@given(
    st.text("ab\n\r\t ", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3)
)
def test_masking_moves_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    source = Source("x", text)
    ordered = [(min(span), max(span)) for span in spans]
    hidden = masked(source, ordered)
    assert hidden.line_starts == source.line_starts
    for at, (before, after) in enumerate(zip(text, hidden.text, strict=True)):
        inside = any(start <= at < end for start, end in ordered)
        assert after == ("*" if inside and not before.isspace() else before)


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, text in {**AROUND, "secrets.yml": INPUT, "mkdocs.yml": "x: 1\n", "app.yml": "a: 1\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    files = Files()
    paths = ["copilot/api/manifest.yml", "secrets.yml", "./copilot/../secrets.yml"]
    assert [report.path for report in lint_paths(paths, files=files)] == [
        "copilot/api/manifest.yml",
        "secrets.yml",
    ]
    assert set(files.reads.values()) == {1}
    assert str(tmp_path / "mkdocs.yml") not in files.reads


def test_a_workspace_without_stored_secrets_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = MANIFEST.replace("/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password", "/mine")
    for path, text in {**AROUND, "copilot/api/manifest.yml": manifest, "secrets.yml": INPUT}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    files = Files()
    list(lint_paths(["copilot/api/manifest.yml"], files=files))
    assert str(tmp_path / "secrets.yml") not in files.reads


def test_one_that_is_no_yaml_is_told_where_a_manifest_uses_what_is_in_it() -> None:
    broken = "db_password:\n  test: |\n    a\n\t  b: c\n"
    for text, expected in ((broken, ["SL001"]), (broken.replace("db_password", "other"), [])):
        files = _files(**{"secrets.yml": text})
        reports = lint_paths([str(ROOT / "copilot/api/manifest.yml")], files=files)
        found = [
            each.code for report in reports if report.path.endswith("secrets.yml") for each in report.findings
        ]
        assert found == expected
