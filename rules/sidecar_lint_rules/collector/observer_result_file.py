from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from sidecar_lint import Bad, Finding, Related, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration

_DEFAULT: Final = "/etc/ecs_sd_targets.yaml"
_SYSTEM: Final = r"/(?:(?:etc|usr|var|opt|bin|lib|run|root|srv)/.*|[^/]+)"


class ObserverResultFile(Rule):
    """The file in which `ecs_observer` leaves what it found cannot be written, or nobody reads it.

    The extension writes `result_file`, `/etc/ecs_sd_targets.yaml` if nothing is said, and a `prometheus`
    receiver reads it through `file_sd_configs`. Since v0.35.0 the image runs as the user `aoc`, which may
    write below `/home/aoc` alone, and on volumes. Where the receiver names other files, it scrapes nothing.

    A configuration that a manifest gives to a container, or that lies beside one, is taken to be for an
    image of that kind.
    """

    code, name = "SL936", "observer-result-file"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the observer stops with: permission denied"
    sources = (
        "aws-observability/aws-otel-collector: cmd/awscollector/Dockerfile of v0.35.0, issue 2620",
        "opentelemetry-collector-contrib: extension/observer/ecsobserver",
    )
    good = (
        """
        # file: otel-config.yaml
        extensions: {ecs_observer: {result_file: /home/aoc/targets.yaml}}
        receivers:
          prometheus: {config: {scrape_configs: [{job_name: a, file_sd_configs: [{files: [/home/aoc/*.yaml]}]}]}}
        exporters: {awsemf: }
        service: {extensions: [ecs_observer], pipelines: {metrics: {receivers: [prometheus], exporters: [awsemf]}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            extensions: {ecs_observer: {result_file: /etc/targets.yaml}}
            #                                        ^^^^^^^^^^^^^^^^^ SL936
            receivers:
              prometheus: {config: {scrape_configs: [{job_name: a, file_sd_configs: [{files: [/etc/other.yaml]}]}]}}
            #                                                                                 ^^^^^^^^^^^^^^^ SL936
            exporters: {awsemf: }
            service: {extensions: [ecs_observer], pipelines: {metrics: {receivers: [prometheus], exporters: [awsemf]}}}
            """
        ),
    )
    also_good = (
        """
        # file: otel-config.yaml
        extensions: {ecs_observer: {result_file: /etc/targets.yaml}, ecs_observer/2: {result_file: /etc/other.yaml}}
        receivers:
          prometheus: {config: {scrape_configs: [{job_name: a, file_sd_configs: [{files: [/etc/targets.yaml]}]}]}}
        exporters: {awsemf: }
        service: {extensions: [ecs_observer, ecs_observer/2], pipelines: {metrics: {receivers: [prometheus], exporters: [awsemf]}}}
        """,
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        observers = list(configuration.in_use("extensions", "ecs_observer"))
        if len(observers) != 1 or not configuration.is_adot:
            return
        settings = configuration.settings(observers[0])
        path, place = settings.text("result_file", _DEFAULT), settings.at("result_file")
        if not path:
            return
        is_mounted = path.startswith(tuple(f"{each}/" for each in configuration.surroundings.mounts))
        if configuration.reader.is_unprivileged and not is_mounted and re.fullmatch(_SYSTEM, path):
            message = f"the image's user may not write {path!r}"
            help_ = "write result_file: /home/aoc/ecs_sd_targets.yaml, and the same path in file_sd_configs"
            yield self.finding(place, message, help=help_)
        files = list(configuration.discovery_files)
        if files and not any(fnmatchcase(path, file.text) for file in files):
            related = (Related(place.place, "what the observer writes"),)
            message = f"ecs_observer writes {path!r}, and no file of that name is read"
            effect = "the tasks that the observer finds are not scraped"
            yield self.finding(files[0], message, help=f"write {path}", effect=effect, related=related)
