"""Patches are applied as Copilot applies them, and what cannot be applied is said with its environments."""

from __future__ import annotations

from typing import Any

import pytest
from templates import template

from sidecar_lint import Files, Finding, Patches
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.linting.classify import classify
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.patching import Patched, patched
from sidecar_lint.workspace.patches import PatchesFile

TASK = "/Resources/TaskDefinition/Properties"
CONTAINERS = f"{TASK}/ContainerDefinitions"
SCALING = "/Resources/DynamicDesiredCountFunction/Properties/Runtime"
MANIFEST = """\
name: api
type: Backend Service
image: {location: nginx, port: 80}
environments:
  prod:
    count: {range: 1-3, cpu_percentage: 50}
"""


def _patch(operation: str, path: str, value: str | None = None) -> str:
    return f"- {{op: {operation}, path: {path}{'' if value is None else f', value: {value}'}}}\n"


def _patched(patches: str, manifest: str = MANIFEST, environment: str = "other") -> Patched:
    return patched(template(manifest, environment), PatchesFile(Source("cfn.patches.yml", patches)))


def _task(patches: str) -> Any:
    document: Any = _patched(patches).template.plain
    return document["Resources"]["TaskDefinition"]["Properties"]


class TestApplying:
    def test_adds_replaces_and_removes(self) -> None:
        task = _task(
            _patch("add", f"{TASK}/PidMode", "task")
            + _patch("replace", f"{TASK}/Cpu", "512")
            + _patch("remove", f"{TASK}/Memory")
        )
        assert (task["PidMode"], task["Cpu"]) == ("task", 512)
        assert "Memory" not in task

    def test_inserts_before_an_item_and_appends(self) -> None:
        task = _task(
            _patch("add", f"{CONTAINERS}/0", "{Name: first}")
            + _patch("add", f"{CONTAINERS}/-", "{Name: last}")
        )
        assert [container["Name"] for container in task["ContainerDefinitions"]] == [
            "first",
            {"Ref": "WorkloadName"},
            "last",
        ]

    def test_steps_below_a_short_form_are_its_arguments(self) -> None:
        task = _task(
            _patch("replace", f"{TASK}/Family/0", "'-'") + _patch("add", f"{TASK}/Family/1/-", "blue")
        )
        separator, words = task["Family"]["Fn::Join"]
        assert (separator, words[-1]) == ("-", "blue")

    def test_a_long_form_is_a_step(self) -> None:
        found = _patched(_patch("replace", "/Resources/Service/Properties/Nope", "1")).faults
        assert [fault.step for fault in found] == ["Nope"]
        subnets = "/Resources/Service/Properties/NetworkConfiguration/AwsvpcConfiguration/Subnets"
        assert not _patched(_patch("replace", f"{subnets}/Fn::Split/0", "';'")).faults

    def test_keeps_functions_of_values(self) -> None:
        assert _task(_patch("add", f"{TASK}/PidMode", "!Ref Mode"))["PidMode"] == {"Ref": "Mode"}

    def test_unescapes_steps(self) -> None:
        document: Any = _patched(_patch("add", "/Outputs/a~1b~0c~01", "1")).template.plain
        assert "a/b~c~1" in document["Outputs"]

    def test_says_so_in_the_description(self) -> None:
        document: Any = _patched("[]").template.plain
        assert document["Description"].endswith("on Amazon ECS using AWS Copilot with YAML patches.")

    def test_what_follows_from_a_fault_is_none(self) -> None:
        found = _patched(_patch("add", "/Nope/A", "{}") + _patch("add", "/Nope/A/B", "1"))
        assert [fault.patch.number for fault in found.faults] == [0]

    def test_what_changes_nothing_is_known(self) -> None:
        found = _patched(
            _patch("replace", f"{TASK}/NetworkMode", "awsvpc")
            + _patch("add", f"{TASK}/NetworkMode", "host")
            + _patch("add", f"{CONTAINERS}/-", "{}")
        )
        assert [effect.is_nothing for effect in found.effects] == [True, False, False]


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        (_patch("replace", f"{TASK}/Nope", "1"), f'key "{TASK}": "Nope" not found in map'),
        (_patch("add", f"{TASK}/Nope/x", "1"), f'key "{TASK}": "Nope" not found in map'),
        (_patch("remove", "/Nope"), 'key "": "Nope" not found in map'),
        (
            _patch("add", f"{CONTAINERS}/5", "{}"),
            f'key "{CONTAINERS}": index 5 out of bounds for sequence of length 1',
        ),
        (
            _patch("remove", f"{CONTAINERS}/5"),
            f'key "{CONTAINERS}": index 5 out of bounds for sequence of length 0',
        ),
        (
            _patch("replace", f"{CONTAINERS}/-", "{}"),
            f'key "{CONTAINERS}": expected index in sequence, got "-"',
        ),
        (
            _patch("add", f"{CONTAINERS}/-/Name", "x"),
            f'key "{CONTAINERS}": expected index in sequence, got "-"',
        ),
        (_patch("replace", f"{TASK}/Cpu/Ref", "x"), f'key "{TASK}/Cpu": invalid node type scalar'),
    ],
)
def test_faults_are_said_in_the_words_of_copilot(patch: str, said: str) -> None:
    operation = patch.split("op: ")[1].split(",", maxsplit=1)[0]
    prefix = f'override template: unable to apply the "{operation}" patch at index 0: '
    assert _patched(patch).refusal == prefix + said


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        (f"{TASK}/Family/Fn::Join/0", f"{TASK}/Family/0"),
        ("/Resources/TaskDefintion/Properties/Cpu", f"{TASK}/Cpu"),
        ("/Resources/LogGroup/Properties/RetentionInDay", "/Resources/LogGroup/Properties/RetentionInDays"),
        (f"{TASK}/Cpu/Ref", None),
        ("/Resources/Quite/Different", None),
    ],
)
def test_nearest_path(path: str, nearest: str | None) -> None:
    (fault,) = _patched(_patch("replace", path, "1")).faults
    assert fault.nearest == nearest


