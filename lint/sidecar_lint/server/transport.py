"""Connecting the server: standard input and output, or a port of this machine for debugging."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from typing import BinaryIO, Final

from pygls.io_ import StdoutWriter

from sidecar_lint.exit_status import FAILED
from sidecar_lint.report.stderr import complain
from sidecar_lint.server.features import register
from sidecar_lint.server.logs import ToClient
from sidecar_lint.server.server import Server

#: How long the thread that lints may keep the others waiting, in seconds.
_SWITCH: Final = 0.001
#: So seldom is garbage collected by itself (see `gc.set_threshold`): `Analysis` does it in a pause. All of it is when
#: there is none for long, as what stays is set aside.
_COLLECTION: Final = (20_000, 20, 2)
_LENGTH: Final = b"content-length:"
#: The most that is taken for a line of a header, and for a message, in bytes.
_LONGEST_LINE: Final = 4096
_LARGEST_MESSAGE: Final = 256 << 20
_LONGEST_SHOWN: Final = 40
_INVALID_PARAMS: Final = -32602

#: A server is made where its loop runs.
MakeServer = Callable[[], Server]

logger = logging.getLogger(__name__)


class InvalidHeader(Exception):  # noqa: N818  a client may send anything
    """A header that does not say where its message ends: nothing after it can be understood."""


def serve_stdio(make: MakeServer) -> int:
    """Speak on standard input and output until the client says or is gone; the exit status.

    Nothing but the protocol gets to either: what is printed goes to standard error, and programs
    that are started find nothing to read.
    """
    stdin = os.fdopen(os.dup(0), "rb")
    stdout = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    sys.stdout = sys.stderr
    return serve(make, stdin, stdout)


def serve_tcp(make: MakeServer, port: int) -> int:
    """Speak to one client on a port of the loopback address, and no other; 0 takes a free port."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        sys.stderr.write(f"listening on 127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stderr.flush()
        connection, _ = listener.accept()
    sys.stdout = sys.stderr
    with connection:
        return serve(make, connection.makefile("rb"), connection.makefile("wb"))


def serve(make: MakeServer, stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Speak until the client says or is gone; the exit status."""
    sys.setswitchinterval(_SWITCH)
    gc.set_threshold(*_COLLECTION)
    try:
        return asyncio.run(_serve(make, stdin, stdout))
    except BrokenPipeError:
        return 1


async def _serve(make: MakeServer, stdin: BinaryIO, stdout: BinaryIO) -> int:
    server = make()
    register(server)
    logging.getLogger("sidecar_lint").addHandler(ToClient(server))
    writer = StdoutWriter(stdout)
    server.protocol.set_writer(writer)
    loop = asyncio.get_running_loop()

    def read() -> None:
        with suppress(RuntimeError):  # the loop may have ended before the stream
            try:
                for body in messages(stdin):
                    loop.call_soon_threadsafe(_receive, server, writer, body)
            except InvalidHeader as error:
                complain(str(error))
                server.exit_status = FAILED
            except (OSError, ValueError):  # a broken connection is a closed one
                pass
            loop.call_soon_threadsafe(server.stopped.set)

    Thread(target=read, name="reader", daemon=True).start()
    await server.stopped.wait()
    return server.exit_status


def messages(stream: BinaryIO) -> Iterator[bytes]:
    """The bodies of the messages in a stream, until its end. Raises InvalidHeader."""
    length = 0
    while line := stream.readline(_LONGEST_LINE):
        if line.lower().startswith(_LENGTH):
            length = _length(line[len(_LENGTH) :].strip())
        elif not line.strip() and length:
            body = stream.read(length)
            if len(body) < length:
                return
            yield body
            length = 0


def _length(text: bytes) -> int:
    """The length of a message, in bytes, from its header."""
    length = int(text) if text.isdigit() and len(text) < len(str(_LARGEST_MESSAGE)) + 1 else None
    if length is None or length > _LARGEST_MESSAGE:
        said = text[:_LONGEST_SHOWN].decode("ascii", "backslashreplace")
        raise InvalidHeader(
            f"the client says that its message is {said!r} bytes long, and nothing after that is understood"
        )
    return length


def _receive(server: Server, writer: StdoutWriter, body: bytes) -> None:
    """Handle one message; what cannot be understood is refused, and the next one is waited for."""
    try:
        message = json.loads(body, object_hook=server.protocol.structure_message)
        server.protocol.handle_message(message)
    except BrokenPipeError:
        server.stopped.set()
    except Exception:
        logger.exception("cannot understand a message")
        _refuse(writer, body)


def _refuse(writer: StdoutWriter, body: bytes) -> None:
    """Answer a request that pygls cannot even read: it would leave the client waiting."""
    with suppress(ValueError, AttributeError, RecursionError):
        message = json.loads(body)
        if message.get("id") is not None and "method" in message:
            error = {"code": _INVALID_PARAMS, "message": "cannot understand the parameters"}
            answer = json.dumps({"jsonrpc": "2.0", "id": message["id"], "error": error}).encode()
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(answer), answer))
