"""Programs run side by side, and what they are run on."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CLEAN = ROOT / "bench" / "clean" / "manifest.yml"
SHOP = ROOT / "fixtures" / "shop"
SCHEMA = ROOT / "schemas" / "lb-web-service.schema.json"

Command = Sequence[str | Path]

#: What is written instead of what, so that the clean manifest has five mistakes.
MISTAKES = {
    "interval: 15s": "intervall: 15s",
    "port: 8080": "port: 80800",
    "retention: 30\n": "retention: 31\n",
    "essential: false": "essential: maybe",
    "source_volume: uploads": "source_volume: upload",
}


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu: float
    megabytes: float


def measure(command: Command) -> Run:
    """One run of a command: wall-clock seconds, processor time and peak memory, its output thrown away.

    One that fails (but for finding something) ends the run: it would be quick.
    """
    words = [str(word) for word in command]
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execv(words[0], words)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"it does not work: {' '.join(words)}")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(
    commands: Mapping[str, Command],
    runs: int,
    typical: Callable[[Iterable[float]], float] = statistics.median,
) -> dict[str, Run]:
    """What is `typical` of each command; they take turns, so a slow moment is everybody's."""
    results: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(measure(command))
    return {
        name: Run(
            typical(run.seconds for run in each),
            typical(run.cpu for run in each),
            typical(run.megabytes for run in each),
        )
        for name, each in results.items()
    }


def commands(*paths: Path) -> dict[str, Command]:
    return {
        "sidecar-lint": (BIN / "sidecar-lint", *paths),
        "yamllint": (BIN / "yamllint", "-d", "relaxed", *paths),
        "check-jsonschema": (BIN / "check-jsonschema", "--schemafile", SCHEMA, *paths),
    }


def mistaken() -> str:
    """The clean manifest with five mistakes."""
    text = CLEAN.read_text("utf-8")
    for right, wrong in MISTAKES.items():
        text = text.replace(right, wrong, 1)
    return text


def workspace(folder: Path, workloads: int) -> list[Path]:
    """Copies of the workload of fixtures/shop in one workspace, each with addons and a collector."""
    shop = folder / f"shop-{workloads}"
    shutil.copytree(SHOP, shop)
    secrets = (shop / "secrets.yml").read_text("utf-8")
    orders = shop / "copilot" / "orders"
    for number in range(1, workloads):
        copied = shop / "copilot" / f"orders{number}"
        shutil.copytree(orders, copied)
        manifest = copied / "manifest.yml"
        text = manifest.read_text("utf-8").replace("name: orders\n", f"name: orders{number}\n", 1)
        manifest.write_text(text.replace("otel_config", f"otel_config{number}"), "utf-8")
        with (shop / "secrets.yml").open("a", encoding="utf-8") as file:
            file.write(secrets.replace("otel_config", f"otel_config{number}"))
    return [*sorted(shop.glob("copilot/**/*.yml")), shop / "secrets.yml"]


def long_manifest(megabytes: float, *, mistakes: bool = False) -> str:
    """The clean manifest with many variables; with `mistakes` every tenth has a name that is not valid."""
    count = int(megabytes * 1_000_000 / 27)
    names = (
        f"BAD-NAME_{number:08}" if mistakes and number % 10 == 0 else f"VARIABLE_{number:08}"
        for number in range(count)
    )
    body = "".join(f"  {name}: value\n" for name in names)
    head = CLEAN.read_text("utf-8").replace("\nvariables:\n", "\nvariables:\n{}", 1)
    return head.replace("{}", body, 1)
