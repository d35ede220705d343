"""The files of an editor over time: what is read again, what is found anew, and what is kept."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Document, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint.language.session import LARGEST, Linted, Session
from sidecar_lint.linting.configuration_mistakes import mistakes_in
from sidecar_lint.linting.rule_runner import Cancelled
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.template import functions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.linting.inputs import FileModel

MANIFEST = "name: {}\ntype: Backend Service\nimage: {{build: {}/Dockerfile}}\n"


class _Nothing(Rule):
    """Says nothing."""

    code, name = "XX101", "nothing"
    severity, stage = Severity.ERROR, Stage.DEPLOY

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        assert manifest.kind
        yield from ()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("api", "web", "jobs"):
        _write(tmp_path / "copilot" / name / "manifest.yml", MANIFEST.format(name, name))
        _write(tmp_path / name / "Dockerfile", "FROM scratch\n")
    _write(tmp_path / "copilot" / ".workspace", "application: shop\n")
    _write(tmp_path / "copilot/environments/test/manifest.yml", "name: test\ntype: Environment\n")
    _write(tmp_path / "values.yml", "apiVersion: v1\nkind: ConfigMap\n")
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    # A file that is written twice within the clock's grain must still look changed.
    os.utime(path, ns=(time.time_ns(), time.time_ns() + _write.__dict__.setdefault("count", 0)))
    _write.__dict__["count"] += 1_000_000


def _manifest(project: Path, name: str) -> str:
    return str(project / "copilot" / name / "manifest.yml")


def _codes(linted: Linted | None) -> list[str]:
    assert linted is not None
    return [finding.code for finding in linted.report.findings]


def test_an_edit_of_one_manifest_leaves_the_others_read_and_parsed(project: Path) -> None:
    session = Session([_Nothing()])
    workspace = session.files.workspace(_manifest(project, "api"))
    assert workspace is not None
    documents = {name: document_of(workload) for name, workload in workspace.workloads.items()}
    trees = {name: document.tree for name, document in documents.items() if document}
    reads = Counter(session.files.reads)
    for version in range(1, 20):
        session.put(_manifest(project, "api"), f"name: api{version}\ntype: Backend Service\n", version)
        session.lint(_manifest(project, "api"))
    assert session.files.reads == reads
    workspace = session.files.workspace(_manifest(project, "web"))
    assert workspace is not None
    for name in ("web", "jobs"):
        document = document_of(workspace.workloads[name])
        assert document is not None
        assert document.workload is workspace.workloads[name]
        assert document.tree is trees[name]
    edited = document_of(workspace.workloads["api"])
    assert edited is not None
    assert edited.source.text.startswith("name: api19")


def _file(session: Session, path: str) -> FileModel | None:
    found = session.lint_input(path)
    return found.file if found else None


def test_opening_a_file_as_it_is_on_disk_changes_nothing(project: Path) -> None:
    session = Session([_Nothing()])
    path = _manifest(project, "api")
    before = _file(session, path)
    assert session.put(path, Path(path).read_text(), 1) is False
    assert _file(session, path) is before
    assert session.put(path, "name: other\n", 2) is True
    assert _file(session, path) is not before


def test_unsaved_text_of_another_file_counts_until_it_is_closed(project: Path) -> None:
    session = Session(load_rules())
    path, summary = _manifest(project, "api"), str(project / "copilot" / ".workspace")
    session.lint(path)
    session.put(summary, "application: other\n", 1)
    document = _file(session, path)
    assert isinstance(document, Document)
    assert document.workload is not None
    assert document.workload.workspace.application == "other"
    session.close(summary)
    document = _file(session, path)
    assert isinstance(document, Document)
    assert document.workload is not None
    assert document.workload.workspace.application == "shop"


def test_a_file_that_goes_or_comes_on_disk_is_noticed(project: Path) -> None:
    session = Session(load_rules())
    path, dockerfile = _manifest(project, "api"), project / "api" / "Dockerfile"
    session.put(path, Path(path).read_text(), 1)
    assert "SL085" not in _codes(session.lint(path))
    dockerfile.unlink()
    session.changed([str(dockerfile)])
    assert "SL085" in _codes(session.lint(path))
    _write(dockerfile, "FROM scratch\n")
    session.changed([str(dockerfile)])
    assert "SL085" not in _codes(session.lint(path))


def test_only_what_changed_on_disk_is_read_again(project: Path) -> None:
    session = Session([_Nothing()])
    workspace = session.files.workspace(_manifest(project, "api"))
    assert workspace is not None
    assert all(document_of(workload) for workload in workspace.workloads.values())
    _write(project / "copilot/web/manifest.yml", "name: web\ntype: Worker Service\n")
    session.changed([_manifest(project, "web")])
    workspace = session.files.workspace(_manifest(project, "api"))
    assert workspace is not None
    documents = ((name, document_of(each)) for name, each in workspace.workloads.items())
    kinds = {name: document.kind for name, document in documents if document}
    assert kinds == {"api": "Backend Service", "web": "Worker Service", "jobs": "Backend Service"}
    assert {os.path.basename(os.path.dirname(path)): n for path, n in session.files.reads.items()} == {
        "api": 1,
        "web": 2,
        "jobs": 1,
    }


def test_a_new_workload_is_seen_without_being_told(project: Path) -> None:
    session = Session([_Nothing()])
    workspace = session.files.workspace(_manifest(project, "api"))
    assert workspace is not None
    assert len(workspace.workloads) == 3
    _write(project / "copilot/new/manifest.yml", "name: new\ntype: Worker Service\n")
    assert session.files.refresh() == [str(project / "copilot")]
    workspace = session.files.workspace(_manifest(project, "api"))
    assert workspace is not None
    assert len(workspace.workloads) == 4
    assert session.files.refresh() == []


@pytest.mark.parametrize(
    ("path", "text", "ours"),
    [
        ("copilot/api/manifest.yml", "", True),
        ("copilot/new/manifest.yml", "anything: 1\n", True),
        ("services/api/manifest.yml", "name: api\ntype: Backend Service\n", True),
        ("copilot/environments/test/manifest.yml", "", True),
        ("infra/test/manifest.yml", "name: test\ntype: Environment\n", True),
        ("infra/test/other.yml", "name: test\ntype: Environment\n", False),
        ("copilot/pipelines/main/manifest.yml", "name: main\n", True),
        ("values.yml", "apiVersion: v1\n", False),
        ("backend.yml", "name: api\ntype: Backend Service\n", False),
        ("docker-compose.yml", "services: {}\n", False),
    ],
)
def test_only_copilots_files_get_answers(project: Path, path: str, text: str, *, ours: bool) -> None:
    session = Session([_Nothing()])
    session.put(str(project / path), text, 1)
    assert (session.lint(str(project / path)) is not None) is ours
    assert (session.lint_input(str(project / path)) is not None) is ours


def test_a_file_that_is_not_there_gets_no_answer(project: Path) -> None:
    session = Session([_Nothing()])
    assert session.lint(str(project / "copilot/gone/manifest.yml")) is None
    assert session.lint_input(str(project / "copilot/gone/manifest.yml")) is None


def test_linting_stops_where_a_file_changes_meanwhile(project: Path) -> None:
    session = Session(load_rules())
    path, pauses = _manifest(project, "api"), []

    def pause() -> None:
        pauses.append(1)
        if len(pauses) == 5:
            session.put(path, "name: api\ntype: Backend Service\n", 2)

    session.put(path, "name: api\n", 1)
    with pytest.raises(Cancelled):
        session.lint(path, pause)
    assert len(pauses) == 5
    linted = session.lint(path)
    assert linted is not None
    assert linted.version == 2


def test_nothing_is_linted_twice_without_a_change(project: Path) -> None:
    session = Session([_Nothing()])
    path = _manifest(project, "api")
    assert session.lint(path) is session.lint(path)
    first = session.lint(path)
    session.use(())
    assert session.lint(path) is not first


def test_related_files_are_the_open_ones_of_the_same_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = Session([_Nothing()])
    other = tmp_path_factory.mktemp("other") / "copilot" / "x" / "manifest.yml"
    _write(other, "name: x\n")
    for path in (_manifest(project, "api"), _manifest(project, "web"), str(other)):
        session.put(path, "name: x\n", 1)
    assert session.related(_manifest(project, "api")) == (_manifest(project, "web"),)
    assert session.related(str(project / "secrets.yml")) == (
        _manifest(project, "api"),
        _manifest(project, "web"),
    )


def test_a_huge_file_is_said_to_be_too_large(project: Path) -> None:
    session = Session(load_rules())
    path = _manifest(project, "api")
    session.put(path, "#" * (LARGEST + 1), 1)
    linted = session.lint(path)
    assert linted is not None
    (finding,) = linted.report.findings
    (rule,) = (each for each in load_rules() if each.code == finding.code)
    assert (rule.name, rule.severity, rule.effect) == (finding.name, finding.severity, finding.effect)
    assert (finding.code, finding.severity) == ("SL041", Severity.INFO)
    assert "1,048,576" in finding.message
    assert session.lint_input(path) is None
    session.put(str(project / "values.yml"), "#" * (LARGEST + 1), 1)
    assert session.lint(str(project / "values.yml")) is None
    session.put(str(project / ".sidecar-lint.yml"), "ignore: [file-too-large]\n", 1)
    linted = session.lint(path)
    assert linted is not None
    assert linted.report.findings == ()


def test_programs_of_a_folder_are_not_run_unless_it_is_trusted(project: Path) -> None:
    (project / "own.py").write_text("raise RuntimeError('was run')")
    text = "plugins: [own.py]\nignore: [OWN1]\n"
    (project / ".sidecar-lint.yml").write_text(text)
    path = str(project / "copilot" / "api" / "manifest.yml")
    session = Session(load_rules())
    session.put(path, MANIFEST.format("api", "api"), 1)
    assert session.lint(path) is not None
    configuration = session.files.configuration(path)
    assert configuration is not None
    assert [each.kind for each in mistakes_in(configuration)] == ["left-out"], (
        "nobody knows which rule is meant"
    )
    session.use(load_rules(), plugins=True)
    session.put(path, MANIFEST.format("api", "web"), 2)
    configuration = session.files.configuration(path)
    assert configuration is not None
    assert "was run" in mistakes_in(configuration)[0].message


#: A day on which something is to be said of functions.
ENDING = "2026-11-30"


@pytest.fixture
def large(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of many workloads, of which the first says what is wrong with the functions of all."""
    monkeypatch.setenv("SIDECAR_LINT_TODAY", ENDING)
    for number in range(12):
        _write(
            project / "copilot" / f"z{number}" / "manifest.yml", f"name: z{number}\ntype: Backend Service\n"
        )
    return project


