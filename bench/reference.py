"""An earlier commit of ours, installed from the history beside this one, to be measured against."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
import venv
from functools import cache
from pathlib import Path

from measuring import BIN, ROOT

#: What the aims are measured against.
COMMIT = "988c772"


@cache
def reference() -> Path:
    """The folder of its programs, in an environment of its own beside ours; made the first time."""
    place = BIN.parent / f"reference-{COMMIT}"
    programs = place / BIN.name
    if not (programs / "sidecar-lint").exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "commit.tar"
            git = ("git", "-C", str(ROOT), "archive", "-o", str(archive), COMMIT)
            subprocess.run(git, check=True)
            with tarfile.open(archive) as files:
                files.extractall(Path(folder, "source"), filter="data")
            pip = (programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            subprocess.run([*map(str, pip), str(Path(folder, "source"))], check=True)
    return programs
