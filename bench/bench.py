#!/usr/bin/env python3
"""How fast sidecar-lint is: as ratios against yamllint and check-jsonschema, in the same run.

    python3 dev.py bench [--runs N] [--manifests N] [--workloads N]

cold    one clean manifest, process start included: processor time and peak memory, and the same manifest with
        five mistakes; each ratio beside the one that is aimed at
warm    many manifests in one process; also milliseconds a manifest
whole   a workspace of many workloads with addons and collectors; one workload of it, and of a small one
fixing  a mistake in every manifest of 20, 40, 80 and 160 workloads: --fix against linting alone
render  the templates of the three environments of one manifest, in one process
growth  one manifest of 0.1, 1 and 10 MB: time and peak memory a megabyte
found   one line with 250, 1000 and 4000 findings: milliseconds a finding, in several formats
costs   what once cost more than in proportion, at three sizes (`python bench/costs.py` has these alone)

Seconds are only compared within a run: the three programs take turns, and the median counts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from costs import costs

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CLEAN = ROOT / "bench" / "clean" / "manifest.yml"
SHOP = ROOT / "fixtures" / "shop"
SCHEMA = ROOT / "schemas" / "lb-web-service.schema.json"


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu: float
    megabytes: float


def measure(command: Sequence[str | Path]) -> Run:
    """One run of a command: wall-clock seconds, processor time and peak memory, its output thrown away."""
    words = [str(word) for word in command]
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execv(words[0], words)
    _, _, usage = os.wait4(pid, 0)
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(commands: Mapping[str, Sequence[str | Path]], runs: int) -> dict[str, Run]:
    """The median of each command; they take turns, so a slow moment is everybody's."""
    results: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(measure(command))
    return {
        name: Run(
            statistics.median(run.seconds for run in each),
            statistics.median(run.cpu for run in each),
            statistics.median(run.megabytes for run in each),
        )
        for name, each in results.items()
    }


def commands(*paths: Path) -> dict[str, Sequence[str | Path]]:
    return {
        "sidecar-lint": (BIN / "sidecar-lint", *paths),
        "yamllint": (BIN / "yamllint", "-d", "relaxed", *paths),
        "check-jsonschema": (BIN / "check-jsonschema", "--schemafile", SCHEMA, *paths),
    }


def report(title: str, results: dict[str, Run]) -> None:
    ours = results["sidecar-lint"]
    print(f"\n{title}")
    for name, run in results.items():
        ratio = f"{ours.seconds / run.seconds:6.2f} x" if name != "sidecar-lint" else ""
        print(f"  {name:18}{run.seconds:9.3f} s{run.megabytes:9.1f} MB   {ratio}")


#: What is written instead of what, so that the clean manifest has five mistakes.
MISTAKES = {
    "interval: 15s": "intervall: 15s",
    "port: 8080": "port: 80800",
    "retention: 30\n": "retention: 31\n",
    "essential: false": "essential: maybe",
    "source_volume: uploads": "source_volume: upload",
}


