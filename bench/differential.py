#!/usr/bin/env python3
"""Look for manifests on which sidecar-lint and the released Copilot disagree.

    python bench/differential.py [--seconds N]     (needs the extra: pip install -e '.[copilot]')

Mutates the valid fixtures, asks both, and prints each kind of disagreement as the smallest manifest
that shows it. Exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import copilot_oracle
from hypothesis import HealthCheck, given, seed, settings
from mutations import BASES, Mutated, mutated_manifests
from yaml import safe_load

from sidecar_lint import Document, Stage, lint_text
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.syntax.source import Source


def refusals(mutated: Mutated) -> list[str]:
    """What we say Copilot refuses of a mutated manifest, in its environment."""
    named = Document(Source("manifest.yml", mutated.text)).environments
    environment = mutated.environment if mutated.environment in named else ANY_ENVIRONMENT
    return [
        f"{finding.code} {finding.message}"
        for finding in lint_text(mutated.text).findings
        if finding.stage is Stage.COPILOT and environment in finding.environments
    ]


class Disagreement(Exception):  # noqa: N818  a result, not an error
    pass


def hunt(copilot: copilot_oracle.Copilot, number: int) -> str | None:
    """One round of mutations; the smallest disagreement it found, if any."""

    @seed(number)
    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(mutated_manifests())
    def compare(mutated: Mutated) -> None:
        name = safe_load(mutated.text).get("name")
        workload = name if name in BASES else "orders"
        answer = copilot.ask(mutated.text.encode(), mutated.environment, workload)
        ours = refusals(mutated)
        if answer.verdict not in ("unknown", "reject" if ours else "accept"):
            said = f"# Copilot: {answer.verdict} {answer.message[-300:]!r}\n# ours: {ours}"
            raise Disagreement(f"{said}\n# environment: {mutated.environment}\n{mutated.text}")

    try:
        compare()
    except Disagreement as found:
        return str(found)
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    end, number, found = time.monotonic() + options.seconds, options.seed, 0
    with copilot_oracle.running({"test", "prod"}, set(BASES)) as copilot:
        while time.monotonic() < end:
            if disagreement := hunt(copilot, number):
                found += 1
                print(f"--- round {number}\n{disagreement}\n", flush=True)
            number += 1
    print(f"{number - options.seed} rounds of 100 mutations, {found} with a disagreement")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
