#!/usr/bin/env python3
"""Set up and run this checkout, with nothing but Python 3.11 and git.

    python3 dev.py lint [PATH…]     sidecar-lint of this checkout; without a path, on a bundled workspace
    python3 dev.py test [ARG…]      the tests; arguments go to pytest
    python3 dev.py services [ARG…]  the tests that need tools of others, some from npm: report formats, the Action
    python3 dev.py check            ruff, mypy, and who imports whom (import-linter)
    python3 dev.py editors [ARG…]   the tests in real editors, which it installs where it can
    python3 dev.py slow [ARG…]      the tests that install the program or build the site
    python3 dev.py docs [ARG…]      the site, into build/website
    python3 dev.py conformance      our verdicts against 19,825 of the released Copilot's
    python3 dev.py rule NAME        a new rule, to be filled in (--help: where, and what it looks at)
    python3 dev.py bench [ARG…]     timings, as ratios against other tools
    python3 dev.py fuzz [ARG…]      inputs that nobody would write, for a minute

The first run makes a virtual environment in .venv (another place: DEV_VENV=…) and installs there
what is needed; it is made anew when pyproject.toml changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("DEV_VENV", ROOT / ".venv"))
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXAMPLE = ROOT / "fixtures" / "demo"

#: What each command needs besides the package itself.
NEEDS = {
    "lint": (),
    "test": ("--group", "dev", "--editable", ".[copilot,server]"),
    "services": ("--group", "dev", "--editable", ".[services,server]"),
    "check": ("--group", "dev", "--editable", ".[server]"),
    "editors": ("--group", "dev", "--editable", ".[editors,server]"),
    "slow": ("--group", "dev", "--group", "slow", "--editable", ".[server]"),
    "docs": ("--group", "docs"),
    "rule": (),
    "bench": ("--group", "dev", "--editable", ".[bench,server]"),
    "conformance": ("--group", "dev", "--editable", "."),
    "fuzz": ("--group", "dev", "--editable", "."),
}
#: What starts the program again and again.
STARTING = ("test", "services", "editors", "slow", "bench")
SCRIPTS = {
    "bench": "bench/bench.py",
    "conformance": "tests/conformance/verdicts.py",
    "docs": "website/assemble.py",
    "fuzz": "bench/fuzz.py",
    "rule": "rules/scaffold.py",
}


def run(*command: str | Path, cwd: Path = ROOT) -> int:
    return subprocess.run([str(part) for part in command], cwd=cwd, check=False).returncode


def install(command: str) -> None:
    """Make the environment, unless it is there and pyproject.toml is what it was."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f"installed-for-{command}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"setting up {VENV} …", file=sys.stderr)
    if not BIN.is_dir():
        venv.create(VENV, with_pip=True)
    # Dependency groups need pip 25.1.
    pip = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    packages = ("--editable", ".", *NEEDS[command])
    if run(*pip, "pip>=25.1") or run(*pip, *packages):
        sys.exit("could not install what is needed; the messages of pip are above")
    stamp.write_text(wanted)


def install_node_packages() -> None:
    """Let npm install beside the environment what tests/package.json names."""
    npm = shutil.which("npm")
    if npm is None:
        print("there is no npm: the tests that need it are skipped", file=sys.stderr)
        return
    place = VENV / "npm"
    place.mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests" / "package.json", place)
    if run(
        npm, "install", "--prefix", place, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"
    ):
        sys.exit("npm could not install what tests/package.json names; its messages are above")


def main() -> int:
    command, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if command not in NEEDS:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):
        sys.exit("sidecar-lint needs Python 3.11 or later")
    install(command)
    python = BIN / "python"
    if command == "lint":
        paths = arguments or [os.path.relpath(EXAMPLE)]
        return run(BIN / "sidecar-lint", *paths, cwd=Path.cwd())
    if command in STARTING:
        # Some machines keep no bytecode, and the tests start the program some hundred times; pytest makes its own
        # of each file of tests, in each process.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if command == "test":
        return run(python, "-m", "pytest", *(arguments or ["--numprocesses", "auto"]))
    if command == "editors":
        run(python, "tests/editors/install.py")
        return run(python, "-m", "pytest", "-m", "editors", *arguments)
    if command == "services":
        install_node_packages()
        return run(python, "-m", "pytest", "-m", "services", *arguments)
    if command == "slow":
        return run(python, "-m", "pytest", "-m", "slow and not services", *arguments)
    if command in SCRIPTS:
        return run(python, SCRIPTS[command], *arguments)
    typed = ("mypy", "tests", "bench", "tables", "website", "dev.py")
    steps = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), typed)
    imports = (BIN / "lint-imports", "--no-cache", "--no-logo")
    return max(run(*imports), *(run(python, "-m", *step) for step in steps))


if __name__ == "__main__":
    sys.exit(main())
