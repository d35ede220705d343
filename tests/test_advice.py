"""What is advised for mistakes that people make: what to write, and whether a fix is surely meant."""

from __future__ import annotations

import pytest

from sidecar_lint import Finding, lint_text
from sidecar_lint.fixing.offering import offered
from sidecar_lint.fixing.rewriting import rewrite_all
from sidecar_lint.fixing.rounds import lint_to_change
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

HEAD = "name: api\ntype: Load Balanced Web Service\n"
JOB = "name: job\ntype: Scheduled Job\nimage: {location: a}\non: {schedule: '@daily'}\n"
IMAGE = "image: {location: 'nginx:1.27', port: 80}\n"
HTTP = "http: {path: /}\n"


def _advice(text: str) -> list[tuple[str, str]]:
    """Of each finding but information, its code and what it says to write."""
    found = lint_text(HEAD + text).findings
    return [(each.code, each.help) for each in found if each.severity != "info"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cpu: 1 vCPU", "1024"),
        ("cpu: 0.5 vCPU", "512"),
        ("memory: 2GB", "2048"),
        ("memory: 512Mi", "512"),
        ("storage: {ephemeral: 30 GiB}", "30"),
        ("count: {range: 1-4, cpu_percentage: '60%'}", "60"),
        ("count: {range: 1-4, cpu_percentage: {value: 60%}}", "60"),
        ("logging: {retention: 30d}", "30"),
        ("logging: {retention: 1 week}", "7"),
        ("sidecars: {a: {image: x:1, healthcheck: {command: [CMD, x], interval: '30'}}}", "30s"),
        ("sidecars: {a: {image: x:1, healthcheck: {command: [CMD, x], interval: 10 secs}}}", "10s"),
        ("sidecars: {a: {image: x:1, healthcheck: {command: [CMD, x], interval: 10000000000}}}", "10s"),
    ],
)
def test_a_number_with_a_unit_is_written_in_the_unit_of_the_field(written: str, meant: str) -> None:
    assert _advice(IMAGE + HTTP + written) == [("SL005", f"write `{meant}`")]


@pytest.mark.parametrize(
    "written",
    [
        "cpu: 0.3 vCPU",  # is no whole number of units
        "cpu: 250m",
        "memory: 2 pages",
        "logging: {retention: a month}",
        "sidecars: {a: {image: x:1, healthcheck: {command: [CMD, x], interval: 1 fortnight}}}",
    ],
)
def test_what_is_meant_is_not_guessed(written: str) -> None:
    assert _advice(IMAGE + HTTP + written) == [("SL005", "")]


@pytest.mark.parametrize(
    "name", ["target_container_timeout", "stickiness_duration", "my_alias", "healthcheck_path"]
)
def test_a_field_with_more_words_is_another_one(name: str) -> None:
    ((code, help_),) = _advice(IMAGE + f"http: {{path: /, {name}: 30}}")
    assert code == "SL007"
    assert "write `" not in help_


@pytest.mark.parametrize(
    ("text", "code", "help_"),
    [
        ("healthcheck: {command: [CMD, x]}", "SL007", "`image.healthcheck`"),
        ("network: {vpc: {id: vpc-1}}", "SL008", "under network.vpc"),
        ("sidecars: {a: {image: 'x:1', cpu: 256}}", "SL008", "`taskdef_overrides`"),
        ("sidecars: {a: {image: 'x:1', exec: true}}", "SL008", "top level of the manifest"),
        ("environments: {prod: {name: web}}", "SL007", "cannot override `name`"),
        ("environments: {prod: {build: {target: dev}}}", "SL008", "it belongs under image"),
        ("logging: {driver: awslogs}", "SL007", "go to CloudWatch Logs"),
    ],
)
def test_a_place_is_possible(text: str, code: str, help_: str) -> None:
    ((found, said),) = _advice(IMAGE + HTTP + text)
    assert found == code
    assert help_ in said


