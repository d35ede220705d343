"""Folders of addons, and what Copilot 1.34.1 makes of each: it was asked, and test_copilot.py asks again."""

from __future__ import annotations

from typing import NamedTuple

MANIFEST = "name: api\ntype: Backend Service\nimage: {location: nginx}\nsidecars: {helper: {image: nginx}}\n"

_PARAMETERS = """\
Parameters:
  App: {Type: String}
  Env: {Type: String}
  Name: {Type: String}
"""
_RESOURCES = """\
Resources:
  Policy: {Type: 'AWS::IAM::ManagedPolicy'}
  Password: {Type: 'AWS::SecretsManager::Secret'}
  Group: {Type: 'AWS::EC2::SecurityGroup'}
  Table: {Type: 'AWS::DynamoDB::Table'}
"""
#: A template like any other.
TABLE = f"{_PARAMETERS}Resources:\n  Table: {{Type: 'AWS::DynamoDB::Table'}}\n"
_BASE = _PARAMETERS + _RESOURCES
_SIZE = _PARAMETERS + "  Size: {Type: String}\n" + _RESOURCES
_VALUES = "addons.parameters.yml"


class Case(NamedTuple):
    """The files of a folder. `rule` is the rule that says why Copilot refuses it; empty where it does not."""

    name: str
    files: dict[str, str]
    rule: str = ""
    #: The outputs that become policies of the task role.
    policies: frozenset[str] = frozenset()


def _value(name: str, value: str, *policies: str) -> Case:
    text = f"{_BASE}Outputs:\n  Out: {{Value: {value}}}\n"
    return Case(name, {"a.yml": text}, policies=frozenset(policies))


def _one(name: str, text: str, rule: str = "") -> Case:
    return Case(name, {"a.yml": text}, rule)


def _two(name: str, one: str, other: str, rule: str = "") -> Case:
    return Case(name, {"a.yml": _BASE + one, "b.yaml": other}, rule)


def _values(name: str, text: str, rule: str = "") -> Case:
    return Case(name, {"a.yml": _SIZE, _VALUES: text}, rule)


