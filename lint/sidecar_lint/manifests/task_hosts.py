"""Names of containers where names of hosts belong: in a task every container is `localhost` to the others.

Fargate gives a task one network interface (network mode awsvpc), and no container a name in DNS. Names that
do resolve are those of Service Connect, which a service with `network.connect` may use, and those of service
discovery, which have dots. Sources: Amazon ECS developer guide, "awsvpc network mode" and "Service Connect".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import LOG_ROUTER, TRACING_CONTAINER
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.effective import EffectiveManifest

#: What Docker's desktop versions call the machine; nothing resolves it in a task.
DOCKER_HOSTS: Final = ("host.docker.internal", "docker.for.mac.localhost", "gateway.docker.internal")
_HOST: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?"
_URL: Final = rf"[A-Za-z][A-Za-z0-9+.:-]{{0,40}}://(?:[^/@\s]{{1,300}}@)?({_HOST})(?=[:/?#,]|$)"
_ADDRESS: Final = rf"(?:^|(?<=,))\s*({_HOST}):([0-9]{{2,5}})(?=[/,?]|\s*$)"
#: Schemes whose first part is no host: a bucket, a file, an image, the name in a registry of services.
_NO_HOST: Final = (
    r"(?i)(?:^|:)(?:s3[an]?|gs|gcs|azblob|file|unix|sqlite3?(?:\+\w+)?"
    r"|docker|oci|ssm|vault|lb|discovery|classpath)://"
)
#: The hosts of connection strings: of Go's drivers (`user:password@tcp(db:3306)/app`), and pairs (`Server=db;Port=...`).
_IN_BRACKETS: Final = rf"@tcp\(({_HOST})(?::[0-9]{{1,5}})?\)"
_PAIR: Final = rf"(?i)(?:^|[;\s])(?:host|server|data source)=(?:tcp:)?({_HOST})(?=[:,;\s]|$)"
_IS_PAIRS: Final = r"[A-Za-z_ ]+=[^;=\s]*[;\s] ?[A-Za-z_ ]+="
#: Below this a number behind a name is rather a version: `node:20`.
_LEAST_PORT: Final = 80


class Host(NamedTuple):
    """A host in a text: its name, and where it begins."""

    name: str
    start: int


def hosts(text: str) -> Iterator[Host]:
    """The hosts of the URLs and connection strings in a text, and of addresses with a port where it is nothing else."""
    found = False
    for match in re.finditer(_URL, text) if "://" in text else ():
        found = True
        if not re.search(_NO_HOST, match[0]):
            yield Host(match[1], match.start(1))
    if not found and ":" in text:
        yield from (
            Host(each[1], each.start(1))
            for each in re.finditer(_ADDRESS, text)
            if int(each[2]) >= _LEAST_PORT
        )
    if not found and "@tcp(" in text:
        yield from (Host(each[1], each.start(1)) for each in re.finditer(_IN_BRACKETS, text))
    if "=" in text and re.match(_IS_PAIRS, text):
        yield from (Host(each[1], each.start(1)) for each in re.finditer(_PAIR, text))


class TaskHosts(NamedTuple):
    """The containers of a task by the names that nothing resolves.

    `connects` where names of other services may resolve: those are not all known. The `names` are in small
    letters, as DNS does not tell them apart.
    """

    connects: bool
    names: frozenset[str]

    @classmethod
    def of(cls, manifest: EffectiveManifest) -> TaskHosts:
        """Those of a manifest."""
        connect = manifest.get("network", "connect")
        connects = isinstance(connect, Mapping) or (isinstance(connect, Scalar) and connect.as_bool is True)
        own = {manifest.name} if manifest.main_is_known and not connects else set()
        sidecars = {sidecar.name for sidecar in manifest.sidecars}
        sidecars |= {LOG_ROUTER} if manifest.firelens else set()
        sidecars |= {TRACING_CONTAINER} if manifest.traces else set()
        names = frozenset(own | sidecars) - (_services(manifest) if connects else frozenset())
        return cls(connects, frozenset(name.lower() for name in names))


def _services(manifest: EffectiveManifest) -> frozenset[str]:
    """The names that Service Connect may give to the workloads of the workspace."""
    workload = manifest.workload
    others = workload.workspace.workloads if workload else ()
    return frozenset((manifest.name, *others))
