"""The addons of a workload: templates that Copilot merges into one, which becomes a stack of its own.

What the stack puts out reaches the task: policies, secrets, security groups and variables.
Source: internal/pkg/addon (addons.go, cloudformation.go, output.go), internal/pkg/deploy/
cloudformation/stack/workload.go. Those of environments are merged in the same way; what their stack puts
out reaches nobody by itself, and Copilot does not look at it.
"""

from __future__ import annotations

import os
import re
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from sidecar_lint.files.reading import Unread
from sidecar_lint.memo import Memo
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import Tree, read
from sidecar_lint.workspace.cloudformation import Call, are_equal, calls, is_expanded, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.files.project_files import ProjectFiles
    from sidecar_lint.syntax.source import Source

FOLDER: Final = "addons"
#: What Copilot reads there; the case of an extension matters.
EXTENSIONS: Final = (".yaml", ".yml")
#: Values for the parameters of the templates; there may be one of these.
PARAMETERS_FILES: Final = ("addons.parameters.yaml", "addons.parameters.yml")
#: The parameters that a template must declare: Copilot gives them their values itself.
RESERVED: Final = ("App", "Env", "Name")
#: Those of the addons of environments.
RESERVED_OF_ENVIRONMENTS: Final = ("App", "Env")
#: The sections that Copilot keeps, in the order in which it writes them.
SECTIONS: Final = ("Metadata", "Parameters", "Mappings", "Conditions", "Transform", "Resources", "Outputs")

_MANAGED_POLICY: Final = "AWS::IAM::ManagedPolicy"
_STACKS: Final = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_JSON: Final = ".json"


class Template:
    """A file of an `addons/` folder; `name` is its name there, `addons` all that are in it."""

    def __init__(self, addons: Addons, name: str, source: Source) -> None:
        self.addons = addons
        self.name = name
        #: Its text.
        self.source = source

    @cached_property
    def tree(self) -> Tree:
        """The YAML as written."""
        return read(self.source)

    @cached_property
    def root(self) -> Mapping | None:
        """The sections; None where the file is no template. An empty one has no sections."""
        root = self.tree.root
        if self.tree.unread or self.tree.too_deep:
            return None
        if root is None or root.is_null:
            return Mapping(root.span if root else self.start)
        return root if isinstance(root, Mapping) else None

    @property
    def start(self) -> Span:
        """Where to point at when nothing in it is to blame."""
        return Span(0, len(self.source.line(0)))

    def section(self, name: str) -> Node | None:
        """A section, null ones included; None where it is not written."""
        return self.root.entries.get(name) if self.root else None

    @property
    def is_merged(self) -> bool:
        """Whether it is one of the templates that Copilot merges, and all of these could be read."""
        return is_template(self.name) and self.addons.is_known

    def own(self, definitions: dict[str, Definition], section: str) -> Iterator[Definition]:
        """Those of some definitions that are written in a section of this file."""
        for key, _ in as_mapping(self.section(section)):
            found = definitions.get(key.text)
            if found and found.template is self:
                yield found

    def calls(self, function: str) -> Iterator[Call]:
        """The calls of a function in its resources and outputs.

        `is_chosen` also where the resource or output depends on a condition.
        """
        for section in ("Resources", "Outputs"):
            for node in as_mapping(self.section(section)).entries.values():
                is_chosen = as_mapping(node).get("Condition") is not None
                yield from (call for call in calls(node, is_chosen=is_chosen) if call.function == function)


class Definition(NamedTuple):
    """An entry of a section: a resource, an output, a parameter."""

    template: Template
    key: Scalar
    node: Node

    @property
    def name(self) -> str:
        """Its logical name."""
        return self.key.text

    def get(self, name: str) -> Node | None:
        """One of its fields; None where it is missing or null."""
        return self.node.get(name) if isinstance(self.node, Mapping) else None

    def text(self, name: str) -> str:
        """The text of one of its fields; empty where that is no scalar."""
        node = self.get(name)
        return node.text if isinstance(node, Scalar) else ""


class Conflict(NamedTuple):
    """Two templates that define the same name differently. `name` of a mapping is `Mapping.Key`."""

    section: str
    name: str
    first: Definition
    second: Definition


class OutputKind(StrEnum):
    """What Copilot does with an output."""

    POLICY = "policy of the task role"
    SECRET = "secret of the main container"  # noqa: S105  what it is, not its value
    SECURITY_GROUP = "security group and variable"
    VARIABLE = "variable"


