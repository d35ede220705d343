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


def was_interrupted(error: BaseException) -> bool:
    """Whether an error is what became of an interrupt (Ctrl-C).

    Python 3.11 makes a RuntimeError of one that comes while a class is made, and jsonschema-rs a panic of one that
    comes while it is imported.
    """
    cause: BaseException | None = error
    while cause is not None:
        is_panic = not isinstance(cause, Exception) and KeyboardInterrupt.__name__ in str(cause)
        if is_panic or isinstance(cause, KeyboardInterrupt):
            return True
        cause = cause.__cause__
    return False
