#!/usr/bin/env python3
"""Begin a built-in rule: its module, with the next free code of its package and what is to be filled in.

    python3 dev.py rule NAME [--package PACKAGE] [--hook METHOD]

NAME says what is wrong, in words with hyphens between them: `unknown-source-volume`. PACKAGE is a folder
of rules/sidecar_lint_rules/. METHOD is what the rule overrides; without it, what the package's rules look
at, else `check`.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sidecar_lint
from sidecar_lint import Rule
from sidecar_lint.rulebook.registry import load_rules

RULES: Final = Path(__file__).resolve().parent / "sidecar_lint_rules"
#: Stands wherever the author has something to say; tests/test_rules.py finds what is left of it.
FILL_IN: Final = "FILL IN"
#: The sections that the linter is about first.
PACKAGE: Final = "sidecars"
_NAME: Final = r"[a-z0-9]+(-[a-z0-9]+)+"

SKELETON: Final = '''\
"""FILL IN: the docstring of the class in half a line."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import {imports}


class {class_name}(Rule):
    """FILL IN: what is wrong, in one line.

    FILL IN: what happens then, and why; what to do about it. This docstring is the rule's page.
    """

    code, name = "{code}", "{name}"
    severity, stage = Severity.WARNING, Stage.TASK  # FILL IN: an error or a warning must be true
    effect = "FILL IN: what will happen, in words that complete the message"
    sources = ("FILL IN: how we know",)
    good = (
        """
        FILL IN: a file that is nearly bad
        """,
    )
    bad = (
        Bad(
            """
            FILL IN: a file that is, and carets under what is flagged
            #                            ^^^^^^ {code}
            """
        ),
    )

    def {hook}({parameters}) -> Iterator[Finding]:
        raise NotImplementedError("FILL IN: yield self.finding(place, message)")
'''


class ScaffoldError(Exception):
    """What keeps a rule from being begun."""


def codes_of(package: Path) -> Iterator[str]:
    """The codes that a package says are its own (`SL81x-SL82x`, `SL9`, `SL616,SL620`), in order."""
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    for part in docstring.partition(":")[0].split(","):
        first, _, last = part.partition("-")
        low, high = _padded(first, "0"), _padded(last or first, "9")
        yield from (f"SL{number:03}" for number in range(low, high + 1))


def _padded(code: str, digit: str) -> int:
    return int(code.removeprefix("SL").replace("x", digit).ljust(3, digit))


def next_code(package: Path) -> str:
    """The first code of a package that is free, after the last of its rules where there is one.

    A code that the changelog names belonged to a rule once, and means nothing else ever. Raises ScaffoldError.
    """
    changelog = (RULES.parents[1] / "CHANGELOG.md").read_text("utf-8")
    taken = {rule.code for rule in load_rules()} | set(re.findall(r"SL[0-9]{3}", changelog))
    last = max((rule.code for rule in load_rules() if _package_of(rule) == package.name), default="")
    free = [code for code in codes_of(package) if code not in taken]
    if not free:
        where = package.relative_to(RULES.parents[1]) / "__init__.py"
        raise ScaffoldError(f"no code of {package.name} is free: name more of them in {where.as_posix()}")
    return next((code for code in free if code > last), free[0])


def _package_of(rule: Rule) -> str:
    return type(rule).__module__.split(".")[1]


def hook_of(package: Path) -> str:
    """The method that most rules of a package have. Raises ScaffoldError where none of them has one."""
    for statement in ast.parse((package / "__init__.py").read_text("utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "LOOKS_AT":
            hooks = [each.attr for each in ast.walk(statement.value) if isinstance(each, ast.Attribute)]
            if not hooks:
                raise ScaffoldError(f"the program itself says what the rules of {package.name} say")
            return hooks[0]
    return "check"


def text_of(name: str, code: str, hook: str) -> str:
    """The module of a rule that is to be filled in."""
    parameters = inspect.signature(getattr(Rule, hook)).parameters.values()
    types = {each.annotation for each in parameters if each.annotation in sidecar_lint.__all__}
    return SKELETON.format(
        imports=", ".join(sorted({"Bad", "Finding", "Rule", "Severity", "Stage"} | types)),
        class_name="".join(word.capitalize() for word in name.split("-")),
        code=code,
        name=name,
        hook=hook,
        parameters=", ".join(
            each.name if each.name == "self" else f"{each.name}: {each.annotation}" for each in parameters
        ),
    )


def scaffold(name: str, package: Path, hook: str | None = None) -> tuple[Path, str]:
    """Write the module of a rule; its path and the rule's code. Raises ScaffoldError."""
    if not (package / "__init__.py").is_file():
        packages = ", ".join(sorted(file.parent.name for file in RULES.glob("*/__init__.py")))
        raise ScaffoldError(f"there is no package {package.name!r}; there are {packages}")
    if not re.fullmatch(_NAME, name):
        raise ScaffoldError(
            f"{name!r} is not a name: lower-case words that say what is wrong, a hyphen between"
        )
    path = package / f"{name.replace('-', '_')}.py"
    if path.exists() or any(rule.name == name for rule in load_rules()):
        raise ScaffoldError(f"there is a rule {name!r}")
    hooks = [each for each in vars(Rule) if each.startswith("check")]
    hook = hook or hook_of(package)
    if hook not in hooks:
        raise ScaffoldError(f"a rule has no method {hook!r}; it has {', '.join(hooks)}")
    code = next_code(package)
    path.write_text(text_of(name, code, hook), "utf-8")
    return path, code


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="dev.py rule"
    )
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--package", default=PACKAGE, metavar="PACKAGE", help=f"else {PACKAGE}")
    parser.add_argument("--hook", metavar="METHOD")
    arguments = parser.parse_args()
    try:
        path, code = scaffold(arguments.name, RULES / arguments.package, arguments.hook)
    except ScaffoldError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path.relative_to(RULES.parents[1])} is {code}. Fill in what says {FILL_IN}, then:")
    print(f"  python3 dev.py test tests/test_rules.py -k {code}")
    print(f"  python3 dev.py test tests/test_example_reports.py -k {code} --snapshot-update")
    return 0


if __name__ == "__main__":
    sys.exit(main())
