#!/usr/bin/env python3
"""Hold our verdicts against those of the released Copilot, case by case.

    python3 dev.py conformance [--scope core] [--show 20] [--command 'sidecar-lint --format json']

A case is a manifest and an environment ("" stands for one that the manifest does not name). We refuse it
where the file has a finding of stage `copilot` that holds in that environment. Exit status 1 where a case
that `disagreements.txt` does not name differs, or one that it names does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
FILES = ("cases.jsonl.xz", "yaml.jsonl.xz")
KNOWN = HERE / "disagreements.txt"


@dataclass(frozen=True)
class Case:
    """A question to Copilot, and its answer."""

    name: str
    scope: str
    manifest: str
    environment: str
    refused: bool
    message: str

    @property
    def folder(self) -> str:
        """Where its manifest lies; cases about one manifest share it."""
        return hashlib.sha256(self._bytes).hexdigest()[:24]

    def write(self, root: Path) -> None:
        path = root / self.folder / "manifest.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(self._bytes)

    @property
    def _bytes(self) -> bytes:
        return self.manifest.encode("utf-8", "surrogatepass")


def cases(file: Path) -> Iterator[Case]:
    """The cases of a file, one JSON object a line."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            yield Case(
                name=fields["id"],
                scope=f"{file.name.partition('.')[0]}/{fields['scope']}",
                manifest=fields["manifest"],
                environment=fields["env"] or "*",
                refused=fields["verdict"] == "reject",
                message=fields["message"],
            )


def refusals(asked: Iterable[Case], command: str) -> dict[str, dict[str, list[str]]]:
    """The rules that refuse a manifest, by its folder and the environment."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for case in asked:
            case.write(root)
        run = subprocess.run([*shlex.split(command), folder], capture_output=True, text=True, check=False)
    try:
        findings = json.loads(run.stdout)["findings"]
    except ValueError:
        sys.exit(f"no JSON from `{command}`: {run.stderr[-2000:]}")
    refused: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        if finding["stage"] == "copilot":
            for environment in finding["environments"] or ["*"]:
                refused[Path(finding["file"]).parent.name][environment].append(finding["rule"])
    return refused


def known() -> frozenset[str]:
    """The names of the cases on which we are known to differ."""
    lines = KNOWN.read_text("utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))


def report(asked: list[Case], wrong: list[Case]) -> None:
    print(f"{'scope':14}{'agree':>8}{'missed':>8}{'false alarm':>13}")
    for scope in sorted({case.scope for case in asked}):
        missed = sum(case.refused for case in wrong if case.scope == scope)
        alarms = sum(not case.refused for case in wrong if case.scope == scope)
        agree = sum(case.scope == scope for case in asked) - missed - alarms
        print(f"{scope:14}{agree:8}{missed:8}{alarms:13}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--command", default=f"{sys.executable} -m sidecar_lint --format json")
    parser.add_argument("--scope", action="append", help="only this one (cases/core, yaml/yaml, …)")
    parser.add_argument("--show", type=int, default=20, help="how many new disagreements to print")
    options = parser.parse_args()
    everything = [case for name in FILES for case in cases(HERE / name)]
    asked = [case for case in everything if not options.scope or case.scope in options.scope]
    refused = refusals(asked, options.command)
    # A finding for environments that are not told apart (a pipeline, an environment's own manifest) holds for all.
    wrong = [case for case in asked if bool(refused[case.folder][case.environment]) != case.refused]
    report(asked, wrong)
    listed = known() & {case.name for case in asked}
    new = [case for case in wrong if case.name not in listed]
    settled = sorted(listed - {case.name for case in wrong})
    for case in new[: options.show]:
        rules = refused[case.folder][case.environment]
        said = (
            f"refuses it: {case.message[:300]}" if case.refused else f"accepts it, and we refuse it: {rules}"
        )
        print(f"\n{case.name} in {case.environment}: Copilot {said}")
    for name in settled[: options.show]:
        print(f"\n{name} is in {KNOWN.name} and no longer differs")
    print(f"\n{len(wrong)} differ; {len(new)} of them new; {len(settled)} listed and no longer so")
    return int(bool(new or settled))


if __name__ == "__main__":
    sys.exit(main())
