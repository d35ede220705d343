"""The events of a text, as yaml.v3's parser makes them of its tokens: a state machine, so depth costs no stack.

Source: gopkg.in/yaml.v3 v3.0.1, parserc.go, with its states and its words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.yaml_v3 import events, tokens
from sidecar_lint.syntax.yaml_v3.cursor import GrammarError, TextMark
from sidecar_lint.syntax.yaml_v3.scanner import Scanner

#: What comes next.
State = Callable[[], events.Event]

_HANDLES: Final = {"!": "!", "!!": "tag:yaml.org,2002:"}
#: Where one of these comes next, a key or a value in a block is left out; and where one of those, an item.
_NOT_WRITTEN: Final = (tokens.KeyToken, tokens.ValueToken, tokens.BlockEndToken)
_NO_ITEM: Final = (tokens.BlockEntryToken, tokens.BlockEndToken)
_NO_ITEM_WITHOUT_INDENT: Final = (tokens.BlockEntryToken, *_NOT_WRITTEN)


class _Collection(NamedTuple):
    """What a token begins: how it is told of, and how to go on."""

    event: type[events.SequenceStartEvent | events.MappingStartEvent]
    state: State
    flow: bool = False
    #: Whether the token itself is a part of it.
    is_written: bool = True


class Parser(Scanner):
    """The events of a text, one at a time. Raises GrammarError where it cannot go on."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._state: State | None = self._stream_start
        #: What to go on with behind what is being read, innermost last.
        self._states: list[State] = []
        #: Where the collections that are open began.
        self._marks: list[TextMark] = []
        self._handles = _HANDLES
        sequence, mapping = events.SequenceStartEvent, events.MappingStartEvent
        #: What a collection begins with, as a value in brackets, in a block, and behind a key in a block: there
        #: the items of a list need not be indented further than the key.
        self._in_flow: dict[type, _Collection] = {
            tokens.FlowSequenceStartToken: _Collection(sequence, self._first_flow_item, flow=True),
            tokens.FlowMappingStartToken: _Collection(mapping, self._first_flow_key, flow=True),
        }
        self._in_block: dict[type, _Collection] = {
            **self._in_flow,
            tokens.BlockSequenceStartToken: _Collection(sequence, self._first_item, is_written=False),
            tokens.BlockMappingStartToken: _Collection(mapping, self._first_key, is_written=False),
        }
        self._behind_key: dict[type, _Collection] = {
            **self._in_block,
            tokens.BlockEntryToken: _Collection(sequence, self._item_without_indent),
        }

    def get_event(self) -> events.Event | None:
        """The next event; None at the end."""
        return self._state() if self._state else None

    # The stream and its documents.

    def _stream_start(self) -> events.Event:
        token = self.get_token()
        self._state = self._first_document
        return events.StreamStartEvent(token.start_mark, token.end_mark)

    def _first_document(self) -> events.Event:
        """A document need not say that it begins."""
        if self.check_token(tokens.DirectiveToken, tokens.DocumentStartToken, tokens.StreamEndToken):
            return self._document_start()
        mark = self.peek_token().start_mark
        self._states.append(self._document_end)
        self._state = self._block_node
        return events.DocumentStartEvent(mark, mark)

    def _document_start(self) -> events.Event:
        while self.check_token(tokens.DocumentEndToken):
            self.get_token()
        token = self.peek_token()
        if self.check_token(tokens.StreamEndToken):
            self.get_token()
            self._state = None
            return events.StreamEndEvent(token.start_mark, token.end_mark)
        self._read_directives()
        if not self.check_token(tokens.DocumentStartToken):
            self._refuse("did not find expected <document start>")
        self._states.append(self._document_end)
        self._state = self._document_content
        return events.DocumentStartEvent(token.start_mark, self.get_token().end_mark)

    def _read_directives(self) -> None:
        version: tuple[int, int] | None = None
        handles: dict[str, str] = {}
        while self.check_token(tokens.DirectiveToken):
            token = self.peek_token()
            if token.name == "YAML":
                if version:
                    self._refuse("found duplicate %YAML directive")
                if token.value != (1, 1):
                    self._refuse("found incompatible YAML document")
                version = token.value
            elif token.name == "TAG":
                handle, prefix = token.value
                if handle in handles:
                    self._refuse("found duplicate %TAG directive")
                handles[handle] = prefix
            self.get_token()
        self._handles = {**_HANDLES, **handles}

    def _document_content(self) -> events.Event:
        if self.check_token(
            tokens.DirectiveToken, tokens.DocumentStartToken, tokens.DocumentEndToken, tokens.StreamEndToken
        ):
            self._state = self._states.pop()
            return self._empty(self.peek_token().start_mark)
        return self._block_node()

    def _document_end(self) -> events.Event:
        """What comes next must be readable as far as yaml.v3 looks.

        It looks as far before every token. Inside a document that finds what is found anyway, but later
        mistakes before earlier ones; here a reader is told of the first.
        """
        self.look_ahead()
        token = self.peek_token()
        end = token.start_mark
        if self.check_token(tokens.DocumentEndToken):
            end = self.get_token().end_mark
        self._state = self._document_start
        return events.DocumentEndEvent(token.start_mark, end)

    # Values.

    def _block_node(self) -> events.Event:
        return self._node(self._in_block, "block")

    def _value_of_key(self) -> events.Event:
        return self._node(self._behind_key, "block")

    def _flow_node(self) -> events.Event:
        return self._node(self._in_flow, "flow")

    def _node(self, collections: dict[type, _Collection], what: str) -> events.Event:
        token = self.peek_token()
        start, end = token.start_mark, None
        anchor: str | None = None
        tag: str | None = None
        kind = token.__class__
        if kind is tokens.AliasToken:
            self.get_token()
            self._state = self._states.pop()
            return events.AliasEvent(token.value, start, token.end_mark)
        if kind is tokens.AnchorToken or kind is tokens.TagToken:
            anchor, tag, end = self._properties()
            token = self.peek_token()
            kind = token.__class__
        if kind is tokens.ScalarToken:
            self.get_token()
            self._state = self._states.pop()
            return events.ScalarEvent(anchor, tag, token.value, start, token.end_mark, style=token.style)
        if collection := collections.get(kind):
            self._state = collection.state
            behind = token.end_mark if collection.is_written else token.start_mark
            return collection.event(anchor, tag, start, behind, flow_style=collection.flow)
        if end is None:
            self._refuse("did not find expected node content", f"while parsing a {what} node", start)
        self._state = self._states.pop()
        return events.ScalarEvent(anchor, tag, "", start, end)

    def _properties(self) -> tuple[str | None, str | None, TextMark]:
        """An anchor and a tag, or one of them, and where they end."""
        first = self.get_token()
        other = tokens.TagToken if first.__class__ is tokens.AnchorToken else tokens.AnchorToken
        found = [first, self.get_token()] if self.check_token(other) else [first]
        anchor = tag = None
        for token in found:
            if token.__class__ is tokens.AnchorToken:
                anchor = token.value
            else:
                tag = self._full_tag(token, first.start_mark)
        return anchor, tag, found[-1].end_mark

    def _full_tag(self, token: tokens.TagToken, start: TextMark) -> str:
        handle, suffix = token.value
        if handle is None:
            return suffix
        if handle not in self._handles:
            raise GrammarError("while parsing a node", start, "found undefined tag handle", token.start_mark)
        return self._handles[handle] + suffix

    def _empty(self, mark: TextMark) -> events.Event:
        """A value of which nothing is written."""
        return events.ScalarEvent(None, None, "", mark, mark)

    # Collections in blocks.

    def _first_item(self) -> events.Event:
        self._marks.append(self.get_token().start_mark)
        return self._item()

    def _item(self) -> events.Event:
        token = self.peek_token()
        if token.__class__ is tokens.BlockEntryToken:
            self.get_token()
            return self._unless(_NO_ITEM, self._block_node, self._item, token.end_mark)
        if token.__class__ is not tokens.BlockEndToken:
            what = "while parsing a block collection"
            self._refuse("did not find expected '-' indicator", what, self._marks[-1])
        return self._end(events.SequenceEndEvent)

    def _item_without_indent(self) -> events.Event:
        token = self.peek_token()
        if token.__class__ is tokens.BlockEntryToken:
            self.get_token()
            state = self._item_without_indent
            return self._unless(_NO_ITEM_WITHOUT_INDENT, self._block_node, state, token.end_mark)
        self._state = self._states.pop()
        return events.SequenceEndEvent(token.start_mark, token.start_mark)

    def _first_key(self) -> events.Event:
        self._marks.append(self.get_token().start_mark)
        return self._key()

    def _key(self) -> events.Event:
        token = self.peek_token()
        if token.__class__ is tokens.KeyToken:
            self.get_token()
            return self._unless(_NOT_WRITTEN, self._value_of_key, self._value, token.end_mark)
        if token.__class__ is not tokens.BlockEndToken:
            self._refuse("did not find expected key", "while parsing a block mapping", self._marks[-1])
        return self._end(events.MappingEndEvent)

    def _value(self) -> events.Event:
        token = self.peek_token()
        if token.__class__ is tokens.ValueToken:
            self.get_token()
            return self._unless(_NOT_WRITTEN, self._value_of_key, self._key, token.end_mark)
        self._state = self._key
        return self._empty(token.start_mark)

    def _unless(self, kinds: tuple[type, ...], node: State, after: State, mark: TextMark) -> events.Event:
        """A value and what comes after it; an empty one where one of some tokens is next."""
        if self.check_token(*kinds):
            self._state = after
            return self._empty(mark)
        self._states.append(after)
        return node()

    def _end(self, event: type[events.Event]) -> events.Event:
        token = self.get_token()
        self._state = self._states.pop()
        self._marks.pop()
        return event(token.start_mark, token.end_mark)

    # Collections in brackets.

    def _first_flow_item(self) -> events.Event:
        self._marks.append(self.get_token().start_mark)
        return self._flow_item(first=True)

    def _flow_item(self, *, first: bool = False) -> events.Event:
        if not first and not self.check_token(tokens.FlowSequenceEndToken):
            self._take_comma("sequence", "']'")
        token = self.peek_token()
        if token.__class__ is tokens.FlowSequenceEndToken:
            return self._end(events.SequenceEndEvent)
        if token.__class__ is tokens.KeyToken:  # a mapping of one key
            self._state = self._key_of_item
            return events.MappingStartEvent(None, None, token.start_mark, token.end_mark, flow_style=True)
        self._states.append(self._flow_item)
        return self._flow_node()

    def _key_of_item(self) -> events.Event:
        """`[?` without a key swallows what follows it, be it `:`, `,` or `]`."""
        self.get_token()
        if self.check_token(tokens.ValueToken, tokens.FlowEntryToken, tokens.FlowSequenceEndToken):
            self._state = self._value_of_item
            return self._empty(self.get_token().end_mark)
        self._states.append(self._value_of_item)
        return self._flow_node()

    def _value_of_item(self) -> events.Event:
        return self._flow_value(tokens.FlowSequenceEndToken, self._end_of_item)

    def _end_of_item(self) -> events.Event:
        mark = self.peek_token().start_mark
        self._state = self._flow_item
        return events.MappingEndEvent(mark, mark)

    def _first_flow_key(self) -> events.Event:
        self._marks.append(self.get_token().start_mark)
        return self._flow_key(first=True)

    def _flow_key(self, *, first: bool = False) -> events.Event:
        if not first and not self.check_token(tokens.FlowMappingEndToken):
            self._take_comma("mapping", "'}'")
        token = self.peek_token()
        if token.__class__ is tokens.FlowMappingEndToken:
            return self._end(events.MappingEndEvent)
        if token.__class__ is tokens.KeyToken:
            self.get_token()
            no_key = (tokens.ValueToken, tokens.FlowEntryToken, tokens.FlowMappingEndToken)
            return self._unless(no_key, self._flow_node, self._value_of_flow_key, token.end_mark)
        self._states.append(self._no_value)
        return self._flow_node()

    def _value_of_flow_key(self) -> events.Event:
        return self._flow_value(tokens.FlowMappingEndToken, self._flow_key)

    def _no_value(self) -> events.Event:
        self._state = self._flow_key
        return self._empty(self.peek_token().start_mark)

    def _flow_value(self, end: type, after: State) -> events.Event:
        """What is behind `:`, if that is there. One that is left out stands right before what comes next."""
        if self.check_token(tokens.ValueToken):
            self.get_token()
            if not self.check_token(tokens.FlowEntryToken, end):
                self._states.append(after)
                return self._flow_node()
        self._state = after
        return self._empty(self.peek_token().start_mark)

    def _take_comma(self, what: str, end: str) -> None:
        if not self.check_token(tokens.FlowEntryToken):
            problem = f"did not find expected ',' or {end}"
            self._refuse(problem, f"while parsing a flow {what}", self._marks[-1])
        self.get_token()

    def _refuse(self, problem: str, context: str = "", started: TextMark | None = None) -> NoReturn:
        """Say what is wrong with the next token, in what, and where that had started."""
        raise GrammarError(context, started, problem, self.peek_token().start_mark)
