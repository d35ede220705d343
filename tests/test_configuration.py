"""`.sidecar-lint.yml`: found, read, in force, and its mistakes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from typer.testing import CliRunner, Result

from sidecar_lint import ConfigurationFile, Files, lint_paths
from sidecar_lint.commands import cli
from sidecar_lint.commands.arguments import with_command
from sidecar_lint.effective_configuration.configurations import CommandLineOverrides, Configurations
from sidecar_lint.files.patterns import matches
from sidecar_lint.linting.configuration_mistakes import mistakes_in
from sidecar_lint.rulebook.option import options_of, schema_of
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sidecar-lint.schema.json").read_text())
#: SL106 (info) at nginx, SL007 (warning) at cmd, in every environment.
MANIFEST = """\
name: api
type: Backend Service
image: {location: a}
sidecars:
  nginx: {image: nginx, cmd: x}
environments:
  test: {count: 2}
  prod: {count: 3}
"""
Write = Callable[[str, str], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def write(path: str, text: str) -> str:
        place = Path(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return path

    write("copilot/api/manifest.yml", MANIFEST)
    return write


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, with_command(list(arguments)), prog_name="sidecar-lint")


def _found(*arguments: str) -> list[tuple[str, str, list[str]]]:
    read: dict[str, Any] = json.loads(_run("--format", "json", *arguments).stdout)
    return [(each["rule"], each["severity"], each["environments"]) for each in read["findings"]]


def _codes(*arguments: str) -> list[str]:
    return [code for code, _, _ in _found(*arguments)]


@pytest.mark.parametrize(
    ("configuration", "arguments", "codes"),
    [
        ("", [], ["SL106", "SL007"]),
        ("ignore: [SL106]", [], ["SL007"]),
        ("select: [unpinned-image]", [], ["SL106"]),
        ("select: [SL1]\nignore: [SL106]", [], []),
        ("per-file-ignores: {'copilot/a*/**': [SL007]}", [], ["SL106"]),
        ("per-file-ignores: {'copilot/b*/**': [SL007]}", [], ["SL106", "SL007"]),
        ("ignore: [SL106]", ["--select", "SL106"], ["SL106"]),
        ("select: [SL106]", ["--select", "SL007"], ["SL007"]),
        ("select: [SL106]", ["--ignore", "SL106"], []),
        ("ignore: [SL106]", ["--ignore", "SL007"], []),
        ("ignore: [SL106]", ["--isolated"], ["SL106", "SL007"]),
        ("exclude: [copilot/api]", ["copilot/api/manifest.yml"], ["SL106", "SL007"]),
        ("exclude: [copilot/api]", ["copilot/api/manifest.yml", "--force-exclude"], []),
        ("exclude: [copilot/*/]", ["copilot"], []),
        ("rules: {unpinned-image: {allow: [ngi*]}}", [], ["SL007"]),
    ],
)
def test_which_rules_are_run(
    write: Write, configuration: str, arguments: list[str], codes: list[str]
) -> None:
    write(".sidecar-lint.yml", configuration)
    assert _codes(*arguments) == codes


def test_severities(write: Write) -> None:
    write(".sidecar-lint.yml", "severity: {SL106: error, SL1: warning, unknown-field: info}")
    assert [(code, severity) for code, severity, _ in _found()] == [("SL106", "error"), ("SL007", "info")]


def test_a_finding_leaves_the_environments_in_which_it_does_not_count(write: Write) -> None:
    write(".sidecar-lint.yml", "environments: {test: {ignore: [SL1]}, '*': {ignore: [SL106, SL007]}}")
    assert _found() == [("SL106", "info", ["prod"]), ("SL007", "warning", ["prod", "test"])]
    write(
        ".sidecar-lint.yml",
        "environments: {test: {ignore: [SL0]}, prod: {ignore: [SL0]}}\nseverity: {SL007: error}",
    )
    assert _found()[1] == ("SL007", "info", ["*"]), (
        "only the base is left, which may be incomplete on purpose"
    )
    write(
        ".sidecar-lint.yml",
        "environments: {test: {ignore: [SL0]}, prod: {ignore: [SL0]}, '*': {ignore: [SL0]}}",
    )
    assert _codes() == ["SL106"]


@pytest.mark.parametrize(
    ("configuration", "arguments", "status"),
    [
        ("", [], 1),
        ("fail-on: never", [], 0),
        ("fail-on: never", ["--fail-on", "warning"], 1),
        ("fail-on: info\nignore: [SL007]", [], 1),
        ("ignore: [SL007]", [], 0),
        ("fail-on: never\nignore: [SL9x]", [], 2),
    ],
)
def test_exit_status(write: Write, configuration: str, arguments: list[str], status: int) -> None:
    write(".sidecar-lint.yml", configuration)
    assert _run(*arguments).exit_code == status


@pytest.mark.parametrize("order", [1, -1])
def test_the_search_ends_at_the_root_of_each_file_whoever_asked_before(order: int, write: Write) -> None:
    write(".sidecar-lint.yml", "ignore: [SL001]\n")
    inner = write("copilot/copilot/api/manifest.yml", "name: api\n")
    outer = write("copilot/api/manifest.yml", "name: api\n")
    files = Files()
    found = {path: files.configuration(str(path)) is not None for path in (inner, outer)[::order]}
    assert found == {inner: False, outer: True}


def test_the_nearest_counts_up_to_the_top_of_the_repository(write: Write) -> None:
    write(".sidecar-lint.yml", "ignore: [SL106]")
    assert _codes() == ["SL007"]
    write("copilot/api/.sidecar-lint.yaml", "ignore: [SL007]")
    assert _codes() == ["SL106"]
    Path("copilot/api/.sidecar-lint.yaml").unlink()
    Path("copilot/.git").mkdir()
    assert _codes() == ["SL106", "SL007"]
    assert _codes("--config", ".sidecar-lint.yml") == ["SL007"]


@pytest.mark.usefixtures("write")
def test_a_configuration_that_is_not_there() -> None:
    result = _run("--config", "none.yml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "none.yml: cannot read it" in result.stderr
    assert _run("--config", "x", "--isolated").exit_code == 2


MISTAKES = """\
fail_on: error
ignore: [SL20, SL99, 7]
severity: {SL106: eror}
rules:
  SL106: {allow: nginx, most: 3}
  SL1: {a: 1}
  SL007:
