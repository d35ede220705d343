"""Fixes: only what is meant changes, nothing is lost, and doing it twice does nothing."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import Mutated, mutated_manifests
from typer.testing import CliRunner, Result
from workspaces import MANIFESTS, identify

from sidecar_lint import Edit, Finding, Fix, NewFile, Span, Stage, lint_text, quoted
from sidecar_lint.commands.cli import app
from sidecar_lint.fixing.applying import apply, first_fixes, together
from sidecar_lint.fixing.rewriting import rewrite, write
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.report import Report
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RULES = load_rules()
MANIFEST = """\
name: api   # kept
type: backend service
image: {location: 'x:1'}
sidecars:
  nginx:
    Image: nginx:1   # kept too
    essential: "false"
"""
FIXED = """\
name: api   # kept
type: Backend Service
image: {location: 'x:1'}
sidecars:
  nginx:
    image: nginx:1   # kept too
    essential: false
"""


def _fix(start: int, end: int, text: str = "") -> Fix:
    return Fix("", (Edit(Span(start, end), text),))


def _refused(findings: Iterable[Finding]) -> set[str]:
    """The environments in which Copilot refuses the manifest."""
    return {name for each in findings if each.stage is Stage.COPILOT for name in each.environments}


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", *arguments])


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_bytes(MANIFEST.encode())
    return path


def test_overlapping_fixes_wait() -> None:
    first, second, third = _fix(0, 3, "x"), _fix(2, 4, "y"), _fix(3, 4, "z")
    assert together([first, second, third]) == [first, third]
    assert apply("abcdef", [first, second, third]) == "xzef"


def test_the_same_edit_of_two_findings_is_made_once() -> None:
    assert apply("abc", [_fix(1, 2, "x"), _fix(1, 2, "x")]) == "axc"
    assert apply("abc", [_fix(1, 1, "x"), _fix(1, 1, "x")]) == "axbc"


def test_fixes_that_make_room_for_others() -> None:
    """Nothing is known of a manifest before its type is right."""
    report = rewrite(Source("x", MANIFEST), RULES, unsafe=False)
    assert report.source.text == FIXED
    assert report.fixed == 3


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_and_line_endings_stay(tmp_path: Path, encoding: str, ending: str) -> None:
    path = tmp_path / "manifest.yml"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes((mark + MANIFEST.replace("\n", ending)).encode(encoding))
    assert _run(str(path), "--fix").exit_code == 0
    assert path.read_bytes() == (mark + FIXED.replace("\n", ending)).encode(encoding)


def test_a_safe_fix_brings_no_error_to_light() -> None:
    text = "name: api\ntype: Backend Service\nimage: {location: x}\nlogging: {Retention: x}\n"
    report = rewrite(Source("x", text), RULES, unsafe=False)
    assert report.source.text == text
    assert [each.code for each in report.findings if each.fixes] == ["SL007"]


def test_what_a_fix_brings_to_light_is_named_where_it_was_asked_for() -> None:
    text = "name: api\ntype: Backend Service\nimage: {location: x}\nlogging: {Retention: x}\n"
    report = rewrite(Source("x", text), RULES, unsafe=True)
    assert report.source.text == text.replace("Retention", "retention")
    assert [each.code for each in report.uncovered] == ["SL005"]
    assert set(report.uncovered) <= set(report.findings)


SHARED = """\
name: api
type: Backend Service
image: {location: 'x:1'}
sidecars:
  a: {image: 'b:1', mount_points: [{source_volume: datta, path: /x}]}
environments:
  prod: {storage: {volumes: {VOLUME: {path: /y, efs: true}}}}
  test: {storage: {volumes: {data: {path: /y, efs: true}}}}
