"""Configurations of collectors: found from the manifests, linted once, with the versions that read them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Files, Finding, Rule, Severity, Stage, lint_paths
from sidecar_lint.collector.collectors import Collector, collectors_around, tags_in, workspace_collectors
from sidecar_lint.collector.of_manifest import collectors_of
from sidecar_lint.linting.inputs import ManifestInput
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.workspace.workspace import Postponed, hurried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.workspace.workspace import Workspace

ROOT = Path(os.path.abspath(os.sep)) / "nowhere"
ADOT = "public.ecr.aws/aws-observability/aws-otel-collector"
PATH = "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/otel"
CONFIGURATION = """\
receivers: {otlp: }
exporters: {awsxray: }
service: {pipelines: }
"""
INPUT = """
otel:
  test: &one |
    receivers: {otlp: }
    exporters: {awsxray: }
    service: {pipelines: }
  prod: *one
  staging: |
    exporters: {debug: }
other: {test: x}
"""


def _manifest(name: str, image: str = f"{ADOT}:v0.40.0", rest: str = "", value: str = PATH) -> str:
    return f"""
name: {name}
type: Backend Service
image: {{location: example.com/api}}
sidecars:
  collector:
    image: {image}
    secrets: {{AOT_CONFIG_CONTENT: '{value}'}}
{rest}
"""


def _files(configured: str | None = None, **manifests: str) -> Files:
    texts: dict[str, str | None] = {
        str(ROOT / "copilot" / name / "manifest.yml"): text for name, text in manifests.items()
    }
    texts[str(ROOT / "copilot" / ".workspace")] = "application: shop\n"
    texts[str(ROOT / "secrets.yml")] = INPUT
    texts[str(ROOT / "otel.yml")] = CONFIGURATION
    for name in ("test", "prod"):
        path = str(ROOT / "copilot" / "environments" / name / "manifest.yml")
        texts[path] = f"name: {name}\ntype: Environment\n"
    texts[str(ROOT / ".sidecar-lint.yml")] = configured
    return Files(texts)


def _workspace(files: Files) -> Workspace:
    workspace = files.workspace(str(ROOT / "copilot" / "x"))
    assert workspace is not None
    return workspace


def _document(files: Files, name: str) -> Document:
    document = document_of(_workspace(files).workloads[name])
    assert document is not None
    return document


def _collectors(files: Files, name: str) -> dict[str, list[Collector]]:
    manifests = _document(files, name).manifests
    return {manifest.environment: collectors_of(manifest) for manifest in manifests}


class Recording(Rule):
    """Says which configurations it was asked about."""

    code, name = "XX001", "recording"
    severity, stage = Severity.INFO, Stage.TASK

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        at = configuration.source.text.index("exporters")
        yield self.finding(Span(at, at + len("exporters")), " ".join(configuration.versions))


def _recorded(files: Files, *paths: str) -> list[tuple[str, int, str, tuple[str, ...]]]:
    """File, line, versions and environments of every configuration that was linted."""
    found = []
    for report in lint_paths([str(ROOT / path) for path in paths], [Recording()], files):
        for finding in report.findings:
            assert report.source.text[finding.span.start : finding.span.end] == "exporters"
            line = report.source.position(finding.span.start).line + 1
            found.append((Path(report.path).name, line, finding.message, finding.environments))
    return found


def test_each_environment_has_its_own() -> None:
    files = _files(api=_manifest("api", rest="environments: {staging: {count: 1}, test: {count: 2}}"))
    found = _collectors(files, "api")
    texts = {
        name: [(each.environment, each.text.source.text if each.text else None) for each in collectors]
        for name, collectors in found.items()
    }
    assert texts == {
        "*": [("prod", CONFIGURATION)],
        "staging": [("staging", "exporters: {debug: }\n")],
        "test": [("test", CONFIGURATION)],
    }


def test_one_that_several_manifests_use_is_linted_once_with_all_their_versions() -> None:
    newer = f"{ADOT}:v0.41.0"
    files = _files(
        api=_manifest(
            "api", rest=f"environments: {{prod: {{sidecars: {{collector: {{image: '{newer}'}}}}}}}}"
        ),
        web=_manifest("web", image=f"{ADOT}:v0.48.0"),
        own=_manifest("own", image="example.com/collector:v1"),
    )
    assert _recorded(files, "copilot/api/manifest.yml", "copilot/web/manifest.yml") == [
        ("secrets.yml", 5, "unknown v0.40.0 v0.41.0 v0.48.0", ("prod", "test")),
        ("secrets.yml", 9, "unknown v0.40.0 v0.48.0", ("staging",)),
    ]
    used = next(iter(workspace_collectors(_workspace(files))))
    assert {workload for workload, _ in used.users} == {"api", "web", "own"}
    assert {environment for _, environment in used.users} == {"test", "prod"}


VALUES = (
    PATH,
    PATH.replace("/otel", "/${COPILOT_ENVIRONMENT_NAME}"),
    PATH.replace("/otel", "/o${COPILOT_ENVIRONMENT_NAME}"),
    PATH.replace("/secrets/", "/${COPILOT_ENVIRONMENT_NAME}/"),
    "arn:aws:ssm:eu-west-1:111122223333:parameter/copilot/shop/test/secrets/otel",
    "/copilot/secrets/test/secrets/otel",
    "/copilot/shop/test/secrets/other",
    "/mine",
)


@pytest.mark.parametrize("application", ["shop", "secrets"])
@pytest.mark.parametrize("value", VALUES)
def test_who_else_gets_a_configuration_is_known_without_reading_all(value: str, application: str) -> None:
    own = "environments: {test: {}, secrets: {}}"
    manifests = {
        f"w{number}": _manifest(f"w{number}", value=each, rest=own) for number, each in enumerate(VALUES)
    }
    escaped = _manifest("escaped", rest=own).replace(
        f"'{PATH}'", '"' + PATH.replace("otel", "\\x6ftel") + '"'
    )
    manifests |= {"escaped": escaped, "api": _manifest("api", f"{ADOT}:v0.41.0", own, value)}

    more = "".join(f"{name}: {{test: x, secrets: x}}\n" for name in ("test", "otest"))

    def found(*, all_at_once: bool) -> list[object]:
        files = _files(**manifests)
        files.put(str(ROOT / "copilot" / ".workspace"), f"application: {application}\n")
        files.put(str(ROOT / "secrets.yml"), INPUT.replace("prod:", "secrets:") + more)
        if all_at_once:
            _workspace(files).once(workspace_collectors)
        collectors = _collectors(files, "api")
        assert all_at_once or workspace_collectors not in _workspace(files).made
        texts = [each.text for several in collectors.values() for each in several]
        return [text and (text.written.key, text.users, text.versions) for text in texts]

    if application == "shop" and value.startswith(("/copilot/shop", "/copilot/$")):
        assert any(found(all_at_once=True))
    assert found(all_at_once=False) == found(all_at_once=True)


def test_a_manifest_that_gets_no_such_secret_is_not_parsed() -> None:
    files = _files(api=_manifest("api"), web=_manifest("web", value=PATH.replace("otel", "other")))
    assert _collectors(files, "api")["*"]
    assert "tree" in _document(files, "api").__dict__
    assert "manifests" not in _document(files, "web").__dict__


def test_who_waits_for_one_of_many_is_not_told_who_else_gets_it() -> None:
    files = _files(**{name: _manifest(name) for name in "abcdefghijk"})
    manifest, workspace = _document(files, "a").manifests[0], _workspace(files)
    with hurried(workspace, on=True), pytest.raises(Postponed):
        collectors_around(manifest)
    assert [each.text for each in collectors_around(manifest).of(manifest)] != [None]


def test_an_input_file_that_is_named_alone_gets_the_versions_too() -> None:
    files = _files(api=_manifest("api"))
    assert [each[:3] for each in _recorded(files, "secrets.yml")] == [
        ("secrets.yml", 5, "v0.40.0"),
        ("secrets.yml", 9, "v0.40.0"),
    ]


def test_a_value_that_looks_like_one_is_one_of_the_versions_around() -> None:
    files = _files(api=_manifest("api", value="/mine"))
    assert _recorded(files, "secrets.yml") == [("secrets.yml", 5, "v0.40.0", ("prod", "test"))]


def test_a_file_with_the_same_text_has_the_same_versions() -> None:
    collectors = workspace_collectors(_workspace(_files(api=_manifest("api"))))
    assert collectors.file(Source("x.yml", CONFIGURATION.rstrip())).configuration.versions == ("v0.40.0",)


def test_a_file_that_no_manifest_leads_to_has_the_versions_of_the_workspace() -> None:
    for text in ("api: [", "\tapi", ""):
        manifest = _manifest("api") + text
        collectors = workspace_collectors(_workspace(_files(api=manifest)))
        assert collectors.file(Source("x.yml", "service:\n")).configuration.versions == ("v0.40.0",)
    assert (
        workspace_collectors(_workspace(_files(api="name: api\n"))).file(Source("x.yml", "a")).versions == ()
    )


def test_a_tag_with_a_variable_is_not_known() -> None:
    image = "image: public.ecr.aws/aws-observability/aws-otel-collector"
    assert list(
        tags_in(f"{image}:v0.40.0\n{image}:${{TAG}}\n{image}\nimage: other/aws-otel-collector:1")
    ) == [
        "v0.40.0",
        "unknown",
        "latest",
    ]


LITERAL = """
name: api
type: Backend Service
sidecars:
  collector:
    image: %s:v0.42.0
    variables:
      AOT_CONFIG_CONTENT: |
        receivers: {otlp: }
        exporters: {awsxray: %s}
