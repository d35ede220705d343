"""One mistake, one finding: what the built-in rules say of a manifest with a single mistake."""

from __future__ import annotations

from copy import deepcopy
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mutations import BASES, ENVIRONMENTS, PIPELINES, paths
from mutations import Path as Place

from sidecar_lint import Finding, Severity, Stage, lint_paths, lint_text
from sidecar_lint.fixing.rewriting import rewrite
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path

WINDOWS = """\
name: api
type: Backend Service
cpu: 1024
memory: 2048
platform: windows/amd64
image: {location: registry.example.com/api:1}
"""
FIRELENS = "logging: {image: 'registry.example.com/router:1', destination: {Name: cloudwatch, region: eu-west-1, log_group_name: b, log_stream_prefix: c-}}\n"


def _whole(text: str) -> list[tuple[str, str, tuple[str, ...], list[str]]]:
    """Errors and warnings: the code, what is marked, where it holds, and what is said to follow."""
    return [
        (
            finding.code,
            text[finding.span.start : finding.span.end],
            finding.environments,
            [each.message for each in finding.related],
        )
        for finding in lint_text(text).findings
        if finding.severity is not Severity.INFO
    ]


def test_what_windows_lacks_is_one_finding_at_the_platform() -> None:
    text = f"{WINDOWS}{FIRELENS}network: {{connect: true}}\nstorage: {{ephemeral: 30}}\n"
    assert _whole(text) == [
        (
            "SL414",
            "windows/amd64",
            ("*",),
            [
                "therefore: FireLens does not run on Windows",
                "therefore: Windows has no Service Connect",
                "therefore: larger ephemeral storage may not be available on Windows",
            ],
        )
    ]
    (told,) = (each for each in lint_text(text).findings if each.code == "SL414")
    assert told.stage is Stage.COPILOT, "as Service Connect on Windows is"
    assert _whole(f"{WINDOWS}{FIRELENS}") == [("SL406", "logging", ("*",), [])], "one is told where it is"


def test_what_windows_lacks_in_an_environment() -> None:
    platform = "platform: {osfamily: windows_server_2022_core, architecture: x86_64}"
    text = (
        WINDOWS.replace("platform: windows/amd64\n", FIRELENS)
        + f"environments:\n  prod:\n    {platform}\n    storage: {{readonly_fs: true}}\n  test: {{count: 2}}\n"
    )
    assert _whole(text) == [
        (
            "SL414",
            "windows_server_2022_core",
            ("prod",),
            [
                "therefore: FireLens does not run on Windows",
                "therefore: a Windows container cannot have `readonly_fs`",
            ],
        )
    ]
    base = text.replace("name: api", "name: api\nplatform: windows/amd64").replace(f"    {platform}\n", "")
    found = _whole(base)
    assert [(code, environments) for code, _, environments, _ in found] == [
        ("SL414", ("prod",)), ("SL406", ("*", "test")),
    ]  # fmt: skip


def test_half_a_platform_of_windows_is_two_mistakes() -> None:
    platform = "platform:\n  osfamily: windows_server_2022_core\n"
    text = f"{WINDOWS}{FIRELENS}network: {{connect: true}}\n".replace("platform: windows/amd64\n", platform)
    codes = [(code, at) for code, at, *_ in _whole(text)]
    assert codes == [("SL401", "platform"), ("SL414", "windows_server_2022_core")]
    whole = text.replace(platform, f"{platform}  architecture: x86_64\n")
    assert [code for code, *_ in _whole(whole)] == ["SL414"], "it is still Windows"


SERVICE = """\
name: api
type: Load Balanced Web Service
image: {location: 'registry.example.com/api:1', port: 80}
"""
HTTP = "http: {path: /}\n"
NGINX = "nginx: {image: 'nginx:1', port: 8080"