def test_a_command_of_a_load_balancers_health_check_is_not_the_containers_command() -> None:
    """At the top level it would run instead of the service."""
    check = "healthcheck: {path: /, command: [CMD-SHELL, exit 0]}"
    ((code, help_),) = _advice(f"{IMAGE}http: {{path: /, {check}}}")
    assert (code, help_) == ("SL008", "it belongs under image.healthcheck")
    ((code, help_),) = _advice(f"{IMAGE}http: {{path: /, {check}}}\nsidecars: {{a: {{image: 'nginx:1'}}}}")
    assert (code, help_) == ("SL008", "it belongs under image.healthcheck or sidecars.<name>.healthcheck")
    check = "healthcheck: {path: /, retries: 3}"
    ((code, help_),) = _advice(f"{IMAGE}http: {{path: /, {check}}}")
    assert code == "SL007"  # a container's check with nothing but this would run `curl`
    assert "image.healthcheck" not in help_


def test_what_a_build_takes_does_not_go_beside_a_location() -> None:
    ((_, help_),) = _advice(HTTP + "image: {location: nginx, port: 80, cache_from: [a]}")
    assert help_ == "leave it out: `location` names an image, and none is built"
    ((_, help_),) = _advice(HTTP + "image: {build: Dockerfile, port: 80, cache_from: [a]}")
    assert help_ == "make a map of image.build, `dockerfile: Dockerfile`, and put it beside that"
    ((_, help_),) = _advice(HTTP + "image: {build: {dockerfile: a}, port: 80, cache_from: [a]}")
    assert help_ == "it belongs under image.build"


def test_the_service_discovery_endpoint_can_be_written_otherwise() -> None:
    ((_, help_),) = _advice(IMAGE + HTTP + "variables: {DB: 'db.${COPILOT_SERVICE_DISCOVERY_ENDPOINT}'}")
    assert help_.startswith("write ${COPILOT_ENVIRONMENT_NAME}.${COPILOT_APPLICATION_NAME}.local")
    ((_, help_),) = _advice(IMAGE + HTTP + "variables: {QUEUE: '${COPILOT_QUEUE_URI}'}")
    assert help_.startswith("read the variable in the program")


def test_files_that_a_volume_hides_are_declared_where_that_is_possible() -> None:
    volume = (
        "storage: {volumes: {a: {path: /a}}}\nsidecars:\n  dd:\n    image: public.ecr.aws/datadog/agent:7\n"
    )
    mount = "    mount_points: [{source_volume: a, path: /etc/datadog-agent, read_only: false}]\n"
    report = lint_text(HEAD + IMAGE + HTTP + volume + mount)
    (help_,) = (each.help for each in report.findings if each.code == "SL330")
    assert "in an image made from this one" in help_


def test_options_are_those_of_the_driver() -> None:
    _, (_, help_) = _advice(IMAGE + HTTP + "logging: {driver: awslogs, options: {awslogs-group: x}}")
    assert "write" not in help_
    _, (_, help_) = _advice(IMAGE + HTTP + "logging: {driver: awsfirelens, options: {Name: cloudwatch}}")
    assert help_ == "write `destination`"


@pytest.mark.parametrize(
    ("written", "what"),
    [("***", "'***'"), ("***x***: 1", "'***x***'"), ("*", "'*'"), ("& b", "'&'"), ("*a", "anchor 'a'")],
)
def test_what_begins_like_an_alias_is_to_be_quoted(written: str, what: str) -> None:
    (finding,) = lint_text(HEAD + IMAGE + HTTP + f"variables:\n  A: {written}\n").findings
    assert finding.code == "SL001"
    assert what in finding.message
    assert "quotes" in finding.help


def _offered(text: str) -> tuple[Finding, bool]:
    """The one finding of a manifest, and whether its fix is surely meant."""
    run = lint_to_change(Source("manifest.yml", HEAD + text), load_rules())
    (report,) = offered([run], None)
    (finding,) = (each for each in report.findings if each.severity != "info")
    return finding, finding.fixes[0].safe


