"""Print the milliseconds of processor time that linting a text takes in a process that did it before: the median.

    python bench/linting.py FILE [--times N] [--rules CODE,…] [--templates] [--codes]

It runs on an earlier commit of ours, too. With `--templates`, those of all environments are made in whole as
well. `--codes` prints the codes of the rules that there are.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sidecar_lint import lint_text
from sidecar_lint.rulebook import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.rulebook.rule import Rule

#: As in the program.
NEW_OBJECTS = 50_000


def rules_of(codes: str) -> Sequence[Rule]:
    """The rules of some codes, or all there are, as the program has them: it asks those that may find something."""
    rules, wanted = registry.load_rules(), codes.split(",")
    if not codes:
        return rules
    only = getattr(registry, "only", lambda some, are_wanted: tuple(filter(are_wanted, some)))
    chosen: Sequence[Rule] = only(rules, lambda rule: rule.code in wanted)
    return chosen


def templates(text: str) -> None:
    """Make every resource of the template of each environment."""
    from sidecar_lint import Document
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.template import GeneratedTemplate

    for manifest in Document(Source("manifest.yml", text)).manifests:
        for each in GeneratedTemplate.of(Stack(manifest, "shop")).resources.values():
            each.get("Properties")


def milliseconds(text: str, rules: Sequence[Rule], *, with_templates: bool) -> float:
    began = time.process_time()
    lint_text(text, rules=rules)
    if with_templates:
        templates(text)
    return (time.process_time() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--rules", default="")
    parser.add_argument("--templates", action="store_true")
    parser.add_argument("--codes", action="store_true")
    options = parser.parse_args()
    gc.set_threshold(NEW_OBJECTS)
    text, rules = options.file.read_text("utf-8"), rules_of(options.rules)
    if options.codes:
        print(",".join(rule.code for rule in rules))
        return
    for _ in range(5):
        milliseconds(text, rules, with_templates=options.templates)
    found = [milliseconds(text, rules, with_templates=options.templates) for _ in range(options.times)]
    print(statistics.median(found))


if __name__ == "__main__":
    main()