@pytest.mark.parametrize(
    ("text", "code", "at", "related"),
    [
        (
            f"http: {{path: /, target_container: nginx}}\nsidecars: [{{{NGINX}}}}}]\n",
            "SL005",
            f"[{{{NGINX}}}}}]",
            ["therefore: no container is named 'nginx'"],
        ),
        (
            f"{HTTP}count: {{min: 1, max: 3}}\n",
            "SL008",
            "min",
            ["therefore: count is a map with none of its fields", "likewise: 'max' is not a field of count"],
        ),
        (
            "http:\npath: /\nhealthcheck: /x\n",
            "SL008",
            "path",
            ["this is empty", "therefore: the service has no http", "likewise: 'healthcheck' is not a field of the top level"],
        ),
        (
            "http: {path: /, interval: 10s, timeout: 5s, healthy_threshold: 2}\n",
            "SL008",
            "interval",
            ["likewise: 'timeout' is not a field of http", "likewise: 'healthy_threshold' is not a field of http"],
        ),
        ("htttp: {path: /}\n", "SL007", "htttp", ["therefore: the service has no http"]),
        ("http: {pathh: /, alias: a.example.com}\n", "SL007", "pathh", ["therefore: http has no path"]),
        (
            (f"{HTTP}sidecars: {{{NGINX}, mount_points: [{{sourceVolume: v, path: /v}}]}}}}\n"
            "storage: {volumes: {v: {path: /v, read_only: false}}}\n"),
            "SL007",
            "sourceVolume",
            ["therefore: the mount point has no source_volume"],
        ),
        (
            (f"{HTTP}sidecars: {{{NGINX}, mount_points: [{{source_volume: v, containerPath: /v}}]}}}}\n"
            "storage: {volumes: {v: {path: /v, read_only: false}}}\n"),
            "SL007",
            "containerPath",
            ["therefore: the mount point has no path"],
        ),
        (
            f"{HTTP}storage: {{volumes: {{v: {{path: /v, efs: {{file_system_id: fs-12345678, root_dir: /}}}}}}}}\n",
            "SL007",
            "file_system_id",
            ["therefore: no file system is named for the volume 'v'"],
        ),
        (
            f"{HTTP}logging: {{image: 'a:1', desitnation: {{Name: es}}, secretOptions: {{HTTP_Passwd: /a}}}}\n",
            "SL007",
            "desitnation",
            ["therefore: these secrets are options of an output plugin, and there is none"],
        ),
        (
            f"{HTTP}sidecars: {{otel: {{image: 'amazon/aws-otel-collector:v0.40.0', healthcheck: {{test: [CMD, /healthcheck], retries: 2}}}}}}\n",
            "SL007",
            "test",
            ["therefore: the health check of 'otel' has no command, and its image has no curl"],
        ),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(text: str, code: str, at: str, related: list[str]) -> None:
    assert _whole(SERVICE + text) == [(code, at, ("*",), related)]


def test_a_sidecar_that_is_called_like_the_service_is_told_once() -> None:
    text = f"{SERVICE}{HTTP}sidecars: {{{NGINX}, depends_on: {{api: healthy}}}}, api: {{image: 'a:1'}}}}\n"
    assert [code for code, *_ in _whole(text)] == ["SL125", "SL135"], "the service has no health check either"
    with_check = text.replace("port: 80}", "port: 80, healthcheck: {command: [CMD, /check]}}")
    assert _whole(with_check) == [
        ("SL135", "api", ("*",), ["therefore: container 'api' has no health check, so it is never healthy"])
    ]


def test_an_unrelated_unknown_field_hides_nothing() -> None:
    assert [code for code, *_ in _whole(f"{SERVICE}http: {{bogus: 1, alias: a.example.com}}\n")] == [
        "SL054",
        "SL007",
    ]


def test_a_misspelt_override_has_no_port_of_its_own() -> None:
    text = (
        f"{SERVICE}http: {{path: /, target_container: nginx}}\nsidecars: {{{NGINX}}}}}\n"
        "environments: {test: {http: {target_container: ngimx}, sidecars: {ngimx: {variables: {A: b}}}}}\n"
    )
    said = ["the one in the base", "therefore: the container 'ngimx' has no port"]
    assert _whole(text) == [("SL702", "ngimx", ("test",), said)]


def test_a_misspelt_section_hides_only_what_is_in_it() -> None:
    text = f"{SERVICE}http: {{path: /, target_container: nginx}}\nsidecar: {{{NGINX}}}}}\n"
    assert [code for code, *_ in _whole(text)] == ["SL007"]
    assert [
        code for code, *_ in _whole(text.replace("target_container: nginx", "target_container: other"))
    ] == ["SL501", "SL007"]


def test_what_is_misspelt_in_one_item_says_nothing_of_another() -> None:
    mounts = "[{{source_volume: v, {}: /v}}]"
    text = (
        f"{SERVICE}{HTTP}storage: {{volumes: {{v: {{path: /v, read_only: false}}}}}}\n"
        f"sidecars: {{{NGINX}, mount_points: {mounts.format('paht')}}}}}\n"
        f"environments: {{test: {{sidecars: {{nginx: {{mount_points: {mounts.format('read_only')}}}}}}}}}\n"
    ).replace("read_only: /v", "read_only: true")
    assert [(code, environments) for code, _, environments, _ in _whole(text)] == [
        ("SL007", ("*",)), ("SL007", ("test",)), ("SL112", ("test",)),  # which is refused in `test` alone
    ]  # fmt: skip


def test_a_field_in_an_environment_that_stops_all_is_told_once() -> None:
    text = f"{SERVICE}{HTTP}environments:\n  test:\n    count: {{min: 1, max: 3}}\n"
    assert [(code, at, environments) for code, at, environments, _ in _whole(text)] == [
        ("SL008", "min", ("*", "test"))
    ]


COLLECTOR = """\
receivers: {otlp: {protocols: {grpc: }}}
exporters: {awsxray: , awsemf: }
service:
  pipelines:
    traces: {receivers: [otlp], exporters: [awsxray]}
    metrics: {receivers: [otlp], exporters: [awsemf]}
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "related"),
    [
        (
            "{awsxray:",
            "{awsxrays:",
            "SL905",
            "awsxrays",
            ["therefore: no pipeline has the exporter 'awsxrays'", "therefore: no exporter 'awsxray' is configured"],
        ),
        (
            "[awsxray]",
            "[awsxrays]",
            "SL914",
            "awsxrays",
            ["therefore: no pipeline has the exporter 'awsxray'"],
        ),
        ("pipelines:", "pipeline:", "SL904", "pipeline", ["therefore: the service has no pipeline"]),
        (
            "receivers: {",
            "receiver: {",
            "SL904",
            "receiver",
            [
                "therefore: no receiver is configured",
                "therefore: no receiver 'otlp' is configured",
                "therefore: no receiver 'otlp' is configured",
            ],
        ),
        (
            "exporters: [awsemf]",
            "exporter: [awsemf]",
            "SL904",
            "exporter",
            ["therefore: no pipeline has the exporter 'awsemf'", "therefore: the pipeline metrics has no exporter"],
        ),
    ],
)  # fmt: skip
def test_one_mistake_in_a_collector_is_one_finding(
    old: str, new: str, code: str, at: str, related: list[str]
) -> None:
    assert _whole(_with_collector(COLLECTOR)) == []
    text = COLLECTOR.replace(old, new)
    assert text != COLLECTOR
    assert _whole(_with_collector(text)) == [(code, at, ("*",), related)]


@pytest.mark.parametrize("reference", ["[awsxray]", "[awsxrays]"])
def test_a_misspelt_component_is_renamed_and_not_what_refers_to_it_rightly(reference: str) -> None:
    text = COLLECTOR.replace("{awsxray:", "{awsxrays:").replace("[awsxray]", reference)
    report = rewrite(Source("manifest.yml", _with_collector(text)), load_rules(), unsafe=True)
    assert report.source.text.endswith(indent(COLLECTOR, " " * 8))


def _with_collector(configuration: str) -> str:
    """A service with a collector that has the configuration as a variable."""
    sidecar = "sidecars:\n  otel:\n    image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0\n"
    variable = "    variables:\n      AOT_CONFIG_CONTENT: |\n"
    return SERVICE + HTTP + sidecar + variable + indent(configuration, " " * 8)


ENVIRONMENT = """\
name: test
type: Environment
network:
  vpc:
    id: vpc-0123456789abcdef0
    subnets:
      public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
      private: [{id: subnet-0123456789abcdef2}, {id: subnet-0123456789abcdef3}]
    security_group:
      ingress: [{ip_protocol: tcp, ports: 80, cidr: 0.0.0.0/0}]
http:
  private:
    subnets: [subnet-0123456789abcdef2, subnet-0123456789abcdef3]
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "related"),
    [
        (
            "{id: subnet-0123456789abcdef2}",
            "{ids: subnet-0123456789abcdef2}",
            "SL007",
            "ids",
            [
                "therefore: subnet private[0] has no `id`",
                "therefore: 'subnet-0123456789abcdef2' is none of the imported subnets",
            ],
        ),
        (
            "subnets:\n      public",
            "subnet:\n      public",
            "SL007",
            "subnet",
            [
                "therefore: the VPC is imported without subnets",
                "therefore: 'subnet-0123456789abcdef2' is none of the imported subnets",
                "therefore: 'subnet-0123456789abcdef3' is none of the imported subnets",
            ],
        ),
        (
            "cidr: 0.0.0.0/0",
            "cidrs: 0.0.0.0/0",
            "SL007",
            "cidrs",
            ["therefore: rule ingress[0] of the security group has no `cidr`"],
        ),
    ],
)  # fmt: skip
def test_one_mistake_in_an_environment_is_one_finding(
    old: str, new: str, code: str, at: str, related: list[str]
) -> None:
    text = ENVIRONMENT.replace(old, new)
    assert _whole(ENVIRONMENT) == []
    assert _whole(text) == [(code, at, (), related)]


