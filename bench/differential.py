#!/usr/bin/env python3
"""Look for manifests on which sidecar-lint and the released Copilot disagree.

    python bench/differential.py [--seconds N]     (needs the extra: pip install -e '.[copilot]')

Mutates the valid fixtures, and spells YAML in unusual ways; asks both, also for the variables that the
container gets, and prints each kind of disagreement as the smallest manifest that shows it. Exit status 1
where there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import copilot_oracle
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from mutations import BASES, Mutated, mutated_manifests
from spellings import spelt_manifests

from sidecar_lint import Document, Scalar, Stage, as_mapping, lint_text
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


def variables(mutated: Mutated) -> dict[str, str]:
    """What we say that the service's own container gets, by names that need no care in a template."""
    document = Document(Source("manifest.yml", mutated.text))
    named = mutated.environment if mutated.environment in document.environments else ANY_ENVIRONMENT
    manifest = next(each for each in document.manifests if each.environment == named)
    found = as_mapping(manifest.root.get("variables")).entries.items()
    return {
        name: "" if each.is_null else each.text
        for name, each in found
        if isinstance(each, Scalar) and name.isalnum()
    }


class Disagreement(Exception):  # noqa: N818  a result, not an error
    pass


def hunt(copilot: copilot_oracle.Copilot, number: int) -> str | None:
    """One round of mutations; the smallest disagreement it found, if any."""

    @seed(number)
    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(mutated_manifests(), spelt_manifests()))
    def compare(mutated: Mutated) -> None:
        answer = copilot.ask(mutated.text.encode("utf-8"), mutated.environment, mutated.workload)
        ours = refusals(mutated)
        said = f"# Copilot: {answer.verdict} {answer.message[-300:]!r}\n# ours: {ours}"
        if answer.verdict not in ("unknown", "reject" if ours else "accept"):
            raise Disagreement(f"{said}\n# environment: {mutated.environment}\n{mutated.text}")
        if answer.template and not ours:
            theirs = copilot_oracle.variables(answer.template)
            mine = {name: text for name, text in variables(mutated).items() if theirs.get(name, text) != text}
            if mine:
                raise Disagreement(f"# Copilot: {theirs}\n# ours: {mine}\n{mutated.text}")

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
