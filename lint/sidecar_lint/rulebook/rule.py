"""What a rule is: a class with a code, a docstring that is its page, examples that are its tests.

A rule yields findings and does nothing else: the engine finds the environments, sorts and prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sidecar_lint.dates import Calendar
from sidecar_lint.finding import Cause, Edit, Finding, Fix, Related, Severity, Stage
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.phrasing import shortened
from sidecar_lint.syntax.nodes import Node, Scalar
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.configuration.file import CheckedConfiguration
    from sidecar_lint.environments.manifest import EnvironmentManifest
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.manifests.manifest import Document, Manifest
    from sidecar_lint.manifests.volumes import Volume
    from sidecar_lint.pipelines.pipeline import Pipeline
    from sidecar_lint.secrets.secret_input import SecretInput
    from sidecar_lint.suppressions.suppressions import Suppressions
    from sidecar_lint.template.patches import Patches
    from sidecar_lint.workspace.addons import Template


#: A method of rules that looks at something, as `Rule` has it.
Hook = Callable[..., Iterator[Finding]]


class Bad(NamedTuple):
    """A manifest that the rule must flag, with carets under what it flags.

    A line such as `#    ^^^^ SL201` marks the characters above it. `fixed` is a text that the
    manifest holds once the rule's first fix is applied everywhere. Rules that a configuration in it
    names are loaded with `allow_plugins`.
    """

    text: str
    fixed: str | None = None
    allow_plugins: bool = False


class Rule:
    """A rule. Subclass it, fill in the attributes, and write one of the `check` methods.

    The docstring is the rule's page: a first line that says what is wrong, then what happens and
    why. `code` and `name` never change once released. `effect` is what will happen, in words that
    complete the finding; a finding may say it better. `in_schema` says that the JSON Schema holds
    the same constraint, so an editor that validates shows it too. `ignored` says that nothing ever
    reads what the rule points at, so an editor shows it faded.
    """

    #: Three digits behind the letters of a package: `OWN101`.
    code: ClassVar[str]
    #: What is wrong, in words with hyphens between them.
    name: ClassVar[str]
    #: Of its findings, where one does not say otherwise.
    severity: ClassVar[Severity]
    #: When one would find out without the rule.
    stage: ClassVar[Stage]
    #: What will happen.
    effect: ClassVar[str] = ""
    #: How we know: addresses, files of Copilot's source, what was tried.
    sources: ClassVar[tuple[str, ...]] = ()
    #: Examples in which there is nothing to find; see `sidecar_lint.testing`.
    good: ClassVar[tuple[str, ...]] = ()
    #: Examples with what is found in them.
    bad: ClassVar[tuple[Bad, ...]] = ()
    #: More of them, for bounds and odd cases: tests read them, the page does not show them.
    also_good: ClassVar[tuple[str, ...]] = ()
    #: More of them, for bounds and odd cases: tests read them, the page does not show them.
    also_bad: ClassVar[tuple[Bad, ...]] = ()
    #: Whether the JSON Schema holds the same constraint.
    in_schema: ClassVar[bool] = False
    #: Whether nothing ever reads what it points at.
    ignored: ClassVar[bool] = False
    #: The version of Copilot, such as (1, 34), from which on it holds no longer.
    before: ClassVar[tuple[int, ...] | None] = None
    #: Whether what it finds rests on a day on which something ends.
    uses_dates: ClassVar[bool] = False
    #: What is today, and the days that the configuration moves.
    calendar: Calendar = Calendar()
    #: The hooks that a class of rules has methods of its own for, and those methods: it is asked through no other.
    hooks: ClassVar[Mapping[Hook, Hook]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        both = zip(HOOKS, _methods(cls), strict=True)
        cls.hooks = {hook: own for hook, own in both if own is not hook}

    def check(self, manifest: Manifest) -> Iterator[Finding]:  # noqa: ARG002  for subclasses
        """Look at the manifest of one environment; called once for each."""
        yield from ()

    def check_container(self, container: Container, manifest: Manifest, /) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a container of an ECS task in one environment: the service's own, each sidecar, the log router.

        `container.is_main` and `container.is_sidecar` tell them apart.
        """
        yield from ()

    def check_sidecar(self, sidecar: Container, manifest: Manifest, /) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at an entry of `sidecars` that is a map, in one environment."""
        yield from ()

    def check_volume(self, volume: Volume, manifest: Manifest, /) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at an entry of `storage.volumes` that is a map, in one environment."""
        yield from ()

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at the manifest of an environment; what is found holds for the file."""
        yield from ()

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at the manifest of a pipeline; what is found holds for the file."""
        yield from ()

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a manifest as written, of whatever kind: a workload's, an environment's or a pipeline's."""
        yield from ()

    def check_document(self, document: Document) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at the file of a workload as written; what is found holds in every environment."""
        yield from ()

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a collector's configuration; spans are of its own text."""
        yield from ()

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at an input file of `copilot secret init`; say in which environments what is found holds."""
        yield from ()

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at the comments of a file that take findings away."""
        yield from ()

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a `.sidecar-lint.yml`: at what is wrong with it."""
        yield from ()

    def check_template(self, template: Template) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a file of a workload's `addons/` folder."""
        yield from ()

    def check_environment_addon(self, template: Template) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a file of `copilot/environments/addons/`; what is found holds for the file.

        Many rules about addons hold there, too: `check_environment_addon = check_template`.
        """
        yield from ()

    def check_patches(self, patches: Patches) -> Iterator[Finding]:  # noqa: ARG002  as check
        """Look at a `cfn.patches.yml`; say in which environments what is found holds."""
        yield from ()

    @property
    def when(self) -> str:
        """When its findings would come to light, in words: only workloads have images and tasks."""
        without_images = bool(self.hooks) and self.hooks.keys() <= _OF_NO_WORKLOAD
        return self.stage.sentence_without_images if without_images else self.stage.sentence

    def finding(  # noqa: PLR0913  all but two have defaults
        self,
        place: Node | Span,
        message: str,
        *,
        help: str = "",  # noqa: A002  the word that the report prints
        effect: str | None = None,
        replace: str | None = None,
        safe: bool = False,
        severity: Severity | None = None,
        stage: Stage | None = None,
        environments: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        fixes: tuple[Fix, ...] = (),
        follows_from: Iterable[tuple[str, Node | Span]] = (),
    ) -> Finding:
        """A finding of this rule at a value or a span.

        `environments` is for other methods than `check`: where the finding does not hold in all of them.

        `replace` is the text to write instead of a scalar: it becomes the help and a fix. Both are
        left out where the value came through an alias or a `${…}`, since the text to change is
        not, or not only, this one.

        `follows_from` names findings, by the code of their rule and where they stand, without which there
        would not be this one: it is not told where one of them is.
        """
        if replace is not None:
            help = help or f"write `{replace}`"  # noqa: A001
            fixes = fixes or _replacement(place, replace, safe=safe)
        return Finding(
            code=self.code,
            name=self.name,
            message=shortened(message),
            span=_span(place),
            severity=severity or self.severity,
            stage=stage or self.stage,
            effect=self.effect if effect is None else shortened(effect),
            help=shortened(help),
            environments=environments,
            related=(*related, *_uses(place)),
            fixes=fixes,
            follows_from=tuple(Cause(code, _span(each)) for code, each in follows_from),
        )


def _methods(rule: type[Rule]) -> tuple[Hook, ...]:
    """What a class of rules looks at something with, its own or not: there is nothing else that rules are asked."""
    return (
        rule.check,
        rule.check_container,
        rule.check_sidecar,
        rule.check_volume,
        rule.check_environment,
        rule.check_pipeline,
        rule.check_file,
        rule.check_document,
        rule.check_collector,
        rule.check_secret_input,
        rule.check_suppressions,
        rule.check_configuration,
        rule.check_template,
        rule.check_environment_addon,
        rule.check_patches,
    )


#: All there are.
HOOKS: Final = _methods(Rule)
#: Those that look at what builds no images and runs no tasks.
_OF_NO_WORKLOAD: Final = frozenset(
    (Rule.check_environment, Rule.check_environment_addon, Rule.check_pipeline)
)


def _span(place: Node | Span) -> Span:
    return place if isinstance(place, Span) else place.place


def _replacement(place: Node | Span, text: str, *, safe: bool) -> tuple[Fix, ...]:
    if not isinstance(place, Scalar) or not place.is_verbatim or place.span.start == place.span.end:
        return ()
    written = quoted(text, place.style)
    return (Fix(shortened(f"write `{text}`"), (Edit(place.span, written),), safe=safe),)


def quoted(text: str, style: str) -> str:
    """A text as a scalar of a style: `'`, `"`, or plain where plain is safe."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == '"' or not re.fullmatch(_PLAIN, text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text


#: A colon is part of a text where something follows it; digits at the front may make a time of it (`12:30`).
_PLAIN = (
    r"[A-Za-z0-9_./](?:[A-Za-z0-9_./ -]*[A-Za-z0-9_./-])?"
    r"|[A-Za-z](?:[A-Za-z0-9_./ -]|:(?=[A-Za-z0-9_./:-]))*[A-Za-z0-9_./-]"
)


def _uses(place: Node | Span) -> tuple[Related, ...]:
    """Where a value that came through an alias is used."""
    if isinstance(place, Node) and place.alias is not None:
        return (Related(place.alias, "used here"),)
    return ()