def test_what_is_missing_besides_is_told() -> None:
    text = ENVIRONMENT.replace("ports: 80, cidr:", "cidrs:")
    assert [code for code, *_ in _whole(text)] == ["SL868", "SL007"]


PIPELINE = """\
name: release
version: 1
source: {provider: GitHub, properties: {repository: example/shop, branch: main}}
stages: [{name: test}]
"""


@pytest.mark.parametrize(
    ("old", "new", "at", "related"),
    [
        ("version", "verison", "verison", ["therefore: the pipeline has no `version`"]),
        ("repository", "repositry", "repositry", ["therefore: the source has no `repository`"]),
        ("source", "sorce", "sorce", ["therefore: the pipeline has no `source`"]),
        ("stages", "stage", "stage", ["therefore: the pipeline has no stages"]),
        ("{name", "{nam", "nam", ["therefore: stages[0] has no name"]),
    ],
)
def test_one_mistake_in_a_pipeline_is_one_finding(old: str, new: str, at: str, related: list[str]) -> None:
    assert _whole(PIPELINE) == []
    assert _whole(PIPELINE.replace(old, new)) == [("SL007", at, (), related)]


def test_access_keys_in_clear_are_told_where_they_should_not_be_at_all() -> None:
    keys = "{AWS_ACCESS_KEY_ID: AKIAQWERTYUIOP234567, AWS_SECRET_ACCESS_KEY: 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}"
    found = _whole(f"{SERVICE}{HTTP}exec: true\nvariables: {keys}\n")
    assert [(code, at) for code, at, *_ in found] == [("SL630", "AWS_ACCESS_KEY_ID")]
    assert [code for code, *_ in _whole(f"{SERVICE}{HTTP}variables: {keys}\n")] == ["SL614"] * 2, "graver"


