"""The functions in Copilot's stacks, and the fix that gives them another runtime."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from projects import Project, examples

from sidecar_lint import Calendar, Document, Files, Finding, Workspace
from sidecar_lint.fixing.applying import apply
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.rulebook.option import dated
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.functions import OwnerFunctions, functions_of
from sidecar_lint.template.stack import Stack
from sidecar_lint.template.template import BUILDERS, MAKING_FUNCTIONS
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sidecar_lint.template.template import Builder
    from sidecar_lint.template.values import Value

FOLDER = "/nowhere/copilot"
SERVICE = "name: api\ntype: Load Balanced Web Service\nimage: {location: nginx, port: 80}\nhttp: {path: /}\n"
SCALING = "count: {range: 1-3, cpu_percentage: 50}\n"
NODE_20 = "nodejs20.x"
OURS = ("EnvControllerFunction", "RulePriorityFunction")


def _patch(name: str, runtime: str = "nodejs24.x") -> str:
    return f"- op: replace\n  path: /Resources/{name}/Properties/Runtime\n  value: {runtime}\n"


def _texts(files: Mapping[str, str]) -> dict[str, str]:
    return {f"{FOLDER}/{name}": text for name, text in {".workspace": "application: shop\n", **files}.items()}


def _workspace(files: Mapping[str, str]) -> Workspace:
    workspace = Files(_texts(files)).workspace(f"{FOLDER}/api/manifest.yml")
    assert workspace
    return workspace


def _closing(owner: OwnerFunctions) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """The functions on nodejs20.x: in all environments, and in some."""
    return list(owner.everywhere(NODE_20.__eq__)), owner.somewhere(NODE_20.__eq__)


def _environment(name: str, more: str = "") -> dict[str, str]:
    return {f"environments/{name}/manifest.yml": f"name: {name}\ntype: Environment\n{more}"}


def _findings(files: Mapping[str, str], *named: str) -> list[tuple[str, Finding]]:
    texts = _texts(files)
    paths = [
        f"{FOLDER}/{name}" for name in named or [name for name in files if name.endswith("manifest.yml")]
    ]
    calendar = Calendar(date(2026, 12, 1))
    rules = [dated(rule, calendar) for rule in load_rules() if rule.code == "SL845"]
    reports = lint_paths(paths, rules, Files(texts))
    return [(report.path.removeprefix(f"{FOLDER}/"), each) for report in reports for each in report.findings]


class TestWorkload:
    def test_has_those_of_its_template(self) -> None:
        (api,) = functions_of(_workspace({"api/manifest.yml": SERVICE}))
        assert _closing(api) == (list(OURS), {})

    def test_some_may_be_in_some_environments_only(self) -> None:
        text = f"{SERVICE}environments:\n  prod:\n    {SCALING}"
        (api,) = functions_of(_workspace({"api/manifest.yml": text}))
        everywhere, somewhere = _closing(api)
        assert set(everywhere) == set(OURS)
        assert somewhere == {"DynamicDesiredCountFunction": ("prod",)}

    def test_the_environments_of_the_workspace_are_all_there_are(self) -> None:
        text = f"{SERVICE}environments:\n  prod:\n    {SCALING}"
        owners = functions_of(_workspace({"api/manifest.yml": text, **_environment("prod")}))
        everywhere, somewhere = _closing(owners[0])
        assert "DynamicDesiredCountFunction" in everywhere
        assert not somewhere

    def test_patches_count(self) -> None:
        files = {"api/manifest.yml": SERVICE, "api/overrides/cfn.patches.yml": _patch(OURS[0])}
        (api,) = functions_of(_workspace(files))
        assert _closing(api) == ([OURS[1]], {})

    def test_a_cdk_application_may_do_anything(self) -> None:
        assert not functions_of(_workspace({"api/manifest.yml": SERVICE, "api/overrides/cdk.json": "{}"}))


_OF_DOMAINS = ("CertificateValidationFunction", "CustomDomainFunction", "DNSDelegationFunction")
_CERTIFICATES = "certificates: ['arn:aws:acm:eu-west-1:123456789012:certificate/a']"


@pytest.mark.parametrize(
    ("more", "sure", "possible"),
    [
        ("", _OF_DOMAINS, ()),
        (f"http: {{public: {{{_CERTIFICATES}}}}}\n", (), ()),
        (f"http: {{private: {{{_CERTIFICATES}}}}}\n", _OF_DOMAINS, ()),
        ("http: {public: {access_logs: true}}\n", ("BucketCleanerFunction", *_OF_DOMAINS), ()),
        ("http: {public: {access_logs: {prefix: x}}}\n", ("BucketCleanerFunction", *_OF_DOMAINS), ()),
        ("http: {public: {access_logs: {bucket_name: mine}}}\n", _OF_DOMAINS, ()),
        ("cdn: true\n", ("CertificateReplicatorFunction", *_OF_DOMAINS), ("UniqueJSONValuesFunction",)),
        (
            f"cdn: {{certificate: 'arn:aws:acm:us-east-1:1:certificate/a'}}\nhttp: {{public: {{{_CERTIFICATES}}}}}\n",
            ("UniqueJSONValuesFunction",),
            (),
        ),
    ],
)
def test_functions_of_an_environment(more: str, sure: tuple[str, ...], possible: tuple[str, ...]) -> None:
    owners = functions_of(_workspace({"api/manifest.yml": SERVICE, **_environment("test", more)}))
    found = [_closing(owner) for owner in owners if owner.workload is None]
    assert found == ([(list(sure), dict.fromkeys(possible, ("test",)))] if sure or possible else [])


class TestFinding:
    def test_is_one_for_a_workspace(self) -> None:
        files = {f"{name}/manifest.yml": SERVICE.replace("api", name) for name in ("api", "orders", "web")}
        ((path, finding),) = _findings({**files, **_environment("test")})
        assert path == "api/manifest.yml"
        assert finding.message.startswith("3 workloads and 1 environment have functions on nodejs20.x")
        assert [file.path for file in finding.fixes[0].new_files] == [
            f"{FOLDER}/{name}/overrides/cfn.patches.yml" for name in ("api", "orders", "web", "environments")
        ]

    def test_names_what_patches_cannot_reach(self) -> None:
        text = f"{SERVICE}environments:\n  prod:\n    {SCALING}"
        ((_, finding),) = _findings({"api/manifest.yml": text})
        assert "not all surely have DynamicDesiredCountFunction of api (prod)" in finding.help
        assert "DynamicDesiredCount" not in finding.fixes[0].new_files[0].text

    def test_is_in_the_patches_where_there_are_some(self) -> None:
        files = {"api/manifest.yml": SERVICE, "api/overrides/cfn.patches.yml": _patch(OURS[0])}
        ((path, finding),) = _findings(files)
        assert path == "api/overrides/cfn.patches.yml"
        assert apply(files[path], finding.fixes) == _patch(OURS[0]) + _patch(OURS[1])

    def test_keeps_a_patch_of_the_same_path(self) -> None:
        patches = "".join(_patch(name, "nodejs18.x") for name in OURS)
        ((_, finding),) = _findings({"api/manifest.yml": SERVICE, "api/overrides/cfn.patches.yml": patches})
        assert "nodejs18.x" in finding.message
        assert not finding.fixes

    def test_none_where_all_are_patched(self) -> None:
        patches = "".join(map(_patch, OURS))
        assert not _findings({"api/manifest.yml": SERVICE, "api/overrides/cfn.patches.yml": patches})

    def test_of_environments_is_in_their_patches(self) -> None:
        files = {
            "api/manifest.yml": SERVICE,
            "api/overrides/cfn.patches.yml": "".join(map(_patch, OURS)),
            **_environment("test"),
            "environments/overrides/cfn.patches.yml": _patch(_OF_DOMAINS[0]),
        }
        ((path, finding),) = _findings(files)
        assert path == "environments/overrides/cfn.patches.yml"
        assert apply(files[path], finding.fixes) == "".join(map(_patch, _OF_DOMAINS))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", _patch("EnvControllerFunction") + _patch("RulePriorityFunction")),
        ("# ours\n", "# ours\n" + _patch("EnvControllerFunction") + _patch("RulePriorityFunction")),
        ("[]\n", _patch("EnvControllerFunction") + _patch("RulePriorityFunction")),
        (
            "- {op: remove, path: /Outputs}",
            "- {op: remove, path: /Outputs}\n" + _patch("EnvControllerFunction"),
        ),
        (
            "  - op: remove\n    path: /Outputs\n",
            "  - op: remove\n    path: /Outputs\n  - op: replace\n    path: ",
        ),
    ],
)
def test_patches_are_added_at_the_end_of_the_list(before: str, after: str) -> None:
    files = {"api/manifest.yml": SERVICE, "api/overrides/cfn.patches.yml": before}
    ((path, finding),) = _findings(files)
    patched = apply(before, finding.fixes)
    assert patched.startswith(after)
    assert not _findings({**files, path: patched})


@pytest.mark.parametrize(
    "before", ["[{op: remove, path: /Outputs}]\n", "- {op: remove, path: /Outputs}\n---\na: b\n"]
)
def test_patches_are_not_added_where_that_takes_more(before: str) -> None:
    ((_, finding),) = _findings({"api/manifest.yml": SERVICE, "api/overrides/cfn.patches.yml": before})
    assert not finding.fixes


DOMAINS = (
    "name: api\ntype: Request-Driven Web Service\nimage: {location: nginx, port: 80}\nhttp: {alias: a.example.com}\n",
    "name: api\ntype: Static Site\nhttp: {alias: a.example.com}\nfiles: [{source: dist}]\n",
)


def test_what_makes_no_functions_need_not_be_asked_for_them() -> None:
    """Held on every example of every rule; who is asked makes one for some."""
    projects = [*examples(), *(Project("domain", {"copilot/api/manifest.yml": text}) for text in DOMAINS)]
    assert {build for each in projects for build in _makers(each)} == MAKING_FUNCTIONS


def _makers(project: Project) -> Iterator[Builder]:
    files = project.files()
    for path, text in project.texts.items():
        workspace = files.workspace(path)
        document = Document(Source(path, text), workspace.workload(path) if workspace else None)
        for manifest in document.manifests if document.kind in BUILDERS else ():
            stack = Stack(manifest)
            for build in BUILDERS[stack.kind]:
                if any(_type(value) == "AWS::Lambda::Function" for _, value in build(stack)):
                    yield build


def _type(resource: Value) -> Value:
    made = bare(resource)
    return bare(made.get("Type")) if isinstance(made, dict) else None
