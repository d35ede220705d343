"""What is said of an error that nobody expected."""

from __future__ import annotations

import os


def described(error: BaseException) -> str:
    """Its kind, its message, and where in the code it was raised: what helps to mend it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}: {error}{where}"
