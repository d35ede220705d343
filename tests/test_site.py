"""The site, built from this checkout: a page for every rule, links that lead somewhere, nothing from elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
import yaml

import sidecar_lint
from sidecar_lint import Rule, address
from sidecar_lint.address import url_of
from sidecar_lint.rulebook.registry import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "website" / "assemble.py"
SEARCH = ROOT / "tests" / "support" / "search.mjs"
#: Where Debian, Google and others put it.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: What somebody looks for, and the pages that must come first, in any order.
LOOKED_FOR = {
    "--fail-on": {"exit-statuses/"},
    "fail-on": {"exit-statuses/"},
    "4096": {
        "rules/oversized-secret/",
        "rules/oversized-collector-configuration/",
        "rules/impossible-task-size/",
    },
    "4,096": {
        "rules/oversized-secret/",
        "rules/oversized-collector-configuration/",
        "rules/impossible-task-size/",
    },
    "ignore a rule": {"suppressing/"},
    "suppress": {"suppressing/"},
    "--select": {"configuration/"},
    "--fix": {"fixing/"},
    "--format": {"formats/"},
    "what is checked": {"coverage/"},
    "false alarm": {"coverage/"},
    "--baseline": {"baseline/"},
    "exit status": {"exit-statuses/"},
    "pre-commit": {"pre-commit/"},
    "SL110": {"rules/unknown-source-volume/"},
    "unpinned-image": {"rules/unpinned-image/"},
    "retention": {"rules/unknown-retention/"},
    "check_collector": {"api/rules-and-findings/"},
    "generated_template": {"writing-rules/", "api/template/"},
}
#: What a browser fetches by itself.
FETCHED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")}
FETCHED_LINKS = {"stylesheet", "icon", "preload", "preconnect", "modulepreload"}


class _Page(HTMLParser):
    """The anchors of a page, where its links lead, and what it fetches."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        self.fetched |= {given[name] for of, name in FETCHED if of == tag and name in given}
        if tag == "link" and given.get("rel") in FETCHED_LINKS:
            self.fetched.add(given["href"])


def _names(nav: Any) -> set[str]:
    """Every page that a nav names."""
    if isinstance(nav, str):
        return {nav}
    return {name for each in (nav.values() if isinstance(nav, dict) else nav) for name in _names(each)}


def test_every_page_has_a_place_in_the_nav() -> None:
    config = yaml.safe_load((ROOT / "website" / "mkdocs.yml").read_text("utf-8"))
    written = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert written - _names(config["nav"]) == set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("website")
    run = subprocess.run(
        [sys.executable, SCRIPT, "--into", into], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return into / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    return {file: _Page(file) for file in site.rglob("*.html")}


@pytest.mark.slow
def test_every_rule_has_its_page_where_its_url_leads(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "PROJECT_ADDRESS", "https://example.com/base")
    for rule in load_rules():
        url = url_of(rule.name)
        assert url
        page = site / url.removeprefix("https://example.com/base/") / "index.html"
        assert f"{rule.code} {rule.name}" in page.read_text("utf-8")


@pytest.mark.slow
def test_every_public_name_and_every_hook_is_in_the_reference(pages: dict[Path, _Page], site: Path) -> None:
    anchors = {name for file, page in pages.items() if site / "api" in file.parents for name in page.anchors}
    hooks = {f"Rule.{name}" for name in vars(Rule) if name.startswith("check")}
    assert hooks
    assert {f"sidecar_lint.{name}" for name in {*sidecar_lint.__all__, *hooks}} <= anchors


@pytest.mark.slow
def test_every_public_name_says_what_it_is() -> None:
    import griffe

    extensions = griffe.load_extensions("griffe_sphinx")
    package = griffe.load("sidecar_lint", search_paths=[ROOT / "lint"], extensions=extensions)
    silent = [name for name in sidecar_lint.__all__ if not package[name].docstring]
    silent += [
        f"Rule.{name}" for name in vars(Rule) if name[0] != "_" and not package["Rule"][name].docstring
    ]
    assert silent == []


@pytest.mark.slow
def test_the_reference_has_defaults_and_not_how_an_instance_is_made() -> None:
    import api
    import griffe

    extensions = griffe.load_extensions(*api.EXTENSIONS)
    package = griffe.load("sidecar_lint", search_paths=[ROOT / "lint"], extensions=extensions)
    option = package["Option"]
    assert [option[name].value for name in ("default", "about")] == [None, None]
    assert str(package["SCALING_PERCENTAGES"].value) == "('cpu_percentage', 'memory_percentage')"


@pytest.mark.slow
def test_links_lead_somewhere(pages: dict[Path, _Page], site: Path) -> None:
    dead = []
    for file, page in pages.items():
        if file.name == "404.html":  # its links are those of the address it is shown at
            continue
        for link in page.links | page.fetched:
            path, anchor = urldefrag(link)
            if urlsplit(path).scheme:
                continue
            target = (file.parent / unquote(path)).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            if (
                not target.is_relative_to(site)
                or not target.is_file()
                or (anchor and target in pages and unquote(anchor) not in pages[target].anchors)
            ):
                dead.append((file.relative_to(site), link))
    assert not dead


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, _Page], site: Path) -> None:
    outside = {link for page in pages.values() for link in page.fetched if urlsplit(link).netloc}
    assert outside == set()
    for sheet in site.rglob("*.css"):
        assert "@import" not in sheet.read_text("utf-8")
        assert "url(http" not in sheet.read_text("utf-8")


