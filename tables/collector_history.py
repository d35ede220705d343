"""Make tables/collector_history.json from a checkout of the AWS distribution of the collector.

    python tables/collector_history.py PATH

PATH is a git repository of aws-observability/aws-otel-collector with its tags. Most releases carry the
sources of their components in `vendor/`: every name of a setting is there, as the tag `mapstructure` of a
field of a struct. A name that is nowhere in a component's package, nor in what components share, is one that
the release does not know. What is made of it, by component: the settings of today's table that came later
than the oldest release looked at (`since`), and those that are gone (`until`, the last release).

Where releases in between carry no sources, `since` is the first that may have it, and `until` the last.
What the table calls `later` came with its own release, whose sources may not be there yet.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLES = Path(__file__).parent
MADE = TABLES / "collector_history.json"
TABLE = TABLES / "collector.yml"
SCHEMA = TABLES.parent / "schemas" / "otel-collector.schema.json"
CONTRIB = "vendor/github.com/open-telemetry/opentelemetry-collector-contrib/"
CORE = "vendor/go.opentelemetry.io/collector/"
#: The oldest release of which this holds. v0.29.1, v0.32 and v0.33 have a `vendor/`, too, in which components take
#: structs from the folders of others (the receiver `kafka` those of the exporter, for instance).
OLDEST = (0, 36, 0)
#: Settings that are no fields of structs with this tag: Prometheus' own.
LEFT_OUT = ("receivers.prometheus",)
#: Folders that are not named as the component is.
FOLDERS = {
    "receivers.file_log": "filelogreceiver",
    "processors.k8s_attributes": "k8sattributesprocessor",
    "processors.metrics_transform": "metricstransformprocessor",
    "processors.resource_detection": "resourcedetectionprocessor",
    "processors.cumulative_to_delta": "cumulativetodeltaprocessor",
    "processors.probabilistic_sampler": "probabilisticsamplerprocessor",
    "processors.memory_limiter": "memorylimiterprocessor",
    "processors.tail_sampling": "tailsamplingprocessor",
    "receivers.awsecscontainermetrics": "awsecscontainermetricsreceiver",
    "receivers.awscontainerinsightreceiver": "awscontainerinsightreceiver",
    "exporters.load_balancing": "loadbalancingexporter",
    "exporters.otlp_grpc": "otlpexporter",
    "exporters.otlp_http": "otlphttpexporter",
    "exporters.prometheus_remote_write": "prometheusremotewriteexporter",
    "extensions.awsproxy": "awsproxy",
    "extensions.ecs_observer": "observer/ecsobserver",
    "extensions.file_storage": "storage/filestorage",
    "extensions.health_check": "healthcheckextension",
}
_TAG = re.compile(rb'mapstructure:"([^",]+)')
_OWN = re.compile(
    rf"{re.escape(CORE)}(?:receiver|processor|exporter|extension)/\w+(?:receiver|processor|exporter|extension)/"
)

Names = dict[str, set[str]]
Release = tuple[int, int, int]


class Repository:
    """A checkout, of which only the objects are read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._known: dict[str, set[str]] = {}

    def git(self, *words: str, given: bytes = b"") -> bytes:
        """What a command of git prints."""
        command = ["git", "-C", self.path, *words]
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout

    @cached_property
    def releases(self) -> list[Release]:
        """All releases, the oldest first."""
        tags = [tag for tag in self.git("tag").decode().split() if re.fullmatch(r"v\d+\.\d+\.\d+", tag)]
        return [each for each in sorted(map(_release, tags)) if each >= OLDEST]

    def has_sources(self, release: Release) -> bool:
        """Whether a release has a `vendor/`."""
        return bool(self.git("ls-tree", f"v{_spelt(release)}", "vendor"))

    def may_have_come(self, first: Release, known: Iterable[Release]) -> Release:
        """The first release that may have what is not in the known one before `first`."""
        before = max(each for each in known if each < first)
        return self.releases[self.releases.index(before) + 1]

    def may_have_gone(self, last: Release, known: Iterable[Release]) -> Release:
        """The last release that may have what is not in the known one after `last`."""
        after = min(each for each in known if each > last)
        return self.releases[self.releases.index(after) - 1]

    def names(self, release: Release) -> Names:
        """The names of settings in the folders of a release's `vendor/`."""
        listed = self.git("ls-tree", "-r", f"v{_spelt(release)}", "--", CONTRIB, CORE).decode().splitlines()
        files = [(line.split()[2], line.partition("\t")[2]) for line in listed if line.endswith(".go")]
        self._read({blob for blob, _ in files} - self._known.keys())
        found: Names = defaultdict(set)
        for blob, path in files:
            found[path.rpartition("/")[0] + "/"] |= self._known[blob]
        return found

    def _read(self, blobs: Iterable[str]) -> None:
        output = self.git("cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
        while output:
            head, _, rest = output.partition(b"\n")
            blob, _, size = head.split()
            text, output = rest[: int(size)], rest[int(size) + 1 :]
            self._known[blob.decode()] = {name.decode() for name in _TAG.findall(text)}


def _release(tag: str) -> Release:
    major, minor, patch = map(int, tag.removeprefix("v").split("."))
    return major, minor, patch


def _spelt(release: Release) -> str:
    return ".".join(map(str, release))


def _folder(component: str) -> str:
    kind, _, name = component.partition(".")
    return FOLDERS.get(component, name + kind.removesuffix("s"))


def of_component(component: str, names: Names) -> set[str]:
    """The names that a component may know: its package's, and those that components share."""
    kind = component.partition(".")[0].removesuffix("s")
    own = tuple(f"{root}{kind}/{_folder(component)}/" for root in (CONTRIB, CORE))
    shared = (f"{CONTRIB}internal/", f"{CONTRIB}pkg/", f"{CONTRIB}confmap/", CORE)
    found: set[str] = set()
    for folder, known in names.items():
        if folder.startswith(own) or (folder.startswith(shared) and not _OWN.match(folder)):
            found |= known
    return found


def settings(schema: dict[str, Any], definitions: dict[str, Any], seen: tuple[str, ...] = ()) -> set[str]:
    """The names of the settings in a schema, at any depth."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        return set() if name in seen else settings(definitions[name], definitions, (*seen, name))
    found = set(schema.get("properties", ()))
    below = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    return found.union(*(settings(each, definitions, seen) for each in below if isinstance(each, dict)))


def history(repository: Repository, table: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What came and what went, of each component."""
    known = {each: repository.names(each) for each in repository.releases if repository.has_sources(each)}
    later: dict[str, list[str]] = table["later"]
    components = {}
    for component in sorted(each for each in definitions if "." in each and each not in LEFT_OUT):
        schema, new = definitions[component], later.get(component, [])
        found = _changes(repository, component, known, settings(schema, definitions) - {*new}, schema)
        found["since"] = dict(sorted((found["since"] | dict.fromkeys(new, table["version"])).items()))
        components[component] = found
    own = {release: _of_service(names) for release, names in known.items()}
    components["service.telemetry"] = {"since": {}, "until": _gone(repository, own, set())}
    return {"oldest": _spelt(OLDEST), "newest": table["version"], "components": components}


def _of_service(names: Names) -> set[str]:
    """The names of settings of the collector itself, in its own sources."""
    return set().union(*(known for folder, known in names.items() if folder.startswith(f"{CORE}service/")))


def _changes(
    repository: Repository,
    component: str,
    known: dict[Release, Names],
    today: set[str],
    schema: dict[str, Any],
) -> dict[str, Any]:
    first = max(_release(schema["x-since"]), OLDEST)
    by_release = {
        release: of_component(component, names) for release, names in known.items() if release >= first
    }
    *_, newest = by_release.values()
    if today - newest:
        sys.exit(f"{component}: not in the sources of the newest release: {sorted(today - newest)}")
    since = {
        name: _spelt(repository.may_have_come(release, by_release))
        for name, release in _later(by_release, today)
    }
    return {"since": since, "until": _gone(repository, by_release, today)}


def _gone(repository: Repository, by_release: dict[Release, set[str]], today: set[str]) -> dict[str, str]:
    """The names that the newest release does not have, each with the last that may."""
    *_, newest = by_release.values()
    last = {name: release for release, names in by_release.items() for name in names - newest - today}
    return {name: _spelt(repository.may_have_gone(last[name], by_release)) for name in sorted(last)}


def _later(by_release: dict[Release, set[str]], today: set[str]) -> Iterator[tuple[str, Release]]:
    """The settings that some releases do not have, each with the first that does; those that came and went are left out."""
    for name in sorted(today):
        has = [name in names for names in by_release.values()]
        if not has[0] and has == sorted(has):
            yield name, list(by_release)[has.index(True)]


def main() -> None:
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    definitions = json.loads(SCHEMA.read_text("utf-8"))["definitions"]
    found = history(Repository(sys.argv[1]), table, definitions)
    MADE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
