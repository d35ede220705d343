"""What holds for every test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

# Each of them holds `load_rules`: imported while a test has put another in its place, it would hold that one.
import sidecar_lint.language.links
import sidecar_lint.linting.engine
import sidecar_lint.linting.suppressing
import sidecar_lint.linting.unread
import sidecar_lint.rulebook.ruleset  # noqa: F401
from sidecar_lint.report.formats import ASSISTANT_VARIABLES, FORMAT_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copilot_oracle import Copilot

#: No snapshot depends on the calendar: findings that rest on a date are as they were on this day. It is before
#: AWS deprecated the runtime of Copilot's functions, so that other tests need not speak of it.
os.environ["SIDECAR_LINT_TODAY"] = "2026-01-01"

#: Nor on who runs the tests: a coding assistant would get another format.
for _name in (*ASSISTANT_VARIABLES, FORMAT_VARIABLE):
    os.environ.pop(_name, None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that ask Copilot come first: thus, of several processes, only one starts it."""
    items.sort(key=lambda item: item.get_closest_marker("copilot") is None)


@pytest.fixture(scope="session")
def copilot() -> Iterator[Copilot]:
    """The released Copilot, and an application without a domain."""
    import copilots

    with copilots.without_domain() as running:
        yield running


@pytest.fixture(scope="session")
def copilot_with_domain() -> Iterator[Copilot]:
    """The released Copilot, and an application that has a domain."""
    import copilots

    with copilots.with_domain() as running:
        yield running
