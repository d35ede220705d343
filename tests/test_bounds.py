"""What is nested or said without end is bounded, and that is said; what cannot be read is unknown, not absent."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Document, Files, Finding, lint_paths, lint_text
from sidecar_lint.files.patterns import expression, fault
from sidecar_lint.linting.baseline import Baseline, BaselineError
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.rendering.rendering import Form, Rendering, render
from sidecar_lint.report.formats import Format, report_in
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.stack import Account, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "/nowhere/shop"
MANIFEST = "name: api\ntype: Load Balanced Web Service\nimage: {location: nginx, port: 80}\nhttp: {path: /}\n"
COLLECTOR = "sidecars: {o: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0', variables: {AOT_CONFIG_CONTENT: '%s'}}}\n"
DEPTH = 100_000
DEEP = {
    "brackets": "[" * DEPTH + "]" * DEPTH,
    "braces": '{"a": ' * DEPTH + "1" + "}" * DEPTH,
    "unclosed": "[" * DEPTH,
    "dashes": "- " * DEPTH + "x",
}


def _findings(named: str, **files: str) -> list[Finding]:
    """What is found in a file of a workspace, and in what belongs to it."""
    around = {"copilot/.workspace": "application: shop\n", "copilot/api/manifest.yml": MANIFEST, **files}
    texts = {f"{ROOT}/{path}": text for path, text in around.items()}
    reports = list(lint_paths([f"{ROOT}/{named}"], files=Files({f"{ROOT}/.git/x": "", **texts})))
    return [finding for report in reports for finding in report.findings]


def _said() -> Iterator[tuple[str, dict[str, str], str]]:
    """Where something deep can stand: what is named, the file that has it, and the code that says so."""
    yield "copilot/api/manifest.yml", {"copilot/api/manifest.yml": MANIFEST + "x:\n  %s\n"}, "SL001"
    yield "copilot/environments/test/manifest.yml", {"copilot/environments/test/manifest.yml": "%s"}, "SL001"
    yield "copilot/pipelines/main/manifest.yml", {"copilot/pipelines/main/manifest.yml": "%s"}, "SL001"
    yield "copilot/api/manifest.yml", {"copilot/api/addons/a.yml": "%s"}, "SL810"
    yield "copilot/api/manifest.yml", {"copilot/api/manifest.yml": MANIFEST + COLLECTOR}, "SL901"
    yield ".sidecar-lint.yml", {".sidecar-lint.yml": "%s"}, "SL030"
    yield "copilot/api/manifest.yml", {".sidecar-lint.yml": "baseline: b.json", "b.json": "%s"}, "SL035"


@pytest.mark.parametrize(("named", "files", "code"), list(_said()), ids=lambda each: str(each)[:40])
@pytest.mark.parametrize("deep", DEEP)
def test_what_is_nested_without_end_is_said(deep: str, named: str, files: dict[str, str], code: str) -> None:
    found = _findings(named, **{path: text.replace("%s", DEEP[deep]) for path, text in files.items()})
    codes = {each.code for each in found}
    assert code in codes
    assert "SL000" not in codes


@pytest.mark.parametrize("deep", DEEP)
def test_a_baseline_that_is_nested_without_end_is_none(deep: str) -> None:
    for text in (DEEP[deep], f'{{"version": 1, "findings": [{DEEP[deep]}]}}'):
        with pytest.raises(BaselineError):
            Baseline.read(Source("known.json", text))


@pytest.mark.parametrize("depth", [100, 400, 900, 980, 990, 995])
def test_an_entry_of_a_baseline_that_is_no_entry_is_said(depth: int) -> None:
    with pytest.raises(BaselineError):
        Baseline.read(Source("known.json", f'{{"version": 1, "findings": [{"[" * depth + "]" * depth}]}}'))


def test_what_is_mostly_aliases_is_refused_as_copilot_refuses_it() -> None:
    lines = ["x-a0: &a0 {image: nginx}"]
    lines += [f"x-a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 7)]
    (finding,) = lint_text(MANIFEST + "\n".join(lines)).findings
    assert (finding.code, "excessive aliasing" in finding.message) == ("SL001", True)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "text",
    [
        "count: {range: %s-%s}",
        "cpu: %s",
        "memory: 0x%s",
        "taskdef_overrides: [{path: 'Volumes[-].Name', value: a}, {path: 'Volumes[%s].Name', value: a}]",
        "sidecars: {a: {image: x, port: '%s/udp', healthcheck: {interval: %ss, retries: %s}}}",
        "storage: {ephemeral: %s, volumes: {v: {path: /x, efs: {uid: %s}}}}",
        "variables: {A: %s}",
    ],
)
def test_numbers_of_thousands_of_digits_are_rendered(text: str, form: Form) -> None:
    document = Document(Source("manifest.yml", MANIFEST + text.replace("%s", "9" * 5000)))
    rendering = render(document, "*", form)
    assert rendering.yaml(origin=True)
    assert rendering.json(origin=True)


# Patterns.


@pytest.mark.parametrize("pattern", ["[", "a/[b/c]", "x[!]", "[a\\", "a\\", "a\\/b", "[[:alpha:]]*"])
def test_a_pattern_that_means_nothing_is_said(pattern: str) -> None:
    for setting in (
        f"exclude: [{json.dumps(pattern)}]",
        f"per-file-ignores: {{{json.dumps(pattern)}: [SL101]}}",
    ):
        (finding,) = _findings(".sidecar-lint.yml", **{".sidecar-lint.yml": setting})
        assert (finding.code, "is not a pattern" in finding.message) == ("SL032", True)
    assert "(?!)" in expression(pattern)


@pytest.mark.parametrize("pattern", ["*", "a[b]c", "[]]", "\\[", "[\\]]", "[!a-c]*/**", "/a/", ""])
def test_a_pattern_that_means_something_is_fine(pattern: str) -> None:
    assert fault(pattern) == ""


# What cannot be read is unknown.


def _rendered(environment: str | None) -> Rendering:
    texts = {
        f"{ROOT}/copilot/.workspace": "application: shop\n",
        f"{ROOT}/copilot/api/manifest.yml": MANIFEST,
    }
    if environment is not None:
        texts[f"{ROOT}/copilot/environments/test/manifest.yml"] = environment
    files = Files(texts)
    workspace = files.workspace(f"{ROOT}/copilot/api/manifest.yml")
    document = document_of(workspace.workloads["api"]) if workspace else None
    assert isinstance(document, Document)
    return render(document, "test", Form.TEMPLATE)


def test_certificates_of_a_manifest_that_cannot_be_read_are_unknown() -> None:
    (note,) = [each for each in _rendered("name: [").notes if "cannot be read" in each]
    assert "'test'" in note
    for text in (None, "name: test\ntype: Environment\n"):
        assert not [each for each in _rendered(text).notes if "cannot be read" in each]


def test_whoever_tries_what_an_account_may_have_is_told_that_it_has_it() -> None:
    texts = {
        f"{ROOT}/copilot/api/manifest.yml": MANIFEST,
        f"{ROOT}/copilot/environments/test/manifest.yml": "name: [",
    }
    workspace = Files(texts).workspace(f"{ROOT}/copilot/api/manifest.yml")
    document = document_of(workspace.workloads["api"]) if workspace else None
    manifest = document.in_environment("test", {}) if document else None
    assert manifest
    assert Stack(manifest).has_certificates is None
    assert Stack(manifest, account=Account(certificates=True)).has_certificates is True


# Reports.


def test_a_message_of_rdjson_draws_nothing() -> None:
    out = StringIO()
    name = "![a](https://host.invalid/a.png)"
    report = lint_text(MANIFEST + f"sidecars: {{{json.dumps(name)}: {{image: nginx}}}}\n")
    printed = report_in(Format.RDJSON, out)
    printed.add(report)
    printed.finish()
    messages = [each["message"] for each in json.loads(out.getvalue())["diagnostics"]]
    assert any("host.invalid" in message for message in messages)
    assert not any("![" in message or "](" in message or "://h" in message for message in messages)
