"""Hover and names: what is under the cursor, its value in every environment, and where else it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import FIXTURES, MANIFESTS, identify

from sidecar_lint import Document, Span
from sidecar_lint.fixing.applying import apply_edits
from sidecar_lint.language.hover import Hover, hover
from sidecar_lint.language.names import ENVIRONMENT, definition, name_at, names, rename, same
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (FIXTURES / "shop" / "copilot" / "orders" / "manifest.yml").read_text("utf-8")
MANIFEST = """\
name: api
type: Load Balanced Web Service
image: {location: x:1, port: 80, depends_on: {'cache': start}}
http: {path: /, target_container: cache, additional_rules: [{path: /b, target_container: "cache"}]}
cpu: 256  # sidecar-lint: ignore[SL501, no-load-balancer] later
sidecars:
  cache:
    image: redis:7
    port: 6379
    mount_points: [{source_volume: data, path: /data}]
storage: {volumes: {data: {path: /data}}}
environments:
  prod:
    cpu: 512
    sidecars: {cache: {port: 6380}}
    storage: {volumes: {data: {read_only: false}}}
"""


def _document(text: str = MANIFEST) -> Document:
    return Document(Source("copilot/api/manifest.yml", text))


def _hover(word: str, text: str = MANIFEST, nth: int = 0) -> Hover | None:
    at = -1
    for _ in range(nth + 1):
        at = text.index(word, at + 1)
    return hover(_document(text), at, load_rules())


def _text(span: Span, text: str = MANIFEST) -> str:
    return text[span.start : span.end]


def test_a_field_is_documented() -> None:
    found = _hover("target_container")
    assert found is not None
    assert _text(found.span) == "target_container"
    assert "**Target container** `http.target_container`" in found.markdown
    assert "https://aws.github.io/copilot-cli/" in found.markdown


def test_a_value_shows_what_each_environment_gets() -> None:
    for nth in (0, 1):
        found = _hover("cpu", nth=nth)
        assert found is not None
        assert "| any other | `256` | line 5 |" in found.markdown
        assert "| `prod` | `512` | line 14 |" in found.markdown


def test_limits_and_defaults() -> None:
    found = _hover("read_only")
    assert found is not None
    assert "Type: bool, default: `true`" in found.markdown


def test_a_name_says_what_it_is() -> None:
    found = _hover("cache", nth=1)
    assert found is not None
    assert "Sidecar `cache`: image `redis:7`, port `6379`" in found.markdown
    found = _hover("data", nth=0)
    assert found is not None
    assert "Volume `data`: scratch, gone with the task, mounted at `/data`" in found.markdown


@pytest.mark.parametrize(
    ("old", "new"),
    [("source_volume: data", "source_volume: date"), ("target_container: cache", "target_container: cachet")],
)
def test_what_is_not_there_is_not_described(old: str, new: str) -> None:
    found = _hover(new.split()[1], MANIFEST.replace(old, new))
    assert found is not None
    assert "Volume `" not in found.markdown
    assert "Sidecar `" not in found.markdown


def test_a_rule_in_a_comment_is_explained() -> None:
    found = _hover("SL501")
    assert found is not None
    assert _text(found.span) == "SL501"
    assert found.markdown.startswith("**SL501 unknown-target-container** (error, stage copilot)")
    found = _hover("no-load-balancer")
    assert found is not None
    assert "SL053" in found.markdown


def test_nothing_is_said_of_nothing() -> None:
    assert hover(_document("name: a\n\n"), 9) is None
    assert hover(_document("a: ["), 2) is None


@given(st.integers(0, len(TEXT)))
def test_any_place_is_answered(offset: int) -> None:
    document = _document(TEXT)
    found = hover(document, offset)
    if found:
        assert found.span.start <= offset <= found.span.end


def test_the_places_of_a_name() -> None:
    document = _document()
    name = name_at(document, MANIFEST.index('"cache"') + 2)
    assert name is not None
    assert [_text(each.span) for each in same(document, name)] == [
        "'cache'",
        "cache",
        '"cache"',
        "cache",
        "cache",
    ]
    defined = definition(document, name)
    assert defined is not None
    assert defined.span.start == MANIFEST.index("cache:\n")
    volume = name_at(document, MANIFEST.index("data, path"))
    assert volume is not None
    assert [_text(each.span) for each in same(document, volume)] == ["data", "data", "data"]


def test_renaming_changes_every_place_and_nothing_else() -> None:
    document = _document()
    name = name_at(document, MANIFEST.index("cache:\n"))
    assert name is not None
    renamed = apply_edits(MANIFEST, rename(document, name, "redis_1"))
    assert renamed == MANIFEST.replace("cache", "redis_1")
    for bad, why in (("a b", "is not a name"), ("", "is not a name")):
        with pytest.raises(ValueError, match=why):
            rename(document, name, bad)


def test_renaming_leaves_anchors_and_tags() -> None:
    text = "name: api\ntype: Backend Service\nimage: {depends_on: {&d cache: start}}\n"
    text += "sidecars:\n  !!str &c cache: {image: 'x:1'}\n"
    document = _document(text)
    name = name_at(document, text.index("cache: {image"))
    assert name is not None
    assert apply_edits(text, rename(document, name, "redis")) == text.replace("cache", "redis")


@pytest.mark.parametrize(
    "new",
    ["null", "NULL", "yes", "No", "on", "y", "true", "1", "0x1", "1e3", "1_000", "2020-01-01", "08", "0b1"],
)
def test_a_name_that_yaml_may_read_as_something_else_is_refused(new: str) -> None:
    document = _document()
    name = name_at(document, MANIFEST.index("cache:\n"))
    assert name is not None
    with pytest.raises(ValueError, match="YAML reads it as something else"):
        rename(document, name, new)


@pytest.mark.parametrize(
    "text",
    [
        "sidecars: {a: {image: x, mount_points: [{source_volume: *v}]}}\nx-v: &v data\n",
        "sidecars: {a: {image: x, mount_points: [{source_volume: &v data}]}}\nvariables: {X: *v}\n",
    ],
)
def test_a_name_that_goes_through_an_alias_is_refused(text: str) -> None:
    lines = text.splitlines(keepends=True)
    text = "".join(reversed(lines)) if "x-v" in text else text
    document = _document(f"type: Backend Service\n{text}storage: {{volumes: {{data: {{path: /data}}}}}}\n")
    name = name_at(document, document.source.text.index("data: {path"))
    assert name is not None
    with pytest.raises(ValueError, match="goes through an alias"):
        rename(document, name, "other")


def test_a_name_that_an_alias_brings_from_where_it_is_changed_is_changed_once() -> None:
    text = (
        "type: Backend Service\nstorage: {volumes: {data: {path: /data}}}\nsidecars:\n"
        "  a: {image: x, mount_points: &m [{source_volume: &v data}, {source_volume: *v}]}\n"
        "  b: {image: x, mount_points: *m}\n"
    )
    document = _document(text)
    name = name_at(document, text.index("data"))
    assert name is not None
    assert len(rename(document, name, "other")) == 2
    assert apply_edits(text, rename(document, name, "other")) == text.replace("data:", "other:").replace(
        "&v data", "&v other"
    )


def test_a_name_that_is_taken_is_refused() -> None:
    document = _document(MANIFEST.replace("sidecars:\n", "sidecars:\n  web: {image: x}\n", 1))
    name = name_at(document, document.source.text.index("cache:\n"))
    assert name is not None
    with pytest.raises(ValueError, match="there is sidecar 'web' already"):
        rename(document, name, "web")


def test_a_name_that_is_given_elsewhere_stays() -> None:
    document = _document(MANIFEST.replace("target_container: cache,", "target_container: api,"))
    name = name_at(document, document.source.text.index("api, add"))
    assert name is not None
    with pytest.raises(ValueError, match="does not give the name 'api'"):
        rename(document, name, "web")


@pytest.mark.parametrize("path", MANIFESTS, ids=identify)
def test_renaming_there_and_back_changes_nothing(path: Path) -> None:
    document = Document(Source("m", path.read_text("utf-8")))
    text = document.source.text
    given = (
        each
        for each in names(document)
        if definition(document, each) and each.text.isascii() and each.kind != ENVIRONMENT
    )
    for name in given:
        renamed = apply_edits(text, rename(document, name, "a_new-name"))
        after = Document(Source("m", renamed))
        again = name_at(after, renamed.index("a_new-name"))
        assert again is not None
        assert apply_edits(renamed, rename(after, again, name.text)) == text
