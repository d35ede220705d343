"""What once cost more than in proportion, each at three sizes within one run: milliseconds a piece, and their ratio."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Final

from sidecar_lint import Files, Span, lint_text
from sidecar_lint.files.patterns import matches
from sidecar_lint.language import fixes
from sidecar_lint.language.session import Session
from sidecar_lint.rulebook.registry import load_rules

_HEAD: Final = "name: api\ntype: Backend Service\nimage: {location: nginx}\n"
_PATH: Final = os.path.abspath(os.path.join(os.sep, "nowhere", "copilot", "api", "manifest.yml"))

Work = Callable[[], object]


def _linted(text: str) -> Work:
    return lambda: lint_text(_HEAD + text)


def sidecars(count: int) -> Work:
    """Sidecars with two mistakes each."""
    return _linted("sidecars:\n" + "".join(f"  s{n}: {{image: x, prt: 80, port: 0}}\n" for n in range(count)))


def variables(count: int) -> Work:
    """One text with many variables in it."""
    return _linted(f"command: '{'${X}' * count}'\n")


def merges(count: int) -> Work:
    """A list of maps to merge."""
    return _linted(f"x-a: &a {{A: x}}\nvariables: {{<<: [{', '.join(['*a'] * count)}]}}\n")


def comment(count: int) -> Work:
    """One comment that suppresses, and many findings."""
    lines = "".join(f"  a-{n}: x\n" for n in range(count))
    return _linted(f"variables: # sidecar-lint: ignore[SL602] a reason\n{lines}")


def actions(count: int) -> Work:
    """All that can be done about a whole file, as an editor asks for it."""
    text = _HEAD + "sidecars:\n" + "".join(f"  s{n}: {{Image: x}}\n" for n in range(count))

    def ask() -> None:
        session = Session(load_rules())
        session.files = Files({_PATH: text})
        session.put(_PATH, text, 1)
        linted = session.lint(_PATH)
        offers = session.offers(linted) if linted else None
        if linted and offers:
            list(fixes.fixes(fixes.at(linted.report.findings, Span(0, len(text))), offers))

    return ask


def exclude(count: int) -> Work:
    """A pattern with many stars, and a long path that it nearly means."""
    return lambda: [matches("*a*a*a*a*a*b", "a" * count) for _ in range(100)]


_KINDS: Final[Mapping[Callable[[int], Work], int]] = {
    sidecars: 250,
    variables: 2500,
    merges: 1000,
    comment: 1000,
    actions: 100,
    exclude: 1000,
}


def costs() -> None:
    """Print them; a ratio of about one is linear, of four quadratic."""
    print(
        "\ncosts: at a size, twice and four times that (milliseconds for a thousand; the last is to the first)"
    )
    for kind, size in _KINDS.items():
        kind(size)()  # what is done once is done
        each = [_seconds(kind(count)) / count * 1_000_000 for count in (size, 2 * size, 4 * size)]
        times = "".join(f"{milliseconds:10.1f}" for milliseconds in each)
        print(f"  {kind.__name__:10}{size:6}{times}   {each[-1] / each[0]:6.2f} x", flush=True)


def _seconds(work: Work) -> float:
    """Processor time of the fastest of three."""
    found = []
    for _ in range(3):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


if __name__ == "__main__":
    costs()