def test_a_health_check_without_a_command_is_not_surely_meant() -> None:
    """It gets Copilot's, which calls curl."""
    image = "image: {{location: 'nginx:1.27', port: 80, health_check: {}}}\n"
    assert _offered(image.format("{command: [CMD, /healthy]}") + HTTP)[1]
    assert not _offered(image.format("{interval: 10s}") + HTTP)[1]
    assert _offered(IMAGE + "http: {path: /, health_check: /up}")[1]


def test_a_fix_that_takes_the_logs_away_is_not_surely_meant() -> None:
    finding, safe = _offered(IMAGE + HTTP + "logging: {Variables: {A: b}}")
    assert "SL212" in finding.fixes[0].title
    assert not safe
    assert _offered(IMAGE + HTTP + "logging: {enable_metadata: true, destination: {Name: stdout}}")[1]


def test_metadata_alone_is_to_be_left_out() -> None:
    """The right name would add a log router that sends nowhere."""
    text = HEAD + IMAGE + HTTP + "logging: {enable_metadata: true}"
    (finding,) = (each for each in lint_text(text).findings if each.code == "SL007")
    assert finding.help.startswith("leave it out")
    assert not finding.fixes


SIDECAR = "sidecars:\n  {}: {{image: 'example.com/{}:1', port: 8080}}\n"


def _fixed(text: str) -> str:
    run = lint_to_change(Source("manifest.yml", HEAD + text), load_rules())
    return rewrite_all([run], None, unsafe=True)[0].source.text.removeprefix(HEAD)


@pytest.mark.parametrize(
    "text",
    [
        f"{IMAGE}http: {{path: /, target_container: nginx}}\n{SIDECAR.format('ngnix', 'nginx')}",
        (
            f"image: {{location: 'x:1', port: 80, depends_on: {{proxy: start}}}}\n"
            f"http: {{path: /, target_container: proxy}}\n{SIDECAR.format('porxy', 'x')}"
            "environments: {prod: {sidecars: {porxy: {port: 81}}}}\n"
        ),
        (
            f"{IMAGE}{HTTP}storage: {{volumes: {{dta: {{path: /a, efs: true, read_only: false}}}}}}\nsidecars:\n"
            "  a: {image: 'x:1', mount_points: [{source_volume: data, path: /a}]}\n"
            "  b: {image: 'x:1', mount_points: [{source_volume: data, path: /b}]}\n"
        ),
    ],
)
def test_a_definition_that_is_misspelt_is_mended_and_not_what_refers_to_it(text: str) -> None:
    ((code, help_),) = _advice(text)
    assert code in ("SL110", "SL120", "SL501")
    assert "where it is defined" in help_
    fixed = _fixed(text)
    assert _advice(fixed) == []
    assert not any(name in fixed for name in ("ngnix", "porxy", "dta"))


@pytest.mark.parametrize(
    "text",
    [
        # Nothing says which one is right.
        f"{IMAGE}http: {{path: /, target_container: proxy}}\n{SIDECAR.format('porxy', 'x')}",
        # The definition is used by its own name.
        (
            f"image: {{location: 'x:1', port: 80, depends_on: {{ngnix: start}}}}\n"
            f"http: {{path: /, target_container: nginx}}\n{SIDECAR.format('ngnix', 'nginx')}"
        ),
    ],
)
def test_a_reference_is_mended_otherwise(text: str) -> None:
    ((code, help_),) = _advice(text)
    assert (code, help_) in (("SL501", "write `porxy`"), ("SL501", "write `ngnix`"))


