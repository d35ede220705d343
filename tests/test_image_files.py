"""What a Dockerfile puts where, and what a volume hides of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidecar_lint import lint_paths
from sidecar_lint.rulebook.registry import load_rules

if TYPE_CHECKING:
    from pathlib import Path

RULES = [rule for rule in load_rules() if rule.code == "SL330"]
MANIFEST = """\
name: web
type: Backend Service
image: {{build: Dockerfile}}
storage: {{volumes: {{static: {{path: {path}, read_only: false}}}}}}
sidecars: {{nginx: {{image: nginx, mount_points: [{{source_volume: static, path: /html, read_only: {read_only}}}]}}}}
"""
HIDDEN = {
    "a folder": ("COPY public /var/www/public", "/var/www/public"),
    "a file": ("ADD index.html /var/www/public/", "/var/www/public"),
    "a folder above": ("COPY . /var/www/public", "/var/www"),
    "from the working directory": ("WORKDIR /var\nWORKDIR www\nCOPY a b public", "/var/www/public"),
    "in the form of a list": ('COPY --chown=1 ["a b", "/var/www/public"]', "/var/www/public/"),
    "of the stage below": ("COPY public /var/www/public\nFROM 0", "/var/www/public"),
}
LEFT = {
    "elsewhere": "COPY public /srv/public",
    "beside it, with the same beginning": "COPY a /var/www/public2",
    "declared": "COPY public /var/www/public\nVOLUME /var/www/public",
    "declared as a list": 'COPY public /var/www/public\nVOLUME ["/var/www"]',
    "a variable": "ENV DIR /var/www/public\nCOPY public $DIR",
    "after a folder that is not known": "WORKDIR $HOME\nCOPY public /opt\nCOPY public public",
    "of another stage": "COPY public /var/www/public\nFROM nginx",
}


def _found(
    folder: Path, dockerfile: str, path: str = "/var/www/public", read_only: str = "true"
) -> list[str]:
    manifest = folder / "copilot" / "web" / "manifest.yml"
    manifest.parent.mkdir(parents=True)
    (folder / "copilot" / ".workspace").write_text("application: demo\n")
    (folder / "Dockerfile").write_text(f"FROM php\n{dockerfile}\n")
    manifest.write_text(MANIFEST.format(path=path, read_only=read_only))
    report = lint_paths([str(manifest)], rules=RULES)
    return [each.code for one in report for each in one.findings]


@pytest.mark.parametrize(("dockerfile", "path"), HIDDEN.values(), ids=list(HIDDEN))
def test_files_below_a_volume_are_hidden(tmp_path: Path, dockerfile: str, path: str) -> None:
    assert _found(tmp_path, dockerfile, path) == ["SL330"]


@pytest.mark.parametrize("dockerfile", LEFT.values(), ids=list(LEFT))
def test_nothing_is_said_of_other_files(tmp_path: Path, dockerfile: str) -> None:
    assert _found(tmp_path, dockerfile) == []


def test_a_container_that_writes_to_the_volume_may_fill_it(tmp_path: Path) -> None:
    assert _found(tmp_path, "COPY public /var/www/public", read_only="false") == []


@pytest.mark.parametrize(("name", "found"), [("public", ["SL330"]), (".dockerignore", []), ("other", [])])
def test_of_a_whole_folder_what_is_in_it_counts(tmp_path: Path, name: str, found: list[str]) -> None:
    if name == "other":
        (tmp_path / "src").mkdir()
    else:
        (tmp_path / "public").mkdir()
        (tmp_path / "public" / "index.html").write_text("")
        (tmp_path / name if name != "public" else tmp_path / "a").write_text("")
    assert _found(tmp_path, "WORKDIR /var/www\nCOPY . .") == found


def test_what_is_only_for_the_build_may_be_hidden(tmp_path: Path) -> None:
    assert _found(tmp_path, "COPY app.pid /run/", path="/run") == []
