"""Install the editors that the tests marked `editors` drive: `python3 dev.py editors` runs this first.

What cannot be installed is said, and the tests that need it are skipped with the same reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
PLACE = Path(sys.prefix) / "editors"
#: Debian's packages, by a file that each brings.
PACKAGES = {
    "/usr/bin/emacs": "emacs-nox",
    "/usr/share/doc/elpa-eglot": "elpa-eglot",
    "/usr/share/doc/elpa-yaml-mode": "elpa-yaml-mode",
    "/usr/bin/chromium": "chromium",
    "/usr/bin/rg": "ripgrep",
}
_NPM = ("--no-audit", "--no-fund", "--loglevel=error")


def run(*command: str | Path, cwd: Path = ROOT) -> bool:
    """Run a program; whether it succeeded. Its output is shown only where it did not."""
    words = [str(word) for word in command]
    ran = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    if ran.returncode:
        complain(f"{' '.join(words)} failed:\n{(ran.stdout + ran.stderr)[-2000:]}")
    return ran.returncode == 0


def complain(reason: str) -> None:
    print(f"NOT INSTALLED: {reason}", file=sys.stderr)


def from_debian() -> None:
    missing = [package for file, package in PACKAGES.items() if not Path(file).exists()]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.name == "nt" or os.geteuid() != 0:
        complain(f"{' '.join(missing)}: that takes apt-get, and root")
        return
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *missing)
    if not run(*install):
        run("apt-get", "update")
        run(*install)


def from_npm() -> None:
    npm = shutil.which("npm")
    if npm is None:
        complain("yaml-language-server and the extension for Visual Studio Code: there is no npm")
        return
    PLACE.mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name("package.json"), PLACE)
    run(npm, "install", "--ignore-scripts", *_NPM, cwd=PLACE)
    if run(npm, "ci", *_NPM, cwd=EXTENSION) and run(npm, "run", "package", cwd=EXTENSION):
        visual_studio_code()


def visual_studio_code() -> None:
    asked = subprocess.run(
        ["node", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    node = asked.stdout.strip()
    if not node.startswith("v20."):
        complain(f"code-server: its release is for Node.js 20, and this is {node}")
    elif shutil.which("rg") is None or shutil.which("c++") is None:
        complain("code-server: that takes ripgrep and a C++ compiler")
    else:
        run("bash", EXTENSION / "e2e" / "prepare.sh", PLACE / "code")


if __name__ == "__main__":
    from_debian()
    from_npm()