COLLECTOR = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("image: {build: {dockerfile: D, args: {A: '${NPM_TOKEN}'}}, port: 80}", "SL747", "reaches a build"),
        (
            (
                f"{IMAGE}environments: {{prod: {{sidecars: {{a: {{image: {{build: {{dockerfile: D, "
                "args: {A: '${NPM_TOKEN}'}}}}}}}\n"
            ),
            "SL747",
            "reaches a build",
        ),
        (f"{IMAGE}variables: {{A: '${{NPM_TOKEN}}'}}", "SL747", "name it under `secrets`"),
        (f"{IMAGE}secrets: {{A: '${{NPM_TOKEN}}'}}", "SL747", "store the value, with `copilot secret init`"),
        (f"{IMAGE}sidecars: {{x: {{image: 'amazon/aws-xray-daemon:3.3.13'}}}}", "SL168", "security fixes"),
        (
            (
                "image: {location: 'x:1', port: 80, depends_on: {x: healthy}}\n"
                "sidecars: {x: {image: 'amazon/aws-xray-daemon:3.3.13', healthcheck: {command: [CMD-SHELL, nc -zu a 2]}}}"
            ),
            "SL150",
            "and `depends_on` where another waits",
        ),
        (
            (
                f"{IMAGE}sidecars: {{o: {{image: '{COLLECTOR}', variables: {{AOT_CONFIG_CONTENT: "
                "'{receivers: {awscontainerinsightreceiver: }, exporters: {debug: }, service: {pipelines: "
                "{metrics: {receivers: [awscontainerinsightreceiver], exporters: [debug]}}}}'}}}"
            ),
            "SL935",
            "the collector does not start",
        ),
        (
            f"{IMAGE}logging: {{destination: {{Name: nrlogs, config-file-value: /fluent-bit/etc/fluent-bit.conf}}}}",
            "SL203",
            "and keep the file elsewhere",
        ),
        (
            f"{IMAGE}logging: {{destination: {{Name: nrlogs, config-file-value: /fluent-bit/configs/parse-json.conf}}}}",
            "SL203",
            "it is `logging.configFilePath`",
        ),
        (
            (
                f"{IMAGE}logging: {{image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10', "
                "configFilePath: 's3://bucket/extra.conf'}"
            ),
            "SL205",
            "in the variable aws_fluent_bit_init_s3_1",
        ),
        (
            f"{IMAGE}secrets: {{A: {{secretsmanager: '${{COPILOT_ENVIRONMENT_NAME}}/db-master'}}}}",
            "SL607",
            "let `from_cfn` import",
        ),
        (
            f"{IMAGE}secrets: {{A: {{secretsmanager: '${{COPILOT_APPLICATION_NAME}}/db-master'}}}}",
            "SL607",
            "write the name with its suffix",
        ),
        (
            f"{IMAGE}taskdef_overrides: [{{path: 'ContainerDefinitions[0].Command[-]', value: [a, b]}}]",
            "SL752",
            "append each item with an override of its own",
        ),
        (
            f"{IMAGE}logging: {{destination: {{awslogs-multiline-pattern: '^a'}}}}",
            "SL202",
            "override in ContainerDefinitions[0].LogConfiguration.Options",
        ),
        (
            f"{IMAGE}sidecars: {{o: {{image: '{COLLECTOR}', variables: {{AOT_CONFIG_CONTENT: /copilot/a/b/secrets/c}}}}}}",
            "SL901",
            "name it under `secrets`",
        ),
        (
            f"{IMAGE}variables: {{A: '${{TAG}}', B: '${{SHA}}'}}",
            "SL613",
            "rules: {SL613: {provided: [TAG, SHA]}}; write \\${TAG}",
        ),
        (
            f"{IMAGE}variables: {{AWS_REGION: '${{AWS_REGION}}', B: '${{SHA}}'}}",
            "SL613",
            "; every container has AWS_REGION without being given it; write \\${SHA}",
        ),
        (
            (
                f"{IMAGE}variables: {{OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318'}}\n"
                f"sidecars: {{o: {{image: '{COLLECTOR}', variables: {{AOT_CONFIG_CONTENT: "
                "'{receivers: {otlp: {protocols: {grpc: }}}, exporters: {debug: }, service: {pipelines: "
                "{traces: {receivers: [otlp], exporters: [debug]}}}}'}}}"
            ),
            "SL153",
            "let the receiver otlp listen there",
        ),
        (
            (
                f"{IMAGE}sidecars: {{o: {{image: '{COLLECTOR}', healthcheck: {{command: [CMD, /healthcheck]}}, "
                "variables: {AOT_CONFIG_CONTENT: '{extensions: {health_check: }, receivers: {otlp: {protocols: {grpc: "
                "}}}, exporters: {debug: }, service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}}'}}}"
            ),
            "SL930",
            "nothing listens at port 13133 name it in `service.extensions`",
        ),
        (
            f"{IMAGE}variables: {{COPILOT_QUEUE_URI: !GetAtt EventsQueue.Arn}}",  # no worker has this queue
            "SL615",
            "is `from_cfn: name`",
        ),
        (f"{IMAGE}variables: {{COPILOT_LB_DNS: !Ref Dns}}", "SL615", "leave COPILOT_LB_DNS out"),
        (f"{IMAGE}storage: {{volumes: {{a: {{path: /a}}}}}}", "SL320", "write `read_only: false` here"),
        (
            (
                f"{IMAGE}storage: {{volumes: {{a: {{path: /a}}}}}}\n"
                "sidecars: {x: {image: 'x:1', mount_points: [{source_volume: a, path: /a}]}}"
            ),
            "SL320",
            "here, or in the mount point of the sidecar that writes",
        ),
        (
            (
                f"{IMAGE}platform: {{osfamily: windows_server_2022_core, architecture: x86_64}}\nlogging: {{destination: {{Name: s3}}}}\n"
                "storage: {readonly_fs: true}"
            ),
            "SL414",
            "write `platform: linux/x86_64`",
        ),
        (
            (
                f"{IMAGE}logging: {{image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10', "
                "variables: {aws_fluent_bit_init_s3_1: 'arn:aws:s3:::a/b.conf'}}\n"
                "taskdef_overrides: [{path: 'ContainerDefinitions[1].ReadonlyRootFilesystem', value: true}]"
            ),
            "SL229",
            "take an image of release 3",
        ),
    ],
)
def test_what_is_said_holds_where_it_is_said(text: str, code: str, said: str) -> None:
    found = next(each for each in lint_text(f"{HEAD}{HTTP}{text}\n").findings if each.code == code)
    assert said in f"{found.effect} {found.help}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("healthCheck.command", "HealthCheck.Command"),
        ("healthCheck.startPeriod", "HealthCheck.StartPeriod"),
        ("healthCheck.Timeout", "HealthCheck.Timeout"),
        ("healthCheck.other", "HealthCheck.other"),
        ("healthCheck", "HealthCheck"),
        ("dockerLabels.timeout", "DockerLabels.timeout"),
    ],
)
def test_both_misspelt_parts_of_a_path_are_mended(written: str, meant: str) -> None:
    text = f"{IMAGE}{HTTP}taskdef_overrides: [{{path: 'ContainerDefinitions[0].{written}', value: x}}]\n"
    help_ = next(each.help for each in lint_text(HEAD + text).findings if each.code == "SL751")
    assert help_ == f"write `ContainerDefinitions[0].{meant}`"


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        (JOB + "port: 80", "leave it out: no requests come to a workload of this type"),
        (JOB + "autoscaling: {min: 1}", ""),
        ("name: test\ntype: Environment\npermissions: {a: b}", "its fields are name"),
        ("name: main\nversion: 1\nenvironments: {a: b}", "its fields are name"),
    ],
)
def test_what_helps_in_another_kind_of_manifest_is_not_told_here(text: str, help_: str) -> None:
    folder = "pipelines/main" if "version" in text else "environments/test" if "Env" in text else "job"
    found = lint_text(text, f"copilot/{folder}/manifest.yml").findings
    (advice,) = (each.help for each in found if each.code in ("SL007", "SL008"))
    assert advice.startswith(help_)
    assert "count" not in advice
