#!/usr/bin/env python3
"""Look for inputs that crash the linter, hang it, or make it say or write what it must not.

    python3 dev.py fuzz [--seconds N] [--seed N] [--inputs N] [--into FOLDER]

Every input follows from its seed: fixtures and examples of rules, changed at random, and what is done with
them: every format, fixes, comments, baselines, what an environment gets, all that an editor can ask.
Seeds count upwards from the first; `--seed N --inputs 1` does one again. Each fault is saved, with the files
of its input. Exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from fuzzed import fuzzed  # noqa: E402  found by the line above
from fuzzing import Fault, hunt  # noqa: E402  as that

EVERY = 500


def save(fault: Fault, folder: Path) -> None:
    """Keep what a fault takes: its files, and what was said."""
    place = folder / str(fault.seed)
    for path, data in fuzzed(fault.seed).items():
        file = place / "project" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (place / "fault.txt").write_text(f"seed {fault.seed}: {fault.kind}\n\n{fault.detail}", "utf-8", "replace")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--inputs", type=int, default=None, help="how many, if the time is enough")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "fuzz", help="where faults are saved")
    options = parser.parse_args()
    until, kinds, tried = time.monotonic() + options.seconds, Counter[str](), 0
    for tried, fault in enumerate(hunt(itertools.count(options.seed)), 1):
        if fault:
            kinds[fault.kind] += 1
            if kinds[fault.kind] == 1:
                save(fault, options.into)
                print(f"seed {fault.seed}: {fault.kind}", flush=True)
        if tried % EVERY == 0:
            print(f"{tried} inputs, {kinds.total()} faults", file=sys.stderr, flush=True)
        if tried == options.inputs or time.monotonic() > until:
            break
    print(f"seeds {options.seed} to {options.seed + tried - 1}: {tried} inputs, {kinds.total()} faults")
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}")
    return int(bool(kinds))


if __name__ == "__main__":
    sys.exit(main())