def _found(*codes: str, manifest: str = MANIFEST, **files: str) -> list[Finding]:
    texts = {f"/nowhere/copilot/{name}": text for name, text in files.items()}
    texts["/nowhere/copilot/api/manifest.yml"] = manifest
    rules = [rule for rule in load_rules() if rule.code in codes]
    reports = lint_paths(["/nowhere/copilot/api/manifest.yml"], rules, Files(texts))
    return [finding for report in reports for finding in report.findings]


def _environments(patches: str, manifest: str = MANIFEST, **files: str) -> list[tuple[str, ...]]:
    found = _found("SL840", manifest=manifest, **{"api/overrides/cfn.patches.yml": patches}, **files)
    return [finding.environments for finding in found]


class TestEnvironments:
    def test_are_those_that_lack_the_place(self) -> None:
        assert _environments(_patch("replace", SCALING, "nodejs24.x")) == [("*",)]
        assert _environments(_patch("replace", "/Resources/Nope/Type", "x")) == [("*", "prod")]

    def test_are_those_of_the_workspace_too(self) -> None:
        test = {"environments/test/manifest.yml": "name: test\ntype: Environment\n"}
        patch = _patch("replace", SCALING, "nodejs24.x")
        found = _found("SL840", **{"api/overrides/cfn.patches.yml": patch}, **test)
        assert [(finding.environments, finding.severity.value) for finding in found] == [
            (("*", "test"), "error")
        ]

    def test_none_where_the_account_may_have_it(self) -> None:
        public = MANIFEST.replace("Backend", "Load Balanced Web") + "http: {path: /}\n"
        https = _patch("replace", "/Resources/HTTPSListenerRule/Properties/Priority", "1")
        http = _patch("replace", "/Resources/HTTPListenerRule/Properties/Priority", "1")
        assert _environments(https, public) == _environments(http, public) == []
        assert _environments(https) == [("*", "prod")]

    def test_none_where_copilot_does_not_get_there(self) -> None:
        refused = f"{MANIFEST}taskdef_overrides: [{{path: a/b, value: 1}}]\n"
        assert _environments(_patch("remove", "/Nope"), refused) == []

    def test_none_where_another_copilot_makes_the_template(self) -> None:
        path, configuration = "/nowhere/copilot/api/overrides/cfn.patches.yml", "/nowhere/.sidecar-lint.yml"
        texts = {"/nowhere/copilot/api/manifest.yml": MANIFEST, path: _patch("remove", "/Nope")}
        files = Files({**texts, configuration: "copilot-version: 1.33\n"})
        patches = classify(files.read(path), files).file
        assert isinstance(patches, Patches)
        assert not list(patches.faults())

    def test_overrides_of_the_task_definition_come_first(self) -> None:
        named = f"{MANIFEST}taskdef_overrides: [{{path: PidMode, value: task}}]\n"
        patch = _patch("replace", f"{TASK}/PidMode", "host")
        assert _environments(patch, named) == []
        assert _environments(patch) == [("*", "prod")]


