"""Files that come with the program.

Not importlib.resources, nor pathlib: each takes longer to import than all that is read here.
"""

from __future__ import annotations

import os
from typing import Final

FOLDER: Final = os.path.dirname(os.path.abspath(__file__))


def packaged_text(*way: str) -> str:
    """The text of a file, by the names on the way from the folder of the package."""
    with open(os.path.join(FOLDER, *way), encoding="utf-8") as file:
        return file.read()
