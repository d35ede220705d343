from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Rule, Severity, Stage, as_mapping

#: How many of the environments of the example are looked at.
_FIRST = 308


def _many(count: int) -> str:
    return "environments: {" + "".join(f"e{number}: {{}}, " for number in range(100, 100 + count))


class TooManyEnvironments(Rule):
    """A manifest has so many environments that not all of them are looked at.

    Each environment has a manifest of its own, and takes as long as the file is large. Ten are always
    looked at, and as many as have a hundred thousand values together; nobody has as many. What is
    wrong in the others is found all the same where it is wrong in itself, as a type or an unknown field.
    """

    code, name = "SL730", "too-many-environments"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "what is wrong in one of these environments alone is not found"
    sources = ("lint/sidecar_lint/manifests/workload_file.py: WorkloadFile.unchecked",)
    good = (_many(50) + "}",)
    bad = (Bad(_many(320) + "}\n#" + " " * (len(_many(_FIRST)) - 1) + "^^^^ SL730"),)

    def check_document(self, document: Document) -> Iterator[Finding]:
        unchecked = document.unchecked
        if unchecked:
            written = as_mapping(document.root.get("environments") if document.root else None)
            node = written.entries[unchecked[0]]
            message = f"from here on, {len(unchecked):,} environments are not checked"
            yield self.finding(node.key or node, message, help="split the manifest", environments=unchecked)
