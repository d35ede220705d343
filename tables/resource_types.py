"""Make lint/sidecar_lint/data/resource_types.json: the types of resources that CloudFormation has.

    python tables/resource_types.py     (needs cfn-lint: pip install cfn-lint==1.58.0)

cfn-lint carries the schemas that CloudFormation publishes, by region. What is kept of them is the names: by
service, of all regions.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

MADE = Path(__file__).resolve().parents[1] / "lint" / "sidecar_lint" / "data" / "resource_types.json"


def made() -> str:
    """The names by service, and the release of cfn-lint that they are of, as JSON."""
    spec = importlib.util.find_spec("cfnlint")
    if spec is None or spec.origin is None:
        sys.exit("install cfn-lint")
    regions = Path(spec.origin).parent.glob("data/schemas/providers/*.json")
    types: defaultdict[str, set[str]] = defaultdict(set)
    for region in regions:
        for name in json.loads(region.read_text("utf-8")):
            owner, service, resource = name.split("::", 2)
            if owner == "AWS":
                types[service].add(resource)
    table = {service: sorted(names) for service, names in sorted(types.items())}
    return json.dumps({"as_of": f"cfn-lint {version('cfn-lint')}", "types": table}, indent=1) + "\n"


if __name__ == "__main__":
    MADE.write_text(made(), "utf-8")
