#!/usr/bin/env python3
"""Hold our verdicts against those of Copilot's own code, on the cases kept beside this repository.

    python bench/conformance.py --shared DIR [--command 'sidecar-lint --format json']

The verdicts are of Copilot 1.33, and we speak for 1.34.1, which differs in one thing: it lets ARM
tasks use Fargate Spot. Cases refused for that alone are left out; every other one must agree.
"""

from __future__ import annotations

import argparse
import lzma
import subprocess
import sys
import tempfile
from pathlib import Path

#: What 1.33 said, and 1.34.1 no longer says.
OUTDATED = "'Fargate Spot' is not supported when deploying on ARM architecture"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--command", default="sidecar-lint --format json")
    parser.add_argument("--scope", action="append")
    options = parser.parse_args()
    folder = options.shared / "conformance"
    with tempfile.TemporaryDirectory() as temporary:
        cases = Path(temporary) / "cases.jsonl.xz"
        with (
            lzma.open(folder / "cases.jsonl.xz", "rt", encoding="utf-8") as lines,
            lzma.open(cases, "wt", encoding="utf-8", preset=0) as kept,
        ):
            kept.writelines(line for line in lines if OUTDATED not in line)
        scopes = [word for scope in options.scope or ("core", "yaml", "rest") for word in ("--scope", scope)]
        command = ["--command", options.command, "--cases", str(cases)]
        run = subprocess.run([sys.executable, str(folder / "score.py"), *command, *scopes], check=False)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