class AddonOutput(NamedTuple):
    """An output of the merged template, and what becomes of it."""

    definition: Definition
    kind: OutputKind
    #: The logical name that its value refers to, where that is a plain `Ref`.
    target: str | None

    @property
    def name(self) -> str:
        """Its logical name."""
        return self.definition.name

    @property
    def variable(self) -> str | None:
        """What containers see it as: every container a variable, the main one a secret; None for a policy."""
        return None if self.kind is OutputKind.POLICY else snake_case(self.name).upper()


_KINDS: Final = {
    _MANAGED_POLICY: OutputKind.POLICY,
    "AWS::SecretsManager::Secret": OutputKind.SECRET,
    "AWS::EC2::SecurityGroup": OutputKind.SECURITY_GROUP,
}


def snake_case(name: str) -> str:
    """A logical name with an underscore before each word (template_functions.go, ToSnakeCaseFunc)."""
    return re.sub("([A-Z0-9])([A-Z][a-z])", r"\1_\2", re.sub("([a-z0-9])([A-Z])", r"\1_\2", name))


class Owner(Protocol):
    """The workload that addons belong to, as far as somebody asks about them."""

    @property
    def type(self) -> str | None:
        """Its type as it is written."""

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments of its workspace that have a manifest."""


class Addons(Memo):
    """The `addons/` folder of a workload, or that of all environments; there may be none.

    `owner` is the workload, `reserved` what parameters Copilot gives their values itself.
    """

    def __init__(
        self, files: ProjectFiles, folder: str, owner: Owner, reserved: tuple[str, ...] = RESERVED
    ) -> None:
        self.owner = owner
        self.reserved = reserved
        self._files = files
        self._folder = folder

    def path(self, name: str) -> str:
        """The path of a file in the folder."""
        return os.path.join(self._folder, name)

    @cached_property
    def _listing(self) -> tuple[str, ...] | Unread:
        return self._files.listing(self._folder)

    @property
    def names(self) -> tuple[str, ...]:
        """What is in the folder, sorted."""
        return () if isinstance(self._listing, Unread) else self._listing

    @cached_property
    def _looked_at(self) -> dict[str, Source | Unread]:
        """The files, those included that Copilot does not look at (`.json`)."""
        of_interest = filter(_is_of_interest, self.names)
        return {name: self._files.look(self.path(name)) for name in of_interest}

    @cached_property
    def files(self) -> dict[str, Template]:
        """The files that could be read."""
        return {
            name: Template(self, name, source)
            for name, source in self._looked_at.items()
            if not isinstance(source, Unread)
        }

    @property
    def unread_paths(self) -> Iterator[str]:
        """The files that were not read; the folder, if that was not."""
        if isinstance(self._listing, Unread) and not self._listing.is_missing:
            yield self._folder
        yield from (self.path(name) for name in self._looked_at if name not in self.files)

    @property
    def paths(self) -> Iterator[str]:
        """The paths of these files."""
        return (template.source.path for template in self.files.values())

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The templates, in the order in which Copilot merges them."""
        return tuple(file for name, file in self.files.items() if is_template(name))

    @cached_property
    def parameters_files(self) -> tuple[Template, ...]:
        """The files with the values of parameters; Copilot takes one at most."""
        return tuple(file for name, file in self.files.items() if name in PARAMETERS_FILES)

    @cached_property
    def is_known(self) -> bool:
        """Whether all that Copilot reads was read, and every template is one."""
        if isinstance(self._listing, Unread) and not self._listing.is_missing:
            return False
        unread = (name for name in self._looked_at if name not in self.files)
        if any(is_template(name) or is_parameters_file(name) for name in unread):
            return False
        return all(each.root is not None for each in self.templates)

    @cached_property
    def is_opaque(self) -> bool:
        """Whether they hold what only CloudFormation can look into: macros, stacks within the stack."""
        if not self.is_known or self.section("Transform") is not None:
            return True
        resources = self.resources.values()
        return any(each.text("Type") in _STACKS or is_expanded(each.node) for each in resources)

    def section(self, name: str) -> Node | None:
        """The first value of a section: whether this is a map decides about those that follow."""
        return self._sections.get(name)

    @cached_property
    def _sections(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for template in self.templates:
            for name, node in template.root.entries.items() if template.root else ():
                found.setdefault(name, node)
        return found

    @cached_property
    def misspelt(self) -> frozenset[str]:
        """The sections that a template has under a name like theirs: what is missing for it is one mistake."""
        keys = ((key.text, each) for each in self.templates for key, _ in as_mapping(each.root))
        return frozenset(filter(None, (meant_section(*key) for key in keys)))

    def definitions(self, section: str) -> dict[str, Definition]:
        """The entries of a section by name, of all templates; of several with a name the first."""
        if section not in self._definitions:
            merged: dict[str, Definition] = {}
            for definition in self._every(section):
                merged.setdefault(definition.name, definition)
            self._definitions[section] = merged
        return self._definitions[section]

    @cached_property
    def _definitions(self) -> dict[str, dict[str, Definition]]:
        return {}

    def _every(self, section: str) -> Iterator[Definition]:
        """The entries of a section, file by file; none where the first file has no map there."""
        if isinstance(self.section(section), Mapping):
            for template in self.templates:
                node = template.section(section)
                for key, value in as_mapping(node):
                    yield Definition(template, key, value)

    @property
    def parameters(self) -> dict[str, Definition]:
        """The parameters that the templates declare."""
        return self.definitions("Parameters")

    @property
    def resources(self) -> dict[str, Definition]:
        """The resources."""
        return self.definitions("Resources")

    @cached_property
    def given(self) -> dict[str, Definition]:
        """The parameters that a parameters file gives a value."""
        sections = ((file, file.section("Parameters")) for file in self.parameters_files)
        return {
            key.text: Definition(file, key, value)
            for file, section in sections
            for key, value in as_mapping(section)
        }

    @cached_property
    def outputs(self) -> dict[str, AddonOutput]:
        """The outputs by name, and what becomes of each."""
        return {name: self._output(each) for name, each in self.definitions("Outputs").items()}

    def _output(self, definition: Definition) -> AddonOutput:
        target = reference(definition.get("Value"))
        resource = self.resources.get(target) if target else None
        kind = _KINDS.get(resource.text("Type"), OutputKind.VARIABLE) if resource else OutputKind.VARIABLE
        return AddonOutput(definition, kind, target)

    def conflicts_of(self, template: Template) -> tuple[Conflict, ...]:
        """The names that a template defines differently from one before it; `Transform` is a set, so it has none."""
        return tuple(self._conflicts.get(template.name, ()))

    @cached_property
    def _conflicts(self) -> dict[str, list[Conflict]]:
        found: dict[str, list[Conflict]] = {}
        for section in SECTIONS:
            for conflict in self._conflicts_in(section) if section != "Transform" else ():
                found.setdefault(conflict.second.template.name, []).append(conflict)
        return found

    def _conflicts_in(self, section: str) -> Iterator[Conflict]:
        for definition in self._every(section):
            first = self.definitions(section)[definition.name]
            if first.template is definition.template:
                continue
            if section == "Mappings":
                yield from _conflicting_keys(first, definition)
            elif not are_equal(first.node, definition.node):
                yield Conflict(section, first.name, first, definition)


def meant_section(key: str, template: Template) -> str | None:
    """The section that a misspelt one of a template was to be; None where it is none, or is there too."""
    near = closest(key, SECTIONS) if key not in SECTIONS else None
    return near if near not in as_mapping(template.root).entries else None


def _is_of_interest(name: str) -> bool:
    return name.endswith((*EXTENSIONS, _JSON))


def is_template(name: str) -> bool:
    """Whether Copilot reads a file of this name as a template."""
    return name.endswith(EXTENSIONS) and name not in PARAMETERS_FILES


def is_parameters_file(name: str) -> bool:
    """Whether Copilot reads a file of this name as the values of parameters."""
    return name in PARAMETERS_FILES


def _conflicting_keys(first: Definition, second: Definition) -> Iterator[Conflict]:
    """What two definitions of one mapping say differently: these are merged a level deeper."""
    before = as_mapping(first.node).entries
    for key, value in as_mapping(second.node):
        other = before.get(key.text)
        if other is not None and other.key is not None and not are_equal(other, value):
            one = Definition(first.template, other.key, other)
            yield Conflict(
                "Mappings", f"{first.name}.{key.text}", one, Definition(second.template, key, value)
            )