environments: {test: {count: 1}}
"""


def test_one_in_variables_lies_in_the_manifest() -> None:
    files = _files(api=LITERAL % (ADOT, ""))
    expected = [("manifest.yml", 10, "v0.42.0", ("*", "test"))]
    assert _recorded(files, "copilot/api/manifest.yml") == expected


def test_one_in_variables_is_found_without_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text(LITERAL % (ADOT, ""))
    found = list(lint_paths([tmp_path / "manifest.yml"], [Recording()]))
    assert [finding.message for finding in found[0].findings] == ["v0.42.0"]


def test_what_the_shell_completes_is_not_known() -> None:
    files = _files(api=LITERAL % (ADOT, '"${KEY}"'))
    assert _recorded(files, "copilot/api/manifest.yml") == []
    assert all(each.text is None for found in _collectors(files, "api").values() for each in found)


@pytest.mark.parametrize(
    "value",
    [
        "/mine",
        "/copilot/store/${COPILOT_ENVIRONMENT_NAME}/secrets/otel",
        "/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/missing",
        "/copilot/shop/${STAGE}/secrets/otel",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:otel",
    ],
)
def test_what_is_stored_elsewhere_is_not_known(value: str) -> None:
    found = _collectors(_files(api=_manifest("api", value=value)), "api")["*"]
    assert [(each.container.name, each.text, each.configuration) for each in found] == [
        ("collector", None, None)
    ]


def test_the_upstream_collector_reads_no_such_variable() -> None:
    files = _files(api=_manifest("api", image="otel/opentelemetry-collector-contrib:0.120.0"))
    assert [each.text for each in _collectors(files, "api")["*"]] == [None]


def test_an_arn_is_as_good_as_a_path() -> None:
    arn = "arn:aws:ssm:eu-west-1:111122223333:parameter/copilot/shop/test/secrets/otel"
    files = _files(api=_manifest("api", value=arn))
    assert [each.text is not None for each in _collectors(files, "api")["*"]] == [True]


@pytest.mark.parametrize(
    ("named", "known"),
    [
        (None, []),
        ("collectors: [otel.yml]", ["otel.yml"]),
        ("collectors: {api: otel.yml}", ["otel.yml"]),
        ("collectors: {web: otel.yml}", []),
    ],
)
def test_a_file_that_is_configured_stands_for_what_is_stored(named: str | None, known: list[str]) -> None:
    files = _files(named, api=_manifest("api", value="/mine"))
    document = _document(files, "api")
    assert [Path(path).name for path in ManifestInput(document).companions()] == known
    for path in ManifestInput(document).companions():
        assert collectors_around(document.manifests[0]).file(files.read(path)).versions == ("v0.40.0",)


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("api", "web", "own"):
        (tmp_path / "copilot" / name).mkdir(parents=True)
        (tmp_path / "copilot" / name / "manifest.yml").write_text(_manifest(name))
    (tmp_path / "secrets.yml").write_text(INPUT.replace("staging", "test2"))
    (tmp_path / "copilot" / "environments" / "test").mkdir(parents=True)
    (tmp_path / "copilot" / "environments" / "test" / "manifest.yml").write_text("name: test\n")
    monkeypatch.chdir(tmp_path)
    files = Files()
    paths = [f"copilot/{name}/manifest.yml" for name in ("api", "web", "own")]
    reports = list(lint_paths(paths, [Recording()], files))
    assert [len(report.findings) for report in reports if report.path == "secrets.yml"] == [2]
    assert set(files.reads.values()) == {1}


@pytest.mark.parametrize(
    ("image", "version", "distribution"),
    [
        (f"{ADOT}:v0.40.0", "v0.40.0", "adot"),
        (ADOT, "latest", "adot"),
        (f"{ADOT}@sha256:{'0' * 64}", "unknown", "adot"),
        ("111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/aws-otel-collector:v0.40.0", "v0.40.0", "adot"),
        ("example.com/collector:v0.40.0", "unknown", "other"),
        ("example.com/collector:${TAG}", "unknown", "other"),
        ("{build: collector/Dockerfile}", "unknown", "other"),
    ],
)
def test_the_image_says_what_reads_it(image: str, version: str, distribution: str) -> None:
    (found,) = _collectors(_files(api=_manifest("api", image=image)), "api")["*"][:1]
    assert found.configuration is not None
    assert found.configuration.versions == (version,)
    assert found.configuration.distribution == distribution
    assert found.configuration.stored


def test_what_is_in_variables_is_stored_nowhere() -> None:
    (found,) = _collectors(_files(api=LITERAL % (ADOT, "")), "api")["*"]
    assert found.configuration is not None
    assert found.configuration.stored is False


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("/otel", True),
        ("{secretsmanager: otel}", False),
        ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:otel-AbCdEf", False),
        ("{from_cfn: stack-Otel}", None),
    ],
)
def test_where_a_file_is_stored_is_what_the_manifest_says(value: str, stored: bool | None) -> None:
    manifest = _manifest("api").replace(f"'{PATH}'", value)
    (found,) = _collectors(_files("collectors: {api: otel.yml}", api=manifest), "api")["*"]
    assert found.configuration is not None
    assert found.configuration.stored is stored


def test_a_file_that_is_named_is_read_by_what_reads_a_copy_of_it() -> None:
    files = _files(api=_manifest("api"))
    assert _recorded(files, "otel.yml") == [("otel.yml", 2, "v0.40.0", ("*",))]
    other = _files(api=_manifest("api", value="/mine"))
    assert _recorded(other, "otel.yml") == [("otel.yml", 2, "v0.40.0", ("*",))]


BUILT = """\
name: api
type: Backend Service
sidecars:
  collector: {image: {build: {dockerfile: otel/Dockerfile, context: otel}}}
