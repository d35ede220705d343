"""Programs that hear signals, whatever those do who started the tests."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def signals_heard() -> Iterator[None]:
    """A program that is started here ignores no signal; otherwise it ignores what its parent does, as below nohup."""
    heard = [getattr(signal, name) for name in ("SIGHUP", "SIGINT") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_DFL) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
