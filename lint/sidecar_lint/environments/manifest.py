"""The manifest of an environment as Copilot decodes it: what rules ask.

Source: internal/pkg/manifest/env.go and validate_env.go; what follows from it was asked of the
released binary.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from sidecar_lint.finding import Related
from sidecar_lint.syntax.nodes import Lookup, Mapping, Node, Scalar, Sequence, as_mapping, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.environments.vpc import Vpc
    from sidecar_lint.manifests.file import ManifestFile

_CDN: Final = ("certificate", "terminate_tls", "static_assets")


class TemplateOverrides(Protocol):
    """What changes the template that Copilot makes."""

    def mention(self, *names: str) -> bool:
        """Whether properties of the template with one of these names may be changed."""

    @property
    def paths(self) -> Iterable[str]:
        """The paths of the files that do so, if they were read."""


class EnvironmentManifest(Lookup):
    """The manifest of one environment; there are no overrides in it.

    `file` is where it is written, and `folder` the name of the folder that it lies in; None where its
    place does not make it an environment's.
    """

    def __init__(
        self, file: ManifestFile, folder: str | None, overrides: TemplateOverrides | None = None
    ) -> None:
        self.file = file
        self.folder = folder
        self.root = file.decoded
        self._overrides = overrides

    @cached_property
    def vpc(self) -> Vpc:
        """What is written of the VPC."""
        from sidecar_lint.environments.vpc import Vpc

        return Vpc(self.mapping("network", "vpc"))

    @property
    def has_cdn(self) -> bool:
        """Whether CloudFront is turned on: by `true`, or by a map with any of its fields."""
        cdn = self.get("cdn")
        if isinstance(cdn, Mapping):
            return any(cdn.get(name) is not None for name in _CDN)
        return isinstance(cdn, Scalar) and cdn.as_bool is True

    @property
    def may_have_cdn(self) -> bool:
        """Whether CloudFront is on, or a variable of the shell may turn it on."""
        cdn = self.scalar("cdn")
        return self.has_cdn or (cdn is not None and not cdn.known)

    @property
    def public_certificates(self) -> Sequence | None:
        """`http.public.certificates`, if it is a list: an empty one counts as written."""
        return self._certificates("public")

    @property
    def private_certificates(self) -> Sequence | None:
        """`http.private.certificates`, likewise."""
        return self._certificates("private")

    @property
    def certificates(self) -> Node | None:
        """What makes it an environment with certificates: those of its public load balancer, or the CDN's."""
        public = self.public_certificates
        return public if items_of(public) else self.scalar("cdn", "certificate")

    @property
    def limits_ingress_to_cdn(self) -> Scalar | None:
        """The `cdn: true` that lets only CloudFront reach the public load balancer.

        The deprecated place counts where nothing is in the one of today.
        """
        ingress = self.mapping("http", "public", "ingress")
        old = self.mapping("http", "public", "security_groups", "ingress", "restrict_to")
        node = (ingress if is_restrictive(ingress) else old).get("cdn")
        return node if isinstance(node, Scalar) and node.as_bool is True else None

    def overrides_template(self, *properties: str) -> bool:
        """Whether `overrides/` of the environments may change properties of these names in the template."""
        return self._overrides is not None and self._overrides.mention(*properties)

    def related(self, node: Node | None, message: str) -> Related:
        """A place in this file beside a finding in another: a key, or the name where nothing is written."""
        found = node if node is not None else self.get("name") or self.root
        span = found.key.place if found.key is not None else found.place
        return Related(span, message, self.file.source)

    def _certificates(self, load_balancer: str) -> Sequence | None:
        node = self.get("http", load_balancer, "certificates")
        return node if isinstance(node, Sequence) else None


def is_restrictive(ingress: Mapping) -> bool:
    """Whether `ingress` of a public load balancer says anything (env.go, RestrictiveIngress.IsEmpty)."""
    return ingress.get("cdn") is not None or bool(items_of(ingress.get("source_ips")))


def is_relaxed(ingress: Node | None) -> bool:
    """Whether `ingress` of an internal load balancer says anything (env.go, RelaxedIngress.IsEmpty)."""
    return as_mapping(ingress).get("vpc") is not None
