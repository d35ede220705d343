"""Reading YAML: places, anchors, merges, and texts that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from node_parts import parts

from sidecar_lint import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.nodes import Loop
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import DEPTH_LIMIT, Tree, read


def _read(text: str) -> Tree:
    return read(Source("manifest.yml", text))


def _map(text: str) -> Mapping:
    root = _read(text).root
    assert isinstance(root, Mapping)
    return root


def _written(text: str, node: Node | None) -> str:
    assert node is not None
    return text[node.span.start : node.span.end]


def test_every_key_and_value_knows_its_place() -> None:
    text = "a: é𝒳 x\nb:\n  - 'q'\n  - {c: \"d\"}\n"
    root = _map(text)
    value = root.get("a")
    assert _written(text, value) == "é𝒳 x"
    assert value is not None
    assert _written(text, value.key) == "a"
    items = root.get("b")
    assert isinstance(items, Sequence)
    assert [_written(text, item) for item in items] == ["'q'", '{c: "d"}']


@pytest.mark.parametrize(
    ("written", "is_verbatim", "part"),
    [
        ("http://web:80", True, "web"),
        ("'http://web:80'", True, "web"),
        ("!!str http://web:80", False, "web"),
        ("|\n  http://web:80", False, "web"),
        ('"http://\\x77eb:80"', True, None),
    ],
)
def test_a_scalar_knows_where_a_part_of_it_is_written(
    written: str, is_verbatim: bool, part: str | None
) -> None:
    text = f"a: {written}\n"
    node = _map(text).get("a")
    assert isinstance(node, Scalar)
    assert node.is_verbatim is is_verbatim
    found = node.part(text, 7, 10)
    assert (text[found.start : found.end] if found else None) == part


def test_what_an_alias_stands_for_has_no_part_where_it_is_used() -> None:
    text = "a: &x web\nb: *x\n"
    node = _map(text).get("b")
    assert isinstance(node, Scalar)
    assert not node.is_verbatim
    assert node.part(text, 0, 3) is None


def test_a_copy_has_all_that_a_node_has_and_is_read_anew_once_it_is_changed() -> None:
    root = read(Source("m.yml", "a: &n !t {b: [1]}\nc: 5\n")).root
    assert isinstance(root, Mapping)
    for node in (root, *root.entries.values()):
        assert parts(node.copy()) == parts(node)
        assert node.copy() is not node
    number = root.entries["c"]
    assert isinstance(number, Scalar)
    assert number.resolved == 5
    changed = number.copy()
    changed.text = "true"
    assert (changed.resolved, number.resolved) == (True, 5)


def test_a_byte_order_mark_and_crlf_do_not_move_places() -> None:
    source = Source.from_bytes("x", b"\xef\xbb\xbfa: 1\r\nb: 22\r\n")
    root = read(source).root
    assert isinstance(root, Mapping)
    node = root.get("b")
    assert node is not None
    assert source.text[node.span.start : node.span.end] == "22"
    assert source.position(node.span.start).line == 1


@pytest.mark.parametrize(
    "written",
    [
        "v",
        "'v'",
        "|\n  v",
        "{c: 1}",
        "[&b 1, !!str 2]",
        "\n  &k k: 1",
        "\n- &i 1",
    ],
)
@pytest.mark.parametrize(
    "properties",
    ["&x", "!!str", "!t", "!<tag:x,1>", "!", "&x !t", "!!str  &x", "&x # a: [\n  ", "&x\n  !t\n\n"],
)
def test_an_anchor_and_a_tag_are_no_part_of_a_value(properties: str, written: str) -> None:
    text = f"a: {properties} {written}\n"
    node = _map(text).entries["a"]
    assert _written(text, node).rstrip() == written.strip()
    assert node.anchor == ("x" if "&x" in properties else None)


def test_an_anchor_and_a_tag_are_no_part_of_a_key() -> None:
    text = "&a key: 1\n!!str &b other: 2\n? &c third\n: 3\n"
    assert [_written(text, key) for key, _ in _map(text)] == ["key", "other", "third"]


@pytest.mark.parametrize("properties", ["&x", "!!str", "&x !t", "&x # why", "!t\n  &x"])
def test_a_value_of_nothing_but_an_anchor_or_a_tag_is_empty_and_stands_behind_them(properties: str) -> None:
    text = f"a: {properties}\nb: 1\n"
    node = _map(text).entries["a"]
    assert node.span.start == node.span.end == len(f"a: {properties.removesuffix(' # why')}")
    assert _written(text, node.key) == text[node.place.start : node.place.end] == "a"


def test_a_function_of_cloudformation_is_pointed_at_with_its_name() -> None:
    text = "a: &x !Ref Table\nb: !!str text\n"
    root = _map(text)
    pointed = [text[value.place.start : value.place.end] for _, value in root]
    assert pointed == ["!Ref Table", "text"]


def test_an_alias_knows_both_places() -> None:
    text = "a: &x {b: 1}\nc: *x\n"
    root = _map(text)
    used = root.get("c")
    assert isinstance(used, Mapping)
    assert _written(text, used) == "{b: 1}"
    assert used.alias is not None
    assert text[used.alias.start : used.alias.end] == "*x"
    assert used.key is not None
    assert used.key.text == "c"


def test_merges_fill_in_what_is_not_written() -> None:
    root = _map("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n")
    merged = root.get("c")
    assert isinstance(merged, Mapping)
    texts = {key.text: value.text for key, value in merged if isinstance(value, Scalar)}
    assert texts == {"x": "3", "y": "1", "z": "2"}
    written, inherited = merged.get("x"), merged.get("y")
    assert written is not None
    assert written.alias is None
    assert inherited is not None
    assert inherited.alias is not None


def test_duplicates_are_kept_and_known() -> None:
    root = _map("a: 1\nb: 2\n'a': 3\n")
    ((first, second),) = root.duplicates
    assert (first.span.start, second.span.start) == (0, 10)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert value.text == "3"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("~: 1\n~: 2", [(0, 5)]), ("~: 1\nnull: 2", []), ("~: 1\n'~': 2", [(0, 5)]), ("'~': 1\n~: 2", [(0, 7)]),
        ("<<: {}\n<<: {}", [(0, 7)]), ("<<: {}\n'<<': 1", [(0, 7)]), ("?\n: 1\n?\n: 2", [(1, 7)]),
        ("a: &x b\n*x : 1\n*x : 2", [(8, 15)]), ("&x a: 1\n*x : 2", []),
    ],
)  # fmt: skip
def test_keys_are_compared_as_they_are_written(text: str, again: list[tuple[int, int]]) -> None:
    found = [
        ((one.alias or one.span).start, (other.alias or other.span).start)
        for one, other in _map(text).duplicates
    ]
    assert found == again


def test_a_key_that_an_alias_repeats_is_another_one() -> None:
    root = _map("&x a: 1\n*x : 2")
    ((first, second),) = root.aliased_keys
    assert (first.text, second.text, second.alias) == ("a", "a", (8, 10))
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert value.text == "2"


def test_what_has_no_name_is_kept() -> None:
    root = _map("~: 1\n? [a]\n: 2")
    (value,) = root.unnamed
    assert isinstance(value, Scalar)
    assert (value.text, len(root.odd_keys), root.entries) == ("1", 2, {})


@pytest.mark.parametrize("key", ["<<", "! <<", "!!merge <<", "!!merge '<<'"])
def test_merge_keys(key: str) -> None:
    assert list(_map(f"{key}: {{a: 1}}").entries) == ["a"]


@pytest.mark.parametrize("key", ["'<<'", "!!str <<", "!x <<"])
def test_keys_that_merge_nothing(key: str) -> None:
    assert list(_map(f"{key}: {{a: 1}}").entries) == ["<<"]


def test_a_list_is_merged_only_where_it_is_written() -> None:
    root = _map("a: &x [{b: 1}]\nc: {<<: *x}\nd: {<<: [{b: 1}]}")
    c, d = root.get("c"), root.get("d")
    assert isinstance(c, Mapping)
    assert isinstance(d, Mapping)
    assert (list(c.entries), len(c.bad_merges), list(d.entries)) == ([], 1, ["b"])


def test_an_anchor_may_contain_itself_where_that_is_asked_for() -> None:
    root = read(Source("m.yml", "a: &x [*x]\nb: &y {c: *y}"), loops=True).root
    assert isinstance(root, Mapping)
    items = root.get("a")
    assert isinstance(items, Sequence)
    assert [type(item) for item in items] == [Loop]
    assert items.items[0].alias == (7, 9)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x", "a: [1", "a: &x [*x]", "a: *x", "a: [1\nb: &x [*x]"])
def test_reading_a_text_in_another_way_too_changes_nothing(text: str, *, first: bool) -> None:
    shared = Source("m.yml", text)
    read(shared, loops=first)
    for loops in (True, False):
        assert parts(read(shared, loops=loops)) == parts(read(Source("m.yml", text), loops=loops))


def test_a_map_with_other_entries_is_otherwise_the_same() -> None:
    node = Mapping(Span(0, 1))
    for name in {*Node.__slots__, *Mapping.__slots__} - {"entries", "open"}:
        setattr(node, name, [name])
    node.open = True
    entries: dict[str, Node] = {"a": Scalar(Span(0, 1))}
    assert parts(node.with_entries(entries)) == parts(node) | {"entries": parts(entries)}
    assert node.with_entries(entries, is_open=False).open is False


def test_a_text_without_loops_is_parsed_once() -> None:
    source = Source("m.yml", "a: &x [1]\nb: *x")
    assert read(source) is read(source, loops=True)


@pytest.mark.parametrize(
    ("text", "misfit"),
    [
        ("!!bool yes", "cannot decode !!str `yes` as a !!bool"), ("!!bool true", ""), ("!!bool 'true'", ""),
        ("!!int 1.0", "cannot decode !!float `1.0` as a !!int"), ("!!int '0x10'", ""), ("!!float 1", ""),
        ("!!int ~", "cannot decode !!null `~` as a !!int"), ("!!null x", "cannot decode !!str `x` as a !!null"),
        ("!!float 18446744073709551615", "cannot decode !!int `18446744073709551615` as a !!float"),
        ("!!timestamp 2024-01-01", ""), ("!!timestamp 1", "cannot decode !!int `1` as a !!timestamp"),
        ("!!int 2024-01-01", "cannot decode !!str `2024-01-01` as a !!int"), ("!!null ''", ""), ("!!str 1", ""),
        ("!!binary a b", "!!binary value contains invalid base64 data"), ("!!binary YQ==", ""), ("!x y", ""),
        ("!!binary YQ", "!!binary value contains invalid base64 data"), ("!!set x", ""),
    ],
)  # fmt: skip
def test_what_a_tag_does_not_fit(text: str, misfit: str) -> None:
    node = _map(f"a: {text}").entries["a"]
    assert isinstance(node, Scalar)
    assert node.misfit == misfit


def test_only_the_first_document_counts() -> None:
    tree = _read("a: 1\n---\n: : broken [\n")
    assert tree.problem is None
    assert tree.second_document is not None
    assert tree.second_document.start == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!int '80'", 80), ("!!str 80", "80"), ("'80'", "80"), ("!Ref x", "x"), ("! 80", 80), ("! '80'", "80"),
        ("!!null ''", None), ("|\n  80\n", "80\n"), ("!!float 1", 1),
    ],
)  # fmt: skip
def test_tags_and_styles_decide_what_a_scalar_is(text: str, value: object) -> None:
    node = _map(f"a: {text}\n").entries["a"]
    assert isinstance(node, Scalar)
    assert node.resolved == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: *nope", "unknown anchor 'nope' referenced"),
        ("a: &x [*x]", "anchor 'x' value contains itself"),
        ("%YAML 1.2\n---\na: 1", "found incompatible YAML document"),
        ("a: \x01", "control characters are not allowed: U+0001"),
        ("a: b\x00c", "control characters are not allowed: U+0000"),
        ("a: [" * 1 + "1", "did not find expected ',' or ']'"),
    ],
)
def test_texts_that_copilot_cannot_read(text: str, problem: str) -> None:
    found = _read(text).problem
    assert found is not None
    assert found.problem == problem
    assert found.span.start <= len(text)


def test_depth_costs_no_stack() -> None:
    deep = _read("a: " + "[" * 900 + "]" * 900)
    assert deep.problem is None
    assert deep.too_deep is not None
    assert deep.too_deep.start == 3 + DEPTH_LIMIT - 1


def test_what_is_too_deep_for_the_parser_is_no_syntax_error() -> None:
    # Builds of libyaml differ in where they stop, if they do; yaml.v3 reads 10,000 levels.
    deep = _read("a: " + "[" * 9_000 + "]" * 9_000)
    assert deep.problem is None
    assert deep.too_deep is not None
    deeper = _read("a: " + "[" * 11_000 + "]" * 11_000)
    assert deeper.problem is not None
    assert "10000" in deeper.problem.problem


def test_a_bomb_of_aliases_is_refused_early() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    problem = _read("\n".join(lines)).problem
    assert problem is not None
    assert problem.problem == "document contains excessive aliasing"


@settings(max_examples=200)
@given(st.text(alphabet=" \n\t:-[]{}'\"#&*!|>%@`,?ab1é\r\x00\ud800", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    tree = _read(text)
    assert tree.problem is None or 0 <= tree.problem.span.start <= len(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a:\n  b: 1\n\n# of c\nc: 2\n", "b: 1"),
        ("a:\n  - 1\n  - b: [2,\n       3]\n  # no more\nc: 2\n", "- 1\n  - b: [2,\n       3]"),
        ("x: &x {b: 1}\na:\n  <<: *x\n  c: *x\n\nd: 1\n", "<<: *x\n  c: *x"),
        ("a:\n  b:\n\nc: 2\n", "b:"),
        ("a: {b: 1,\n  } # end\nc: 2\n", "{b: 1,\n  }"),
    ],
)
def test_a_block_is_pointed_at_up_to_its_last_value(text: str, written: str) -> None:
    root = read(Source("m.yml", text)).root
    assert isinstance(root, Mapping)
    place = root.entries["a"].place
    assert text[place.start : place.end].rstrip(":") == written.rstrip(":")