def _opened(project: Path, text: str = "") -> tuple[Session, str]:
    session, path = Session(load_rules()), _manifest(project, "api")
    session.put(path, Path(path).read_text() + text, 1)
    return session, path


def test_who_opens_one_of_many_workloads_is_told_first_what_it_takes_no_other_for(large: Path) -> None:
    session, path = _opened(large)
    first = session.lint(path, at_hand=True)
    assert first is not None
    assert first.report.is_partial
    assert "SL845" not in _codes(first)
    everything = session.lint(path, at_hand=True)
    assert everything is not None
    assert not everything.report.is_partial
    assert everything.report.findings == _opened(large)[0].lint(path).report.findings  # type: ignore[union-attr]
    assert {*_codes(everything)} == {*_codes(first), "SL845"}


def test_a_comment_is_not_called_unused_before_all_rules_were_asked(large: Path) -> None:
    session, path = _opened(large, "# sidecar-lint: ignore-file[SL845, SL201] as it is\n")
    codes = [_codes(session.lint(path, at_hand=True)) for _ in range(2)]
    assert ["SL020" in each for each in codes] == [False, True]


def test_who_asks_while_a_file_is_opened_is_told_all(large: Path) -> None:
    session, path = _opened(large)
    told: list[Linted | None] = []
    first = session.lint(path, lambda: None if told else told.append(session.lint(path)), at_hand=True)
    assert "SL845" in _codes(told[0])
    assert _codes(first) == _codes(told[0])