def test_what_fails_in_another_stage_in_another_environment_is_one_finding() -> None:
    text = (
        f"{SERVICE}{HTTP}taskdef_overrides: [{{path: 'ContainerDefinitons[0].Ulimits[-]', value: {{Name: nofile}}}}]\n"
        "environments: {prod: {http: {alias: shop.example.com}}}\n"
    )
    assert [(code, environments) for code, _, environments, _ in _whole(text)] == [("SL740", ("*", "prod"))]
    stages = {each.stage for each in lint_text(text).with_consequences if each.code == "SL740"}
    assert stages == {Stage.COPILOT, Stage.DEPLOY}
    (told,) = (each for each in lint_text(text).findings if each.code == "SL740")
    assert told.stage is Stage.COPILOT


def _in_workspace(folder: Path, files: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Errors and warnings of a workspace: the code, and what is said to follow."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    reports = lint_paths([folder / name for name in files if name.endswith("manifest.yml")])
    return [
        (finding.code, [each.message for each in finding.related])
        for report in reports
        for finding in report.findings
        if finding.severity is not Severity.INFO
    ]


MANIFEST = "copilot/api/manifest.yml"


def test_an_env_file_with_another_ending_is_one_finding(tmp_path: Path) -> None:
    files = {"api.env": "A=1\n", MANIFEST: f"{SERVICE}{HTTP}env_file: api.txt\n"}
    assert _in_workspace(tmp_path, files) == [("SL142", ["therefore: there is no file 'api.txt'"])]
    files[MANIFEST] = files[MANIFEST].replace("api.txt", "other.txt")
    assert [code for code, _ in _in_workspace(tmp_path, files)] == ["SL142", "SL146"]


def test_an_output_that_refers_to_a_misspelt_policy_is_one_finding(tmp_path: Path) -> None:
    addon = """\
Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
Resources:
  QueuePolicy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: '*'}]
Outputs:
  QueuePolicyArn:
    Value: !Ref QueuPolicy
"""
    files = {MANIFEST: f"{SERVICE}{HTTP}", "copilot/api/addons/queue.yml": addon}
    said = "therefore: 'QueuePolicy' is not attached to the task role: no output has its `!Ref`"
    assert _in_workspace(tmp_path, files) == [("SL821", [said])]


def test_a_deployment_of_a_misspelt_workload_is_one_finding(tmp_path: Path) -> None:
    deployments = "deployments: {apii: , web: {depends_on: [api]}}"
    files = {
        MANIFEST: f"{SERVICE}{HTTP}",
        "copilot/web/manifest.yml": f"{SERVICE}{HTTP}".replace("api", "web"),
        "copilot/pipelines/release/manifest.yml": PIPELINE.replace(
            "name: test", f"name: test, {deployments}"
        ),
    }
    said = "therefore: `deployments` of this stage has no 'api'"
    assert _in_workspace(tmp_path, files) == [("SL895", [said])]


def _mutations(parent: Any, step: str | int, word: str) -> list[Any]:
    """What may stand in the place of an entry by mistake: nothing, another name, another kind of value."""
    value = parent[step]
    others: list[Any] = [{}, word, [word], {word: value}]
    return [None, *(others if isinstance(step, int) else [f"{step}x", f"{step[:1]}{step}", *others])]


@st.composite
def _mistakes(draw: st.DrawFn) -> tuple[str, str]:
    """A manifest with two mistakes, and the same with the second of them only."""
    document = draw(st.sampled_from([*BASES.values(), *ENVIRONMENTS.values(), *PIPELINES.values()]))
    places = st.sampled_from([path for path in paths(document) if path not in (("name",), ("type",))])
    first, second = draw(places), draw(places)
    assume(first[: len(second)] != second and second[: len(first)] != first)
    mistakes = [(path, draw(st.integers(0, 9)), word) for path, word in ((first, "bogus"), (second, "wrong"))]
    return _mutated(document, mistakes), _mutated(document, mistakes[1:])


def _mutated(document: Any, mistakes: list[tuple[Place, int, str]]) -> str:
    document = deepcopy(document)
    for path, choice, word in mistakes:
        parent = document
        for step in path[:-1]:
            parent = parent[step]
        step, values = path[-1], _mutations(parent, path[-1], word)
        value = values[choice % len(values)]
        if value is None and isinstance(parent, dict):
            del parent[step]
        elif isinstance(value, str) and isinstance(step, str) and step in value:
            items = [(value if key == step else key, old) for key, old in parent.items()]
            parent.clear()
            parent.update(items)
        else:
            parent[step] = value
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _following(finding: Finding) -> set[str]:
    said = (related.message.partition(": ") for related in finding.related)
    return {message for word, _, message in said if word in ("therefore", "likewise")}


@settings(max_examples=80, deadline=None)
@given(_mistakes())
def test_what_follows_from_a_mistake_is_gone_with_it(texts: tuple[str, str]) -> None:
    both, second = map(lint_text, texts)
    found = {finding.message for finding in second.with_consequences}
    told = {finding.message for finding in second.findings}  # the rest follows from the mistake that is left
    for finding in both.findings:
        if finding.message not in found:
            assert not told & _following(finding), (finding.message, texts[0])


#: Where a single mistake is told more than once, and why.
SEVERAL = {
    ("storefront", "sidecars.nginx"): "nothing says that the definition is wrong, and not what refers to it",
    ("shop-release", "stages.0.deployments.test"): "the same of two actions that wait for a stack",
    ("imported", "network.vpc.subnets"): "what is written instead does not say which subnets were meant",
    ("imported", "http.private.subnets"): "the same",
    ("staging", "network.vpc.subnets"): "the same of their zones",
}
DOCUMENTS = {
    document["name"]: document for document in (*BASES.values(), *ENVIRONMENTS.values(), *PIPELINES.values())
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_misspelt_key_and_a_wrong_type_are_one_finding(name: str) -> None:
    document = DOCUMENTS[name]
    before = set(_grave(_mutated(document, [])))
    places = [path for path in paths(document) if path not in (("name",), ("type",))]
    for path in places:
        at = ".".join(map(str, path))
        if any(name == owner and at.startswith(known) for owner, known in SEVERAL):
            continue
        misspelt, in_a_list = (None, 3) if isinstance(path[-1], int) else (1, 5)
        for choice in (misspelt, in_a_list):
            text = _mutated(document, [(path, choice, "bogus")] if choice else [])
            found = {
                each for each in _grave(text) if each not in before
            }  # once for each stage it comes to light in
            assert len(found) <= 1, (at, found)


def _grave(text: str) -> list[tuple[str, str]]:
    found = lint_text(text).findings
    return [(each.code, each.message) for each in found if each.severity is not Severity.INFO]
