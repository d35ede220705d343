#!/usr/bin/env python3
"""Hold our verdicts against those of Copilot's own code, on the cases kept beside this repository.

    python bench/conformance.py --shared DIR [--command 'sidecar-lint --format json']

The verdicts are of Copilot 1.33, which refuses a little more than 1.34; a configuration says so.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIGURATION = "copilot-version: 1.33\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--command", default="sidecar-lint --format json")
    parser.add_argument("--scope", action="append")
    options = parser.parse_args()
    folder = options.shared / "conformance"
    with tempfile.TemporaryDirectory() as temporary:
        configuration = Path(temporary) / ".sidecar-lint.yml"
        configuration.write_text(CONFIGURATION)
        scopes = [word for scope in options.scope or ("core", "yaml", "rest") for word in ("--scope", scope)]
        command = ["--command", f"{options.command} --config {shlex.quote(str(configuration))}"]
        run = subprocess.run([sys.executable, str(folder / "score.py"), *command, *scopes], check=False)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
