"""Our templates against those that the released binary prints, asked offline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import addon_cases
import pytest
from copilot_oracle import UNNAMED, Answer, Copilot
from copilots import DOMAIN
from hypothesis import HealthCheck, given, settings
from mutations import BASES, Mutated, mutated_manifests
from templates import of_copilot, sections, stack, template, workload
from workspaces import MANIFESTS, identify

from sidecar_lint import Document
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.stack import Account
from sidecar_lint.template.template import GeneratedTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.copilot

#: What stands for the layer is that of the region.
_ACCOUNT = Account(
    domain=DOMAIN, sdk_layer="arn:aws:lambda:eu-west-1:399891621064:layer:AWSLambda-Node-AWS-SDK:14"
)


@pytest.fixture(scope="module")
def copilot(copilot_with_domain: Copilot) -> Copilot:
    return copilot_with_domain


def _written(folder: Path, name: str, files: Mapping[str, str]) -> GeneratedTemplate:
    """A workload in a workspace of its own, and our template of it."""
    for file, text in {"../.workspace": "application: app\n", **files}.items():
        path = folder / "copilot" / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return GeneratedTemplate.of(stack(workload(folder, name), UNNAMED, account=_ACCOUNT))


def _agree(copilot: Copilot, folder: Path, name: str, files: Mapping[str, str]) -> None:
    answer = copilot.ask(
        files["manifest.yml"].encode(),
        UNNAMED,
        name,
        {file.removeprefix("addons/"): text for file, text in files.items() if file.startswith("addons/")},
    )
    assert answer.template, answer.message
    _assert_alike(_written(folder, name, files), answer)


def _assert_alike(ours: GeneratedTemplate, answer: Answer) -> None:
    plain: Any = ours.plain
    assert sections(plain) == sections(of_copilot(answer.template))


@pytest.mark.parametrize("path", MANIFESTS, ids=identify)
def test_fixture(path: Path, copilot: Copilot, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    answer = copilot.ask(text.encode(), UNNAMED, path.parent.name)
    if not answer.template:
        pytest.skip("Copilot refuses it")
    _assert_alike(_written(tmp_path, path.parent.name, {"manifest.yml": text}), answer)


_SITE = "name: site\ntype: Static Site\nfiles: [{source: copilot}]\n"
_SERVICE = "name: api\ntype: Load Balanced Web Service\nimage: {location: nginx, port: 80}\n"
_APP_RUNNER = (
    "name: api\ntype: Request-Driven Web Service\nimage: {location: public.ecr.aws/nginx/nginx, port: 80}\n"
)


@pytest.mark.parametrize(
    "text",
    [
        _SITE,
        f"{_SITE}http: {{alias: www.example.com}}\n",
        f"{_SITE}http: {{alias: www.example.com, certificate: 'arn:aws:acm:us-east-1:1:certificate/a'}}\n",
    ],
)
def test_static_site(text: str, copilot: Copilot, tmp_path: Path) -> None:
    _agree(copilot, tmp_path, "site", {"manifest.yml": text})


@pytest.mark.parametrize(
    "text",
    [
        f"{_SERVICE}http: {{path: /}}\n",
        f"{_SERVICE}http: {{path: /, alias: api.example.com}}\n",
        f"{_SERVICE}http: {{path: /, alias: [a.example.com, b.app.example.com], redirect_to_https: false}}\n",
        f"{_SERVICE}http: {{path: /, alias: a.example.com, additional_rules: [{{path: x, alias: c.example.com}}]}}\n",
        f"{_SERVICE}http: {{path: /}}\nnlb: {{port: 443/tls, alias: n.example.com}}\n",
        f"{_SERVICE}http: false\nnlb: {{port: 443, stickiness: true, healthcheck: {{port: 80}}}}\n",
        f"{_APP_RUNNER}http: {{alias: www.example.com}}\n",
        f"{_APP_RUNNER}http: {{private: true, healthcheck: /}}\ntags: {{a: b}}\n",
        f"{_APP_RUNNER}http: {{private: {{endpoint: vpce-1}}}}\nnetwork: {{vpc: {{placement: private}}}}\n",
    ],
)
def test_names_in_a_domain(text: str, copilot: Copilot, tmp_path: Path) -> None:
    _agree(copilot, tmp_path, "api", {"manifest.yml": text})


_BACKEND = "name: api\ntype: Backend Service\nimage: {location: nginx, port: 80}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{_BACKEND}count: {{range: {{min: 3, max: 9, spot_from: 2}}, cpu_percentage: 70}}\n",
        f"{_BACKEND}count: {{range: {{min: 3, max: 9, spot_from: 3}}, cpu_percentage: 70}}\n",
        f"{_BACKEND}http: {{path: /, additional_rules: [{{path: /b}}]}}\ncount: {{range: 1-3, requests: 9}}\n",
        f"{_BACKEND}variables: {{'NO': a, \"'ON'\": b}}\nsecrets: {{'null': /x}}\nsidecars: {{'off': {{image: b}}}}\n",
    ],
)
def test_traps(text: str, copilot: Copilot, tmp_path: Path) -> None:
    _agree(copilot, tmp_path, "api", {"manifest.yml": text})


@pytest.mark.parametrize("kind", ["Backend Service", "Worker Service", "Scheduled Job"])
def test_addons(kind: str, copilot: Copilot, tmp_path: Path) -> None:
    text = (
        f"name: api\ntype: {kind}\nimage: {{location: nginx}}\non: {{schedule: none}}\n"
        "variables: {A: b, TABLE_NAME: again}\nsecrets: {B: /x}\nsidecars: {s: {image: envoy}}\n"
        "logging: {destination: {Name: stdout}}\n"
    )
    addon = (
        "Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}\n"
        "Resources:\n"
        "  Table: {Type: 'AWS::DynamoDB::Table'}\n"
        "  Secret: {Type: 'AWS::SecretsManager::Secret'}\n"
        "  Group: {Type: 'AWS::EC2::SecurityGroup'}\n"
        "  Policy: {Type: 'AWS::IAM::ManagedPolicy'}\n"
        "Outputs:\n"
        "  tableName: {Value: !Ref Table}\n"
        "  DBSecret: {Value: !Ref Secret}\n"
        "  MyGroup: {Value: !Ref Group}\n"
        "  AccessPolicy: {Value: !Ref Policy}\n"
    )
    parameters = "Parameters:\n  Size: !Sub '${EnvName}-1'\n"
    files = {"manifest.yml": text, "addons/a.yml": addon, "addons/addons.parameters.yml": parameters}
    _agree(copilot, tmp_path, "api", files)


@pytest.mark.parametrize(
    "case", [case for case in addon_cases.CASES if not case.rule], ids=lambda case: case.name
)
def test_addon_cases(case: addon_cases.Case, copilot: Copilot, tmp_path: Path) -> None:
    addons = {f"addons/{name}": text for name, text in case.files.items()}
    _agree(copilot, tmp_path, "api", {"manifest.yml": addon_cases.MANIFEST, **addons})


_JOB = "name: api\ntype: Scheduled Job\nimage: {location: nginx}\n"
_BACKEND = "name: api\ntype: Backend Service\nimage: {location: nginx, port: 80}\n"


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"{_JOB}on: {{schedule: {schedule!r}}}\n"
            for schedule in ("None", "0 9 * * 7", "0 9 1 * 1", "@every 90s", "*/0 * * * *", "x * * * *")
        ),
        f"{_JOB}on: {{schedule: none}}\ntimeout: 1500ms\n",
        f"{_JOB}on: {{schedule: none}}\nretries: -1\n",
        *(
            f"{_BACKEND}taskdef_overrides: [{{path: {path!r}, value: 1}}]\n"
            for path in ("", "a b", "ContainerDefinitions[3].Cpu", "List[0].Key", "Cpu[0]")
        ),
        f"{_JOB}on: {{schedule: ''}}\n",
        f"{_JOB}on: {{schedule: none}}\ntimeout: é\n",
    ],
)
def test_what_is_refused(text: str, copilot: Copilot) -> None:
    said = copilot.ask(text.encode(), UNNAMED, "api").message
    (refusal,) = template(text, UNNAMED).refusals
    assert said.endswith(f"generate stack template: {refusal.message}")


@pytest.mark.parametrize(
    "text",
    [
        f"{_BACKEND}taskdef_overrides:\n  - {{path: {path!r}, value: {value}}}\n"
        for path, value in (
            ("New.Deep.Key", "x"),
            ("List[5]", "x"),
            ("List[-].Key", "x"),
            ("RequiresCompatibilities.Key", "x"),
            ("Cpu.Key", "x"),
            ("Family.Key", "x"),
            ("Cpu", "~"),
            ("Cpu", "yes"),
            ("Cpu", "!Ref Size"),
        )
    ],
)
def test_overrides(text: str, copilot: Copilot, tmp_path: Path) -> None:
    _agree(copilot, tmp_path, "api", {"manifest.yml": text})


@pytest.mark.parametrize(
    "field",
    [
        "network: {vpc: {security_groups: [{from_cfn: 'a: b'}]}}",
        "network: {vpc: {placement: {subnets: ['*a']}}}",
        "storage: {volumes: {v: {path: /x, efs: {id: {from_cfn: 'a: b'}}}}}",
        'secrets: {A: {secretsmanager: "it\'s"}}',
        "sidecars: {s: {image: x, credentialsParameter: 'a:'}}",
        *(
            f"logging: {{destination: {{Name: http, {key}: x}}}}"
            for key in ("''", "'@a'", "'a #b'", "'|'", "'- a'")
        ),
    ],
)
def test_fields_that_break_a_template(field: str, copilot: Copilot) -> None:
    answer = copilot.ask(f"{_BACKEND}{field}\n".encode(), UNNAMED, "api")
    assert "unmarshal YAML template" in answer.message
    assert template(f"{_BACKEND}{field}\n", UNNAMED).refusals


@pytest.mark.parametrize(
    "field",
    [
        "network: {vpc: {security_groups: ['a: b']}}",
        "secrets: {A: {secretsmanager: 'a b: c'}}",
        *(
            f"logging: {{destination: {{Name: http, {key}: x}}}}"
            for key in ("'[a]'", "'{a}'", "'? a'", "'<<'")
        ),
        "taskdef_overrides: [{path: ContainerDefinitions.0.Cpu, value: 1}, {path: Cpu.Units, value: 1}]",
    ],
)
def test_fields_that_do_not(field: str, copilot: Copilot) -> None:
    answer = copilot.ask(f"{_BACKEND}{field}\n".encode(), UNNAMED, "api")
    assert answer.template, answer.message
    assert not template(f"{_BACKEND}{field}\n", UNNAMED).refusals


@pytest.mark.parametrize("text", ["a: b", "b:", "'x' y", "@x", "{x", "- x"])
def test_texts_that_break_a_template(text: str, copilot: Copilot) -> None:
    manifest = f'{_BACKEND}sidecars: {{s: {{image: "{text}"}}}}\n'
    answer = copilot.ask(manifest.encode(), UNNAMED, "api")
    assert "unmarshal YAML template" in answer.message
    assert template(manifest, UNNAMED).refusals


_KNOWN = re.compile(r"^name: (\S+)", re.MULTILINE)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutated=mutated_manifests())
def test_mutated(copilot: Copilot, mutated: Mutated) -> None:
    found = _KNOWN.search(mutated.text)
    name = found[1] if found and found[1] in BASES else "orders"
    answer = copilot.ask(mutated.text.encode(), mutated.environment, name)
    if answer.template:
        document = Document(Source("manifest.yml", mutated.text))
        ours: Any = GeneratedTemplate.of(stack(document, mutated.environment, account=_ACCOUNT)).plain
        assert sections(ours) == sections(of_copilot(answer.template))
