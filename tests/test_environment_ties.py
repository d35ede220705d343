"""A workload against the manifests of its environments; what Copilot refuses, it is asked itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from copilots import DEPLOYED

from sidecar_lint import Files, Finding, Report, lint_paths

if TYPE_CHECKING:
    from copilot_oracle import Copilot

WEB = "name: api\ntype: Load Balanced Web Service\nimage: {location: nginx, port: 80}\n"
BACKEND = "name: api\ntype: Backend Service\nimage: {location: nginx, port: 80}\n"
ZONE = "alias: [{name: a.example.com, hosted_zone: Z0123}]"


class Case(NamedTuple):
    """A workload, the rule that flags it, the environments in which, and how Copilot says so."""

    manifest: str
    code: str
    environments: tuple[str, ...]
    message: str


CASES = [
    Case(WEB + "http: {path: /}\n", "SL709", ("behind", "both", "public"), 'without "alias" to environment'),
    Case(WEB + "http: {path: /, alb: other}\n", "SL709", (), 'without "alias"'),
    Case(BACKEND + "http: {path: /}\n", "SL709", ("internal",), 'without "alias" to environment'),
    Case(WEB + f"http: {{path: /, {ZONE}}}\n", "SL710", ("bare", "behind", "both", "empty", "internal"), "hosted zones"),
    Case(
        BACKEND + "http: {path: /, alias: a.example.com}\n", "SL710",
        ("bare", "behind", "both", "empty", "public"), "without imported certs",
    ),
    Case(
        WEB + "http: false\nnlb: {port: 443/tls, alias: a.example.com}\n", "SL711",
        ("both", "public"), "imports one or more certificates",
    ),
]  # fmt: skip


def _report(manifest: str, **environments: dict[str, Any]) -> Report:
    """What is found in a workload, with these environments around it."""
    path = "/nowhere/copilot/api/manifest.yml"
    texts = {
        f"/nowhere/copilot/environments/{name}/manifest.yml": yaml.safe_dump(fields)
        for name, fields in environments.items()
    }
    return next(lint_paths([path], files=Files({path: manifest, **texts})))


def _findings(manifest: str, code: str, **environments: dict[str, Any]) -> list[Finding]:
    return [each for each in _report(manifest, **environments).findings if each.code == code]


@pytest.mark.copilot
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.manifest[-40:-1]}")
def test_what_copilot_refuses_in_an_environment_is_found(case: Case, copilot_with_domain: Copilot) -> None:
    found = {name for each in _findings(case.manifest, case.code, **DEPLOYED) for name in each.environments}
    answers = {
        name: copilot_with_domain.ask(case.manifest.encode(), name, "api").message for name in DEPLOYED
    }
    assert {name for name, message in answers.items() if case.message in message} == found, answers
    assert found == set(case.environments)


def test_one_mistake_in_several_environments_is_one_finding() -> None:
    (finding,) = _findings(WEB + "http: {path: /}\n", "SL709", **DEPLOYED)
    assert finding.environments == ("behind", "both", "public")
    assert [each.source.path.split("/")[-2] for each in finding.related if each.source] == [
        *finding.environments
    ]


def test_an_environment_that_the_manifest_does_not_name_is_named_in_the_finding() -> None:
    """There is such an environment, so it is no base that may be incomplete on purpose."""
    manifest = WEB + "http: {path: /}\nenvironments: {bare: {count: 2}}\n"
    (finding,) = _findings(manifest, "SL709", bare=DEPLOYED["bare"], public=DEPLOYED["public"])
    assert (finding.environments, finding.severity) == (("public",), "error")


def test_what_an_environment_overrides_counts_there() -> None:
    override = "environments: {public: {http: {alias: a.example.com}}}\n"
    (finding,) = _findings(WEB + "http: {path: /}\n" + override, "SL709", **DEPLOYED)
    assert finding.environments == ("behind", "both")


def test_without_a_manifest_of_the_environment_nothing_is_said() -> None:
    assert _findings(WEB + "http: {path: /}\nenvironments: {public: {count: 2}}\n", "SL709") == []


PRIVATE = {
    "vpc": {
        "id": "vpc-01234567",
        "subnets": {"private": [{"id": "subnet-01234567"}, {"id": "subnet-01234568"}]},
    }
}
PUBLIC = {
    "vpc": {
        "id": "vpc-01234567",
        "subnets": {"public": [{"id": "subnet-01234567"}, {"id": "subnet-01234568"}]},
    }
}
IMPORTED = {"private": {"network": PRIVATE}, "public": {"network": PUBLIC}, "bare": {}}
JOB = "name: api\ntype: Scheduled Job\nimage: {location: nginx}\non: {schedule: '@daily'}\n"
PLACED = "network: {vpc: {placement: private}}\n"
EFS = "storage: {volumes: {data: {path: /data, efs: true}}}\n"


@pytest.mark.parametrize(
    ("manifest", "found"),
    [
        (JOB, {("SL712", "private")}),
        (JOB + PLACED, {("SL712", "public")}),
        (JOB + "network: {vpc: {placement: {subnets: [subnet-01234567]}}}\n", set()),
        (WEB + "http: {path: /}\n", {("SL713", "private")}),
        (WEB + "http: {path: /}\n" + PLACED, {("SL713", "private"), ("SL712", "public")}),
        (WEB + "http: false\nnlb: {port: 80}\n", {("SL713", "private")}),
        (BACKEND + "http: {path: /}\n" + PLACED, {("SL713", "public")}),
        (BACKEND + PLACED + EFS, {("SL712", "public"), ("SL714", "public")}),
        (BACKEND + EFS.replace("true", "{id: fs-01234567}") + PLACED, {("SL712", "public")}),
        ("name: api\ntype: Static Site\n", set()),
    ],
)
def test_subnets_that_an_environment_does_not_import(manifest: str, found: set[tuple[str, str]]) -> None:
    findings = _report(manifest, **IMPORTED).findings
    ties = {(each.code, name) for each in findings if each.code[:4] == "SL71" for name in each.environments}
    assert ties == found
