"""What the pages say is so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from textwrap import dedent

import pytest
import verdicts
from workspaces import FIXTURES

from sidecar_lint import Files, lint_paths
from sidecar_lint.rulebook.registry import load_path, load_rules
from sidecar_lint.testing import check_examples

DOCS = Path(__file__).parents[1] / "docs"


def _blocks(page: str, language: str) -> list[str]:
    blocks = re.findall(
        rf"^ *```{language}\n(.*?)^ *```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return [dedent(block) for block in blocks]


def _typed() -> list[tuple[str, list[str]]]:
    """The commands of ours that a page has typed, those of a block together: a later one may need an earlier."""
    pages = ["../README.md", *(path.name for path in sorted(DOCS.glob("*.md")))]
    blocks = [(page, block) for page in pages for block in _blocks(page, "console")]
    typed = [(page, re.findall(r"^\$ (sidecar-lint\b.*)", block, re.MULTILINE)) for page, block in blocks]
    return [(page, commands) for page, commands in typed if commands]


def _arguments(command: str) -> tuple[list[str], str | None]:
    """The arguments of a command, and the file that it reads; what is done with its output is left out."""
    words = shlex.split(re.split(r" [|>] ", command)[0], comments=True)[1:]
    if "<" not in words:
        return words, None
    return words[: words.index("<")], words[-1]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the pages say that their commands work."""
    for name in ("shop", "collector"):
        shutil.copytree(FIXTURES / name, tmp_path / "fixtures" / name)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "fixtures" / "shop")
    return tmp_path / "fixtures" / "shop"


def test_the_pages_have_commands() -> None:
    assert {"../README.md", "first-run.md", "install.md", "leaving.md"} < {page for page, _ in _typed()}


@pytest.mark.parametrize(("page", "commands"), _typed())
def test_commands_work_as_they_stand(page: str, commands: list[str], shop: Path) -> None:
    from typer.testing import CliRunner

    from sidecar_lint.commands import cli
    from sidecar_lint.commands.arguments import with_command

    for command in commands:
        words, read = _arguments(command)
        given = (shop / read).read_text("utf-8") if read else None
        result = CliRunner().invoke(cli.app, with_command(words), given, prog_name="sidecar-lint")
        # What is looked at may have findings; usage that is wrong and files that are not there are 2 and 3.
        assert result.exit_code in (0, 1), f"{page}: {command}: {result.stderr}"


@pytest.mark.parametrize("page", [path.name for path in sorted(DOCS.glob("*.md"))])
def test_a_page_has_no_heading_twice(page: str) -> None:
    text = re.sub(r"^ *```.*?^ *```", "", (DOCS / page).read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.*)", text, re.MULTILINE)
    assert headings
    assert len(set(headings)) == len(headings)


RULES = [block for block in _blocks("writing-rules.md", "python") if "(Rule)" in block]


