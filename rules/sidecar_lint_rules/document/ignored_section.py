from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Rule, Severity, Stage, environments_of, ignored_by_type


class IgnoredSection(Rule):
    """A section that workloads of this type do not have.

    A Request-Driven Web Service runs on App Runner and a Static Site on CloudFront: neither has
    sidecars, FireLens or volumes. A Worker Service or a Scheduled Job has no load balancer. Copilot
    does not say so: it ignores the section.
    """

    code, name = "SL009", "ignored-section"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot ignores the whole section"
    in_schema = True
    ignored = True
    sources = ("internal/pkg/manifest: the structs of each workload type",)
    good = ("type: Worker Service\nsidecars: {nginx: {image: nginx}}",)
    bad = (
        Bad(
            """
            name: site
            type: Request-Driven Web Service
            sidecars:
            ^^^^^^^^ SL009
              nginx: {image: nginx}
            """
        ),
        Bad(
            """
            type: Backend Service
            tags: {team: web}
            ^^^^ SL009
            """
        ),
        Bad(
            """
            type: Request-Driven Web Service
            env_file: web.env
            ^^^^^^^^ SL009
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        for unknown in document.shape.unknown_fields if document.shape else ():
            if kinds := ignored_by_type(document, unknown):
                message = f"a {document.kind} has no {unknown.key.text!r}"
                yield self.finding(
                    unknown.key,
                    message,
                    help=_INSTEAD.get(unknown.key.text) or f"leave it out: it is for {_plural(kinds)}",
                    environments=environments_of(unknown.path),
                )


#: What to do instead, where something else does the same.
_INSTEAD = {
    "tags": "leave it out: `copilot deploy --resource-tags team=web` tags the resources of this workload",
    "env_file": "write what is in the file under `variables`, and what is secret of it under `secrets`",
}


def _plural(kinds: list[str]) -> str:
    *most, last = [f"{kind}s" for kind in kinds]
    return f"{', '.join(most)} and {last}" if most else last
