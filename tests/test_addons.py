"""The addons of a workload: what Copilot refuses, and what becomes of their outputs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from addon_cases import CASES, MANIFEST, Case
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import FIXTURES

from sidecar_lint import Addons, Files, Finding, Severity, Stage, lint_paths
from sidecar_lint.fixing.rewriting import rewrite
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.tree import read
from sidecar_lint.workspace.addons import OutputKind, snake_case

RULES = [rule for rule in load_rules() if rule.code.startswith("SL8")]
#: What CloudFormation refuses, not Copilot.
CLOUDFORMATION = {"SL803", "SL821"}
ROOT = os.path.abspath(os.sep + "nowhere")
PATH = os.path.join(ROOT, "copilot", "api", "manifest.yml")


def _files(addons: dict[str, str], manifest: str = MANIFEST) -> Files:
    folder = os.path.join(ROOT, "copilot", "api", "addons")
    return Files({PATH: manifest, **{os.path.join(folder, name): text for name, text in addons.items()}})


def _addons(texts: dict[str, str]) -> Addons:
    workspace = _files(texts).workspace(PATH)
    assert workspace
    return workspace.workloads["api"].addons


def _findings(texts: dict[str, str], manifest: str = MANIFEST) -> list[Finding]:
    reports = lint_paths([PATH], RULES, _files(texts, manifest))
    return [finding for report in reports for finding in report.findings]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_copilot_refuses_has_an_error_and_nothing_else_has(case: Case) -> None:
    refused = {
        each.code
        for each in _findings(case.files)
        if each.stage is Stage.DEPLOY and each.severity is Severity.ERROR and each.code not in CLOUDFORMATION
    }
    assert refused == ({case.rule} if case.rule else set())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_policies_are_what_copilot_attaches(case: Case) -> None:
    outputs = _addons(case.files).outputs.values()
    if not case.rule:
        assert {each.name for each in outputs if each.kind is OutputKind.POLICY} == case.policies


def test_what_becomes_of_outputs() -> None:
    text = """\
Resources:
  Policy: {Type: 'AWS::IAM::ManagedPolicy'}
  Password: {Type: 'AWS::SecretsManager::Secret'}
  Group: {Type: 'AWS::EC2::SecurityGroup'}
Outputs:
  PolicyArn: {Value: !Ref Policy}
  DBPassword: {Value: !Ref Password}
  GroupId: {Value: !Ref Group}
  GroupName: {Value: !GetAtt Group.GroupName}
