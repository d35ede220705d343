"""Make a Python function of each schema of a manifest, which says whether a manifest fits it.

    python tables/validators.py           write them
    python tables/validators.py --check   exit with 1 where one is not what its schema says

Nearly every manifest fits. An engine that says so takes an eighth of the processor time of a whole run to be
loaded, and a third of its memory. What does not fit is explained by an engine.
fastjsonschema writes the functions. Here it leaves out what they would say, and asks what a pattern is when it
is needed. What rules own is no part of them. What is the same for several kinds is written once, in `shared.py`.
The names of sections stand there as well: a manifest that is right needs no more of its schema.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastjsonschema.draft07 import CodeGeneratorDraft07

from sidecar_lint.manifests.schemas import KINDS, bundle, fields, python_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER: Final = Path(__file__).parents[1] / "lint" / "sidecar_lint" / "manifests" / "validators"
_HEAD: Final = '''"""{about} Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

NoneType = type(None)
'''
_SHARED: Final = "sidecar_lint.manifests.validators.shared"
_INVALID: Final = "from re import search\n\nclass Invalid(Exception): pass\n"
#: A part of a schema that has this says again, for editors, what a rule says.
_RULE: Final = "x-rule"
_SAID: Final = ((", Decimal", ""), ("(JsonSchemaValueException, JsonSchemaValuesException)", "Invalid"))

#: Other keys than a schema names must begin with `x-`. fastjsonschema looks at all there are for one.
_UNKNOWN_KEYS: Final = r"""(?mx)
^(\ +) for\ (\w+_key),\ \w+\ in\ \w+\.items\(\):\n
 \1\ if\ search\('\^x-',\ \2\):\n
 \1\ \ if\ \2\ in\ (\w+_keys):\n
 \1\ \ \ del\ \3\[\2\]\n
 \1\ \ pass\n
 \1if\ \3:\n
 \1\ raise\ Invalid\n
"""
_OF_A_TOOL: Final = r"""\1for \2 in \3:
\1 if not \2.startswith('x-'):
\1  raise Invalid
"""


#: What is inherited from has no types.
_Untyped: Any = CodeGeneratorDraft07


class _Generator(_Untyped):  # type: ignore[misc]  # as that
    """Writes functions that raise `Invalid`, and say nothing."""

    INDENT = 1

    def generate_validation_function(self, uri: str, name: str) -> None:
        self._validation_functions_done.add(uri)
        with self._resolver.resolving(uri) as definition, self.l("def {}(data):", name):
            self.generate_func_code_block(definition, "data", "data", clear_variables=True)
            self.l("return")

    def generate_ref(self) -> None:
        with self._resolver.in_scope(self._definition["$ref"]):
            name, uri = self._resolver.get_scope_name(), self._resolver.get_uri()
            if uri not in self._validation_functions_done:
                self._needed_validation_functions[uri] = name
            self.l("{}({variable})", name)

    def exc(self, *_: Any, **__: Any) -> None:
        self.l("raise Invalid")


#: Functions, by their names: what each is in Python.
Functions = dict[str, str]


def functions(schema: Any) -> Functions:
    """What fastjsonschema makes of a schema; `validate` is the one for all of it."""
    generator = _Generator(_with_patterns(schema), use_default=False, use_formats=False)
    text = "\n".join(map(_line, generator.func_code.splitlines())) + "\n"
    text = re.sub(_UNKNOWN_KEYS, _OF_A_TOOL, text)
    made = re.split(r"(?m)^(?=def )", text)[1:]
    return {_name(function): function for function in made}


def _name(function: str) -> str:
    return function.removeprefix("def ").partition("(")[0]


def _calls(function: str) -> set[str]:
    return set(re.findall(r"\bvalidate\w+", function)) - {_name(function)}


def shared(kinds: Iterable[Functions]) -> Functions:
    """The functions that are the same wherever they are needed, and needed by more than one kind.

    What they call is among them.
    """
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for name, function in chain.from_iterable(each.items() for each in kinds):
        texts[name].append(function)
    found = {name: each[0] for name, each in texts.items() if len(each) > 1 and len(set(each)) == 1}
    while apart := [name for name, function in found.items() if not _calls(function) <= found.keys()]:
        for name in apart:
            del found[name]
    return found


def _line(line: str) -> str:
    for said, better in _SAID:
        line = line.replace(said, better)
    # A set would be gone through in another order in each process, and the first fault ends it.
    line = re.sub(r"= set\((\w+)\.keys\(\)\)", r"= dict.fromkeys(\1)", line)
    line = re.sub(r"(\w+_keys)\.remove\((.*)\)", r"del \1[\2]", line)
    return re.sub(r"REGEX_PATTERNS\[(.*)\]\.search\((\w+)\)", r"search(\1, \2)", line)


def without_rules(schema: Any) -> Any:
    """A schema without what rules own."""
    if isinstance(schema, list):
        return [without_rules(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {} if _RULE in schema else {name: without_rules(part) for name, part in schema.items()}


def _with_patterns(schema: Any) -> Any:
    """The same schema with Python's regular expressions. It has `$` for a character only, not for an end."""
    if isinstance(schema, list):
        return [_with_patterns(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _with_patterns(part) for name, part in schema.items()}
    if isinstance(made.get("pattern"), str):
        made["pattern"] = _pattern(made["pattern"])
    if isinstance(named := made.get("patternProperties"), dict):
        made["patternProperties"] = {_pattern(pattern): part for pattern, part in named.items()}
    return made


def _pattern(pattern: str) -> str:
    # fastjsonschema takes any other `$` for the end of a text, in a set of characters too.
    return re.sub(r"(?<!\\)\$", r"\\$", python_pattern(pattern))


def validators() -> Iterator[tuple[Path, str]]:
    """Each file, and what must be in it."""
    kinds = {name: functions(without_rules(bundle(kind))) for kind, name in KINDS.items()}
    common = shared(kinds.values())
    about = "What is the same for several kinds of manifest."
    yield FOLDER / "shared.py", _HEAD.format(about=about) + "\n".join((_INVALID, *common.values()))
    for kind, name in KINDS.items():
        made = kinds[name]
        own = [function for function in made.values() if _name(function) not in common]
        needed = sorted(set(chain.from_iterable(map(_calls, own))) & common.keys())
        listed = "".join(f" {each},\n" for each in ("Invalid", *needed))
        imported = f"from {_SHARED} import (\n{listed})\n"
        head = _HEAD.format(about=f"Whether a manifest fits {name}.schema.json.")
        names = "".join(f" {each!r},\n" for each in fields(kind).properties)
        sections = f"SECTIONS = frozenset((\n{names}))\n"
        yield FOLDER / f"{name.replace('-', '_')}.py", head + "\n".join((imported, sections, *own))


def main() -> int:
    stale = [
        (path, text) for path, text in validators() if not path.exists() or path.read_text("utf-8") != text
    ]
    for path, text in stale:
        print(f"{path.name} is not what its schema says")
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
