"""libyaml, as PyYAML brings it. To import that takes as long as to read some three hundred lines by ours."""

from __future__ import annotations

from typing import Any, Final

import yaml

#: What it may raise.
REFUSALS: Final = (yaml.MarkedYAMLError, yaml.reader.ReaderError)
_LIBYAML: Any = getattr(yaml, "CLoader", None)


class _Unsure(yaml.MarkedYAMLError):
    """Raised at a word that yaml.v3 may read otherwise."""


class _UpToQuestionMark:
    """libyaml up to a word with `?`, which ends one of yaml.v3's in a flow collection."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    def get_event(self) -> Any:
        return self._sure(self._parser.get_event())

    def get_token(self) -> Any:
        return self._sure(self._parser.get_token())

    def _sure(self, found: Any) -> Any:
        if isinstance(found, (yaml.ScalarEvent, yaml.ScalarToken)) and not found.style and "?" in found.value:
            raise _Unsure
        return found


def libyaml_parser(text: str) -> Any | None:
    """It, up to where yaml.v3 may read otherwise, which raises one of `REFUSALS`; None where it is not there."""
    if _LIBYAML is None:
        return None
    try:
        parser = _LIBYAML(text)
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return _UpToQuestionMark(parser) if "?" in text else parser
