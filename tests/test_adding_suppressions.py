"""--add-ignores: comments are added, and nothing else; then the file is clean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import Mutated, mutated_manifests
from workspaces import MANIFESTS, identify

from sidecar_lint import Files
from sidecar_lint.fixing.rounds import lint_to_change
from sidecar_lint.fixing.suppressing import add_suppressions
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from pathlib import Path

    from sidecar_lint.linting.report import Report

_COMMENT = re.compile(r"# sidecar-lint: ignore(?:-file)?\[[^\r\n]*")


def _add(text: str) -> Report:
    return _added(Source("manifest.yml", text))


def _added(source: Source, reason: str = "why  not") -> Report:
    files = Files()
    (report,) = add_suppressions([lint_to_change(source, load_rules(), files)], files, reason=reason)
    return report


def _events(text: str) -> list[tuple[str, object, object, object]] | None:
    try:
        return [
            (
                type(each).__name__,
                getattr(each, "value", None),
                getattr(each, "anchor", None),
                getattr(each, "tag", None),
            )
            for each in yaml.parse(text, yaml.CLoader)
        ]
    except yaml.YAMLError:
        return None


def _assert_only_comments(text: str) -> Report:
    report = _add(text)
    after = report.source.text
    assert _events(after) == _events(text)
    # A comment on a line of its own leaves its line end and indentation behind.
    assert re.sub(r"\s+", "", _COMMENT.sub("", after)) == re.sub(r"\s+", "", _COMMENT.sub("", text))
    again = _add(after)
    assert again.source.text == after, "a second run has nothing to add"
    return report


@pytest.mark.parametrize("path", MANIFESTS, ids=identify)
def test_a_fixture_is_clean_afterwards(path: Path) -> None:
    report = _assert_only_comments(path.read_bytes().decode("utf-8-sig"))
    assert not report.findings or _is_left_alone(report)


@settings(max_examples=60, deadline=None)
@given(mutated_manifests())
def test_a_manifest_is_clean_afterwards(mutated: Mutated) -> None:
    report = _assert_only_comments(mutated.text)
    assert report.findings == ()


def _is_left_alone(report: Report) -> bool:
    return read(report.source).unread and report.source == report.original


_LINES = [
    "sidecars:", "  a: {image: nginx, port: 0}", "  b:\n    image: >-\n      nginx", "    image: 'ng\n      inx'",
    "  c: &c\n    image: nginx # here", "  d: *c", "  e: {image: nginx,\n    port: [80,\n    81]}", "- a", "\t",
    'variables: {A: "x\n  y", B: ${C}}', "bogus: |\n  text\n\n  # no comment\n", "image: plain\n  goes on",
    "? [k]\n: v", "image: nginx # sidecar-lint: ignore[SL007] before", "# sidecar-lint: ignore[SL106]", "%YAML 1.1",
    "---", "a: b: c", "'q", "storage:\n\n  volumes:\n    v: {path: a}", "logging: !t {retention: 8}", "- - - x",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    lines=st.lists(st.sampled_from(_LINES), max_size=8),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    ended=st.booleans(),
)
def test_odd_texts_keep_their_meaning(lines: list[str], ending: str, *, ended: bool) -> None:
    text = "\n".join(["name: api", "type: Worker Service", *lines]) + ("\n" if ended else "")
    report = _assert_only_comments(text.replace("\n", ending))
    assert _is_left_alone(report) or {each.code for each in report.findings} <= {
        "SL020",
        "SL021",
        "SL022",
        "SL023",
    }


def test_where_comments_go() -> None:
    text = (
        "name: api\ntype: Backend Service\nimage: {location: a}\nsidecars:\n  nginx:\n"
        "    image: >-\n      nginx\n  envoy: {image: envoy, cmd: x}  # mine\n"
    )
    assert _add(text).source.text == (
        "name: api\ntype: Backend Service\nimage: {location: a}\nsidecars:\n  nginx:\n"
        "    # sidecar-lint: ignore[SL106] why not\n    image: >-\n      nginx\n"
        "  envoy: {image: envoy, cmd: x}  # mine  # sidecar-lint: ignore[SL007, SL106] why not\n"
    )


def test_codes_join_a_comment_of_the_same_reason() -> None:
    text = (
        "name: api\ntype: Backend Service\nimage: {location: a}\nbogus: 1 # sidecar-lint: ignore[SL001] {}\n"
    )
    same, other = (_add(text.replace("{}", reason)).source.text for reason in ("why not", "before"))
    assert "bogus: 1 # sidecar-lint: ignore[SL001, SL007] why not\n" in same
    assert "ignore[SL001] before  # sidecar-lint: ignore[SL007] why not\n" in other


@pytest.mark.parametrize(
    "data", [b"name: \xff\n", "name: a\n".encode("utf-16") + b"\x00", b"a: [\n", b"a: \x01\n", b"[" * 20_000]
)
def test_what_is_not_read_is_left_alone(data: bytes) -> None:
    """A comment would do no good: nothing in the file would be checked, and nobody would know."""
    source = Source.from_bytes("manifest.yml", data)
    report = _added(source)
    assert report.source == source
    assert report.findings


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n"])
def test_a_file_without_a_place_gets_a_comment_at_its_top(text: str) -> None:
    report = _add(text)
    assert report.findings == ()
    assert report.source.text.startswith("# sidecar-lint: ignore-file[") or "ignore[" in report.source.text


@pytest.mark.parametrize(
    "reason",
    ["until=2020-01-01 too late", "a \x01 byte", "# sidecar-lint: ignore[SL001]", ": why", "\u2028 x", ""],
)
def test_whatever_the_reason_is_twice_changes_nothing(reason: str) -> None:
    text = "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\nbogus: 1\n"
    once = _added(Source("manifest.yml", text), reason)
    assert _events(once.source.text) == _events(text)
    assert _added(once.source, reason).source == once.source


def test_a_comment_that_does_no_good_is_not_written() -> None:
    text = "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\nbogus: 1\n"
    late = _added(Source("manifest.yml", text), "until=2020-01-01")
    assert late.source.text == text
    assert [each.code for each in late.findings] == ["SL007"]
