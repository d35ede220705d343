"""Environment files and Dockerfiles: there or not, ignored by git or not, read as ECS reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sidecar_lint import Severity, env_file_oddities, lint_paths
from sidecar_lint.rulebook.registry import load_rules

RULES = [rule for rule in load_rules() if rule.code in ("SL146", "SL147", "SL085")]
MANIFEST = "copilot/api/manifest.yml"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    _write("src/main.py", "")
    return tmp_path


def _write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def _lint(text: str) -> list[tuple[str, Severity, str]]:
    _write(MANIFEST, f"name: api\ntype: Backend Service\n{text}\n")
    findings = next(lint_paths([MANIFEST], RULES)).findings
    return [(each.code, each.severity, each.message) for each in findings]


def test_a_missing_file_that_git_ignores_may_be_made_later() -> None:
    assert _lint("env_file: .env") == [("SL146", Severity.ERROR, "there is no file '.env'")]
    _write(".gitignore", ".env\n")
    assert _lint("env_file: .env") == [
        ("SL146", Severity.INFO, "there is no file '.env', and git ignores it")
    ]


def test_an_ignored_file_is_missed_by_a_pipeline() -> None:
    _write(".gitignore", ".env\n")
    _write(".env", "A=b\n")
    assert _lint("env_file: .env") == []
    _write("copilot/pipelines/main/manifest.yml", "name: main\n")
    ((code, severity, message),) = _lint("env_file: .env")
    assert (code, severity) == ("SL146", Severity.WARNING)
    assert "git ignores '.env'" in message
    _write("copilot/pipelines/main/buildspec.yml", "phases: {build: {commands: [aws s3 cp s3://b/.env .]}}")
    assert _lint("env_file: .env") == []


@pytest.mark.parametrize("repository", [True, False])
def test_with_and_without_a_repository_it_is_judged_alike(project: Path, *, repository: bool) -> None:
    if not repository:
        (project / ".git").rename(project.parent / "away")
    _write(".gitignore", ".env\nsecrets/\n")
    assert _lint("env_file: .env")[0][1] is Severity.INFO
    assert _lint("env_file: other.env")[0][1] is Severity.ERROR
    assert _lint("env_file: ../other.env\nimage: {build: ../other/Dockerfile}") == []


def test_a_dockerfile_that_is_made_later() -> None:
    assert [code for code, *_ in _lint("image: {build: src/Dockerfile}")] == ["SL085"]
    _write(".gitignore", "Dockerfile\n")
    assert _lint("image: {build: src/Dockerfile}") == []


@pytest.mark.parametrize("there", [".gitmodules", None])
def test_sources_that_are_not_checked_out(there: str | None, project: Path) -> None:
    if there:
        _write(there, "")
    else:
        (project / "src" / "main.py").unlink()
        (project / "src").rmdir()
    assert _lint("image: {build: src/Dockerfile}\nenv_file: .env") == []


def test_lines_that_mean_something_else() -> None:
    text = "A=b\r\n# no\n\n  # B=c\nexport C=d\nD = e\nE='f'\nF=\"g\r\nG\n=h\nI=it's\n"
    assert [each.line for each in env_file_oddities(text)] == [4, 5, 6, 7, 9, 10]


def test_what_to_write_is_said_of_each_kind() -> None:
    advice = [each.advice for each in env_file_oddities("A='b'\nB=\nC=d # e\nF=${G}\n")]
    words = ("without anything around", "missing one", "line of its own", "the value itself")
    assert [word in said for word, said in zip(words, advice, strict=True)] == [True] * len(words)


def test_values_are_never_shown() -> None:
    _write(".env", "PASSWORD='hunter2'\nexport TOKEN=hunter2\n")
    found = _lint("env_file: .env")
    assert [code for code, *_ in found] == ["SL147", "SL147"]
    assert "hunter2" not in str(found)


def test_a_folder_that_git_ignores_need_not_be_there() -> None:
    _write(".gitignore", "/secrets/\n")
    assert _lint("env_file: secrets/prod/web.env\nimage: {build: secrets/Dockerfile}") == [
        ("SL146", Severity.INFO, "there is no file 'secrets/prod/web.env', and git ignores it")
    ]


def test_what_may_be_checked_out_elsewhere(project: Path) -> None:
    assert _lint("env_file: ../web/.env\nimage: {build: ../web/Dockerfile}") == []
    assert [severity for _, severity, _ in _lint("env_file: web/.env\nimage: {build: web/Dockerfile}")] == [
        Severity.INFO,
        Severity.INFO,
    ]
    _write("frontend/main.js", "")
    assert _lint("image: {build: fronted/Dockerfile}") == [
        ("SL085", Severity.ERROR, "there is no Dockerfile at 'fronted/Dockerfile'")
    ]
    (project / "app").mkdir()
    (project / "copilot").rename(project / "app" / "copilot")
    (project / "src").rename(project / "app" / "src")
    text = "name: api\ntype: Backend Service\nimage: {build: ../web/Dockerfile}\n"
    _write(f"app/{MANIFEST}", text)
    (finding,) = next(lint_paths([f"app/{MANIFEST}"], RULES)).findings
    assert finding.severity is Severity.ERROR, "the repository has no such file"


def test_a_template_for_a_workspace_names_files_of_another_place() -> None:
    _write(
        "templates/copilot/web/manifest.yml", "name: web\ntype: Backend Service\nimage: {build: Dockerfile}\n"
    )
    _write("templates/readme.txt", "")
    (finding,) = next(lint_paths(["templates/copilot/web/manifest.yml"], RULES)).findings
    assert finding.code == "SL085"
    _write(MANIFEST, "name: api\ntype: Backend Service\n")
    assert next(lint_paths(["templates/copilot/web/manifest.yml"], RULES)).findings == ()


def test_a_name_that_is_like_a_folder_is_no_file() -> None:
    _write("Dockerfiles/web", "")
    ((finding,),) = (
        report.findings for report in lint_paths([_manifest("image: {build: Dockerfile}")], RULES)
    )
    assert finding.fixes == ()


def _manifest(text: str) -> str:
    _write(MANIFEST, f"name: api\ntype: Backend Service\n{text}\n")
    return MANIFEST


def test_several_rules_ask_about_one_file_and_several_containers_share_it() -> None:
    _write("api.env", "AWS_ACCESS_KEY_ID=a\nAWS_SECRET_ACCESS_KEY=b\nCACHE=redis://redis:6379\n")
    _write("other.env", "OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317\nCACHE=redis://localhost:6379\n")
    _write(
        MANIFEST,
        "name: api\ntype: Backend Service\nenv_file: api.env\nsidecars:\n"
        "  redis: {image: 'redis:7'}\n  worker: {image: example, env_file: api.env}\n"
        "  web: {image: example, env_file: other.env}\n",
    )
    asked = [rule for rule in load_rules() if rule.code in ("SL152", "SL153", "SL630")]
    findings = next(lint_paths([MANIFEST], asked)).findings
    assert [(each.code, each.span.start) for each in findings] == [
        (code, Path(MANIFEST).read_text().index(text) + len("env_file: "))
        for code, text in (
            ("SL152", "env_file: api.env\nsidecars"),
            ("SL630", "env_file: api.env\nsidecars"),
            ("SL152", "env_file: api.env}"),
            ("SL630", "env_file: api.env}"),
            ("SL153", "env_file: other.env"),
        )
    ]
