"""What a rule says: a finding, its place, its severity and stage, and what to write instead.

Everything here is data: frozen, compared by value, free of YAML and of printing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span

#: The name that stands for every environment a manifest does not mention.
ANY_ENVIRONMENT = "*"


class Severity(StrEnum):
    """How sure a finding is, and how bad; independent of when the mistake would surface."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for information."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Stage(StrEnum):
    """Where the mistake would come to light without us."""

    COPILOT = "copilot"
    DEPLOY = "deploy"
    TASK = "task"
    SILENT = "silent"

    @property
    def sentence(self) -> str:
        """When that is, in words a person can act on: for a workload."""
        return _SENTENCES[self]

    @property
    def sentence_without_images(self) -> str:
        """The same for an environment or a pipeline, which builds no images and runs no task."""
        return _WITHOUT_IMAGES.get(self, _SENTENCES[self])


_SENTENCES = {
    Stage.COPILOT: "Copilot refuses the manifest",
    Stage.DEPLOY: "the deployment fails, after the images are built and pushed",
    Stage.TASK: "it deploys, and then the task does not do what is written",
    Stage.SILENT: "nothing ever tells you",
}
_WITHOUT_IMAGES = {
    Stage.DEPLOY: "the deployment fails",
    Stage.TASK: "it deploys, and then does not do what is written",
}


#: An effect with any of these words says itself when it is.
_SAY_WHEN = {
    Stage.COPILOT: ("Copilot",),
    Stage.DEPLOY: ("before it builds an image", "image cannot be built"),
}


class Related(NamedTuple):
    """A second place that belongs to a finding, and what it has to do with it.

    `source` is the file it lies in; None for the file of the finding.
    """

    span: Span
    message: str
    source: Source | None = None


class Cause(NamedTuple):
    """A finding that another one follows from: one of rule `code` that begins in `span`, if it is reported."""

    code: str
    span: Span


class Edit(NamedTuple):
    """Replace the text of `span` with `text`; an empty span inserts."""

    span: Span
    text: str


class NewFile(NamedTuple):
    """A file to write where there is none yet; `path` is relative to the current folder, or absolute."""

    path: str
    text: str


class Fix(NamedTuple):
    """A way to put a finding right: edits of its file, and new files.

    `safe` promises that the result is what the author meant; anything else waits to be asked for.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False
    new_files: tuple[NewFile, ...] = ()


class Finding(NamedTuple):
    """One thing that is wrong with a manifest.

    `message` says what, `effect` what will happen because of it, `help` what to write instead.
    `environments` is sorted; "*" stands for the environments that the manifest does not name. Each of the
    causes in `follows_from` is enough for it not to be told: were that mended, it would be gone.
    """

    code: str
    name: str
    message: str
    span: Span
    severity: Severity
    stage: Stage
    effect: str = ""
    help: str = ""
    environments: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    follows_from: tuple[Cause, ...] = ()

    def when(self, environments: Sequence[str]) -> str:
        """When it would come to light, in words; empty where its effect says that already.

        `environments` are those of the file: one without any builds no images and runs no task.
        """
        if any(words in self.effect for words in _SAY_WHEN.get(self.stage, ())):
            return ""
        return self.stage.sentence if environments else self.stage.sentence_without_images


def demoted(finding: Finding, environments: tuple[str, ...]) -> Finding:
    """A base may be incomplete on purpose: what is wrong only there is information."""
    if finding.severity is not Severity.INFO and is_of_base_only(finding, environments):
        return finding._replace(severity=Severity.INFO)
    return finding


def is_of_base_only(finding: Finding, environments: tuple[str, ...]) -> bool:
    """Whether a finding holds in no environment that the file names, where it names some."""
    return finding.environments == (ANY_ENVIRONMENT,) and len(environments) > 1
