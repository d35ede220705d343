"""Where volumes are mounted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.volumes import Volume
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import as_mapping
from sidecar_lint.template.decoding import boolean, scalar
from sidecar_lint.template.rereading import quoted, unquoted
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.syntax.nodes import Mapping, Scalar


class Mount(NamedTuple):
    """A volume, and the section that says where it is mounted."""

    volume: Scalar
    section: Mapping

    @property
    def path(self) -> Scalar | None:
        """Where the container sees it."""
        return scalar(self.section, "path")


def mounts_of_main(storage: Mapping) -> list[Mount]:
    """The main container has every volume, by name."""
    volumes = Volume.all_of(as_mapping(storage.get("volumes")))
    return sorted((Mount(each.key, each.section) for each in volumes), key=_name)


def mounts_of_sidecar(sidecar: Container) -> list[Mount]:
    """A sidecar has what its `mount_points` say, in their order."""
    named = ((scalar(section, "source_volume"), section) for section in sidecar.mount_points)
    return [Mount(volume, section) for volume, section in named if volume]


def mount_point(mount: Mount) -> Value:
    """One mount; what does not say otherwise is only read."""
    path = mount.path
    value = {
        "ContainerPath": quoted(path.text, path) if path else None,
        "ReadOnly": boolean(mount.section, "read_only") or True,
        "SourceVolume": unquoted(mount.volume),
    }
    return Sourced(value, mount.section)


def _name(mount: Mount) -> str:
    return mount.volume.text
