#!/usr/bin/env python3
"""Build the site: docs/, the changelog, the schemas, a page for every rule, the reference of the API.

    python3 dev.py docs [--into FOLDER] [--stage-only]

All that mkdocs needs is first laid out in FOLDER/source (mkdocs.yml beside docs/), so whatever reads
a mkdocs.yml can build it from there; the site is then in FOLDER/site (build/website/site). To read it,
search included: python3 -m http.server -d build/website/site
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from api import api_nav, plugin, write_api

from sidecar_lint.address import PROJECT_ADDRESS
from sidecar_lint.pages.family import by_family
from sidecar_lint.pages.markdown import markdown
from sidecar_lint.pages.rule_page import index, page
from sidecar_lint.rulebook.registry import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.rulebook.rule import Rule

ROOT = Path(__file__).resolve().parents[1]
WEBSITE = ROOT / "website"
#: The rules of this project; others may be installed beside it.
PACKAGE = "sidecar_lint_rules"
#: Where the nav has room for the rules.
RULES = "Rules"
API = "API reference"
#: Where the theme keeps the script that searches; a page of ours at the same path takes its place.
WORKERS = "assets/javascripts/workers"
#: There are many pages like these: the search names a guide first where both have what is looked for.
ONE_OF_MANY = "---\nsearch: {boost: 0.5}\n---\n\n"
#: What is for authors of rules has settings for headings, too, which weigh a thousandfold: users come first.
FOR_AUTHORS = "---\nsearch: {boost: 0.001}\n---\n\n"
#: A page that has a word of everything, and explains nothing.
NOT_FOUND = "---\nsearch: {exclude: true}\n---\n\n"


def stage(source: Path) -> Path:
    """Lay out the sources of the site in an empty folder; its mkdocs.yml is returned."""
    docs = source / "docs"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(ROOT / "docs", docs)
    (docs / "changelog.md").write_text(NOT_FOUND + (ROOT / "CHANGELOG.md").read_text("utf-8"), "utf-8")
    shutil.copy(WEBSITE / "site.css", docs)
    shutil.copytree(ROOT / "schemas", docs / "schemas")
    write_search(docs / WORKERS)
    rules = [rule for rule in load_rules() if type(rule).__module__.startswith(PACKAGE)]
    write_rules(docs / "rules", rules)
    write_api(docs / "api", ROOT, FOR_AUTHORS)
    config = source / "mkdocs.yml"
    config.write_text(yaml.safe_dump(configuration(docs, rules), sort_keys=False))
    return config


def write_rules(folder: Path, rules: Iterable[Rule]) -> None:
    folder.mkdir()
    (folder / "index.md").write_text(markdown(index(rules)), "utf-8")
    for rule in rules:
        (folder / f"{rule.name}.md").write_text(ONE_OF_MANY + markdown(page(rule)), "utf-8")


def write_search(folder: Path) -> None:
    """The script of the theme that searches, with ours before it."""
    ours = (WEBSITE / "search.js").read_text("utf-8")
    folder.mkdir(parents=True)
    for script in files("material").joinpath("templates", WORKERS).iterdir():
        if script.name.endswith(".js"):
            (folder / script.name).write_text(ours + script.read_text("utf-8"), "utf-8")


def configuration(docs: Path, rules: Iterable[Rule]) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((WEBSITE / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [entry for each in config["nav"] if (entry := present(each, docs, rules))]
    config["plugins"].append(plugin(ROOT))
    if PROJECT_ADDRESS:
        config["site_url"] = f"{PROJECT_ADDRESS}/"
    return config


def present(entry: Any, docs: Path, rules: Iterable[Rule]) -> Any:
    """An entry of the nav without the pages that are not there; nothing where none is left."""
    if isinstance(entry, str):
        return entry if (docs / entry).is_file() else None
    ((title, below),) = entry.items()
    if title == RULES:
        return {title: rules_nav(rules)}
    if title == API:
        return {title: api_nav()}
    pages = [page for each in below if (page := present(each, docs, rules))]
    return {title: pages} if pages else None


def rules_nav(rules: Iterable[Rule]) -> list[Any]:
    families = by_family(rules).items()
    return [
        "rules/index.md",
        *(
            {
                family.short.replace("`", ""): [
                    {f"{rule.code} {rule.name}": f"rules/{rule.name}.md"} for rule in members
                ]
            }
            for family, members in families
        ),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "website", metavar="FOLDER")
    parser.add_argument("--stage-only", action="store_true")
    arguments = parser.parse_args()
    config = stage(arguments.into / "source")
    if arguments.stage_only:
        return 0
    site = arguments.into.resolve() / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", site]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=quiet)
    print(run.stderr if run.returncode else f"the site is in {os.path.relpath(site)}")
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
