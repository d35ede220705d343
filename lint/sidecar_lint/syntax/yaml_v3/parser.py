"""The events of a text, as yaml.v3's parser makes them of its tokens."""

from __future__ import annotations

from typing import Any, Final

from yaml import tokens
from yaml.parser import Parser as _PyYAMLParser
from yaml.parser import ParserError

from sidecar_lint.syntax.yaml_v3.scanner import Scanner


class Parser(Scanner, _PyYAMLParser):
    """PyYAML's parser is the same state machine, but for what is here."""

    def __init__(self, text: str) -> None:
        Scanner.__init__(self, text)
        _PyYAMLParser.__init__(self)

    def get_event(self) -> Any:
        """The next event; None at the end."""
        try:
            return super().get_event()  # type: ignore[no-untyped-call]
        except ParserError as error:
            said = error.problem or ""
            error.problem = _PROBLEMS.get(error.context or said.partition(",")[0], said)
            raise

    def parse_document_end(self) -> Any:
        """What comes next must be readable as far as yaml.v3 looks.

        It looks as far before every token. Inside a document that finds what is found anyway, but later
        mistakes before earlier ones; here a reader is told of the first.
        """
        self.look_ahead()
        return super().parse_document_end()

    def process_directives(self) -> Any:
        """Only version 1.1 may be asked for."""
        start = self.peek_token().start_mark
        found = super().process_directives()  # type: ignore[no-untyped-call]
        if found[0] not in (None, (1, 1)):
            raise ParserError(None, None, "found incompatible YAML document", start)
        return found

    def parse_flow_sequence_entry_mapping_key(self) -> Any:
        """`[?` without a key swallows what follows it, be it `:`, `,` or `]`."""
        self.get_token()
        if not self.check_token(tokens.ValueToken, tokens.FlowEntryToken, tokens.FlowSequenceEndToken):
            self.states.append(self.parse_flow_sequence_entry_mapping_value)
            return self.parse_flow_node()  # type: ignore[no-untyped-call]
        self.state = self.parse_flow_sequence_entry_mapping_value
        return self.process_empty_scalar(self.get_token().end_mark)

    def parse_flow_sequence_entry_mapping_value(self) -> Any:
        event = super().parse_flow_sequence_entry_mapping_value()  # type: ignore[no-untyped-call]
        return self._before_next(event)

    def parse_flow_mapping_value(self) -> Any:
        return self._before_next(super().parse_flow_mapping_value())  # type: ignore[no-untyped-call]

    def _before_next(self, event: Any) -> Any:
        """A value that is left out in a flow collection stands right before what comes next, as in libyaml."""
        if event.start_mark is event.end_mark:
            event.start_mark = event.end_mark = self.peek_token().start_mark
        return event


#: yaml.v3's words for PyYAML's, by what was being parsed.
_PROBLEMS: Final = {
    "expected '<document start>'": "did not find expected <document start>",
    "while parsing a block collection": "did not find expected '-' indicator",
    "while parsing a block mapping": "did not find expected key",
    "while parsing a block node": "did not find expected node content",
    "while parsing a flow node": "did not find expected node content",
    "while parsing a flow mapping": "did not find expected ',' or '}'",
    "while parsing a flow sequence": "did not find expected ',' or ']'",
    "while parsing a node": "found undefined tag handle",
}
