"""The manifest of one environment: it means what rules see, and keeps its comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rendering.rendering import CannotRender
from sidecar_lint.rendering.rendering import render as render_document
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

SNAPSHOTS = Path(__file__).parent / "snapshots" / "render"
MANIFEST = """\
# The manifest of api.

# Name first
name: api
type: Load Balanced Web Service   # the kind

image:     # where from
  build: Dockerfile
  port: 080
x-common: &common
  LOG: info   # loud
http:
  # root path
  path: '/'
  healthcheck: {path: /ok, interval: 10s}
  alias: [a.example.com, "b.example.com"]
command: |
  echo hi
  # no comment
entrypoint: >-
  folded
  text
variables:
  <<: *common
  ENV: ${COPILOT_ENVIRONMENT_NAME}
  UNKNOWN: ${WHO_KNOWS}
  BIG: "yes"
sidecars:
  # the proxy
  nginx:
    image: nginx:1  # pinned
    mount_points:
      # first
      - source_volume: a  # aa
        path: /a
      # second
      - source_volume: b
    env_file:

count: 1 # one

# overrides
environments:
  prod:
    count: 2  # two
    http:
      # why
      alias: x.example.com
    sidecars:
      nginx:
        image: nginx:2
  test:
    variables: *common
  # the end
"""


class Rendered(NamedTuple):
    text: str
    note: str


def render(data: bytes, path: str, environment: str, *, origin: bool = False) -> Rendered:
    found = render_document(Document(Source.from_bytes(path, data)), environment)
    return Rendered(found.yaml(origin=origin), "".join(found.notes))


def _plain(node: Node | None) -> Any:
    """A tree without places and styles, but with what each scalar is."""
    if isinstance(node, Mapping):
        return {name: _plain(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return (None if node.is_null else node.text, node.resolved) if isinstance(node, Scalar) else None


def _means_the_same(text: str) -> None:
    manifests = Document(Source("manifest.yml", text)).manifests
    assert manifests
    for manifest in manifests:
        for origin in (False, True):
            rendered = render(text.encode(), "manifest.yml", manifest.environment, origin=origin).text
            again = read(Source("rendered.yml", rendered))
            assert again.problem is None, rendered
            assert _plain(again.root) == _plain(manifest.root), rendered


@pytest.mark.parametrize("origin", [False, True], ids=["plain", "origin"])
def test_whole(snapshot: Snapshot, *, origin: bool) -> None:
    snapshot.snapshot_dir = SNAPSHOTS
    rendered = render(MANIFEST.encode(), "manifest.yml", "prod", origin=origin)
    snapshot.assert_match(rendered.text, "prod-origin.yml" if origin else "prod.yml")
    assert rendered.note == ""
    assert YAML(typ="safe", pure=True).load(rendered.text)["count"] == 2


def test_whole_means_the_same() -> None:
    _means_the_same(MANIFEST)


@pytest.mark.parametrize(
    "value",
    [
        "080",
        "0o17",
        "1_000",
        "yes",
        "'yes'",
        '"80"',
        "~",
        "",
        "!!str 80",
        "!odd x",
        "2024-01-01",
        ".inf",
        "'it''s'",
        '"a: b # c"',
        '"\\U0001F600 \\0 \\x1b"',
        "a  b",
        "plain\n  over lines",
        "|\n  a\n    b\n\n",
        "|+\n  a\n\n",
        "|2-\n   indented\n  # no comment",
        ">\n  folded\n\n  twice",
        "'<<'",
        '\'["a", "80"]\'',
        "'[\"\\ud800\"]'",
        "x" * 5000,
        "{}",
        "[]",
        "[[], {}, [a, {b: c}], ]",
        "&a [x, *b]".replace("*b", "y"),
        "é日😀",
    ],
)
def test_values(value: str) -> None:
    head = "name: api\ntype: Backend Service\n"
    if value == "'[\"\\ud800\"]'":
        # JSON can say half a pair, YAML cannot: it becomes U+FFFD, as in Go.
        assert "\ufffd" in render(f"{head}x-v: {value}\n".encode(), "m", "a").text
        return
    deeper = value.replace("\n", "\n    ")
    _means_the_same(f"{head}x-v: {value}\n")
    _means_the_same(f"{head}x-list:\n  - {deeper}\n  - k: {deeper}\nenvironments:\n  prod: {{x-w: 1}}\n")


@pytest.mark.parametrize(
    "key", ["'<<'", '"a: b"', "80", "yes", "'# x'", "? |\n    two\n    lines\n  ", "k" * 300]
)
def test_keys(key: str) -> None:
    _means_the_same(f"name: api\ntype: Backend Service\nvariables:\n  {key}: 1\n  after: 2\n")


def test_carriage_returns_and_marks() -> None:
    text = MANIFEST.replace("\n", "\r\n")
    _means_the_same(text)
    assert "# the kind\n" in render(b"\xef\xbb\xbf" + text.encode(), "m", "prod").text


def test_comments_at_the_end() -> None:
    head = "name: api\ntype: Backend Service\n"
    assert render(f"{head}# end\n".encode(), "m", "prod").text == f"{head}# end\n"
    assert "# end" not in render(f"{head}environments:\n  prod:\n# end\n".encode(), "m", "prod").text


def test_origin_tells_which_half() -> None:
    lines = render(MANIFEST.encode(), "m", "prod", origin=True).text.split("\n")
    assert "    image: nginx:2 # line 51, environments.prod" in lines
    assert "  path: '/' # line 14, base" in lines


def test_an_environment_that_the_file_does_not_name() -> None:
    rendered = render(MANIFEST.encode(), "m", "prd")
    assert "did you mean 'prod'?" in rendered.note
    assert 'ENV: "prd"' in rendered.text
    assert "count: 1 # one" in rendered.text
    assert render(MANIFEST.encode(), "m", "elsewhere").note.startswith("the file names no environment")
    assert render(MANIFEST.encode(), "m", ANY_ENVIRONMENT).note == ""
    assert render(b"name: a\ntype: Static Site\n", "m", "prod").note == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no `type`"),
        (b"- a", "no `type`"),
        (b"a: [", "not YAML: line 1"),
        (b"a: b\n\xff", "not YAML: line 2"),
        (b"type: Environment", "'Environment' is not a workload type"),
    ],
)
def test_what_cannot_be_rendered(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRender, match=reason):
        render(data, "m", "prod")