baseline: none.json
plugins: [x.py]
exclude: foo
copilot-version: 2
collectors: {api: otel.yaml}
environments: {test: {ingore: [SL1]}}
ignore: []
"""


OWN = """\
from sidecar_lint import Option, Rule, Severity, Stage

class Own(Rule):
    "A rule of our own."

    code, name, severity, stage = "OWN101", "own", Severity.INFO, Stage.SILENT
    most, least = Option(3, "at most"), Option(0, "at least")
"""


def test_every_mistake_is_a_finding_at_its_place(write: Write) -> None:
    write(".sidecar-lint.yml", MISTAKES)
    read = json.loads(_run("--format", "json", "--ignore", "SL", "--allow-plugins").stdout)
    lines = MISTAKES.split("\n")
    found = [
        (each["rule"], lines[each["line"] - 1][each["column"] - 1 : each["end_column"] - 1])
        for each in read["findings"]
    ]
    assert found == [
        ("SL031", "fail_on"),
        ("SL032", "eror"),
        ("SL032", "nginx"),
        ("SL031", "most"),
        ("SL033", "SL1"),
        ("SL032", "SL007"),
        ("SL035", "none.json"),
        ("SL034", "x.py"),
        ("SL032", "foo"),
        ("SL032", "2"),
        ("SL035", "otel.yaml"),
        ("SL031", "ingore"),
        ("SL032", "ignore"),
    ]
    assert {each["file"] for each in read["findings"]} == {".sidecar-lint.yml"}
    helps = {each["help"] for each in read["findings"]}
    assert {"write `fail-on`", "write `error`", "write `ignore`"} <= helps


def test_it_can_be_linted_by_itself(write: Write) -> None:
    assert _run(write(".sidecar-lint.yml", "fail-on: never")).exit_code == 0
    assert _run(write(".sidecar-lint.yml", "fail-on: nevr")).exit_code == 2


@pytest.mark.parametrize("text", ["ignore: [SL106", "- ignore", "ignore", "\x00", "[" * 80 + "]" * 80])
def test_what_is_no_configuration_is_one_finding(write: Write, text: str) -> None:
    write(".sidecar-lint.yml", text)
    assert _codes() == ["SL106", "SL007", "SL030"]
    assert _run().exit_code == 2


@pytest.mark.parametrize("text", ["", "# nothing", "~", "---\n"])
def test_nothing_is_a_configuration(write: Write, text: str) -> None:
    write(".sidecar-lint.yml", text)
    assert _run("--fail-on", "never").exit_code == 0


def test_a_mistake_can_be_fixed(write: Write) -> None:
    write(".sidecar-lint.yml", "fail_on: never\nignore: [unpined-image]\n")
    assert _run("--fix", "--unsafe-fixes").exit_code == 2
    assert Path(".sidecar-lint.yml").read_text() == "fail-on: never\nignore: [unpinned-image]\n"


def test_unsaved_text_counts(write: Write) -> None:
    manifest = write("copilot/api/manifest.yml", MANIFEST)
    files = Files({".sidecar-lint.yml": "ignore: [SL106]"})
    (report,) = lint_paths([manifest], files=files)
    assert [each.code for each in report.findings] == ["SL007"]
    (report,) = lint_paths([manifest], files=files.having(Source(".sidecar-lint.yml", "ignore: [SL007]")))
    assert [each.code for each in report.findings] == ["SL106"]


def test_what_other_code_asks_of_it() -> None:
    made = ConfigurationFile(
        Source("a/b/.sidecar-lint.yml", "collectors: [x.yaml, ../y.yaml]\ncopilot-version: 1.30")
    )
    assert [(each.path, each.workload) for each in made.collectors] == [
        ("a/b/x.yaml", None),
        ("a/y.yaml", None),
    ]
    assert made.copilot_version == (1, 30)
    made = ConfigurationFile(Source(".sidecar-lint.yml", "collectors: {api: x.yaml}"))
    assert [(each.path, each.workload) for each in made.collectors] == [("x.yaml", "api")]
    assert made.copilot_version == (1, 34)


@pytest.mark.parametrize(
    ("version", "codes"),
    [("1.33", ["SL413"]), ("'1.27.0'", ["SL413"]), ("1.34", []), ("1.34.1", []), ("0.9", ["SL032"])],
)
def test_facts_differ_by_version(write: Write, version: str, codes: list[str]) -> None:
    write("copilot/api/manifest.yml", MANIFEST + "platform: linux/arm64\ncount: {spot: 1}\n")
    write(".sidecar-lint.yml", f"copilot-version: {version}\nselect: [SL4]")
    assert _codes() == codes


def test_show(write: Write) -> None:
    write(
        ".sidecar-lint.yml",
        "ignore: [SL106]\nfail-on: error\nrules:\n  SL106:\n    allow: [x]\nseverity: {SL2: info}\n"
        "per-file-ignores:\n  copilot/api: [SL1]\n  other: [SL3]\n",
    )
    out = [" ".join(line.split()) for line in _run("config", "copilot/api/manifest.yml").stdout.split("\n")]
    assert out[:2] == ["file copilot/api/manifest.yml", "configuration .sidecar-lint.yml"]
    for line in (
        "select all default",
        "ignore SL106 unpinned-image .sidecar-lint.yml:1",
        "fail-on error .sidecar-lint.yml:2",
        "SL106 allow ['x'] .sidecar-lint.yml:5",
        "copilot-version 1.34 default",
    ):
        assert line in out
    assert [line for line in out if line.startswith("severity SL2 (")]
    assert [line for line in out if line.endswith(".sidecar-lint.yml:8") and line.startswith("ignore SL1 (")]
    assert not [line for line in out if ".sidecar-lint.yml:9" in line]


def test_on_standard_input_a_mistake_is_one_finding(write: Write) -> None:
    write("copilot/api/manifest.yml", MANIFEST)
    arguments = ["check", "-", "--stdin-filename", ".sidecar-lint.yml", "--format", "concise", "-q"]
    result = CliRunner().invoke(cli.app, arguments, input="fail-on: x\n")
    assert result.exit_code == 2
    assert result.stdout.count("SL032") == 1


def test_what_is_mistaken_is_not_shown_as_in_force(write: Write) -> None:
    write(".sidecar-lint.yml", MISTAKES + "fail-on: sometimes\nselect: [unpined-image]\nrequire-reasons: 3\n")
    shown, mistakes = _run("config", "copilot/api/manifest.yml", "--allow-plugins").stdout.split(
        "\nmistakes, "
    )
    settings = [" ".join(line.split()) for line in shown.splitlines()[3:]]
    assert settings == [
        "select all default",
        "fail-on warning default",
        "copilot-version 1.34 default",
        "require-reasons false default",
    ]
    assert "no rule is called 'unpined-image'" in mistakes


def test_show_each_option_with_its_line(write: Write) -> None:
    write("own.py", OWN)
    write(".sidecar-lint.yml", "plugins: [own.py]\nrules:\n  own101:\n    most: 2\n    least: 1\n")
    out = [" ".join(line.split()) for line in _run("config", "--allow-plugins").stdout.splitlines()]
    assert {"OWN101 most 2 .sidecar-lint.yml:4", "OWN101 least 1 .sidecar-lint.yml:5"} <= set(out)


def test_show_for_a_folder(write: Write) -> None:
    write("copilot/api/.sidecar-lint.yml", "fail-on: info\n")
    for path in ("copilot/api", "copilot/api/", "copilot/api/manifest.yml", "./copilot/api"):
        out = _run("config", path).stdout.splitlines()
        assert [" ".join(line.split()) for line in out[:2]] == [
            "file copilot/api/manifest.yml",
            "configuration copilot/api/.sidecar-lint.yml",
        ]


@pytest.mark.usefixtures("write")
def test_show_nothing() -> None:
    assert "configuration    none" in _run("config").stdout


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)
    for name, field in SCHEMA["properties"].items():
        assert field["description"], name


def test_the_schema_has_every_option_of_our_rules() -> None:
    named = SCHEMA["properties"]["rules"]["properties"]
    with_options = [rule for rule in load_rules() if options_of(rule) and rule.code.startswith("SL")]
    assert with_options
    assert set(named) == {word for rule in with_options for word in (rule.code, rule.name)}
    for rule in with_options:
        assert named[rule.code] == named[rule.name] == {"$ref": f"#/definitions/{rule.name}"}
        assert SCHEMA["definitions"][rule.name] == schema_of(rule)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.sampled_from([*SCHEMA["properties"], "SL106", "~", "1", ".nan", "true", "'*'", "error", "[z-a]"]),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
            st.lists(
                st.tuples(st.sampled_from([*SCHEMA["properties"], "a", "SL106", "'**'"]), inner), max_size=4
            ).map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"),
        ),
    )
)
def test_any_configuration_is_answered(text: str) -> None:
    files = Files({"/nowhere/.sidecar-lint.yml": text})
    force = Configurations(CommandLineOverrides(select=("SL1",))).of(
        "/nowhere/copilot/api/manifest.yml", files
    )
    assert force.configuration
    for mistake in mistakes_in(force.configuration):
        assert 0 <= mistake.span.start <= mistake.span.end <= len(text)
    assert all(rule.code.startswith("SL1") for rule in force.rules)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a/**", "a/b/c", True), ("a/**", "a", False), ("**/x.yml", "x.yml", True), ("**/x.yml", "a/b/x.yml", True),
        ("*.yml", "a/b.yml", True), ("legacy", "copilot/legacy/manifest.yml", True), ("a/**/b", "a/b", True),
        ("copilot/*/manifest.yml", "copilot/a/b/manifest.yml", False), ("a/**/b", "a/x/y/b", True),
        ("[!a]b", "cb", True), ("[!a]b", "ab", False), ("./a", "a/x", True), ("**", "q/w", True), ("a?", "ab", True),
        ("copilot/", "copilot/x", True), ("[", "[", False), ("a.b", "axb", False), ("/a", "a", True), ("a", "ab", False),
    ],
)  # fmt: skip
def test_patterns(pattern: str, path: str, *, expected: bool) -> None:
    assert matches(pattern, path) is expected


@pytest.mark.usefixtures("write")
def test_without_a_configuration_nothing_of_it_is_imported() -> None:
    """Start-up is most of what a user waits for."""
    code = (
        "import sys; from sidecar_lint.commands.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "late = ('configuration.file', 'suppressions.suppressions', 'linting.baseline')\n"
        "late += ('files.patterns', 'files.gitignore', 'rulebook.ruleset')\n"
        "print([name for name in late if 'sidecar_lint.' + name in sys.modules], file=sys.stderr)\n"
        "from importlib import import_module\n"
        "assert all(import_module('sidecar_lint.' + name) for name in late)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, "copilot"], capture_output=True, text=True, check=False)
    assert run.stderr == "[]\n"


def _link_to_nothing() -> None:
    Path(".sidecar-lint.yml").symlink_to("nothing.yml")


def _too_large() -> None:
    Path(".sidecar-lint.yml").write_text("#" * ((4 << 20) + 1))


def _forbidden() -> None:
    Path(".sidecar-lint.yml").write_text("ignore: [SL1]\n")
    Path(".sidecar-lint.yml").chmod(0)
    if os.access(".sidecar-lint.yml", os.R_OK):
        pytest.skip("root reads everything")


@pytest.mark.parametrize("make", [_link_to_nothing, _too_large, _forbidden])
def test_one_that_cannot_be_read_is_said_once_and_the_rest_is_linted(
    make: Callable[[], None], write: Write
) -> None:
    write("copilot/api/manifest.yml", MANIFEST)
    make()
    result = _run("--format", "concise", "-q")
    assert result.exit_code == 3
    assert "[SL007]" in result.stdout
    said = [line for line in result.output.splitlines() if ".sidecar-lint.yml" in line]
    assert len(said) == 1, said
    assert ".sidecar-lint.yml (it cannot be read: " in _run("config").stdout
    listed = _run("rules")
    assert listed.exit_code == 0
    assert "sidecar-lint: .sidecar-lint.yml: cannot read it: " in listed.stderr


def test_one_that_can_be_read_at_last_counts(write: Write) -> None:
    manifest = write("copilot/api/manifest.yml", MANIFEST)
    Path(".sidecar-lint.yml").mkdir()
    files = Files()
    made = files.configuration(manifest)
    assert made
    assert made.unread
    Path(".sidecar-lint.yml").rmdir()
    Path(".sidecar-lint.yml").write_text("ignore: [SL1]\n")
    files.refresh()
    made = files.configuration(manifest)
    assert made
    assert not made.unread
    assert [word.text for word in made.ignore] == ["SL1"]


@pytest.mark.parametrize(
    "text",
    [
        "select: [SL{0}]",
        "ignore: [x{0}]",
        "copilot-version: 1.{0}",
        "copilot-version: {0}",
        "copilot-version: '1.{0}'",
    ],
)
def test_numbers_of_thousands_of_digits(write: Write, text: str) -> None:
    write("copilot/api/manifest.yml", MANIFEST + "count: 1  # sidecar-lint: ignore[SL" + "9" * 5000 + "]\n")
    write(".sidecar-lint.yml", text.format("9" * 5000) + "\n")
    result = _run("--format", "concise")
    assert result.exit_code == 2
    assert "internal error" not in result.output


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_long_number_on_the_command_line(write: Write, option: str) -> None:
    write("copilot/api/manifest.yml", MANIFEST)
    assert _run(option, "SL" + "9" * 5000).exit_code == 2


def test_a_pattern_that_is_too_long_is_a_mistake(write: Write) -> None:
    write(".sidecar-lint.yml", f"exclude: ['{'a' * 5000}']\n")
    assert _codes("--ignore", "SL") == ["SL032"]