def test_few_workloads_are_not_worth_two_answers(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDECAR_LINT_TODAY", ENDING)
    session, path = _opened(project)
    linted = session.lint(path, at_hand=True)
    assert linted is not None
    assert not linted.report.is_partial
    assert "SL845" in _codes(linted)


def test_the_functions_of_other_workloads_are_known_while_one_is_edited(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, path = _opened(large)
    session.lint(path)
    asked: list[str] = []
    in_template = functions._in_template  # noqa: SLF001  what takes the time

    def noting(manifest: Manifest) -> dict[str, str]:
        asked.append(manifest.name)
        return in_template(manifest)

    monkeypatch.setattr(functions, "_in_template", noting)
    session.put(path, Path(path).read_text() + "count: {range: 1-3}\n", 2)
    assert "SL845" in _codes(session.lint(path))
    assert set(asked) == {"api"}


@pytest.mark.parametrize("other", ["copilot/z0/manifest.yml", "copilot/environments/test/manifest.yml"])
def test_functions_are_those_of_the_texts_as_they_are(large: Path, other: str) -> None:
    session, path = _opened(large)
    session.put(str(large / other), (large / other).read_text(), 1)
    session.lint(path)
    changes = {
        "copilot/z0/manifest.yml": "name: z0\ntype: Request-Driven Web Service\n",
        "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\nhttp: {public: {access_logs: true}}\n",
    }
    session.put(str(large / other), changes[other], 2)
    linted = session.lint(path)
    assert linted is not None
    (large / other).write_text(changes[other])
    assert linted.report.findings == _opened(large)[0].lint(path).report.findings  # type: ignore[union-attr]