def cold(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        mistaken = Path(folder) / "manifest.yml"
        text = CLEAN.read_text("utf-8")
        for right, wrong in MISTAKES.items():
            text = text.replace(right, wrong, 1)
        mistaken.write_text(text, "utf-8")
        found = compare({**commands(CLEAN), "mistaken": (BIN / "sidecar-lint", mistaken)}, runs)
    ours, yamllint, schema = (found[name] for name in commands(CLEAN))
    print("\ncold: one clean manifest, process start included (ours / theirs; what is aimed at)")
    for name, run in found.items():
        print(f"  {name:18}{run.cpu * 1000:7.0f} ms of CPU{run.megabytes:8.1f} MB")
    for name, ratio, aim in (
        ("CPU to yamllint", ours.cpu / yamllint.cpu, 1.0),
        ("CPU to check-jsonschema", ours.cpu / schema.cpu, 0.33),
        ("memory to yamllint", ours.megabytes / yamllint.megabytes, 1.5),
        ("CPU with five mistakes to without", found["mistaken"].cpu / ours.cpu, 1.5),
    ):
        print(f"  {name:34}{ratio:6.2f} x   {aim:.2f} x")


def warm(manifests: int, runs: int) -> None:
    text = CLEAN.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(manifests):
            path = Path(folder) / "copilot" / f"api{number}" / "manifest.yml"
            path.parent.mkdir(parents=True)
            path.write_text(text.replace("name: api", f"name: api{number}", 1), "utf-8")
            paths.append(path)
        results = compare(commands(*paths), runs)
    report(f"warm: {manifests} manifests of {text.count(chr(10))} lines (ours / theirs)", results)
    print(f"  {results['sidecar-lint'].seconds / manifests * 1000:.2f} ms a manifest, start-up included")


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


def whole(workloads: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = workspace(Path(folder), workloads)
        large, small = Path(folder) / f"shop-{workloads}", Path(folder) / "shop-1"
        workspace(Path(folder), 1)
        both: dict[str, Sequence[str | Path]] = {
            "sidecar-lint": (BIN / "sidecar-lint", large),
            "yamllint": (BIN / "yamllint", "-d", "relaxed", *files),
        }
        report(f"whole: {workloads} workloads, {len(files)} files (ours / theirs)", compare(both, runs))
        manifest = Path("copilot", "orders", "manifest.yml")
        one = {
            "sidecar-lint": (BIN / "sidecar-lint", large / manifest),
            "in a small one": (BIN / "sidecar-lint", small / manifest),
        }
        report("one workload of it (ours / the same in a workspace by itself)", compare(one, runs))


def fixing(runs: int) -> None:
    print("\nfixing: a mistake in every manifest, put right (ours / the same without --fix)")
    with tempfile.TemporaryDirectory() as folder:
        for workloads in (20, 40, 80, 160):
            workspace(Path(folder), workloads)
            large = Path(folder) / f"shop-{workloads}"
            for path in large.glob("copilot/*/manifest.yml"):
                text = path.read_text("utf-8")
                path.write_text(text.replace("\n    image:", "\n    Image:", 1), "utf-8")
            both: dict[str, Sequence[str | Path]] = {
                "lint": (BIN / "sidecar-lint", "-q", large),
                "fix": (BIN / "sidecar-lint", "-q", "--diff", large),
            }
            found = compare(both, runs)
            ratio = found["fix"].seconds / found["lint"].seconds
            print(f"  {workloads:4} workloads {found['fix'].seconds:8.2f} s   {ratio:5.2f} x")


#: Milliseconds of processor time for the templates of the three environments.
_TEMPLATES = 3.0


def render(runs: int) -> None:
    """The templates of all environments, every resource made; against linting the same text."""
    from sidecar_lint import Document, lint_text
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.template import Template

    text = CLEAN.read_text("utf-8")
    times: dict[str, list[float]] = {"templates": [], "lint": []}
    for _ in range(runs * 10):
        manifests = Document(Source("manifest.yml", text)).manifests
        start = time.process_time()
        for manifest in manifests:
            for each in Template.of(Stack(manifest, "shop")).resources.values():
                each.get("Properties")
        middle = time.process_time()
        lint_text(text)
        times["templates"].append(middle - start)
        times["lint"].append(time.process_time() - middle)
    ours, lint = (statistics.median(times[name]) * 1000 for name in times)
    print("\nrender: the templates of all environments (ours / linting the same manifest; what is aimed at)")
    print(f"  {len(manifests)} templates {ours:9.2f} ms   {ours / lint:6.2f} x   {_TEMPLATES:.2f} ms")


def growth(runs: int) -> None:
    print("\ngrowth: one manifest, by size")
    head = CLEAN.read_text("utf-8").replace("\nvariables:\n", "\nvariables:\n{}", 1)
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in (0.1, 1, 10):
            count = int(megabytes * 1_000_000 / 30)
            body = "".join(f"  VARIABLE_{number:08}: value\n" for number in range(count))
            path = Path(folder) / "manifest.yml"
            path.write_text(head.replace("{}", body, 1), "utf-8")
            run = compare({"ours": (BIN / "sidecar-lint", path)}, runs)["ours"]
            size = path.stat().st_size / 1_000_000
            each = f"{run.seconds / size:7.2f} s/MB {run.megabytes / size:8.1f} MB/MB"
            print(f"  {size:6.1f} MB {run.seconds:8.2f} s {run.megabytes:8.1f} MB   {each}")


def found(runs: int) -> None:
    print(
        "\nfound: one line with many findings, by format (milliseconds a finding; the last is to the first)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "manifest.yml"
        for output in ("text", "concise", "json", "sarif"):
            each = []
            for count in (250, 1000, 4000):
                sidecars = ", ".join(f"s{number}: {{image: x, prt: 80}}" for number in range(count))
                path.write_text(f"name: api\ntype: Backend Service\nsidecars: {{{sidecars}}}\n", "utf-8")
                run = compare({"ours": (BIN / "sidecar-lint", "--format", output, path)}, runs)["ours"]
                each.append(run.seconds / count * 1000)
            times = "".join(f"{milliseconds:9.2f}" for milliseconds in each)
            print(f"  {output:10}{times}   {each[-1] / each[0]:6.2f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--manifests", type=int, default=1000)
    parser.add_argument("--workloads", type=int, default=200)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever installs a program has it compiled
    cold(options.runs)
    warm(options.manifests, 1)
    whole(options.workloads, min(options.runs, 5))
    fixing(min(options.runs, 5))
    render(options.runs)
    growth(1)
    found(1)
    costs()


if __name__ == "__main__":
    main()
