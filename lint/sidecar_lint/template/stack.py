"""The stack of a workload in an environment: what its template is made from.

The manifest says most of it. The rest is what Copilot looks up in AWS; of that, the files around
the manifest say some (addons, the environment's manifest), and for some there are stand-ins.
"""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sidecar_lint.environments.in_workspace import environment_files_of
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.copilot_names import BACKEND, JOB, LOAD_BALANCED, WORKER
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Document, Manifest
    from sidecar_lint.workspace.addons import AddonOutput, OutputKind

UNKNOWN_APPLICATION: Final = "<APPLICATION>"
UNKNOWN_ENVIRONMENT: Final = "<ENVIRONMENT>"


Made = TypeVar("Made")


def once(make: Callable[[Stack], Made]) -> Callable[[Stack], Made]:
    """A function of a stack that is called once for each; its result is not to be changed."""

    @wraps(make)
    def found(stack: Stack) -> Made:
        made = stack.made
        if make not in made:
            made[make] = make(stack)
        result: Made = made[make]
        return result

    return found


class Account(NamedTuple):
    """What only AWS knows of the application. The region and the account are those of AWS's own examples."""

    region: str = "eu-west-1"
    id: str = "123456789012"
    partition: str = "aws"
    #: The application's domain; empty where nothing is known of one.
    domain: str = ""
    #: Whether environments of which no manifest is there import certificates.
    certificates: bool = False
    #: Where Copilot uploads what a stack needs.
    bucket: str = "<ARTIFACT_BUCKET>"
    #: An App Runner function needs a layer, of which each region has its own.
    sdk_layer: str = "<AWS_SDK_LAYER_ARN>"


class Stack:
    """What the template of one environment is made from."""

    def __init__(
        self, manifest: Manifest, application: str | None = None, account: Account | None = None
    ) -> None:
        self.manifest = manifest
        self.kind = manifest.kind
        workspace = manifest.workload.workspace if manifest.workload else None
        self.application = (
            application or (workspace.application if workspace else None) or UNKNOWN_APPLICATION
        )
        self.account = account or Account()
        #: What was found out so far, by the function that did (`once`).
        self.made: dict[Callable[[Stack], Any], Any] = {}
        #: What was made of some fields for any environment of the file (`of_fields`).
        self.of_fields = manifest.document.once(_no_fields)

    @property
    @once
    def environment(self) -> str:
        """The environment's name; a placeholder where it may be any that the manifest does not name."""
        name = self.manifest.environment
        return UNKNOWN_ENVIRONMENT if name == ANY_ENVIRONMENT else name

    @property
    @once
    def name(self) -> str:
        """The workload's name."""
        return self.manifest.name

    @property
    def full_name(self) -> str:
        """`application-environment-workload`."""
        return f"{self.application}-{self.environment}-{self.name}"

    @property
    def discovery_endpoint(self) -> str:
        """The namespace in which the environment's services find each other."""
        return f"{self.environment}.{self.application}.local"

    @property
    def is_load_balanced(self) -> bool:
        """Whether it is a Load Balanced Web Service."""
        return self.kind == LOAD_BALANCED

    @property
    def is_backend(self) -> bool:
        """Whether it is a Backend Service."""
        return self.kind == BACKEND

    @property
    def is_worker(self) -> bool:
        """Whether it is a Worker Service."""
        return self.kind == WORKER

    @property
    def is_job(self) -> bool:
        """Whether it is a Scheduled Job."""
        return self.kind == JOB

    @property
    @once
    def sidecars(self) -> tuple[Container, ...]:
        """The sidecars in the order in which Copilot has them."""
        return tuple(sorted(self.manifest.sidecars, key=lambda sidecar: sidecar.name))

    @property
    @once
    def has_log_router(self) -> bool:
        """Whether logs go through FireLens."""
        return self.manifest.firelens

    @property
    def is_traced(self) -> bool:
        """Whether traces go to X-Ray."""
        vendor = self.manifest.scalar("observability", "tracing")
        return not self.is_job and vendor is not None and vendor.text.upper() == "AWSXRAY"

    @property
    @once
    def has_certificates(self) -> bool | None:
        """Whether the environment's manifest imports certificates for the load balancer of the workload.

        None where there is one that cannot be read, unless the account is said to have them.
        """
        workspace = self.manifest.workload.workspace if self.manifest.workload else None
        environments = workspace.environments if workspace else ()
        # Where there are none, no environment need be asked for its name.
        if workspace is None or not environments or self.environment not in environments:
            return self.account.certificates
        file = environment_files_of(workspace).get(self.environment)
        if file is None or file.tree.unread:
            return self.account.certificates or None
        manifest = file.manifest
        found = manifest.public_certificates if self.is_load_balanced else manifest.private_certificates
        return found is not None and bool(found.items)

    @property
    @once
    def domain(self) -> str | None:
        """The application's domain; None where it seems to have none.

        `.workspace` does not say. But an alias is refused without a domain, unless there is a certificate.
        """
        needed = any(self.manifest.get(name, "alias") is not None for name in ("http", "nlb"))
        has_certificate = self.has_certificates or self.manifest.get("http", "certificate") is not None
        return self.account.domain or ("<DOMAIN>" if needed and not has_certificate else None)

    @property
    def dns_role(self) -> str:
        """The role that may change the records of the domain."""
        return (
            f"arn:{self.account.partition}:iam::{self.account.id}:role/{self.application}-DNSDelegationRole"
        )

    @property
    @once
    def tracing(self) -> Node | None:
        """The value that turns tracing on."""
        return self.manifest.get("observability", "tracing") if self.is_traced else None

    @property
    @once
    def exec(self) -> Node | None:
        """The value that lets commands run in containers; a map does so whatever `enable` says.

        Source: transformers.go, convertExecuteCommand; a job has none.
        """
        node = self.manifest.get("exec")
        if self.is_job or node is None:
            return None
        if isinstance(node, Mapping):
            return node if node.get("enable") is not None else None
        return node if isinstance(node, Scalar) and node.as_bool else None

    def addon_outputs(self, *kinds: OutputKind) -> list[AddonOutput]:
        """The outputs of addons of some kinds, in the order of their template."""
        workload = self.manifest.workload
        outputs = workload.addons.outputs.values() if workload else ()
        return [output for output in outputs if output.kind in kinds]

    def from_addons(self, value: Value, output: AddonOutput) -> Sourced:
        """A value that an output of the addons is the reason for."""
        definition = output.definition
        return Sourced(value, definition.key, definition.template.source)


def _no_fields(_: Document) -> dict[object, Any]:
    return {}


_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9]+")


@lru_cache(maxsize=1024)
def safe(name: str) -> str:
    """A name as a part of a logical id: letters and digits only (template_functions.go)."""
    return _NOT_IN_IDS.sub("", name)


def numbered(name: str, index: int) -> str:
    """A logical id in a row of several: the first has no number."""
    return f"{name}{index}" if index else name