@pytest.mark.parametrize("block", RULES, ids=lambda block: re.findall(r"class (\w+)", block)[0])
def test_the_rules_to_copy_work(block: str, tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(block)
    (rule,) = load_path(str(tmp_path / "rules.py"))
    check_examples(rule)


@pytest.mark.parametrize("page", ["configuration.md", "writing-rules.md"])
def test_configurations_have_no_mistake_but_a_file_that_is_not_there(page: str) -> None:
    configuration, manifest = "/nowhere/.sidecar-lint.yml", "/nowhere/copilot/api/manifest.yml"
    for text in _blocks(page, "yaml"):
        files = Files({configuration: text, manifest: "name: a\ntype: Static Site\n"}, plugins=True)
        found = [each for report in lint_paths([configuration], files=files) for each in report.findings]
        assert {each.code for each in found} <= ({"SL034", "SL033"} if "plugins" in text else set())


#: What a row of the table of figures calls the file and the scope of its questions.
QUESTIONS = {
    "core": "cases/core",
    "rest": "cases/rest",
    "other": "cases/other",
    "yaml": "cases/yaml",
    "yaml.jsonl.xz": "yaml/yaml",
}


def _figures() -> dict[str, tuple[int, ...]]:
    """The table of the page on coverage, by scope."""
    rows = re.findall(
        r"^\| .*\(`([\w.]+)`\) \| (.*) \|$", (DOCS / "coverage.md").read_text("utf-8"), re.MULTILINE
    )
    return {
        QUESTIONS[name]: tuple(int(cell.replace(",", "")) for cell in row.split("|")) for name, row in rows
    }


def test_the_figures_of_conformance_are_those_of_the_recorded_cases() -> None:
    recorded = [case for name in verdicts.FILES for case in verdicts.cases(verdicts.HERE / name)]
    differing, figures = verdicts.known(), {}
    for scope in QUESTIONS.values():
        asked = [case for case in recorded if case.scope == scope]
        refused = [case.refused for case in asked if case.name in differing]
        figures[scope] = (len(asked), len(asked) - len(refused), sum(refused), len(refused) - sum(refused))
    assert _figures() == figures
    total, differ = sum(row[0] for row in figures.values()), len(differing)
    assert total == len(recorded)
    page = (DOCS / "coverage.md").read_text("utf-8")
    assert f"Of the questions, {sum(case.refused for case in recorded):,} are about" in " ".join(page.split())
    assert (total, differ) == (19_825, 2), "README.md, docs/index.md and dev.py say so"
    for place in (DOCS.parent / "README.md", DOCS / "index.md"):
        text = " ".join(place.read_text("utf-8").split())
        assert "19,825 recorded questions" in text
        assert "our verdict differs twice, both times by missing what Copilot refuses" in text
    assert all(figures[scope][3] == 0 for scope in figures)


def test_every_setting_is_documented() -> None:
    schema = json.loads((DOCS.parent / "schemas" / "sidecar-lint.schema.json").read_text("utf-8"))
    page = (DOCS / "configuration.md").read_text("utf-8")
    assert [name for name in schema["properties"] if f"| `{name}` |" not in page] == []


def test_the_table_of_dev_py_has_all_its_commands() -> None:
    documented = re.findall(
        r"^\| `(\w+)` \| ", (DOCS.parent / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
    )
    usage = (DOCS.parent / "dev.py").read_text("utf-8").split('"""')[1]
    assert sorted(documented) == sorted(re.findall(r"python3 dev\.py (\w+)", usage))


def test_every_setting_of_the_server_is_documented_with_its_default() -> None:
    pytest.importorskip("lsprotocol")
    from sidecar_lint.server.settings import ServerSettings

    page = (DOCS / "language-server.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", page, re.MULTILINE))
    defaults = {
        re.sub("_(.)", lambda part: part[1].upper(), name): value
        if isinstance(value, str)
        else json.dumps(value)
        for name, value in ServerSettings()._asdict().items()
    }
    assert told == {**defaults, "plugins": "false"}


def test_every_rule_about_comments_is_documented() -> None:
    page = (DOCS / "suppressing.md").read_text("utf-8")
    assert [
        rule.code for rule in load_rules() if rule.code.startswith("SL02") and rule.code not in page
    ] == []


def test_examples_of_comments_suppress() -> None:
    (example, later) = _blocks("suppressing.md", "yaml")
    from sidecar_lint import lint_text

    report = lint_text("name: a\ntype: Backend Service\nimage: {location: b}\n" + example)
    assert (report.findings, [each.finding.code for each in report.suppressed]) == ((), ["SL106", "SL145"])
    windows = "name: a\ntype: Backend Service\nimage: {location: b}\nplatform: windows/amd64\n"
    report = lint_text(windows + later.replace("2027", "2999"))
    assert [each.finding.code for each in report.suppressed] == ["SL411"]


def _skill() -> str:
    return (DOCS.parent / "skills" / "sidecar-lint" / "SKILL.md").read_text("utf-8")


def _commands() -> list[str]:
    return re.findall(r"^\$ sidecar-lint *(.*?) *(?:#.*)?$", _skill(), re.MULTILINE)


@pytest.mark.parametrize("command", _commands())
def test_each_command_of_the_skill_works(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from sidecar_lint.commands import cli
    from sidecar_lint.commands.arguments import with_command

    manifest = tmp_path / "copilot" / "api" / "manifest.yml"
    manifest.parent.mkdir(parents=True)
    text = "name: api\ntype: Backend Service\nimage: {location: x:1}\nlogging: {retention: 45}\n"
    manifest.write_text(text + "environments: {prod: {count: 2}}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.app, with_command(command.split()), prog_name="sidecar-lint")
    lints = not command.startswith(("rule", "leave"))
    # --diff has nothing to say where no fix is safe.
    finds = lints and command != "--diff"
    assert result.exit_code == int(finds), result.stderr
    assert "api" in result.stdout or not finds
    written = {path.name for path in tmp_path.glob("out/**/*") if path.is_file()}
    assert written == ({"inventory.md", "main.tf", "variables.tfvars"} if "--write out" in command else set())


def test_the_skill_says_what_it_is_for() -> None:
    assert len(_commands()) > 5
    head = re.match(r"---\nname: sidecar-lint\ndescription: (.{1,1024})\n---\n", _skill())
    assert head
    (comment,) = re.findall(r"`(# sidecar-lint: ignore.*)`", _skill())
    from sidecar_lint import lint_text

    text = "name: api\ntype: Backend Service\nimage: {location: x:1}\nlogging:\n  retention: 45"
    assert [each.code for each in lint_text(text).findings if each.severity == "error"] == ["SL201"]
    found = lint_text(f"{text}  {comment}\n").findings
    assert [each.code for each in found if each.severity != "info"] == []


def test_the_page_on_formats_names_the_variables_of_assistants() -> None:
    from sidecar_lint.report.formats import ASSISTANT_VARIABLES

    (named,) = re.findall(
        r"`agent` where one of ([\s\S]*?) *\n? *is set", (DOCS / "formats.md").read_text("utf-8")
    )
    assert re.findall("`(.*?)`", named) == list(ASSISTANT_VARIABLES)
