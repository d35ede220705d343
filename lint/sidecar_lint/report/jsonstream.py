"""JSON that is written as it comes, an item a line, so that memory does not grow with it."""

from __future__ import annotations

import json
import re
from typing import Any

from sidecar_lint.report.stream import StreamReport

#: JSON can spell half a pair, and then many programs cannot read it.
_SURROGATE = "[\ud800-\udfff]"


def dumps(value: object) -> str:
    """JSON in ASCII that every program can read."""
    return json.dumps(_clean(value))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(_SURROGATE, "\ufffd", value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


class JsonStream(StreamReport):
    """A report whose main part is an array."""

    _separator = "\n"

    def _item(self, value: object) -> None:
        """Write one more member of the array."""
        self._out.write(self._separator + dumps(value))
        self._separator = ",\n"
