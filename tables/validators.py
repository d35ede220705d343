"""Make a Python function of each schema of a manifest, which says whether a manifest fits it.

    python tables/validators.py           write them
    python tables/validators.py --check   exit with 1 where one is not what its schema says

Nearly every manifest fits. An engine that says so takes an eighth of the processor time of a whole run to be
loaded, and a third of its memory. What does not fit is explained by an engine.
fastjsonschema writes the functions. Here it leaves out what they would say, and asks what a pattern is when it
is needed. What rules own is no part of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fastjsonschema.draft07 import CodeGeneratorDraft07

from sidecar_lint.manifests.schemas import KINDS, bundle, python_pattern

FOLDER: Final = Path(__file__).parents[1] / "lint" / "sidecar_lint" / "manifests" / "validators"
_HEAD: Final = '''"""Whether a manifest fits {name}.schema.json. Made by tables/validators.py: do not edit."""

# mypy: ignore-errors

from re import search

class Invalid(Exception): pass
'''
#: A part of a schema that has this says again, for editors, what a rule says.
_RULE: Final = "x-rule"
_SAID: Final = ((", Decimal", ""), ("(JsonSchemaValueException, JsonSchemaValuesException)", "Invalid"))


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


def validator(name: str, schema: Any) -> str:
    """The module whose function `validate` raises its `Invalid` for what does not fit a schema."""
    generator = _Generator(_with_patterns(schema), use_default=False, use_formats=False)
    lines = map(_line, generator.func_code.splitlines())
    return _HEAD.format(name=name) + "\n" + "\n".join(lines) + "\n"


def _line(line: str) -> str:
    for said, better in _SAID:
        line = line.replace(said, better)
    return re.sub(r"REGEX_PATTERNS\[(.*)\]\.search\((\w+)\)", r"search(\1, \2)", line)


def _without_rules(schema: Any) -> Any:
    """A schema without what rules own."""
    if isinstance(schema, list):
        return [_without_rules(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {} if _RULE in schema else {name: _without_rules(part) for name, part in schema.items()}


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
    for kind, name in KINDS.items():
        made = validator(name, _without_rules(bundle(kind)))
        yield FOLDER / f"{name.replace('-', '_')}.py", made


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
