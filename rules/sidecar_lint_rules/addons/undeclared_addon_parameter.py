from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Addons,
    Bad,
    Edit,
    Finding,
    Fix,
    Mapping,
    Rule,
    Severity,
    Span,
    Stage,
    Template,
    enumerated,
)
from sidecar_lint_rules.addons._refused import AT_ONCE


class UndeclaredAddonParameter(Rule):
    """The addons do not declare `App`, `Env` and `Name`.

    Copilot passes these three to the stack of the addons, so a template must declare them, used or
    not. Of several templates it is enough if one does.
    """

    code, name = "SL813", "undeclared-addon-parameter"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: validateParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
        # file: copilot/api/addons/b.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters:
            ^^^^^^^^^^ SL813
              App:
                Type: String
            Resources: {}
            """,
            fixed="Parameters:\n  Env:\n    Type: String\n  Name:\n    Type: String\n  App:\n",
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources: {}
            ^^^^^^^^^^^^^ SL813
            """,
            fixed="Parameters:\n  App:\n    Type: String\n  Env:\n    Type: String\n  Name:\n",
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: none
        Resources: {}
        """,
        """
        # file: copilot/api/addons/a.yml
        Parameter: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            {Resources: {}}
            ^^^^^^^^^^^^^^^ SL813
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources: {}
            # file: copilot/api/addons/b.yml
            Parameters: {App: {Type: String}}
            ^^^^^^^^^^ SL813
            Resources: {}
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Metadata: &names
              App: {Type: String}
            Parameters: *names
            ^^^^^^^^^^ SL813
            Resources: {}
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        missing = [name for name in addons.reserved if name not in addons.parameters]
        section = addons.section("Parameters")
        if not missing or not template.is_merged or template is not addons.once(_home):
            return
        is_other = section is not None and not isinstance(section, Mapping) and not section.is_null
        if is_other or "Parameters" in addons.misspelt:
            return  # that is another mistake
        place = section.key if section is not None and section.key else template.start
        message = f"the addons do not declare {enumerated(missing, ' and ')}"
        help_ = f"declare {'it' if len(missing) == 1 else 'them'} under `Parameters`, with `Type: String`"
        yield self.finding(place, message, help=help_, fixes=tuple(_fixes(template, missing)))

    check_environment_addon = check_template


def _home(addons: Addons) -> Template:
    """The template to declare them in: the first that has parameters, or the first of all."""
    section = addons.section("Parameters")
    found = (each for each in addons.templates if section is None or each.section("Parameters") is section)
    return next(found)


def _fixes(template: Template, missing: list[str]) -> Iterator[Fix]:
    root, section = template.root, template.section("Parameters")
    title = f"declare {enumerated(missing, ' and ')}"
    if root is None or root.flow or not root.entries:
        return
    if template.source.position(root.span.start).column:
        return
    if section is None:
        text = "".join(f"  {name}:\n    Type: String\n" for name in missing)
        at = root.span.start
        yield Fix(title, (Edit(Span(at, at), f"Parameters:\n{text}"),), safe=True)
    elif isinstance(section, Mapping) and not section.flow and section.key and section.alias is None:
        first = next(iter(section.entries.values()), None)
        if first is None or first.key is None or section.span.start != first.key.span.start:
            return
        at = section.span.start
        indent = " " * template.source.position(at).column
        text = "".join(f"{name}:\n{indent}  Type: String\n{indent}" for name in missing)
        yield Fix(title, (Edit(Span(at, at), text),), safe=True)