@pytest.mark.slow
def test_the_schemas_are_there_for_editors(site: Path) -> None:
    assert {path.name for path in (site / "schemas").iterdir()} == {
        path.name for path in (ROOT / "schemas").iterdir()
    }


@pytest.mark.slow
def test_search_knows_the_rules(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text("utf-8")
    assert all(f"rules/{rule.name}/" in index for rule in load_rules())


@pytest.mark.slow
def test_the_search_names_the_right_page_first(site: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js")
    run = subprocess.run([node, SEARCH, site, *LOOKED_FOR], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = dict(zip(LOOKED_FOR, json.loads(run.stdout), strict=True))
    first = {
        query: {urldefrag(page).url for page in found[query][: len(wanted)]}
        for query, wanted in LOOKED_FOR.items()
    }
    assert first == LOOKED_FOR


#: Does to each block what the theme's button does, and leaves the texts as the page's title.
COPYING = """
<script>
document.title = JSON.stringify([...document.querySelectorAll("pre > code")].map((code) => {
  code.setAttribute("data-md-copying", "");
  const text = code.innerText;
  code.removeAttribute("data-md-copying");
  return text;
}));
</script>
"""


def _typed(block: str) -> Iterator[str]:
    """What somebody types of a block: its commands without remarks, with the lines on which they go on."""
    goes_on = False
    for line in block.splitlines():
        if command := re.fullmatch(r" *\$ (.*?)(?: +# .*)?", line):
            yield command[1]
        elif goes_on:
            yield line
        goes_on = line.endswith("\\") and (goes_on or command is not None)


@pytest.mark.slow
def test_what_is_copied_can_be_run(site: Path, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip("needs a browser")
    shown, wanted = [], []
    for page in sorted((ROOT / "docs").glob("*.md")):
        blocks = re.findall(r"^ *```console\n(.*?)^ *```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        wanted += [list(_typed(block)) for block in blocks]
        html = (site / ("" if page.stem == "index" else page.stem) / "index.html").read_text("utf-8")
        shown += re.findall(r'<div class="language-console highlight">.*?</div>', html, re.DOTALL)
    styles = "".join(
        f'<link rel="stylesheet" href="{escape(sheet.as_uri())}">' for sheet in site.rglob("*.css")
    )
    together = tmp_path / "blocks.html"
    together.write_text(f"<!doctype html>{styles}{''.join(shown)}{COPYING}", "utf-8")
    dumped = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", together.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    )
    (title,) = re.findall("<title>(.*?)</title>", dumped.stdout, re.DOTALL)
    copied = [[line.rstrip() for line in text.splitlines() if line] for text in json.loads(unescape(title))]
    assert copied == wanted
    assert len(copied) > 20


@pytest.mark.slow
def test_titles_in_the_nav_have_no_markup(site: Path) -> None:
    """The theme shows them as they are."""
    config = yaml.safe_load((site.parent / "source" / "mkdocs.yml").read_text("utf-8"))
    assert "`" not in str(config["nav"])
