from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    Workspace,
    document_of,
    slip,
)


class UnknownServiceName(Rule):
    """A variable names another service of the application, and no service has that name.

    Services find each other by `<service>.<environment>.<application>.local`, and with Service Connect by
    their name alone, or by `network.connect.alias`. A name is flagged where it is nearly that of a workload
    of this workspace: others may be in another one.
    """

    code, name = "SL717", "unknown-service-name"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the name leads nowhere, and the program finds no other service there"
    sources = ("https://aws.github.io/copilot-cli/docs/developing/svc-to-svc-communication/",)
    good = (
        """
        variables:
          BILLING: http://billing.${COPILOT_ENVIRONMENT_NAME}.${COPILOT_APPLICATION_NAME}.local:8080
          MAIL: http://mailer:25
          SEARCH: http://elsewhere/
        # file: copilot/billing/manifest.yml
        name: billing
        # file: copilot/mail/manifest.yml
        name: mail
        network: {connect: {alias: mailer}}
        """,
    )
    bad = (
        Bad(
            """
            variables:
              BILLING: http://biling.${COPILOT_ENVIRONMENT_NAME}.${COPILOT_APPLICATION_NAME}.local:8080
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL717
              INVOICES: http://billng:8080/invoices
            #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL717
            # file: copilot/billing/manifest.yml
            name: billing
            """
        ),
    )
    also_good = (
        """
        variables: {BILLING: 'http://biling.test.other.local:8080'}
        # file: copilot/billing/manifest.yml
        name: billing
        # file: copilot/.workspace
        application: shop
        """,
    )
    also_bad = (
        Bad(
            """
            variables: {BILLING: 'http://biling.test.shop.local:8080'}
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL717
            # file: copilot/billing/manifest.yml
            name: billing
            # file: copilot/.workspace
            application: shop
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        workspace = manifest.workload.workspace if manifest.workload else None
        if workspace is None or not manifest.document.once(_names_unknown):
            return
        own = {container.name for container in manifest.containers.values()}
        for _, _, node in manifest.container_entries("variables"):
            for name in _names(node, workspace) if isinstance(node, Scalar) else ():
                meant = None if name in own else _meant(name, workspace)
                if meant is not None and name not in _aliases(workspace):
                    message = f"the workspace has no service {name!r}"
                    yield self.finding(node, message, help=f"write `{meant}` for `{name}`")


#: A service in service discovery, with its environment and application, and a host with a name alone.
_ENDPOINT = (
    r"\b([a-z][a-z0-9-]{0,99})\.(?:[a-z][a-z0-9-]{0,99}|\$\{COPILOT_ENVIRONMENT_NAME\})"
    r"\.([a-z][a-z0-9-]{0,99}|\$\{COPILOT_APPLICATION_NAME\})\.local\b"
)
_HOST = r"\bhttps?://([a-z][a-z0-9-]{0,99})(?=[:/]|$)"


def _names_unknown(document: Document) -> bool:
    """Whether a variable of the file has a name in it that is nearly a workload's."""
    workspace = document.workload.workspace if document.workload else None
    texts = (node for _, node in document.written_variables if isinstance(node, Scalar))
    return workspace is not None and any(
        _meant(name, workspace) for node in texts for name in _names(node, workspace)
    )


def _names(node: Scalar, workspace: Workspace) -> Iterator[str]:
    """The names of services that a value has in it."""
    text = node.text if node.template is None else node.template
    if ".local" in text:
        for name, application in re.findall(_ENDPOINT, text):
            if application.startswith("$") or application == workspace.application:
                yield name
    if "http" in text:
        yield from re.findall(_HOST, text)


def _meant(name: str, workspace: Workspace) -> str | None:
    """The workload that is meant by a name that none has; all workloads may write the same one (`localhost`)."""
    known = workspace.once(_slips)
    if name not in known:
        known[name] = None if name in workspace.workloads else slip(name, workspace.workloads)
    return known[name]


def _slips(_: Workspace) -> dict[str, str | None]:
    return {}


def _aliases(workspace: Workspace) -> set[str]:
    """The names that Service Connect gives to workloads."""
    documents = [document_of(workload) for workload in workspace.workloads.values()]
    manifests = [manifest for document in documents if document for manifest in document.manifests]
    aliases = (manifest.scalar("network", "connect", "alias") for manifest in manifests)
    return {alias.text for alias in aliases if alias}
