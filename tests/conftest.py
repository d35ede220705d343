"""What holds for every test."""

from __future__ import annotations

import os

# Each of them holds `load_rules`: imported while a test has put another in its place, it would hold that one.
import sidecar_lint.language.links
import sidecar_lint.linting.engine
import sidecar_lint.linting.suppressing
import sidecar_lint.linting.unread
import sidecar_lint.rulebook.ruleset  # noqa: F401
from sidecar_lint.report.formats import ASSISTANT_VARIABLES, FORMAT_VARIABLE

#: No snapshot depends on the calendar: findings that rest on a date are as they were on this day. It is before
#: AWS deprecated the runtime of Copilot's functions, so that other tests need not speak of it.
os.environ["SIDECAR_LINT_TODAY"] = "2026-01-01"

#: Nor on who runs the tests: a coding assistant would get another format.
for _name in (*ASSISTANT_VARIABLES, FORMAT_VARIABLE):
    os.environ.pop(_name, None)