def test_the_file_is_read_once() -> None:
    path = "/nowhere/copilot/api/overrides/cfn.patches.yml"
    files = Files({"/nowhere/copilot/api/manifest.yml": MANIFEST, path: _patch("remove", "/Nope")})
    patches = classify(files.read(path), files).file
    assert isinstance(patches, Patches)
    assert patches.source is files.read(path)


def test_patches_of_a_changed_manifest_are_judged_anew() -> None:
    path, manifest = "/nowhere/copilot/api/overrides/cfn.patches.yml", "/nowhere/copilot/api/manifest.yml"
    files = Files({manifest: MANIFEST, path: _patch("replace", SCALING, "nodejs24.x")})
    patches = classify(files.read(path), files).file
    assert isinstance(patches, Patches)
    assert [each.environments for each in patches.faults()] == [("*",)]
    files.put(manifest, MANIFEST + "count: {range: 1-3, cpu_percentage: 50}\n")
    patches = classify(files.read(path), files).file
    assert isinstance(patches, Patches)
    assert not list(patches.faults())


class TestContainers:
    SIDECARS = (
        "name: api\ntype: Backend Service\nimage: {location: nginx}\nsidecars: {envoy: {image: envoy}}\n"
    )
    LOGS = "logging: {destination: {Name: stdout}}"
    PATCH = _patch("add", f"{CONTAINERS}/1/StopTimeout", "9")

    def _found(self, environments: str, **files: str) -> list[tuple[str, str, tuple[str, ...]]]:
        manifest = f"{self.SIDECARS}environments: {{{environments}}}\n"
        patches = {"api/overrides/cfn.patches.yml": self.PATCH}
        found = _found("SL844", manifest=manifest, **patches, **files)
        return [(each.severity.value, each.message, each.environments) for each in found]

    def test_that_differ_are_named(self) -> None:
        assert self._found(f"prod: {{{self.LOGS}}}, test: {{count: 1}}") == [
            (
                "warning",
                "this index is 'envoy' in test and other environments, and 'firelens_log_router' in prod",
                ("*", "prod", "test"),
            )
        ]

    def test_are_information_where_only_unnamed_environments_differ(self) -> None:
        ((severity, _, _),) = self._found(f"prod: {{{self.LOGS}}}")
        assert severity == "info"

    def test_of_environments_that_there_are_not_are_none(self) -> None:
        prod = {"environments/prod/manifest.yml": "name: prod\ntype: Environment\n"}
        assert not self._found(f"prod: {{{self.LOGS}}}", **prod)

    def test_of_environments_that_the_file_does_not_name_count(self) -> None:
        folders = {
            f"environments/{name}/manifest.yml": f"name: {name}\ntype: Environment\n"
            for name in ("prod", "test")
        }
        ((severity, message, _),) = self._found(f"prod: {{{self.LOGS}}}", **folders)
        assert (severity, message) == (
            "warning",
            "this index is 'firelens_log_router' in prod, and 'envoy' in test",
        )


def test_functions_that_an_environment_lacks() -> None:
    certificates = "http: {public: {certificates: ['arn:aws:acm:eu-west-1:123456789012:certificate/a']}}\n"
    texts = {
        "/nowhere/copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
        "/nowhere/copilot/environments/prod/manifest.yml": f"name: prod\ntype: Environment\n{certificates}",
        "/nowhere/copilot/environments/overrides/cfn.patches.yml": _patch(
            "replace", "/Resources/DNSDelegationFunction/Properties/Runtime", "nodejs24.x"
        ),
    }
    rules = [rule for rule in load_rules() if rule.code == "SL840"]
    reports = lint_paths(["/nowhere/copilot/environments/prod/manifest.yml"], rules, Files(texts))
    found = [finding for report in reports for finding in report.findings]
    assert [finding.environments for finding in found] == [("prod",)]
