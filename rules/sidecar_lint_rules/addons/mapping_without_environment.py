from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Addons,
    Bad,
    Finding,
    NamedTuple,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Template,
    as_mapping,
    intrinsic_function,
)


class MappingWithoutEnvironment(Rule):
    """A mapping that is looked up by the name of the environment has nothing for one of them.

    CloudFormation does not fall back on anything: it refuses the template in that environment. Only those
    environments count that have a manifest in the workspace.
    """

    code, name = "SL827", "mapping-without-environment"
    severity, stage = Severity.WARNING, Stage.DEPLOY
    effect = "CloudFormation refuses the template of the addons there, since it finds nothing in the mapping"
    sources = ("AWS CloudFormation user guide: Fn::FindInMap", "aws/copilot-cli#5924")
    good = (
        """
        name: api
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Mappings: {Sizes: {test: {size: small}}}
        Resources:
          Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !FindInMap [Sizes, !Ref Env, size]}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/environments/test/manifest.yml
            name: test
            type: Environment
            # file: copilot/environments/prod/manifest.yml
            name: prod
            type: Environment
            # file: copilot/environments/live/manifest.yml
            name: live
            type: Environment
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Mappings: {Sizes: {size: {test: small}}}
            #          ^^^^^ SL827
            Resources:
              Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !FindInMap [Sizes, size, Ref: Env]}}
            # file: copilot/api/addons/b.yml
            Mappings: {Sizes: {size: {test: small}}, Other: {a: {b: c}}}
            Conditions: {IsProd: !Equals [!Ref Env, prod]}
            Resources:
              Other:
                Type: AWS::SNS::Topic
                Condition: IsProd
                Properties: {DisplayName: !FindInMap [Other, !Ref Env, b]}
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/environments/test/manifest.yml
            name: test
            type: Environment
            # file: copilot/environments/prod/manifest.yml
            name: prod
            type: Environment
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Mappings:
              Sizes:
            # ^^^^^ SL827
                test: {size: small}
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties: {DisplayName: !FindInMap [Sizes, !Ref Env, size]}
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        # file: copilot/environments/prod/manifest.yml
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Transform: OurMacro
        Mappings: {Sizes: {test: {size: small}}}
        Resources: {Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !FindInMap [Sizes, !Ref Env, size]}}}
        """,
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        if not template.is_merged or addons.is_opaque:
            return
        mappings = {each.name: each for each in template.own(addons.definitions("Mappings"), "Mappings")}
        for lookup in addons.once(_lookups):
            mapping = mappings.get(lookup.mapping)
            lacking = _lacking(addons, lookup) if mapping else ()
            if mapping and lacking:
                names = ", ".join(map(repr, lacking))
                yield self.finding(
                    mapping.key,
                    f"the mapping {lookup.name!r} has nothing for {names}",
                    help=f"add {' and '.join(f'`{each}:`' for each in lacking)} to it",
                    related=(Related(lookup.node.place, "looked up here", lookup.template.source),),
                    environments=lacking,
                )

    check_environment_addon = check_template


class _Lookup(NamedTuple):
    """A `FindInMap` by the environment: in a mapping, or in one of its keys."""

    template: Template
    node: Node
    mapping: str
    key: str | None

    @property
    def name(self) -> str:
        return self.mapping if self.key is None else f"{self.mapping}.{self.key}"


def _lookups(addons: Addons) -> tuple[_Lookup, ...]:
    """Those that are surely made, the first of each kind."""
    found: dict[tuple[str, str | None], _Lookup] = {}
    for template in addons.templates:
        for call in template.calls("FindInMap"):
            lookup = None if call.is_chosen else _lookup(template, call.node, call.arguments)
            if lookup:
                found.setdefault((lookup.mapping, lookup.key), lookup)
    return tuple(found.values())


def _lookup(template: Template, node: Node, arguments: tuple[Node, ...]) -> _Lookup | None:
    match arguments:
        case (Scalar() as mapping, first, second) if intrinsic_function(mapping) is None:
            if _is_environment(first):
                return _Lookup(template, node, mapping.text, None)
            if isinstance(first, Scalar) and intrinsic_function(first) is None and _is_environment(second):
                return _Lookup(template, node, mapping.text, first.text)
    return None


def _is_environment(node: Node) -> bool:
    """Whether it is `!Ref Env`, the name of the environment."""
    named = node if isinstance(node, Scalar) else as_mapping(node).get("Ref")
    return intrinsic_function(node) == "Ref" and isinstance(named, Scalar) and named.text == "Env"


def _lacking(addons: Addons, lookup: _Lookup) -> tuple[str, ...]:
    """The environments of the workspace that a mapping, merged from all templates, has nothing for."""
    written = (as_mapping(each.section("Mappings")).get(lookup.mapping) for each in addons.templates)
    keys = [as_mapping(each) for each in written]
    inner = keys if lookup.key is None else [as_mapping(each.get(lookup.key)) for each in keys]
    known = {name for each in inner for name in each.entries}
    environments = addons.owner.environments
    return tuple(sorted(name for name in environments if name not in known)) if known else ()
