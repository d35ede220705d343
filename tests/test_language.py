"""What an editor can ask about a file, without a server."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import FIXTURES, MANIFESTS, identify

from sidecar_lint import Document, Edit, Files, Finding, Fix, Span, lint_text
from sidecar_lint.finding import NewFile
from sidecar_lint.fixing.applying import apply
from sidecar_lint.fixing.offering import Offers
from sidecar_lint.fixing.rounds import LintRun, lint_to_change
from sidecar_lint.fixing.suppressing import Comments
from sidecar_lint.language import fixes
from sidecar_lint.language.diagnostic_text import message
from sidecar_lint.language.effective import effective, environments
from sidecar_lint.language.extraction import extractions
from sidecar_lint.language.folding import Fold, folds
from sidecar_lint.language.hints import hints
from sidecar_lint.language.links import links, page_of
from sidecar_lint.language.places import place_at
from sidecar_lint.language.selection import selections
from sidecar_lint.language.symbols import Symbol, SymbolKind, symbols
from sidecar_lint.linting.classify import classify
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.manifests.images import image_reference
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidecar_lint.language.action import CodeAction
    from sidecar_lint.linting.report import Report

HEAD = "name: api\ntype: Backend Service\n"
TEXTS = st.text(st.sampled_from("ab:\n\r-# {}[]'\"\u2028"), max_size=40)


def _document(text: str) -> Document:
    return Document(Source("manifest.yml", HEAD + text))


def _outline(text: str) -> Outline:
    return Outline(Source("manifest.yml", text))


def _written(action: CodeAction, text: str) -> str:
    return apply(text, [Fix(action.title, action.edits)])


# What a finding says.


def test_a_message_says_what_where_and_what_to_write() -> None:
    text = HEAD + "environments: {prod: {logging: {retention: 45}}, test: {}}\n"
    report = lint_text(text)
    (finding,) = [each for each in report.findings if each.code == "SL201"]
    first, effect, where, help_ = message(finding, report.environments).split("\n")
    assert first == finding.message
    assert effect.endswith("(the deployment fails, after the images are built and pushed)")
    assert where == "in prod"
    assert help_ == "write `60`"


def test_a_message_names_the_environments_that_the_file_does_not() -> None:
    finding = lint_text(HEAD + "logging: {retention: 45}\n").findings[-1]
    both = finding._replace(environments=("*", "prod"))
    assert "in prod, any environment that the file does not name" in message(both, ("*", "prod", "test"))
    assert "\nin " not in message(both, ("*", "prod"))


# Actions.


def _run(text: str, path: str = "manifest.yml", files: Files | None = None) -> LintRun:
    return lint_to_change(Source(path, text), load_rules(), files)


def _finding(text: str, code: str) -> Finding:
    return next(each for each in lint_text(text).findings if each.code == code)


def _fixes(text: str, finding: Finding) -> list[CodeAction]:
    return list(fixes.fixes([finding], Offers(_run(text), Files())))


def test_the_first_fix_is_preferred_and_an_unsafe_one_says_so() -> None:
    text = HEAD + "logging: {retention: 45}\n"
    finding = _finding(text, "SL201")
    other = finding.fixes[0]._replace(title="another", safe=True)
    first, second = _fixes(text, finding._replace(fixes=(*finding.fixes, other)))
    assert (first.preferred, second.preferred) == (True, False)
    assert first.title == "replace `45` with `60` (may not be meant)"
    assert second.title == "another: `60`"


@pytest.mark.parametrize(
    ("text", "code", "title"),
    [
        ("logging: {retention: '60'}\n", "SL005", "replace `'60'` with `60`"),
        ('on: {schedule: "0 9 * * 7"}\n', "SL086", 'replace `"0 9 * * 7"` with `"0 9 * * SUN"`'),
        ("command: a && b\n", "SL140", 'let a shell run it: `["sh", "-c", "a && b"]`'),
        (f"command: a && {'b' * 60}\n", "SL140", "let a shell run it"),
    ],
)
def test_the_title_of_a_fix_shows_what_changes_where_that_is_short(text: str, code: str, title: str) -> None:
    head = "name: api\ntype: Scheduled Job\n" if "schedule" in text else HEAD
    finding = _finding(head + text, code)
    (action,) = _fixes(head + text, finding._replace(fixes=finding.fixes[:1]))
    assert action.title.removesuffix(" (may not be meant)") == title


def test_the_title_of_a_fix_shows_no_secret() -> None:
    key = "AKIAIOSFODNN7EXAMPLQ"
    text = HEAD + f"variables: {{HOST: {key}}}\nlogging: {{retention: 45}}\n"
    start = text.index(key)
    fix = Fix("write `x`", (Edit(Span(start, start + len(key)), "x"),))
    (action,) = _fixes(text, _finding(text, "SL201")._replace(fixes=(fix,)))
    assert action.title == "write `x` (may not be meant)"


def test_a_fix_may_bring_new_files() -> None:
    new = NewFile("/x/policy.yml", "A: 1\n")
    text = HEAD + "logging: {retention: 45}\n"
    finding = _finding(text, "SL201")
    (action,) = _fixes(text, finding._replace(fixes=(Fix("add it", (), new_files=(new,)),)))
    assert action.new_files == (new,)


def test_a_fix_that_does_harm_is_not_offered() -> None:
    text = HEAD + "logging: {retention: 45}\n"
    finding = _finding(text, "SL201")
    broken = (Fix("break it", (Edit(Span(0, 0), "[\n"),)), Fix("do nothing", ()))
    refused = Fix("have it refused", (Edit(finding.span, "[]"),))
    assert _fixes(text, finding._replace(fixes=(*broken, refused))) == []


def test_a_fix_says_what_it_brings_to_light() -> None:
    text = HEAD + "sidecars:\n  nginx: {image: nginx:1, dependsOn: {web: start}}\n"
    finding = _finding(text, "SL007")
    (action,) = _fixes(text, finding)
    assert action.title == "replace `dependsOn` with `depends_on` (brings SL120 to light)"
    assert not action.preferred


def test_fixes_are_tried_once_and_many_of_them_together(monkeypatch: pytest.MonkeyPatch) -> None:
    sidecars = "".join(f"  s{number}: {{image: x:1, mountPoints: []}}\n" for number in range(50))
    run = _run(HEAD + "sidecars:\n" + sidecars)
    linted = 0

    def again(self: LintRun, source: Source, files: Files | None) -> Report:
        nonlocal linted
        linted += 1
        return lint_source(source, self.rules, files)

    monkeypatch.setattr(LintRun, "again", again)
    offers = Offers(run)
    found = [each for each in run.report.findings if each.fixes]
    assert len(list(fixes.fixes(found, offers))) == len(list(fixes.fixes(found, offers))) == 50
    assert linted == 1


def test_nothing_is_ignored_in_a_file_that_was_not_read() -> None:
    text = HEAD + "a: [\n"
    assert not list(fixes.ignores(_finding(text, "SL001"), Comments(Source("manifest.yml", text))))


@pytest.mark.parametrize("code", ["SL201", "SL050"])
def test_an_ignored_finding_is_found_no_more(code: str) -> None:
    text = HEAD + "logging:\n  retention: 45  # for a while\n"
    report = lint_text(text)
    finding = _finding(text, code)
    here, everywhere = fixes.ignores(finding, Comments(report.source))
    for action in (here, everywhere):
        written = _written(action, text)
        assert f"[{code}] {fixes.REASON}" in written
        assert code not in {each.code for each in lint_text(written).findings}
    assert written.startswith("# sidecar-lint: ignore-file[")


def test_everything_that_is_surely_meant_is_fixed_at_once() -> None:
    source = Source(
        "copilot/api/manifest.yml",
        HEAD
        + "sidecars:\n  nginx: {image: nginx:1, mountPoints: []}\n  other: {image: o:1, dependsOn: {}}\n",
    )
    files = Files({source.path: source.text})
    action = fixes.fix_all(_run(source.text, source.path, files), files)
    assert action is not None
    assert action.title == "Fix 2 problems that surely can be fixed"
    assert _written(action, source.text) == source.text.replace("mountPoints", "mount_points").replace(
        "dependsOn", "depends_on"
    )
    assert fixes.fix_all(_run(HEAD), Files()) is None


# Overriding a value in an environment.


def _extracted(text: str, marked: str, workload_environments: tuple[str, ...] = ()) -> dict[str, str]:
    document = _document(text)
    at = document.source.text.index(marked)
    assert workload_environments == ()
    return {action.title: _written(action, document.source.text) for action in extractions(document, at)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "cpu: 256 # why\nenvironments:\n  prod:\n    count: 2\n",
            "cpu: 256 # why\nenvironments:\n  prod:\n    count: 2\n    cpu: 256\n",
            id="beside what is there",
        ),
        pytest.param(
            "environments:\n  prod:\n    count: 2 # two\n\n# the end\ncpu: 256\n",
            "environments:\n  prod:\n    count: 2 # two\n    cpu: 256\n\n# the end\ncpu: 256\n",
            id="before what follows",
        ),
        pytest.param(
            "cpu: '256'\nenvironments:\n    prod:\n        count: 2",
            "cpu: '256'\nenvironments:\n    prod:\n        count: 2\n        cpu: '256'",
            id="no line end at the end, quotes and four columns kept",
        ),
        pytest.param(
            "cpu: 256\r\nenvironments:\r\n  prod:\r\n    count: 2\r\n",
            "cpu: 256\r\nenvironments:\r\n  prod:\r\n    count: 2\r\n    cpu: 256\r\n",
            id="line ends of Windows",
        ),
    ],
)
def test_a_value_is_added_to_an_environment_and_every_other_byte_stays(before: str, after: str) -> None:
    crlf = "\r" in before
    head = HEAD.replace("\n", "\r\n") if crlf else HEAD
    document = Document(Source("manifest.yml", head + before))
    (action,) = extractions(document, (head + before).index("cpu"))
    assert action.title == "Override it in prod"
    assert _written(action, head + before) == head + after


def test_what_is_missing_on_the_way_is_added() -> None:
    text = "sidecars:\n  nginx:\n    image: nginx:1\n    port: 80\nenvironments:\n  prod:\n    sidecars:\n      nginx:\n        essential: false\n  test:\n    count: 1\n"
    found = _extracted(text, "80")
    assert found["Override it in prod"].endswith(
        "        essential: false\n        port: 80\n  test:\n    count: 1\n"
    )
    assert found["Override it in test"].endswith(
        "    count: 1\n    sidecars:\n      nginx:\n        port: 80\n"
    )


def test_without_any_environments_those_of_the_workspace_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "copilot/api/manifest.yml"
    text = HEAD + "cpu: 256\n"
    files = Files(
        {
            str(path): text,
            str(tmp_path / "copilot/environments/prod/manifest.yml"): "name: prod\ntype: Environment\n",
        }
    )
    document = classify(files.read(str(path)), files).file
    assert isinstance(document, Document)
    assert environments(document) == ("prod",)
    (action,) = extractions(document, text.index("256"))
    assert _written(action, text) == text + "environments:\n  prod:\n    cpu: 256\n"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("environments: {prod: {count: 2}}\ncpu: 256\n", "cpu"),
        ("environments:\n  prod:\ncpu: 256\n", "cpu"),
        ("environments:\n  prod:\n    cpu: 512\ncpu: 256\n", "256"),
        ("environments:\n  prod:\n    cpu: 512\n", "512"),
        ("environments:\n  prod:\n    count: 1\n", "name"),
        ("environments:\n  prod:\n    count: 1\ncommand: [a, b]\n", "b]"),
        ("environments:\n  prod:\n    count: 1\ncommand: |\n  text\n", "text"),
        ("environments:\n  prod:\n    count: 1\nx-a: &a 1\ncpu: *a\n", "cpu"),
        ("environments:\n  prod:\n    count: 1\ncpu: 256\n---\nmore: 1\n", "256"),
        ("environments:\n  prod:\n    sidecars: 1\nsidecars: {a: {port: 80}}\n", "80"),
    ],
)
def test_nothing_is_offered_where_it_would_mean_something_else(text: str, marked: str) -> None:
    assert _extracted(text, marked) == {}


@pytest.mark.parametrize("path", MANIFESTS, ids=identify)
def test_extracting_anything_from_the_fixtures_adds_lines_only(path: Path) -> None:
    document = Document(Source.from_bytes(str(path), path.read_bytes()))
    for scalar in document.scalars:
        for action in extractions(document, scalar.span.start):
            (edit,) = action.edits
            assert edit.span.start == edit.span.end
            after = Document(Source(str(path), _written(action, document.source.text)))
            assert after.problem is None
            assert set(after.overrides) >= set(document.overrides)


# Symbols.


def _names(found: tuple[Symbol, ...]) -> Iterator[str]:
    for each in found:
        yield f"{each.name}:{each.kind}" + (f"={each.detail}" if each.detail else "")
        yield from (f"  {name}" for name in _names(each.children))


def test_the_outline_names_containers_volumes_and_environments() -> None:
    text = (
        "name: api\nsidecars:\n  nginx:\n    port: 80\n    mount_points:\n      - source_volume: data\n"
        "storage: {volumes: {data: {path: /d}}}\nenvironments:\n  prod: {sidecars: {nginx: {port: 81}}}\n"
    )
    assert list(_names(symbols(_outline(text)))) == [
        "name:value=api",
        "sidecars:section",
        "  nginx:container",
        "    port:value=80",
        "    mount_points:list",
        "      data:section",
        "        source_volume:value=data",
        "storage:section",
        "  volumes:section",
        "    data:volume",
        "      path:value=/d",
        "environments:section",
        "  prod:environment",
        "    sidecars:section",
        "      nginx:container",
        "        port:value=81",
    ]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("**/*.yml")), ids=identify)
def test_symbols_hold_their_names_and_their_children(path: Path) -> None:
    def check(found: tuple[Symbol, ...], outer: Span) -> None:
        for each in found:
            assert outer.start <= each.span.start <= each.name_span.start
            assert each.name_span.end <= each.span.end <= outer.end
            assert each.name
            check(each.children, each.span)

    source = Source.from_bytes(str(path), path.read_bytes())
    check(symbols(Outline(source)), Span(0, len(source.text)))


def test_a_list_item_without_a_text_has_its_number() -> None:
    (top,) = symbols(_outline("a:\n  - [1]\n  - {b: {c: 1}}\n"))
    assert [each.name for each in top.children] == ["[0]", "[1]"]
    assert top.kind is SymbolKind.LIST


# Folding.


def test_blocks_and_comments_fold() -> None:
    text = "# one\n# two\na:\n  b: 1\n\n  c: |\n    text\n\n    more\nd:\n- e: 1\n  f: 2\n- g\nh: 1\n"
    assert folds(Source("x", text)) == (
        Fold(0, 1, is_comment=True),
        Fold(2, 8),
        Fold(5, 8),
        Fold(9, 12),
        Fold(10, 11),
    )


@given(TEXTS)
def test_folds_are_lines_of_the_file_and_nest(text: str) -> None:
    source = Source("x", text)
    found = [fold for fold in folds(source) if not fold.is_comment]
    for fold in found:
        assert 0 <= fold.first < fold.last < len(source.line_starts)
    for one in found:
        for other in found:
            assert not one.first < other.first <= one.last < other.last


# Selection.


def test_a_selection_grows_from_the_text_to_the_file() -> None:
    text = "a:\n  b: 'one'\n  c: 2\n"
    grown = [text[start:end] for start, end in selections(_outline(text), text.index("one"))]
    assert grown == ["one", "'one'", "b: 'one'", "a:\n  b: 'one'\n  c: 2", text]
    grown = [text[start:end] for start, end in selections(_outline(text), text.index("b"))]
    assert grown[:2] == ["b", "b: 'one'"]


@given(TEXTS, st.integers(0, 40))
@settings(max_examples=200)
def test_each_selection_holds_the_one_before(text: str, at: int) -> None:
    at = min(at, len(text))
    found = selections(_outline(text), at)
    assert found[-1] == Span(0, len(text))
    for inner, outer in pairwise(found):
        assert outer.start <= inner.start <= at <= inner.end <= outer.end
        assert inner != outer


# Places.


@given(TEXTS, st.integers(0, 40))
@settings(max_examples=200)
def test_a_place_is_in_its_entry(text: str, at: int) -> None:
    at = min(at, len(text))
    place = place_at(_outline(text), at)
    if place:
        assert place.entry.start <= at <= place.entry.end
        assert len(place.nodes) == len(place.path) + 1


# Links.


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("nginx", "https://hub.docker.com/_/nginx"),
        ("nginx:1.25@sha256:" + "0" * 64, "https://hub.docker.com/_/nginx"),
        ("docker.io/library/nginx:1", "https://hub.docker.com/_/nginx"),
        ("otel/opentelemetry-collector:1", "https://hub.docker.com/r/otel/opentelemetry-collector"),
        ("public.ecr.aws/xray/aws-xray-daemon:3", "https://gallery.ecr.aws/xray/aws-xray-daemon"),
        ("ghcr.io/a/b:1", "https://ghcr.io/a/b"),
        ("quay.io/a/b", "https://quay.io/repository/a/b"),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/a", ""),
        ("registry.example.com/a", ""),
        ("Not An Image", ""),
    ],
)
def test_images_of_public_registries_have_pages(image: str, url: str) -> None:
    assert page_of(image_reference(image)) == url


def test_files_that_are_there_are_linked() -> None:
    files = Files()
    path = str(FIXTURES / "shop/copilot/orders/manifest.yml")
    document = classify(files.read(path), files).file
    assert isinstance(document, Document)
    text = document.source.text
    found = {text[link.span.start : link.span.end]: link for link in links(document)}
    shop = FIXTURES / "shop"
    assert found["orders/Dockerfile"].path == str(shop / "orders/Dockerfile")
    assert found["nginx/Dockerfile"].path == str(shop / "nginx/Dockerfile")
    assert found["orders/orders.env"].path == str(shop / "orders/orders.env")
    assert all(os.path.isfile(link.path) for link in found.values() if link.path)
    pages = [link.url for link in found.values() if link.url]
    assert "https://gallery.ecr.aws/aws-observability/aws-otel-collector" in pages


def test_comments_link_to_the_rules_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidecar_lint.address.PROJECT_ADDRESS", "https://example.com")
    text = "cpu: 1 # sidecar-lint: ignore[SL201, unknown-field, nonsense] why\n"
    found = {link.url for link in links(_document(text))}
    assert found == {
        "https://example.com/rules/unknown-retention/",
        "https://example.com/rules/unknown-field/",
    }


# Hints.


def test_an_override_shows_the_value_of_the_base() -> None:
    text = (
        "cpu: 256\nmemory: 512\nsidecars: {a: {image: a:1, port: 80}}\ncount: {range: 1-2}\nenvironments:\n"
        "  prod:\n    cpu: 1024\n    memory: 512\n    count: 2\n    sidecars: {a: {port: 81}}\n    exec: true\n"
    )
    document = _document(text)
    found = [(document.source.text[: hint.at].rpartition("\n")[2], hint.text) for hint in hints(document)]
    assert found == [("    cpu: 1024", "base: 256"), ("    sidecars: {a: {port: 81", "base: 80")]


def test_what_is_no_manifest_has_no_hints_and_no_links() -> None:
    document = Document(Source("manifest.yml", "a: ["))
    assert hints(document) == ()
    assert links(document) == ()
    assert list(extractions(document, 0)) == []


# The manifest of an environment.


def test_the_manifest_of_an_environment_is_shown() -> None:
    document = _document("cpu: 256\nenvironments:\n  prod:\n    cpu: 1024\n")
    assert effective(document, "prod").text == HEAD + "cpu: 1024\n"
    assert effective(document, "*").text == HEAD + "cpu: 256\n"
    assert effective(document, "*").note == ""
    assert "names no environment 'prd'" in effective(document, "prd").note
