"""Writes what ECS's API says of a task definition: `python tables/task_definition.py`, with botocore installed.

The shapes below `RegisterTaskDefinition`, without what nobody asks of them: types, fields, what must be there, and
the values of what has a list of them. A name alone is a shape that is nothing but its type.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import botocore
from botocore.loaders import Loader

DATA = Path(__file__).parents[1] / "lint" / "sidecar_lint" / "data" / "task_definition.json"
ROOT = "RegisterTaskDefinitionRequest"
NUMBERS = {"integer", "long"}


def main() -> None:
    model = Loader().load_service_model("ecs", "service-2")
    shapes: dict[str, Any] = {}
    _take(model["shapes"], ROOT, shapes)
    made = {
        "source": f"botocore {botocore.__version__}",
        "root": ROOT,
        "shapes": dict(sorted(shapes.items())),
    }
    DATA.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def _take(model: dict[str, Any], name: str, shapes: dict[str, Any]) -> None:
    """A shape, and all that it is made of."""
    if name in shapes:
        return
    shape = model[name]
    kind = "integer" if shape["type"] in NUMBERS else shape["type"]
    made = shapes[name] = {"type": kind}
    if "enum" in shape:
        made["values"] = shape["enum"]
    if "required" in shape:
        made["required"] = shape["required"]
    if "member" in shape:
        made["item"] = shape["member"]["shape"]
        _take(model, made["item"], shapes)
    if "members" in shape:
        made["fields"] = {field: each["shape"] for field, each in shape["members"].items()}
        for each in made["fields"].values():
            _take(model, each, shapes)


if __name__ == "__main__":
    main()