CASES = (
    _one("a template", _BASE),
    _value("a reference", "!Ref Policy", "Out"),
    _value("a reference, long form", "{Ref: Policy}", "Out"),
    _value("a reference in quotes behind the tag", "!Ref ' Policy '", "Out"),
    _value("a reference with more beside it", "{Ref: Policy, Other: 1}", "Out"),
    _value("a reference of a substitution", "{Ref: !Sub Policy}", "Out"),
    _value("a tagged map", "!Anything {Ref: Policy}", "Out"),
    _value("a long form with spaces", "{Ref: ' Policy '}"),
    _value("a list of references", "[!Ref Policy]"),
    _value("a reference of a list", "{Ref: [Policy]}"),
    _value("a substitution", "!Sub '${Policy}'"),
    _value("an attribute", "!GetAtt Policy.PolicyArn"),
    _value("a condition", "!If [x, !Ref Policy, !Ref AWS::NoValue]"),
    _value("a text that looks like a reference", "'!Ref Policy'"),
    _value("a reference to nothing", "!Ref Nothing"),
    _value("a reference to a secret", "!Ref Password"),
    _value("two keys alike in the value", "{Ref: Policy, Ref: Policy}"),
    _one("an alias as value", _BASE + "Metadata: {x: &x !Ref Policy}\nOutputs: {Out: {Value: *x}}\n"),
    Case(
        "a type that comes through a merge",
        {
            "a.yml": _PARAMETERS
            + "Metadata: {x: &x {Type: 'AWS::IAM::ManagedPolicy'}}\nResources:\n  Policy: {<<: *x}\n"
            "Outputs: {Out: {Value: !Ref Policy}}\n"
        },
        policies=frozenset({"Out"}),
    ),
    _one("broken YAML", _BASE + "\tx: 1\n", "SL810"),
    _two("a list", "", "- x\n", "SL810"),
    _two("a text", "", "x\n", "SL810"),
    _two("an empty file", "", ""),
    _two("a comment", "", "# later\n"),
    _two("null", "", "null\n"),
    _one("a second document", _BASE + "---\n[\n"),
    _one("a section twice", _BASE + "Description: a\nDescription: b\n", "SL811"),
    _one("a parameter twice", _PARAMETERS + "  App: {Type: String}\n" + _RESOURCES, "SL811"),
    _one(
        "a field of a parameter twice", _PARAMETERS + "  X: {Default: a, Default: b}\n" + _RESOURCES, "SL811"
    ),
    _one("a field of a resource twice", _BASE + "  X: {Type: A, Type: B}\n", "SL811"),
    _one("a field of an output twice", _BASE + "Outputs: {X: {Value: A, Value: B}}\n", "SL811"),
    _one("a property twice", _BASE + "  X: {Type: A, Properties: {P: 1, P: 2}}\n"),
    _one("a resource twice", _BASE + "  Table: {Type: 'AWS::S3::Bucket'}\n"),
    _one("no resources", _PARAMETERS, "SL812"),
    _one("null resources", _PARAMETERS + "Resources:\n", "SL812"),
    _one("a list of resources", _PARAMETERS + "Resources: []\n", "SL812"),
    Case("null resources first", {"a.yml": _PARAMETERS + "Resources:\n", "b.yml": _RESOURCES}, "SL812"),
    _two("null resources second", "", "Resources:\n"),
    _one("a resource that is a text", _BASE + "  X: y\n", "SL812"),
    _one("a null resource", _BASE + "  X:\n"),
    _one("a type that is a list", _BASE + "  X: {Type: [A]}\n", "SL812"),
    _one("a type that is a number", _BASE + "  X: {Type: 1}\n"),
    _one("null outputs", _BASE + "Outputs:\n", "SL812"),
    _one("a list of outputs", _BASE + "Outputs: []\n", "SL812"),
    _one("an output that is a value", _BASE + "Outputs:\n  X: !Ref Policy\n", "SL812"),
    _one("a null output", _BASE + "Outputs:\n  X:\n"),
    _one("a null output in braces", _BASE + "Outputs: {X: }\n", "SL812"),
    _one("a list of parameters", "Parameters: []\n" + _RESOURCES, "SL812"),
    _one("a parameter that is a text", _PARAMETERS + "  X: String\n" + _RESOURCES, "SL812"),
    _one("a list of mappings", _BASE + "Mappings: []\n"),
    _one("no parameters", _RESOURCES, "SL813"),
    _one("null parameters", "Parameters:\n" + _RESOURCES, "SL813"),
    _one("no parameter Name", _BASE.replace("  Name: {Type: String}\n", ""), "SL813"),
    _one("a null parameter App", _BASE.replace("  App: {Type: String}", "  App:")),
    _one("a parameter without a value", _SIZE, "SL816"),
    _one("a null parameter", _PARAMETERS + "  X:\n" + _RESOURCES, "SL816"),
    _one("a null default", _PARAMETERS + "  X: {Default: }\n" + _RESOURCES),
    _values("a value", "Parameters:\n  Size: small\n"),
    _values("a null value", "Parameters:\n  Size:\n"),
    _values("a reserved parameter", "Parameters:\n  Size: small\n  App: x\n", "SL814"),
    _values("an unknown parameter", "Parameters:\n  Size: small\n  Colour: red\n", "SL815"),
    _values("a value twice", "Parameters:\n  Size: small\n  Size: large\n", "SL811"),
    _values("a list of values", "Parameters: []\n", "SL812"),
    _values("no values", "Size: small\n", "SL819"),
    _values("an empty parameters file", "", "SL819"),
    _values("a parameters file that is a list", "- Size\n", "SL810"),
    _values("values in braces", "Parameters: {Size: small}\n", "SL820"),
    _values("values as JSON", '{"Parameters": {"Size": "small"}}\n', "SL820"),
    _values("a value from elsewhere", "x: &x small\nParameters:\n  Size: *x\n", "SL824"),
    Case("null values", {"a.yml": _BASE, _VALUES: "Parameters:\n"}),
    Case("no values in braces", {"a.yml": _BASE, _VALUES: "Parameters: {}\n"}, "SL820"),
    Case("values for nothing", {_VALUES: "Parameters:\n  Size: small\n"}),
    Case(
        "two parameters files",
        {
            "a.yml": _SIZE,
            _VALUES: "Parameters:\n  Size: a\n",
            "addons.parameters.yaml": "Parameters:\n  Size: a\n",
        },
        "SL818",
    ),
    _two("the same again", "", _BASE),
    _two("the same in another style", "", 'Parameters:\n  App:\n    Type: "String"  # an application\n'),
    _two("another description", "", "Parameters:\n  App: {Type: String, Description: x}\n", "SL817"),
    _two("a number and a text", "Metadata: {x: 1}\n", "Metadata: {x: '1'}\n", "SL817"),
    _two("a date and a text", "Metadata: {x: 2012-10-17}\n", "Metadata: {x: '2012-10-17'}\n", "SL817"),
    _two("another order", "Metadata: {x: {a: 1, b: 2}}\n", "Metadata: {x: {b: 2, a: 1}}\n", "SL817"),
    _two("another resource", "", "Resources: {Table: {Type: 'AWS::S3::Bucket'}}\n", "SL817"),
    _two("another output", "Outputs: {O: {Value: 1}}\n", "Outputs: {O: {Value: 2}}\n", "SL817"),
    _two("another condition", "Conditions: {C: !Not [a]}\n", "Conditions: {C: !Not [b]}\n", "SL817"),
    _two("another function", "Conditions: {C: !Not [a]}\n", "Conditions: {C: !Or [a]}\n", "SL817"),
    _two("other keys of a mapping", "Mappings: {M: {A: {x: 1}}}\n", "Mappings: {M: {B: {x: 2}}}\n"),
    _two("another key of a mapping", "Mappings: {M: {A: {x: 1}}}\n", "Mappings: {M: {A: {x: 2}}}\n", "SL817"),
    _two("two descriptions", "Description: a\n", "Description: b\n"),
    _two("two transforms", "Transform: A\n", "Transform: [B]\n"),
    _one(
        "an anchor in no section",
        "x: &x {Type: String}\nParameters: {App: *x, Env: *x, Name: *x}\n" + _RESOURCES,
        "SL824",
    ),
    _one(
        "an anchor in its section",
        "Parameters: {App: &x {Type: String}, Env: *x, Name: *x}\n" + _RESOURCES,
    ),
    _one(
        "an anchor that moves behind its alias",
        _PARAMETERS + "Outputs: {O: {Value: &v x}}\nResources: {T: {Type: A, Properties: {P: *v}}}\n",
        "SL824",
    ),
    Case("a JSON file", {"a.json": "{}"}),
    Case("another case", {"a.YML": "["}),
    Case("a hidden file", {".a.yml": _RESOURCES}, "SL813"),
    Case("a folder in the folder", {"more/a.yml": "["}),
)
