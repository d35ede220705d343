"""The containers of a task, and the secrets they get."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.images import ImageReference, image_reference
from sidecar_lint.manifests.secret_paths import SecretPath, secret_path
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The variables with access keys of AWS.
ACCESS_KEYS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


class Container(NamedTuple):
    """A container of the task: the service's own, a sidecar, or the log router.

    `section` is the part of the manifest that describes it: `image` with the top level for the
    service's own container, `sidecars.<name>`, or `logging`.
    """

    name: str
    role: str
    section: Mapping
    key: Scalar | None = None

    @property
    def is_main(self) -> bool:
        """Whether it is the service's own container."""
        return self.role == "main"

    @property
    def is_sidecar(self) -> bool:
        """Whether the manifest declares it under `sidecars`."""
        return self.role == "sidecar"

    @property
    def title(self) -> str:
        """It as a message names it."""
        if self.is_main:
            return "the service's container"
        return f"sidecar {self.name!r}" if self.is_sidecar else "the log router"

    @property
    def _image(self) -> Mapping:
        node = self.section.get("image")
        return as_mapping(node)

    @property
    def image(self) -> Scalar | None:
        """The image it is started from, where the manifest names one (rather than builds it)."""
        node = self.section.get("image")
        location = node if isinstance(node, Scalar) else self._image.get("location")
        return location if isinstance(location, Scalar) else None

    @property
    def image_reference(self) -> ImageReference | None:
        """The image taken apart; None where it is built, or not wholly known."""
        image = self.image
        return image_reference(image.text) if image and image.known else None

    @property
    def credentials(self) -> Scalar | None:
        """The credentials for the registry of its image: `image.credentials`, or `credentialsParameter`."""
        own, of_sidecar = self._image.get("credentials"), self.section.get("credentialsParameter")
        node = own if self.is_main else of_sidecar if self.is_sidecar else None
        return node if isinstance(node, Scalar) else None

    @property
    def build_context(self) -> Scalar | None:
        """`image.build.context`: the folder that Docker gets, from the project's folder."""
        node = as_mapping(self._image.get("build")).get("context")
        return node if isinstance(node, Scalar) else None

    @property
    def dockerfile(self) -> tuple[Scalar, str] | None:
        """Where its Dockerfile is, from the project's folder, and the value that says so.

        None where no image is built. Source: workload.go, ImageLocationOrBuild.dockerfilePath.
        """
        build = self._image.get("build")
        if isinstance(build, Scalar):
            return (build, build.text) if build.text else None
        node = as_mapping(build).get("dockerfile")
        if isinstance(node, Scalar):
            return node, node.text
        context = self.build_context
        return (context, os.path.join(context.text, "Dockerfile")) if context else None

    @property
    def build_folder(self) -> str | None:
        """The folder that Docker gets, from the project's folder: that of the Dockerfile, where none is written.

        None where no image is built, and where it is only known when Copilot runs.
        """
        if self.dockerfile is None:
            return None
        context, (node, path) = self.build_context, self.dockerfile
        is_known = node.known and (context is None or context.known)
        return (context.text if context else os.path.dirname(path)) if is_known else None

    @property
    def port(self) -> Scalar | None:
        """The port it declares: `image.port` or `sidecars.<name>.port`."""
        node = self._image.get("port") if self.is_main else self.section.get("port")
        return node if isinstance(node, Scalar) else None

    @property
    def depends_on(self) -> Mapping:
        """Its dependencies, container by condition."""
        node = self._image.get("depends_on") if self.is_main else self.section.get("depends_on")
        return as_mapping(node)

    @property
    def healthcheck(self) -> Mapping | None:
        """Its container health check; a map with nothing set is none."""
        node = self._image.get("healthcheck") if self.is_main else self.section.get("healthcheck")
        if isinstance(node, Mapping) and any(not value.is_null for _, value in node):
            return node
        return None

    @property
    def is_essential(self) -> bool:
        """Whether ECS stops the task when it stops."""
        node = self.section.get("essential")
        return not (self.is_sidecar and isinstance(node, Scalar) and node.as_bool is False)

    @property
    def mount_points(self) -> list[Mapping]:
        """The entries of `mount_points`, where they are maps."""
        node = self.section.get("mount_points")
        items = node.items if isinstance(node, Sequence) and self.is_sidecar else []
        return [item for item in items if isinstance(item, Mapping)]

    @property
    def mount_paths(self) -> list[tuple[Mapping, Scalar]]:
        """Its mount points whose path is written and known, each with that."""
        paths = ((mount, mount.get("path")) for mount in self.mount_points)
        return [
            (mount, path) for mount, path in paths if isinstance(path, Scalar) and path.known and path.text
        ]

    def mapping(self, name: str) -> Mapping:
        """A map of its section (`variables`, `secrets`, …); empty where there is none."""
        node = self.section.get(name)
        return as_mapping(node)

    @property
    def access_keys(self) -> list[Scalar]:
        """The names with which it gets access keys of AWS; none where it does not get both."""
        found = [key for name in ACCESS_KEYS if (key := self._given(name))]
        return found if len(found) == len(ACCESS_KEYS) else []

    def _given(self, name: str) -> Scalar | None:
        """The name of a variable or secret that has a value."""
        for field in ("variables", "secrets"):
            node = self.mapping(field).get(name)
            if node is not None and not is_blank(node):
                return node.key
        return None

    def secrets(self) -> Iterator[Secret]:
        """Its secrets, and those of its log driver (`logging.secretOptions`)."""
        own = self.is_main or self.is_sidecar
        for field in ("secrets",) if own else ("secrets", "secretOptions"):
            for key, node in self.mapping(field):
                yield Secret.of(key, node)


def container_sections(top: Mapping) -> Iterator[Mapping]:
    """What describes a container, at the top of a manifest or of an environment in it: itself, `logging`, each sidecar."""
    yield top
    yield as_mapping(top.get("logging"))
    for _, node in as_mapping(top.get("sidecars")):
        yield as_mapping(node)


class Secret(NamedTuple):
    """A secret: under which name it comes, and from where.

    `form` is "" for the name or ARN itself, else the key of the map that holds it.
    """

    key: Scalar
    node: Node
    form: str
    value: Scalar | None

    @classmethod
    def of(cls, key: Scalar, node: Node) -> Secret:
        """The secret that an entry of `secrets` or `secretOptions` is."""
        return cls(key, node, *_source(node))

    @property
    def path(self) -> SecretPath | None:
        """The parameter that it comes from, where that is named as `copilot secret init` names one."""
        return secret_path(self.value.text) if self.value and not self.form else None

    @property
    def store(self) -> str:
        """What keeps the value: "parameter" (Systems Manager), "secret" (Secrets Manager), or "": only a stack knows."""
        if self.value is None or self.form == "from_cfn":
            return ""
        is_secret = self.form == "secretsmanager" or ":secretsmanager:" in self.value.text
        return "secret" if is_secret else "parameter"


def _source(node: Node) -> tuple[str, Scalar | None]:
    """The form of a secret, as workload_ecs.go decodes it: `secretsmanager` wins."""
    if isinstance(node, Mapping):
        for form in ("secretsmanager", "from_cfn"):
            value = node.get(form)
            if isinstance(value, Scalar):
                return form, value
        return "", None
    return "", node if isinstance(node, Scalar) else None
