#!/usr/bin/env python3
"""How fast sidecar-lint is: as ratios against yamllint and check-jsonschema, in the same run.

    python3 dev.py bench [--runs N] [--aims] [--quick] [--manifests N] [--workloads N]

aims    a ratio a row, beside the one that is aimed at; `--aims` has these alone, `--quick` those that take seconds
warm    many manifests in one process; also milliseconds a manifest
whole   a workspace of many workloads with addons and collectors; one workload of it, and of a small one
fixing  a mistake in every manifest of 20, 40, 80 and 160 workloads: --fix against linting alone
render  the templates of the three environments of one manifest, in one process
found   one line with 250, 1000 and 4000 findings: milliseconds a finding, in several formats
costs   what once cost more than in proportion, at three sizes (`python bench/costs.py` has these alone)

Seconds are only compared within a run: the three programs take turns, and the median counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from aims import rows, show
from costs import costs
from measuring import BIN, CLEAN, Command, Run, commands, compare, workspace


def report(title: str, results: dict[str, Run]) -> None:
    ours = results["sidecar-lint"]
    print(f"\n{title}")
    for name, run in results.items():
        ratio = f"{ours.seconds / run.seconds:6.2f} x" if name != "sidecar-lint" else ""
        print(f"  {name:18}{run.seconds:9.3f} s{run.megabytes:9.1f} MB   {ratio}")


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


def whole(workloads: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = workspace(Path(folder), workloads)
        large, small = Path(folder) / f"shop-{workloads}", Path(folder) / "shop-1"
        workspace(Path(folder), 1)
        both: dict[str, Command] = {
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
            both: dict[str, Command] = {
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
    from sidecar_lint.template.template import GeneratedTemplate

    text = CLEAN.read_text("utf-8")
    times: dict[str, list[float]] = {"templates": [], "lint": []}
    for _ in range(runs * 10):
        manifests = Document(Source("manifest.yml", text)).manifests
        start = time.process_time()
        for manifest in manifests:
            for each in GeneratedTemplate.of(Stack(manifest, "shop")).resources.values():
                each.get("Properties")
        middle = time.process_time()
        lint_text(text)
        times["templates"].append(middle - start)
        times["lint"].append(time.process_time() - middle)
    ours, lint = (statistics.median(times[name]) * 1000 for name in times)
    print("\nrender: the templates of all environments (ours / linting the same manifest; what is aimed at)")
    print(f"  {len(manifests)} templates {ours:9.2f} ms   {ours / lint:6.2f} x   {_TEMPLATES:.2f} ms")


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
    parser.add_argument("--aims", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--manifests", type=int, default=1000)
    parser.add_argument("--workloads", type=int, default=200)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever installs a program has it compiled
    show(rows(options.runs, every=not options.quick))
    if options.aims or options.quick:
        return
    warm(options.manifests, 1)
    whole(options.workloads, min(options.runs, 5))
    fixing(min(options.runs, 5))
    render(options.runs)
    found(1)
    costs()


if __name__ == "__main__":
    main()