"""
    outputs = _addons({"a.yml": text}).outputs
    assert {name: (each.kind, each.variable) for name, each in outputs.items()} == {
        "PolicyArn": (OutputKind.POLICY, None),
        "DBPassword": (OutputKind.SECRET, "DB_PASSWORD"),
        "GroupId": (OutputKind.SECURITY_GROUP, "GROUP_ID"),
        "GroupName": (OutputKind.VARIABLE, "GROUP_NAME"),
    }


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("MyTableName", "MY_TABLE_NAME"),
        ("DBClusterARN", "DB_CLUSTER_ARN"),
        ("S3Bucket", "S3_BUCKET"),
        ("ABTest", "AB_TEST"),
        ("aBC", "A_BC"),
        ("EC2Id", "EC2_ID"),
        ("X509Cert", "X509_CERT"),
        ("HTTPSPort8080Url", "HTTPS_PORT8080_URL"),
    ],
)
def test_variables_are_called_as_copilot_calls_them(name: str, variable: str) -> None:
    assert snake_case(name).upper() == variable


def test_addons_are_linted_with_their_manifest_and_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, text in {
        "copilot/api/manifest.yml": MANIFEST,
        "copilot/api/addons/a.yml": "Resources: {}\n",
        "copilot/environments/addons/b.yml": "[",
        "copilot/api/addons/notes.md": "",
    }.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)
    files = Files()
    reports = list(lint_paths(["copilot/api/manifest.yml", "copilot/api/addons/a.yml"], RULES, files))
    shared = "copilot/environments/addons/b.yml"
    assert [each.path for each in reports] == ["copilot/api/manifest.yml", "copilot/api/addons/a.yml", shared]
    assert [each.code for each in reports[2].findings] == ["SL810"]
    (alone,) = lint_paths(["copilot/api/addons/../addons/a.yml"], RULES)
    assert [each.code for each in alone.findings] == [each.code for each in reports[1].findings] == ["SL813"]
    assert set(files.reads.values()) == {1}


def test_a_static_site_has_no_role() -> None:
    text = (
        "Parameters: {App: {}, Env: {}, Name: {}}\n"
        "Resources:\n"
        "  Policy:\n"
        "    Type: AWS::IAM::ManagedPolicy\n"
        "    Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: s3:*, Resource: '*'}}}\n"
    )
    codes = [
        [each.code for each in _findings({"a.yml": text}, f"name: api\ntype: {kind}\n")]
        for kind in ("Static Site", "Request-Driven Web Service", "Scheduled Job")
    ]
    assert codes == [[], ["SL802"], ["SL802"]]


@pytest.mark.parametrize(
    "rest",
    [
        "  Role: {Type: 'AWS::IAM::Role', Properties: {ManagedPolicyArns: [!Ref Policy]}}\n",
        "  Role: {Type: 'AWS::IAM::Role', Properties: {Boundary: !Sub '${Policy}'}}\n",
        "Outputs: {P: {Value: !Sub '${Policy}', Export: {Name: x}}}\n",
        "Outputs: {P: {Value: !Ref Policy}, Q: {Value: !GetAtt Policy.PolicyArn}}\n",
        "Transform: A\n",
        "  Nested: {Type: 'AWS::CloudFormation::Stack'}\n",
        "  Other: {Type: A, Properties: {Fn::Transform: {Name: A}}}\n",
        "  Other: !Rain::Embed x.yml\n",
    ],
)
def test_a_policy_that_may_be_for_somebody_else_is_left_alone(rest: str) -> None:
    text = "Resources:\n  Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {}}}\n"
    assert not [each for each in _findings({"a.yml": text + rest}) if each.code == "SL802"]


@pytest.mark.parametrize("property_", ["Roles: [x]", "Users: [x]", "Groups: !Ref X", "ManagedPolicyName: x"])
def test_a_policy_that_is_attached_or_known_by_name_is_left_alone(property_: str) -> None:
    text = f"Resources: {{Policy: {{Type: 'AWS::IAM::ManagedPolicy', Properties: {{{property_}}}}}}}\n"
    assert not [each for each in _findings({"a.yml": text}) if each.code == "SL802"]


TEXTS = [text for case in CASES for text in case.files.values()]
#: A policy that is missing an output, in a template that lacks everything else.
UNATTACHED = """\
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: 's3:*', Resource: '*'}}
Outputs:
  Out:
    Value: !Sub '${Policy}'
"""


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """A template with a piece cut out, and another put in its place."""
    text = draw(st.sampled_from([*TEXTS, UNATTACHED]))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(start + 30, len(text))))
    pieces = ["", "\n", "  ", "{", "]", ": ", "!Ref ", "&x ", "*x", "- ", "Outputs:\n", "'", "Policy", "\t"]
    return text[:start] + draw(st.sampled_from(pieces)) + text[end:]


@settings(deadline=None, max_examples=300)
@given(_mutated(), st.sampled_from(["", *TEXTS]))
def test_any_text_is_linted_and_fixes_leave_yaml(text: str, other: str) -> None:
    path = os.path.join(ROOT, "copilot", "api", "addons", "m.yml")
    files = _files({"m.yml": text, "n.yml": other})
    source = files.read(path)
    report = rewrite(source, RULES, files, unsafe=True)
    assert "SL000" not in {each.code for each in report.findings}
    if not read(source).problem:
        assert not read(report.source).problem
        assert report.fixed < 8


@pytest.mark.parametrize("section", ["Parameters", "Resources"])
def test_a_misspelt_section_is_one_mistake(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(FIXTURES / "shop", "shop")
    shutil.rmtree("shop/copilot/orders/addons")
    text = (FIXTURES / "shop/copilot/orders/addons/telemetry.yml").read_text("utf-8")
    path = Path("shop/copilot/orders/addons/telemetry.yml")
    path.parent.mkdir()
    path.write_text(text.replace(f"{section}:", f"{section[:-1]}:"), "utf-8")
    ((finding,),) = (report.findings for report in lint_paths([str(path)]))
    assert (finding.code, finding.stage) == ("SL822", Stage.DEPLOY)
