"""The table of aims: what we want to be as fast as, how close we are, each row measured within one run.

The programs of a row take turns, so a slow moment is everybody's, and medians count; of differences, the least of
several runs, since noise only adds and little is left. Processor time is compared where one process works,
wall-clock time where several do or somebody waits.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from language_server import manifest, opened, typed
from lsp_client import running  # language_server knows where it lies
from measuring import BIN, CLEAN, ROOT, Command, commands, compare, long_manifest, mistaken, workspace
from reference import COMMIT, reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: What is measured takes minutes where there are this many workloads, so it is not done as often.
WORKLOADS = 500
FEW = 3
#: In megabytes: of a larger file than the last nothing is read.
SIZES = (0.1, 1.0, 4.0)


class Row(NamedTuple):
    """A ratio, and the highest that is aimed at; `note` has the figures it comes from."""

    name: str
    ratio: float | None
    aim: float
    note: str


def show(rows: Iterator[Row]) -> None:
    """Print each row as soon as it is measured."""
    print("aims                                                          ratio     aim")
    for row in rows:
        ratio = "      –  " if row.ratio is None else f"{row.ratio:7.2f} ×"
        mark = " " if row.ratio is None or row.ratio <= row.aim else "!"
        print(f"  {row.name:56}{ratio}{row.aim:6.2f} × {mark} {row.note}", flush=True)


def rows(runs: int, *, every: bool) -> Iterator[Row]:
    """All rows; without `every` only those that take seconds."""
    yield from cold(runs)
    yield from warm(runs)
    if every:
        yield from many(min(runs, FEW))
        yield from editor(runs)
        yield from growth(runs)


def cold(runs: int) -> Iterator[Row]:
    """One manifest, process start included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "manifest.yml"
        path.write_text(mistaken(), "utf-8")
        found = compare({**commands(CLEAN), "mistaken": (BIN / "sidecar-lint", path)}, runs)
    ours, yamllint, schema = (found[name] for name in commands(CLEAN))
    cpu, memory = f"{ours.cpu * 1000:.0f} ms", f"{ours.megabytes:.1f} MB"
    yield Row("cold: CPU to yamllint", ours.cpu / yamllint.cpu, 1.0, cpu)
    yield Row("cold: CPU to check-jsonschema with the same schema", ours.cpu / schema.cpu, 0.33, cpu)
    yield Row("cold: peak memory to yamllint", ours.megabytes / yamllint.megabytes, 1.5, memory)
    wrong = found["mistaken"].cpu
    yield Row("cold: CPU with five findings to none", wrong / ours.cpu, 1.5, f"{wrong * 1000:.0f} ms")


def warm(runs: int) -> Iterator[Row]:
    """The same manifest again and again in one process."""
    old, script = reference() / "python", ROOT / "bench" / "linting.py"

    def run(python: Path, *words: str) -> str:
        command = (str(python), str(script), str(CLEAN), *words)
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    codes = run(old, "--codes").strip()
    ways: dict[str, Callable[[], str]] = {
        "old": lambda: run(old),
        "same": lambda: run(BIN / "python", "--rules", codes),
        "all": lambda: run(BIN / "python", "--templates"),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            times[name].append(float(way()))
    before, same, everything = (statistics.median(times[name]) for name in ways)
    note = f"{same:.1f} ms, {before:.1f} ms"
    yield Row(f"warm: its rules to {COMMIT}", same / before, 0.5, note)
    note = f"{everything:.1f} ms"
    yield Row(f"warm: all rules and three templates to {COMMIT}", everything / before, 1.5, note)


def many(runs: int) -> Iterator[Row]:
    """A large workspace, each workload with addons and a collector."""
    with tempfile.TemporaryDirectory() as folder:
        workspace(Path(folder), WORKLOADS)
        path = Path(folder) / f"shop-{WORKLOADS}"
        both = {"ours": (BIN / "sidecar-lint", path), "old": (reference() / "sidecar-lint", path)}
        found = compare(both, runs)
    ours, old = found["ours"].seconds, found["old"].seconds
    yield Row(f"{WORKLOADS} workloads: wall clock to {COMMIT}", ours / old, 0.4, f"{ours:.1f} s, {old:.1f} s")


def editor(runs: int) -> Iterator[Row]:
    """What somebody waits for who types, and who opens a folder."""
    with tempfile.TemporaryDirectory() as name:
        times = typed(Path(name), manifest(), runs * 25)
    ours, *others = (statistics.quantiles(each, n=20)[-1] for each in times.values())
    ratio = ours / others[0] if others else None
    note = f"{ours:.1f} ms" + (f", {others[0]:.1f} ms" if others else ", which is not there")
    yield Row("keystroke: 95 % to yaml-language-server", ratio, 0.1, note)
    with tempfile.TemporaryDirectory() as name:
        waits: dict[int, list[float]] = {1: [], WORKLOADS: []}
        for size in waits:
            workspace(Path(name), size)
        for _ in range(runs):
            for size, each in waits.items():
                each.append(opening(Path(name) / f"shop-{size}"))
    one, large = (statistics.median(each) for each in waits.values())
    yield Row(f"opening one of {WORKLOADS} workloads to one alone", large / one, 2.0, f"{large:.2f} s")


def opening(root: Path) -> float:
    """Seconds from the start of the server until a file that is open has its diagnostics."""
    began = time.perf_counter()
    with running(root) as client:
        opened(client, "copilot/orders/manifest.yml")
        return time.perf_counter() - began


def growth(runs: int) -> Iterator[Row]:
    """What a megabyte more takes, from a manifest of 0.1 MB to one of 1 and from there to 4, which is all that is read.

    The start is in each of them, and in no difference. The small ones take turns more often: a tenth of a second
    is what they have besides it.
    """
    for title, mistakes in (("clean", False), ("a finding in ten lines", True)):
        with tempfile.TemporaryDirectory() as folder:
            small: dict[str, Command] = {}
            large: dict[str, Command] = {}
            for size in SIZES:
                path = Path(folder) / f"{size}" / "manifest.yml"
                path.parent.mkdir()
                path.write_text(long_manifest(size, mistakes=mistakes), "utf-8")
                (large if size > 1 else small)[str(size)] = (BIN / "sidecar-lint", path)
            found = {**compare(small, runs, min), **compare(large, min(runs, FEW), min)}
        cpu = _more([found[str(size)].cpu for size in SIZES])
        memory = _more([found[str(size)].megabytes for size in SIZES])
        note = ", ".join(f"{each:.2f}" for each in cpu)
        yield Row(f"growth: CPU of a megabyte more, {title}", max(cpu) / min(cpu), 1.3, f"{note} s")
        note = ", ".join(f"{each:.0f}" for each in memory)
        yield Row(f"growth: memory of a megabyte more, {title}", max(memory) / min(memory), 1.3, f"{note} MB")


def _more(values: list[float]) -> list[float]:
    """By how much values grow from size to size, a megabyte."""
    pairs = zip(pairwise(values), pairwise(SIZES), strict=True)
    return [(more - less) / (larger - smaller) for (less, more), (smaller, larger) in pairs]