"""


@pytest.mark.parametrize(("volume", "fixed"), [("datta", 0), ("data", 1)])
def test_a_fix_for_one_environment_does_not_break_another(volume: str, fixed: int) -> None:
    text = SHARED.replace("VOLUME", volume)
    report = rewrite(Source("x", text), tuple(r for r in RULES if r.code == "SL110"), unsafe=True)
    assert report.fixed == fixed
    assert report.source.text == (text.replace("volume: datta", "volume: data") if fixed else text)


@pytest.mark.parametrize("gap", [" ", "  # why\n      "])
def test_an_anchor_and_a_tag_stay_where_they_are(gap: str) -> None:
    text = (
        f"name: api\n&t type: &type{gap}backend service\nimage: {{location: 'x:1'}}\nsidecars:\n"
        f'  nginx:\n    !!str &i Image: !!str{gap}nginx:1\n    essential: &e{gap}"false"\n'
    )
    report = rewrite(Source("x", text), RULES, unsafe=False)
    fixed = text.replace("backend service", "Backend Service").replace("Image", "image")
    assert report.source.text == fixed.replace('"false"', "false")


def test_what_came_through_an_alias_is_left_alone() -> None:
    text = (
        "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\n"
        "x-flag: &flag \"true\"\nsidecars:\n  a: {image: 'b:1', essential: *flag}\n"
    )
    report = rewrite(Source("x", text), RULES, unsafe=True)
    assert report.source.text == text
    assert "SL005" in {each.code for each in report.findings}


def test_fix_writes_and_reports_what_is_left(manifest: Path) -> None:
    result = _run(str(manifest), "--fix")
    assert result.stdout == "3 fixed; 1 file, no findings\n"
    assert result.exit_code == 0
    assert manifest.read_text() == FIXED


def test_diff_prints_and_writes_nothing(manifest: Path) -> None:
    result = _run(str(manifest), "--diff")
    assert result.exit_code == 1
    assert '-    Image: nginx:1   # kept too\n-    essential: "false"\n' in result.stdout
    assert "+    image: nginx:1   # kept too\n+    essential: false\n" in result.stdout
    assert manifest.read_text() == MANIFEST
    manifest.write_text(FIXED)
    assert (_run(str(manifest), "--diff").exit_code, _run(str(manifest), "--diff").stdout) == (0, "")


def test_a_diff_may_show_a_file_that_is_not_there_yet(manifest: Path) -> None:
    folder = manifest.parent / "copilot" / "api"
    folder.mkdir(parents=True)
    (folder.parent / ".workspace").write_text("application: shop\n")
    (folder / "manifest.yml").write_text(
        FIXED + "logging: {destination: {Name: firehose, delivery_stream: a}}\n"
    )
    result = _run(str(folder), "--diff", "--unsafe-fixes", "--select", "SL801")
    assert "- firehose:PutRecordBatch\n" in result.stdout
    assert (result.exit_code, result.stderr) == (1, "")
    assert sorted(each.name for each in folder.iterdir()) == ["manifest.yml"]


def test_unsafe_fixes_wait_to_be_asked_for(manifest: Path) -> None:
    text = FIXED + "logging: {retention: 45}\n"
    manifest.write_text(text)
    assert _run(str(manifest), "--fix").exit_code == 1
    assert manifest.read_text() == text
    assert _run(str(manifest), "--fix", "--unsafe-fixes").exit_code == 0
    assert manifest.read_text() == FIXED + "logging: {retention: 60}\n"


@pytest.mark.parametrize("arguments", [["--fix", "--diff"], ["--unsafe-fixes"], ["-", "--fix"]])
def test_wrong_usage(arguments: list[str]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_mode_and_link_stay(manifest: Path) -> None:
    manifest.chmod(0o640)
    link = manifest.with_name("link.yml")
    link.symlink_to(manifest)
    assert _run(str(link), "--fix").exit_code == 0
    assert link.is_symlink()
    assert manifest.read_text() == FIXED
    assert stat.S_IMODE(manifest.stat().st_mode) == 0o640
    assert sorted(each.name for each in manifest.parent.iterdir()) == ["link.yml", "manifest.yml"]


def test_a_file_that_cannot_be_written_stays_as_it_was(
    manifest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", _full)
    result = _run(str(manifest), "--fix")
    assert result.exit_code == 3
    assert "cannot write it: No space left on device" in result.stderr
    assert manifest.read_text() == MANIFEST
    assert [each.name for each in manifest.parent.iterdir()] == ["manifest.yml"]


#: The end of a document, after which Copilot reads no more, and a comment that has a safe fix.
_ENDED = MANIFEST + "# sidecar-lint: ignore[SL999] why\n...\n"


@pytest.mark.parametrize("options", [["--fix"], ["--fix", "--unsafe-fixes"], ["--add-ignores", "why"]])
@pytest.mark.parametrize(
    "data",
    [
        MANIFEST.encode() + b"\xff",
        _ENDED.encode() + b"\xff",
        MANIFEST.encode("utf-16") + b"\x00",
        _ENDED.encode("utf-16") + b"\x00\xd8",
        b"\xef\xbb\xbf" + _ENDED.encode() + b"\xc3",
    ],
)
def test_what_is_not_all_text_is_never_written(data: bytes, options: list[str], manifest: Path) -> None:
    manifest.write_bytes(data)
    assert _run(str(manifest), *options).exit_code == 1
    assert manifest.read_bytes() == data


def test_what_is_not_all_text_has_no_fix() -> None:
    broken = Source.from_bytes("x", _ENDED.encode() + b"\xff")
    assert not any(finding.fixes for finding in lint_source(broken, RULES).findings)


def test_a_file_that_changed_meanwhile_is_not_written(manifest: Path) -> None:
    report = rewrite(Source.from_bytes(str(manifest), manifest.read_bytes()), RULES, unsafe=False)
    manifest.write_text("name: other\n")
    with pytest.raises(OSError, match="not what was read"):
        write(report, str(manifest.parent))
    assert manifest.read_text() == "name: other\n"


def test_a_file_of_two_names_is_written_once(manifest: Path) -> None:
    link = manifest.with_name("link.yml")
    link.symlink_to(manifest)
    assert _run(str(manifest), str(link), "--fix").exit_code == 0
    assert manifest.read_text() == FIXED


def test_write_replaces_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    new = Source(str(path), "new\u00e9", "utf-8", b"\xef\xbb\xbf")
    write(Report(new, (), original=Source(str(path), "old")), str(tmp_path))
    assert path.read_bytes() == b"\xef\xbb\xbfnew\xc3\xa9"


@pytest.mark.parametrize("path", MANIFESTS, ids=identify)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_fixing_twice_changes_nothing(path: Path, unsafe: bool) -> None:
    once = rewrite(Source.from_bytes("x", path.read_bytes()), RULES, unsafe=unsafe)
    twice = rewrite(once.source, RULES, unsafe=unsafe)
    assert twice.source.text == once.source.text
    assert twice.fixed == 0


@settings(max_examples=60, deadline=None)
@given(mutated_manifests(), st.data())
def test_only_the_edited_spans_change(mutated: Mutated, data: st.DataObject) -> None:
    fixes = first_fixes(lint_text(mutated.text, rules=RULES).findings)
    chosen = together(data.draw(st.lists(st.sampled_from(fixes)) if fixes else st.just([])))
    edits = sorted({edit for fix in chosen for edit in fix.edits}, key=lambda each: each.span)
    pieces, at = [], 0
    for edit in edits:
        pieces += [mutated.text[at : edit.span.start], edit.text]
        at = edit.span.end
    assert apply(mutated.text, chosen) == "".join([*pieces, mutated.text[at:]])


@settings(max_examples=60, deadline=None)
@given(mutated_manifests())
def test_fixes_and_findings_agree(mutated: Mutated) -> None:
    """Copilot accepts what it accepted before, and a second run finds nothing to do."""
    before = lint_text(mutated.text, rules=RULES)
    after = rewrite(before.source, RULES, unsafe=True)
    assert _refused(set(after.findings) - set(after.uncovered)) <= _refused(before.findings)
    safe = rewrite(before.source, RULES, unsafe=False)
    assert _refused(safe.findings) <= _refused(before.findings)
    assert (after.fixed > 0) == (after.source.text != before.source.text)
    assert lint_text(after.source.text, rules=RULES).findings == after.findings
    assert rewrite(after.source, RULES, unsafe=True).source.text == after.source.text


def test_two_files_of_one_name_are_not_made_at_once() -> None:
    fixes = [Fix("", (), new_files=(NewFile("a.yml", text),)) for text in ("one", "one", "other")]
    assert together(fixes) == fixes[:2]


def test_what_an_alias_repeats_is_put_right_once() -> None:
    text = (
        'name: &name "${COPILOT_ENVIROMENT_NAME}"\ntype: Backend Service\nvariables: {A: *name, B: *name}\n'
    )
    (found,) = (each for each in lint_text(text).findings if each.code == "SL613")
    assert found.related == ()
    assert [edit.text for edit in found.fixes[0].edits] == ["${COPILOT_ENVIRONMENT_NAME}"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("AWS::S3::Bucket", "AWS::S3::Bucket"),
        ("nginx:1.25", "nginx:1.25"),
        ("https://a.example.com:8080/b", "https://a.example.com:8080/b"),
        ("12:30", '"12:30"'),
        ("a: b", '"a: b"'),
        ("a::", '"a::"'),
        ("a:#b", '"a:#b"'),
    ],
)
def test_a_plain_text_stays_plain_where_a_colon_means_nothing(text: str, written: str) -> None:
    assert quoted(text, "") == written
