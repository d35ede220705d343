"""Fluent Bit's output plugins: their options, and what they may do in AWS.

The facts are in `data/outputs.json`, which `tables/build.py` makes of `tables/fluentbit_outputs.json`.
It is read when the first output is asked for: most manifests have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.packaged import packaged_text
from sidecar_lint.syntax.scalars import natural

#: What Fluent Bit reads as a boolean (src/flb_utils.c, flb_utils_bool); the plugins in Go know
#: `true` and `false` only.
_ON: Final = {"c": ("true", "on", "yes"), "go": ("true",)}
_OFF: Final = {"c": ("false", "off", "no"), "go": ("false",)}
#: Options that name a role for the plugin to assume: the task role then needs nothing but that.
_ROLES: Final = ("role_arn", "aws_role_arn")
#: Options that bring other credentials than those of the task role.
_OTHER_CREDENTIALS: Final = ("profile", "aws_profile", "credentials_endpoint")
_AWS_HOSTS: Final = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")

#: The options that are set, by their names in lower case; None where a value is not known.
Values = Mapping[str, str | None]


class OutputOption(NamedTuple):
    """An option of an output.

    `type` is text, bool, int, size, time, double, list or prefix, empty where it is not known.
    `only` is the one release that has it, "1.9" (aws-for-fluent-bit 2) or "5"; empty for both.
    `values` are all that it takes, where these are few; case does not matter.
    """

    type: str = ""
    default: str = ""
    only: str = ""
    values: tuple[str, ...] = ()


class Grant(NamedTuple):
    """IAM actions that the task role needs where every condition of `when` and none of `unless` holds."""

    actions: tuple[str, ...]
    when: dict[str, str]
    unless: dict[str, str]


class Demand(NamedTuple):
    """Options that must all be set where every condition of `when` holds."""

    options: tuple[str, ...]
    when: dict[str, str]


class OutputPlugin(NamedTuple):
    """An output plugin. Names of options are in lower case: Fluent Bit does not tell case apart."""

    name: str
    #: "c" for one that is part of Fluent Bit, "go" for one that an image adds.
    language: str
    #: Which images have it: "aws" (aws-for-fluent-bit), "upstream" (Fluent Bit's own), "newrelic".
    images: tuple[str, ...]
    #: Fluent Bit's releases that have it: "1.9", "5"; empty for one in Go.
    versions: tuple[str, ...]
    #: Of each of these groups one option must be set.
    required: tuple[tuple[str, ...], ...]
    #: What must be set besides, where something else is.
    demands: tuple[Demand, ...]
    #: Of each of these groups no two options may be set.
    exclusive: tuple[tuple[str, ...], ...]
    #: Options that say where to send the logs; without one they go to 127.0.0.1.
    peer: tuple[str, ...]
    #: Its own options, those of every output not included.
    options: dict[str, OutputOption]
    #: What the names of further options of its own begin with.
    prefixes: tuple[str, ...]
    grants: tuple[Grant, ...]
    #: Whether a policy of the resource (a bucket, a domain) may grant these actions as well.
    has_resource_policy: bool = False
    #: The other implementation of the same output, with other options; empty where there is none.
    twin: str = ""

    @property
    def is_strict(self) -> bool:
        """Whether Fluent Bit ends where it gets an option that it does not know (flb_config_map.c)."""
        return self.language == "c" and bool(self.options)

    def accepts(self, option: str) -> bool:
        """Whether it has an option, in any release, if only because every output has it."""
        name = option.lower()
        return (
            name in self.options
            or name in _generic()
            or name.startswith((*self.prefixes, *_table()["generic_prefixes"]))
        )

    def is_on(self, switch: str, values: Values) -> bool | None:
        """Whether a switch that is off by itself is on; None where that cannot be told."""
        text = values.get(switch, "false")
        if text is None:
            return None
        on, off = (self._meets(text.lower(), condition) for condition in ("on", "off"))
        return on if on or off else None

    def actions(self, values: Values) -> tuple[str, ...]:
        """The IAM actions that the task role surely needs, sorted.

        With a role to assume that is `sts:AssumeRole` and nothing else. Nothing where the output
        uses other credentials, or sends to an endpoint that is not, or not surely, one of AWS's.
        """
        needed = [grant for grant in self.grants if self._holds(grant, values)]
        if not needed or any(name in values for name in _OTHER_CREDENTIALS) or _is_elsewhere(values):
            return ()
        if any(name in values for name in _ROLES if name in self.options):
            return ("sts:AssumeRole",)
        return tuple(sorted({action for grant in needed for action in grant.actions}))

    def missing(self, values: Values) -> tuple[tuple[str, ...], ...]:
        """The groups of options of which one must be set and none is."""
        groups = [*self.required]
        for demand in self.demands:
            if all(self._is(values, *each) is True for each in demand.when.items()):
                groups += [(option,) for option in demand.options]
        return tuple(group for group in groups if values.keys().isdisjoint(group))

    def _holds(self, grant: Grant, values: Values) -> bool:
        return all(self._is(values, *each) is True for each in grant.when.items()) and all(
            self._is(values, *each) is False for each in grant.unless.items()
        )

    def _is(self, values: Values, option: str, condition: str) -> bool | None:
        """Whether an option is as a condition says; None where that cannot be told."""
        if option not in values:
            return False
        text = values[option]
        if condition == "set":
            return True
        return None if text is None else self._meets(text.lower(), condition)

    def _meets(self, text: str, condition: str) -> bool:
        match condition:
            case "on":
                return text in _ON[self.language]
            case "off":
                return text in _OFF[self.language]
            case "positive":
                return text.isascii() and text.isdigit() and natural(text) > 0
            case _:
                return text == condition


def _is_elsewhere(values: Values) -> bool:
    if "endpoint" not in values:
        return False
    host = (values["endpoint"] or "").rpartition("://")[2].partition("/")[0].partition(":")[0]
    return not host.endswith(_AWS_HOSTS)


@cache
def _table() -> dict[str, Any]:
    import json

    text = packaged_text("data", "outputs.json")
    table: dict[str, Any] = json.loads(text)
    return table


@cache
def _generic() -> dict[str, OutputOption]:
    return _options(_table()["generic"])


def generic_options() -> Mapping[str, OutputOption]:
    """The options that every output has (src/flb_output.c, flb_output_set_property)."""
    return _generic()


def agent_options() -> tuple[str, ...]:
    """What the ECS agent takes out of `destination` for itself (firelensconfig_unix.go); in this case only."""
    return tuple(_table()["agent"])


def output_names() -> Iterable[str]:
    """Every output there is."""
    names: dict[str, Any] = _table()["outputs"]
    return names.keys()


@cache
def output_plugin(name: str) -> OutputPlugin | None:
    """The output that Fluent Bit takes for a `Name` (src/flb_output.c, check_protocol); None if there is none.

    Case does not matter, and `tcp://host:port` is `tcp`.
    """
    scheme, separator, _ = name.partition("://")
    plain = (scheme if separator and scheme else name).lower()
    row = _table()["outputs"].get(plain)
    return _plugin(plain, row) if row else None


def _plugin(name: str, row: dict[str, Any]) -> OutputPlugin:
    return OutputPlugin(
        name=name,
        language=row["kind"],
        images=tuple(row["images"]),
        versions=tuple(row.get("versions", ())),
        required=tuple(map(tuple, row.get("required", ()))),
        demands=tuple(Demand(tuple(each["options"]), each["if"]) for each in row.get("required_if", ())),
        exclusive=tuple(map(tuple, row.get("exclusive", ()))),
        peer=tuple(row.get("peer", ())),
        options=_options(row["options"]),
        prefixes=tuple(row.get("prefixes", ())),
        grants=tuple(map(_grant, row.get("permissions", ()))),
        has_resource_policy=row.get("resource_policy", False),
        twin=row.get("twin", ""),
    )


def _options(rows: dict[str, list[Any]]) -> dict[str, OutputOption]:
    return {name: OutputOption(*row[:3], *map(tuple, row[3:])) for name, row in rows.items()}


def _grant(row: dict[str, Any]) -> Grant:
    return Grant(tuple(row["actions"]), row.get("if", {}), row.get("unless", {}))
