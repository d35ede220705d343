"""Our patched templates, and what we say of patches, against the released binary, asked offline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from templates import of_copilot, sections, template

from sidecar_lint import Calendar
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.rulebook.option import dated
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.patching import patched
from sidecar_lint.workspace.patches import PatchesFile

if TYPE_CHECKING:
    from copilot_oracle import Copilot

pytestmark = pytest.mark.copilot

TASK = "/Resources/TaskDefinition/Properties"
CONTAINERS = f"{TASK}/ContainerDefinitions"
MANIFEST = """\
name: api
type: Backend Service
image: {location: nginx, port: 80}
environments:
  prod:
    count: {range: 1-3, cpu_percentage: 50}
    logging: {destination: {Name: stdout}}
"""
#: What each changes, or why it cannot be.
PATCHES = (
    "[]",
    "# nothing yet\n",
    f"- {{op: replace, path: {TASK}/Cpu, value: 512}}",
    f"- {{op: add, path: {TASK}/Family/0, value: x}}",
    f"- {{op: add, path: {TASK}/Family/1/0, value: x}}",
    f"- {{op: add, path: {TASK}/Family/Fn::Join/0, value: x}}",
    f"- {{op: replace, path: {TASK}/Cpu/Ref, value: x}}",
    f"- {{op: add, path: {TASK}/PidMode, value: !Ref Mode}}",
    f"- {{op: add, path: {TASK}/PidMode, value: null}}",
    f"- {{op: add, path: {TASK}/Nope/x, value: 1}}",
    f"- {{op: replace, path: {TASK}/Nope, value: 1}}",
    f"- {{op: remove, path: {TASK}/Nope}}",
    f"- {{op: remove, path: {TASK}/Cpu}}\n- {{op: remove, path: {TASK}/Memory}}\n- {{op: remove, path: /Nope}}",
    f"- {{op: add, path: {CONTAINERS}/1, value: {{Name: a}}}}",
    f"- {{op: add, path: {CONTAINERS}/-, value: {{Name: a}}}}",
    f"- {{op: add, path: {CONTAINERS}/5, value: {{}}}}",
    f"- {{op: replace, path: {CONTAINERS}/1, value: {{}}}}",
    f"- {{op: replace, path: {CONTAINERS}/00/Image, value: x}}",
    f"- {{op: remove, path: {CONTAINERS}/1}}",
    f"- {{op: remove, path: {CONTAINERS}/-}}",
    f"- {{op: add, path: {CONTAINERS}/-/Name, value: x}}",
    f"- {{op: add, path: {CONTAINERS}/x, value: x}}",
    f"- {{op: add, path: {TASK}//x, value: x}}",
    "- {op: add, path: Outputs/X, value: {Value: x}}",
    "- {op: add, path: /Outputs/a~1b~0c~01, value: {Value: x}}",
    "- {op: replace, path: /Resources/DynamicDesiredCountFunction/Properties/Runtime, value: nodejs24.x}",
    "- {op: add, path: /Metadata/X, value: &v {a: 1}}\n- {op: add, path: /Metadata/Y, value: *v}\n",
    (
        "- {op: add, path: /Metadata/X, value: &v {a: 1}}\n- {op: add, path: /Metadata/Y, value: *v}\n"
        "- {op: add, path: /Metadata/Y/b, value: 1}\n"
    ),
    "- {op: add, path: /Metadata/X, value: 1, comment: ignored}\n-\n- {op: remove, path: /Metadata/X}",
)
#: What Copilot does not take at all.
INVALID = (
    "op: remove\npath: /Outputs\n",
    "text\n",
    "- text\n",
    "- {op: test, path: /Outputs, value: {}}",
    "- {op: Add, path: /Outputs, value: {}}",
    "- {path: /Outputs, value: {}}",
    "- {op: add, path: /Outputs}",
    "- {op: [add], path: /Outputs, value: {}}",
    "- {op: add, path: [Outputs], value: {}}",
    "- {op: add, op: add, path: /Outputs, value: {}}",
    "- {op: add, path: /Outputs, value: {}",
)


def _ask(copilot: Copilot, folder: Path, environment: str, patches: str) -> tuple[str, str]:
    """What Copilot says, and its template."""
    texts = {
        ".workspace": "application: app\n",
        "api/manifest.yml": MANIFEST,
        "api/overrides/cfn.patches.yml": patches,
    }
    for name, text in texts.items():
        path = folder / "copilot" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    _, said, output = copilot.run(folder, "svc", "package", "--env", environment, "--name", "api")
    return said, output


@pytest.mark.parametrize("environment", ["test", "prod"])
@pytest.mark.parametrize("patches", PATCHES)
def test_patches(patches: str, environment: str, copilot: Copilot, tmp_path: Path) -> None:
    said, output = _ask(copilot, tmp_path, environment, patches)
    file = PatchesFile(Source("cfn.patches.yml", patches))
    ours = patched(template(MANIFEST, environment), file)
    assert file.is_readable
    assert all(patch.is_applicable for patch in file.patches)
    if ours.refusal:
        assert said.endswith(ours.refusal)
    else:
        assert sections(of_copilot(output)) == sections(ours.template.plain)


@pytest.mark.parametrize("patches", INVALID)
def test_invalid_patches(patches: str, copilot: Copilot, tmp_path: Path) -> None:
    said, output = _ask(copilot, tmp_path, "test", patches)
    file = PatchesFile(Source("cfn.patches.yml", patches))
    assert "override template: " in said
    assert not output
    assert not (file.is_readable and all(patch.is_applicable for patch in file.patches))


_IMAGE = "image: {location: nginx, port: 80}\n"
_SCALING = "count: {range: 1-3, cpu_percentage: 50}\n"
#: A manifest for each function that there can be.
_WITH_FUNCTIONS = (
    f"name: api\ntype: Load Balanced Web Service\n{_IMAGE}http: {{path: /}}\n{_SCALING}",
    f"name: api\ntype: Load Balanced Web Service\n{_IMAGE}http: {{path: /}}\nenvironments:\n  prod:\n    {_SCALING}",
    f"name: api\ntype: Load Balanced Web Service\n{_IMAGE}http: false\nnlb: {{port: 443/tls, alias: n.example.com}}\n",
    (
        "name: api\ntype: Worker Service\nimage: {location: nginx}\n"
        "count: {range: 1-3, queue_delay: {acceptable_latency: 1m, msg_processing_time: 1s}}\n"
    ),
    "name: api\ntype: Scheduled Job\nimage: {location: nginx}\non: {schedule: '@daily'}\n",
    (
        f"name: api\ntype: Request-Driven Web Service\n{_IMAGE.replace('nginx', 'public.ecr.aws/nginx/nginx')}"
        "http: {alias: www.example.com}\n"
    ),
    "name: api\ntype: Static Site\nfiles: [{source: copilot}]\nhttp: {alias: www.example.com}\n",
)


def _fixed(folder: Path) -> None:
    """Write what the fix of SL845 does."""
    rules = [dated(rule, Calendar(date(2026, 12, 1))) for rule in load_rules() if rule.code == "SL845"]
    for report in lint_paths([folder / "copilot" / "api" / "manifest.yml"], rules):
        for file in (file for each in report.findings for fix in each.fixes for file in fix.new_files):
            path = Path(file.path)
            path.parent.mkdir(parents=True)
            path.write_text(file.text)


@pytest.mark.parametrize("manifest", _WITH_FUNCTIONS)
def test_runtimes_that_are_fixed(manifest: str, copilot_with_domain: Copilot, tmp_path: Path) -> None:
    texts = {".workspace": "application: app\n", "api/manifest.yml": manifest}
    for name in ("test", "prod"):
        texts[f"environments/{name}/manifest.yml"] = f"name: {name}\ntype: Environment\n"
    for name, text in texts.items():
        path = tmp_path / "copilot" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    _fixed(tmp_path)
    kind = "job" if "Scheduled Job" in manifest else "svc"
    for environment in ("test", "prod"):
        words = ("--env", environment, "--name", "api")
        status, said, output = copilot_with_domain.run(tmp_path, kind, "package", *words)
        assert status == 0, said
        left = _functions_on(output, "nodejs20.x")
        assert left == (
            {"DynamicDesiredCountFunction"}
            if "environments:" in manifest and environment == "prod"
            else set()
        )
        assert "nodejs24.x" in output
        status, said, output = copilot_with_domain.run(
            tmp_path, "env", "package", "--name", environment, "--force"
        )
        assert status == 0, said
        assert not _functions_on(output, "nodejs20.x")


def _functions_on(template: str, runtime: str) -> set[str]:
    resources = of_copilot(template)["Resources"]
    return {name for name, each in resources.items() if each.get("Properties", {}).get("Runtime") == runtime}