"""
DOCKERFILE = f"""\
FROM {ADOT}:v0.45.0
COPY config.yaml /etc/otel-config.yaml
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("receivers: {otlp: }\nexporters: {debug: }\nservice: {pipelines: }\n", ["SL912", "SL903"]),
        ("scrape_configs: [{job_name: api}]\n", []),
        ("- targets: [localhost:80]\n", []),
    ],
)
def test_what_is_copied_into_the_image_is_linted_where_it_is_a_configuration(
    text: str, codes: list[str], tmp_path: Path
) -> None:
    files = {"copilot/api/manifest.yml": BUILT, "otel/Dockerfile": DOCKERFILE, "otel/config.yaml": text}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    reports = list(lint_paths([tmp_path / "copilot" / "api" / "manifest.yml"]))
    found = [each.code for report in reports[1:] for each in report.findings]
    assert found == codes
    assert len(reports) == (2 if codes else 1)


def test_one_that_only_an_environment_has() -> None:
    over = (
        "environments: {test: {sidecars: {collector: {secrets: {AOT_CONFIG_CONTENT: /a}}}}, prod: {count: 2}}"
    )
    rest = f"name: api\ntype: Backend Service\nsidecars: {{collector: {{image: '{ADOT}:v0.40.0'}}}}\n{over}"
    found = _collectors(_files(api=rest), "api")
    assert {name: len(collectors) for name, collectors in found.items()} == {"*": 0, "test": 1, "prod": 0}
