"""JSON that is written as it comes, an item a line, so that memory does not grow with it."""

from __future__ import annotations

from sidecar_lint.escaping import json_document
from sidecar_lint.report.stream import StreamReport


class JsonStream(StreamReport):
    """A report whose main part is an array."""

    _separator = "\n"

    def _item(self, value: object) -> None:
        """Write one more member of the array."""
        self._out.write(self._separator + json_document(value))
        self._separator = ",\n"
