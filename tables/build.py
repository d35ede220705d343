"""Make the data files that the package ships from the tables beside this script.

    python tables/build.py           write them
    python tables/build.py --check   exit with 1 where one is not what its table says

A table is for people: one fact a line, with its sources. What is shipped is for the program: no
white space, and no sources but those that it prints.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = Path(__file__).parent
DATA = TABLES.parent / "lint" / "sidecar_lint" / "data"

Table = dict[str, Any]


def outputs(table: Table) -> Table:
    """Fluent Bit's outputs: an option becomes a row of its type, default, only release and values."""
    return {
        "agent": table["agent"],
        "generic": _options(table["generic"]),
        "generic_prefixes": table["generic_prefixes"],
        "outputs": {
            name: {**output, "options": _options(output["options"])}
            for name, output in table["outputs"].items()
        },
    }


def _options(options: Table) -> Table:
    return {name: _row(option) for name, option in options.items()}


def _row(option: Table) -> list[Any]:
    row = [option.get(field, "") for field in ("type", "default", "only", "values")]
    while row and not row[-1]:
        row.pop()
    return row


def history(table: Table) -> Table:
    """The settings of earlier collectors: components of which nothing changed are kept, with nothing in them."""
    kept = ("since", "until")
    components = {
        name: {word: changes[word] for word in kept if changes[word]}
        for name, changes in table["components"].items()
    }
    return {**table, "components": components}


#: Which table becomes which file, and how.
MADE: dict[str, tuple[str, Callable[[Table], Table]]] = {
    "dates.json": ("dates.json", dict),
    "fluentbit_outputs.json": ("outputs.json", outputs),
    "collector_history.json": ("collector_history.json", history),
}


def files() -> Iterator[tuple[Path, str]]:
    """Every file that is made, with the text it must have."""
    for table, (name, make) in MADE.items():
        data = make(json.loads((TABLES / table).read_text("utf-8")))
        yield DATA / name, json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n"


def main() -> int:
    stale = [(path, text) for path, text in files() if not path.is_file() or path.read_text("utf-8") != text]
    for path, text in stale:
        print(path)
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
