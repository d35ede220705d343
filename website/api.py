"""The reference of what `sidecar_lint` offers by name: a page a subject, made of signatures and docstrings.

What is on the pages is for mkdocstrings to find; here each name gets its page. A name whose folder has none
is an error, so nothing that is offered is left out.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = "sidecar_lint"


class Subject(NamedTuple):
    """A page: its title, what it is about, and the folders and modules of the package whose names it has."""

    title: str
    about: str
    homes: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.title.lower().replace(' ', '-')}.md"


class OnlyDefaults(griffe.Extension):
    """Leaves out what the attributes of an instance are set to when it is made: `about = about` says nothing."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: Any) -> None:
        if "instance-attribute" in attr.labels and "class-attribute" not in attr.labels:
            attr.value = None


#: What griffe is told to do besides: to read what `#:` says of an attribute, and the class above.
EXTENSIONS: Final[tuple[Any, ...]] = ("griffe_sphinx", {f"{Path(__file__).resolve()}:OnlyDefaults": {}})

SUBJECTS: Final = (
    Subject(
        "Rules and findings",
        "What a rule is, every method it may have, and what it yields.",
        ("rulebook", "finding", "dates", "phrasing", "named_tuple"),
    ),
    Subject("Manifests", "What a rule asks the manifest of a workload.", ("manifests",)),
    Subject("Values", "What YAML is made of, each with its place in the text.", ("syntax",)),
    Subject("Workspace", "What lies around a manifest: files, addons, patches.", ("workspace", "files")),
    Subject("Template", "What Copilot generates from a manifest.", ("template",)),
    Subject("Logging", "The log router, and the options of its outputs.", ("firelens",)),
    Subject("Collectors", "The configuration of an OpenTelemetry collector.", ("collector",)),
    Subject("Permissions", "What a task may do, and what it needs.", ("iam",)),
    Subject("Environments", "The manifest of an environment, and who is deployed there.", ("environments",)),
    Subject("Pipelines", "The manifest of a pipeline.", ("pipelines",)),
    Subject("Images and secrets", "Dockerfiles, and `copilot secret init`.", ("images", "secrets")),
    Subject(
        "Programs",
        "For programs that lint, and for rules about what a user configures and suppresses.",
        ("lint_files", "linting", "configuration", "suppressions"),
    ),
    Subject("Test kit", "Running the examples of a rule.", ("testing",)),
)
_SHOWN: Final = {"testing": ("Mark", "Example", "check_examples", "parse", "parse_bad")}


def names(root: Path) -> dict[str, list[str]]:
    """The paths of all that is offered, by the folder or module that it comes from ("" for the package itself)."""
    package = griffe.load(PACKAGE, search_paths=[root / "lint"], resolve_aliases=False)
    found: dict[str, list[str]] = {}
    for name in import_module(PACKAGE).__all__:
        member = package[name]
        path = member.target_path if member.is_alias else member.path
        home = path.removeprefix(f"{PACKAGE}.").rpartition(".")[0].partition(".")[0]
        found.setdefault(home, []).append(f"{PACKAGE}.{name}")
    for module, shown in _SHOWN.items():
        found[module] = [f"{PACKAGE}.{module}.{name}" for name in shown]
    return found


def write_api(folder: Path, root: Path, front_matter: str) -> None:
    """Write the pages, each with this before it. Raises ValueError where a name has none."""
    found = names(root)
    if homeless := found.keys() - {home for subject in SUBJECTS for home in subject.homes}:
        raise ValueError(f"no subject of website/api.py has the names of {', '.join(sorted(homeless))}")
    folder.mkdir()
    (folder / "index.md").write_text("\n".join(_index(found)), "utf-8")
    for subject in SUBJECTS:
        paths = [path for home in subject.homes for path in found[home]]
        blocks = [
            f"{front_matter}# {subject.title}\n\n{subject.about}\n",
            *(f"::: {path}\n" for path in paths),
        ]
        (folder / subject.file).write_text("\n".join(blocks), "utf-8")


def _index(found: dict[str, list[str]]) -> Iterator[str]:
    yield "# API reference\n"
    yield f"What `import {PACKAGE}` offers to rules and programs, and the test kit, `{PACKAGE}.testing`.\n"
    for subject in SUBJECTS:
        yield f"## [{subject.title}]({subject.file})\n\n{subject.about}\n"
        paths = sorted(path for home in subject.homes for path in found[home])
        yield ", ".join(f"[`{path.rpartition('.')[2]}`]({subject.file}#{path})" for path in paths) + "\n"


def api_nav() -> list[Any]:
    return ["api/index.md", *({subject.title: f"api/{subject.file}"} for subject in SUBJECTS)]


def plugin(root: Path) -> dict[str, Any]:
    """What mkdocs is told about mkdocstrings."""
    options = {
        "annotations_path": "brief",
        "docstring_section_style": "list",
        "extensions": list(EXTENSIONS),
        "filters": ["!^_"],
        "heading_level": 2,
        "inherited_members": True,
        "members_order": "source",
        "separate_signature": True,
        "show_bases": False,
        "show_if_no_docstring": True,
        "show_labels": False,
        "show_root_full_path": False,
        "show_root_heading": True,
        "show_root_members_full_path": False,
        "show_signature_annotations": True,
        "show_source": False,
        "show_symbol_type_heading": True,
    }
    return {"mkdocstrings": {"handlers": {"python": {"paths": [str(root / "lint")], "options": options}}}}
