"""The manifest of one environment, its overrides merged: what it says by itself.

Every value is a node of the tree it came from, so it knows its place, whichever half of the file
that is. Values that Copilot cannot decode are left in place and answer None to a typed question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.containers import Container, Secret
from sidecar_lint.manifests.copilot_names import (
    BACKEND,
    ECS_TYPES,
    LOAD_BALANCED,
    LOG_ROUTER,
    TRACING_CONTAINER,
    WORKER,
)
from sidecar_lint.manifests.read_tracking import (
    Derivation,
    Differences,
    Reads,
    Watched,
    derived,
    differences,
    watch_below,
)
from sidecar_lint.manifests.volumes import Volume
from sidecar_lint.syntax.nodes import NOTHING, Lookup, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Sequence as Several

    from sidecar_lint.manifests.workload_file import WorkloadFile
    from sidecar_lint.workspace.workspace import Workload

_TRACED_TYPES: Final = frozenset((LOAD_BALANCED, BACKEND, WORKER))


class EffectiveManifest(Lookup):
    """A manifest with the overrides of one environment merged: ask it by path, or for what is derived."""

    def __init__(self, document: WorkloadFile, environment: str, kind: str, root: Mapping) -> None:
        self.document = document
        self.kind = kind
        #: Its sections, unwatched.
        self.written = root.entries
        self.sections = Watched(root.entries)
        self.is_watched = True
        self.root = root.with_entries(self.sections)
        #: What was derived so far, and what of the base: see `once`.
        self.made: dict[Callable[[Any], Any], Derivation] = {}
        self.made_of_base: dict[Callable[[Any], Any], Derivation] = {}
        self._environment = environment
        #: Where it is not what the base is, as far as that was asked: see `tell_apart`.
        self.differences = Differences()

    @property
    def workload(self) -> Workload | None:
        """The folder around the file; None where nothing around it is known."""
        return self.document.workload

    def watch(self) -> Reads:
        """Start to notice which sections are looked at, from now on; what was seen before is forgotten."""
        reads = self.sections.reads
        reads.forget()
        return reads

    def unwatch(self) -> None:
        """Notice no longer what is looked at: nobody asks that of an environment."""
        self.is_watched = False
        self.root.entries = self.written

    @property
    def environment(self) -> str:
        """The environment's name; "*" for any that the file does not name."""
        self.sections.reads.everything = True
        return self._environment

    @property
    def is_base(self) -> bool:
        """Whether this is the manifest of the environments that the file does not name."""
        return self.environment == ANY_ENVIRONMENT

    @property
    def override(self) -> Mapping:
        """What the file writes under `environments` for this environment; empty for the base."""
        return self.document.overrides.get(self.environment, NOTHING)

    @property
    def is_ecs(self) -> bool:
        """Whether the workload becomes an ECS task."""
        return self.kind in ECS_TYPES

    @derived
    def name(self) -> str:
        """The workload's name, which is also the name of its own container."""
        node = self.scalar("name")
        return node.text if node else ""

    @property
    def main_is_known(self) -> bool:
        """Whether the name of the service's own container is known before Copilot runs."""
        node = self.scalar("name")
        return node is not None and node.known

    @derived
    def containers(self) -> dict[str, Container]:
        """Every container Copilot knows by name; a sidecar wins over one of Copilot's own."""
        if not self.is_ecs:
            return {}
        found = {self.name: self.main}
        if self.firelens:
            found[LOG_ROUTER] = Container(LOG_ROUTER, "log router", self.mapping("logging"))
        for sidecar in self.sidecars:
            found[sidecar.name] = sidecar
        return found

    @derived
    def definition_order(self) -> list[str]:
        """The names of the containers in the order in which Copilot writes them into the task definition."""
        router = [LOG_ROUTER] if self.firelens else []
        collector = [TRACING_CONTAINER] if self.traces else []
        return [self.name, *router, *collector, *sorted(each.name for each in self.sidecars)]

    @derived
    def described_containers(self) -> list[Container]:
        """The containers that the manifest itself describes: the service's own, and the sidecars."""
        return [self.main, *self.sidecars] if self.is_ecs else []

    def container_entries(self, field: str) -> Iterator[tuple[Container, Scalar, Node]]:
        """Every entry of `variables` or `secrets`, with the container that gets it."""
        for container in self.containers.values():
            for key, node in container.mapping(field):
                yield container, key, node

    @derived
    def secrets(self) -> list[Secret]:
        """The secrets of every container."""
        return [secret for container in self.containers.values() for secret in container.secrets()]

    @property
    def odd_secrets(self) -> list[Secret]:
        """Its secrets, where something may be wrong with the name of one: none, if all of the file are usual."""
        return self.secrets if self.document.has_odd_secrets else []

    @derived
    def main(self) -> Container:
        """The service's own container."""
        return Container(self.name, "main", self.root, self.root_key("image"))

    @derived
    def sidecars(self) -> list[Container]:
        """The sidecars, in the order of the file; a null one is left out."""
        if not self.is_ecs:
            return []
        return [
            Container(key.text, "sidecar", node, key)
            for key, node in self.mapping("sidecars")
            if isinstance(node, Mapping)
        ]

    @derived
    def env_files(self) -> list[Scalar]:
        """Every `env_file`: of the service, of the log router, of the sidecars."""
        sections = [self.root, self.mapping("logging")] if self.is_ecs else []
        sections += [sidecar.section for sidecar in self.sidecars]
        return [path for section in sections if isinstance(path := section.get("env_file"), Scalar)]

    @derived
    def volumes(self) -> Mapping:
        """`storage.volumes`, with null entries."""
        return self.mapping("storage", "volumes") if self.is_ecs else NOTHING

    @derived
    def task_volumes(self) -> list[Volume]:
        """The volumes in the order of the file; a null one is left out."""
        return list(Volume.all_of(self.volumes))

    @derived
    def main_port(self) -> Scalar | None:
        """`image.port`, for the types that have one."""
        return self.main.port if self.kind in (LOAD_BALANCED, BACKEND) else None

    @derived
    def firelens(self) -> bool:
        """Whether Copilot adds a FireLens log router (workload_ecs.go, Logging.IsEmpty)."""
        logging = self.mapping("logging") if self.is_ecs else NOTHING
        return any(logging.get(name) is not None for name in _FIRELENS_FIELDS)

    @derived
    def traces(self) -> bool:
        """Whether Copilot adds a collector container for X-Ray (`observability.tracing`)."""
        vendor = self.scalar("observability", "tracing")
        return self.kind in _TRACED_TYPES and vendor is not None and vendor.text.upper() == "AWSXRAY"

    def overrides_template(self, *properties: str) -> bool:
        """Whether something changes these properties of the template that Copilot makes.

        That is a path of `taskdef_overrides` or a patch in `overrides/` that names one of them, or a
        CDK application there, which may do anything.
        """
        paths = self._override_paths
        if any(name in path for name in properties for path in paths):
            return True
        return self.workload is not None and self.workload.overrides.mention(*properties)

    @derived
    def has_overrides(self) -> bool:
        """Whether anything may change the template that Copilot makes."""
        changed = self.workload is not None and self.workload.overrides.patches != ()
        return changed or bool(self.sequence("taskdef_overrides").items)

    @derived
    def _override_paths(self) -> list[str]:
        rules = self.sequence("taskdef_overrides").items
        paths = (rule.get("path") for rule in rules if isinstance(rule, Mapping))
        return [path.text for path in paths if isinstance(path, Scalar)]

    @derived
    def platform(self) -> tuple[str, str]:
        """Operating system and architecture in lower case; empty where the manifest names none."""
        node = self.get("platform")
        if isinstance(node, Scalar):
            system, _, architecture = node.text.lower().partition("/")
            return system, architecture
        fields = (self.scalar("platform", "osfamily"), self.scalar("platform", "architecture"))
        system, architecture = (field.text.lower() if field else "" for field in fields)
        return system, architecture

    @property
    def is_windows(self) -> bool:
        """Whether the task runs on Windows (workload.go, isWindowsPlatform)."""
        return self.is_ecs and self.platform[0] in _WINDOWS

    @property
    def windows_choice(self) -> Node | None:
        """What makes the tasks run on Windows: `platform: windows/amd64`, or the value of `osfamily`."""
        platform = self.get("platform") if self.is_windows else None
        return platform.get("osfamily") if isinstance(platform, Mapping) else platform

    def root_key(self, name: str) -> Scalar | None:
        """The key of a top-level field, wherever it is written."""
        node = self.root.entries.get(name)
        return node.key if node is not None else None

    def http_rules(self) -> Iterator[tuple[Mapping, str]]:
        """`http` and each of `http.additional_rules` as Copilot counts them, with their names."""
        http = self.get("http")
        if self.kind not in (LOAD_BALANCED, BACKEND) or not isinstance(http, Mapping):
            return
        yield http, "http"
        rules = http.get("additional_rules")
        for at, rule in enumerate(rules.items if isinstance(rules, Sequence) else []):
            if isinstance(rule, Mapping):
                yield rule, f"http.additional_rules[{at}]"

    @derived
    def http_target(self) -> Scalar | None:
        """The container that `http` names.

        A Load Balanced Web Service takes `targetContainer` for `target_container` where the same half
        of the file has no other; of two halves the environment's counts (http.go, UnmarshalYAML).
        """
        http = self.mapping("http")
        names = ["target_container"]
        if self.kind == LOAD_BALANCED:
            written = [name for half in self.http_halves for name in _TARGETS if half.get(name)][-1:]
            names = written or names
        target = http.get(names[0]) if self.kind in (LOAD_BALANCED, BACKEND) else None
        return target if isinstance(target, Scalar) else None

    @derived
    def http_halves(self) -> list[Mapping]:
        """`http` as the base writes it, and as the environment does, where these are maps: for what they target."""
        http = self.mapping("http")
        for name in _TARGETS:  # what a half says of it shows in the whole
            http.get(name)
        shape = self.document.shape
        halves = [shape.root if shape else None, self.document.overrides.get(self._environment)]
        found = [half.get("http") if half else None for half in halves]
        return [node for node in found if isinstance(node, Mapping)]

    def nlb_listeners(self) -> Iterator[tuple[Mapping, str]]:
        """`nlb` and each of `nlb.additional_listeners`, with their names."""
        nlb = self.get("nlb")
        if self.kind != LOAD_BALANCED or not isinstance(nlb, Mapping):
            return
        yield nlb, "nlb"
        listeners = nlb.get("additional_listeners")
        for at, listener in enumerate(listeners.items if isinstance(listeners, Sequence) else []):
            if isinstance(listener, Mapping):
                yield listener, f"nlb.additional_listeners[{at}]"


def tell_apart(manifests: Several[EffectiveManifest]) -> None:
    """Let the manifests of a file know where they are not what the first of them is, which is the base."""
    base, *others = manifests
    for manifest in others:
        manifest.differences = differences(base.written, manifest.written)
        manifest.made_of_base = base.made
        manifest.unwatch()
    watch_below(base.sections, {place for each in others for place in each.differences.places})


#: In rising order of rank within one half of a file.
_TARGETS: Final = ("targetContainer", "target_container")
_WINDOWS: Final = frozenset(
    (
        "windows",
        "windows_server_2019_core",
        "windows_server_2019_full",
        "windows_server_2022_core",
        "windows_server_2022_full",
    )
)
_FIRELENS_FIELDS: Final = (
    "image",
    "destination",
    "enableMetadata",
    "secretOptions",
    "configFilePath",
    "variables",
    "secrets",
    "env_file",
)
