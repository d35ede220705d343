"""--add-ignores: comments are added, and nothing else; then the file is clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import Mutated, mutated_manifests
from workspaces import MANIFESTS, identify

from sidecar_lint import Files
from sidecar_lint.linting.engine import Report
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.suppressions.writing import add_suppressions
from sidecar_lint.syntax.source import Source

_COMMENT = re.compile(r"# sidecar-lint: ignore(?:-file)?\[[^\r\n]*")


def _add(text: str) -> Report:
    return add_suppressions(Source("manifest.yml", text), load_rules(), Files(), reason="why  not")


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
    assert report.findings == ()


@settings(max_examples=60, deadline=None)
@given(mutated_manifests())
def test_a_manifest_is_clean_afterwards(mutated: Mutated) -> None:
    report = _assert_only_comments(mutated.text)
    assert report.findings == ()


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
    assert {each.code for each in report.findings} <= {"SL020", "SL021", "SL022", "SL023"}


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


def test_what_is_no_text_is_left_alone() -> None:
    source = Source.from_bytes("manifest.yml", b"name: \xff\n")
    report = add_suppressions(source, load_rules(), Files())
    assert report.source == source
    assert report.findings


@pytest.mark.parametrize("text", ["", "# only a comment\n", "a: [\n", "- a\n"])
def test_a_file_without_a_place_gets_a_comment_at_its_top(text: str) -> None:
    report = _add(text)
    assert report.findings == ()
    assert report.source.text.startswith("# sidecar-lint: ignore-file[") or "ignore[" in report.source.text
