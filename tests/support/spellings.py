"""Manifests whose YAML is unusual: what readers of YAML are known to read differently.

Each is a small manifest with one or two odd spellings: in flow collections, with indicators where they
may not stand, escapes, explicit tags, block texts, a byte order mark, or a second document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from mutations import Mutated

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

#: The workload that they are manifests of.
WORKLOAD = "orders"
_HEAD = f"name: {WORKLOAD}\ntype: Backend Service\nimage: {{location: 'nginx:1.27', port: 80}}\n"

_CHARACTERS = st.sampled_from("ab1?:-,[]{}#&*!|>'\"%@`~ /\\.=\t\x85\u2028\ufeffé")
_WORD = st.text(_CHARACTERS, max_size=6)
_TAGS = st.sampled_from(
    ("!", "!!bool", "!!int", "!!float", "!!null", "!!str", "!!timestamp", "!!binary", "!!map", "!!seq", "!!set", "!foo",
     "!a,b", "!<!>", "!<!!int>", "!<tag:yaml.org,2002:bool>", "!<tag:yaml.org,2002:>", "!a%21", "&a", "&a !!int", "!!str &a")
)  # fmt: skip
_VALUES = st.sampled_from(
    ("", "~", "null", "x", "true", "yes", "off", "1", "1.0", "1e3", "0x10", "0o7", "-0b1", "-.inf", ".nan", "1_0", ".5_0",
     "10s", "2024-01-01", "'1'", '"yes"', "''", "aGk=", "a b", "[1]", "[]", "{}", "{a: b}", "*a", "9" * 19, "-" + "9" * 19)
)  # fmt: skip
_FIELDS = st.sampled_from(
    ("cpu", "count", "exec", "platform", "x-data", "storage: {ephemeral", "image: {location: n, port", "sidecars: {s: {image: n, essential",
     "sidecars: {s: {image: n, port", "variables: {A", "image: {location: n, port: 80, healthcheck: {command: [a], interval",
     "storage: {volumes: {v: {path: /v, efs", "logging: {retention", "network: {vpc: {placement")
)  # fmt: skip
_HEADERS = st.sampled_from(
    ("|", ">", "|-", ">-", "|+", ">+", "|2", ">2", "|1-", "> # c", "|#c", ">2+", "|0", "|x")
)
_LINES = st.sampled_from(("", "a", "  b", "\tc", " ", "a ", "# d", "- e", "f: g", "\u2028h", "é😀"))
_SECOND = st.sampled_from(("---", "--- ", "...", "...\n---", "---\n", "...\n%", "---\n\t"))


@st.composite
def _in_flow(draw: DrawFn) -> str:
    shape = draw(
        st.sampled_from(
            ("[{0}, {1}]", "{{{0}: {1}}}", "{{a: {0}, b: {1}}}", "[{0}\n, {1}]", "{{? {0} : {1}}}")
        )
    )
    return f"{draw(st.sampled_from(('x-data', 'variables')))}: {shape.format(draw(_WORD), draw(_WORD))}\n"


@st.composite
def _indicators(draw: DrawFn) -> str:
    shape = draw(
        st.sampled_from(
            ("x-data: {0}\n  {1}\n", "x-data:\n  {0}: {1}\n", "x-data:\n- {0}\n- {1}\n", "{0}\n{1}: a\n")
        )
    )
    return shape.format(draw(_WORD), draw(_WORD))


@st.composite
def _quoted(draw: DrawFn) -> str:
    escape = draw(st.sampled_from([*map(chr, range(0x20, 0x7F)), "x41", "u00e9", "ud800", "\n ", "\t"]))
    text = f"{draw(st.sampled_from(('a', '', ' ')))}\\{escape}b"
    quote = draw(st.sampled_from('""\''))
    return f"variables: {{A: {quote}{text}{quote}}}\n"


@st.composite
def _tagged(draw: DrawFn) -> str:
    field = draw(_FIELDS)
    key = draw(st.sampled_from(("", "", "", f"{draw(_TAGS)} ")))
    value = f"{draw(_TAGS)} {draw(_VALUES)} "
    return f"{key}{field}: {value}{'}' * field.count('{')}\n"


@st.composite
def _block_text(draw: DrawFn) -> str:
    lines = draw(st.lists(_LINES, max_size=5))
    text = "".join(f"    {line}\n" for line in lines)
    return f"variables:\n  A: {draw(_HEADERS)}\n{text}  B: x\n"


@st.composite
def _merged(draw: DrawFn) -> str:
    keys = draw(
        st.lists(
            st.sampled_from(
                ("<<", "'<<'", "! <<", "!!merge <<", "A", "~", "null", "''", "? ", "&k A", "*k ")
            ),
            max_size=3,
        )
    )
    values = st.sampled_from(("{B: x}", "*m", "[*m, {C: y}]", "x", "~", "*n"))
    entries = ", ".join(f"{key}: {draw(values)}" for key in keys)
    return f"x-m: &m {{A: a}}\nx-n: &n [*m]\n{draw(st.sampled_from(('variables', 'x-data', '&z variables')))}: {{{entries}}}\n"


@st.composite
def _second_document(draw: DrawFn) -> str:
    return f"{draw(_SECOND)}{draw(_indicators())}"


_ODDITY: SearchStrategy[str] = st.one_of(
    _in_flow(), _indicators(), _quoted(), _tagged(), _tagged(), _block_text(), _merged(), _second_document()
)


@st.composite
def spelt_manifests(draw: DrawFn) -> Mutated:
    """A manifest with an odd spelling."""
    text = _HEAD + draw(_ODDITY) + draw(st.one_of(st.just(""), st.just(""), _ODDITY))
    if draw(st.integers(0, 19)) == 0:
        line = draw(st.sampled_from([at for at, character in enumerate(text) if character == "\n"]))
        text = f"{text[: line + 1]}\ufeff{text[line + 1 :]}"
    return Mutated(text, draw(st.sampled_from(["test", "unnamed"])), WORKLOAD)
