"""Files that come with the program.

Not importlib.resources, nor pathlib: each takes longer to import than all that is read here.
"""

from __future__ import annotations

import os
from typing import Any, Final

_FOLDER: Final = os.path.dirname(os.path.abspath(__file__))
#: Whoever imported us can read what lies beside us, in a zip, too.
_LOADER: Any = __spec__.loader


def packaged_text(*way: str) -> str:
    """The text of a file, by the names on the way from the folder of the package. Raises OSError."""
    data: bytes = _LOADER.get_data(os.path.join(_FOLDER, *way))
    return data.decode()
