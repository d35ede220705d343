"""What is asked of `check`: read without typer where that is plain, and as typer reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sidecar_lint.commands import cli
from sidecar_lint.commands.arguments import COMMANDS, plain_check, with_command

if TYPE_CHECKING:
    from sidecar_lint.commands.check import Options


def _read_by_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Options:
    read: list[Options] = []

    def check(asked: Options) -> int:
        read.append(asked)
        return 0

    monkeypatch.setattr("sidecar_lint.commands.check.check", check)
    CliRunner().invoke(cli.app, with_command(arguments))
    return read[0]


_ALL_COMMANDS: dict[str, Any] = get_command(cli.app).commands  # type: ignore[attr-defined]
_SWITCHES = [
    name
    for parameter in _ALL_COMMANDS["check"].params
    if getattr(parameter, "is_flag", False)
    for name in parameter.opts
]
_WITH_VALUES = [
    name
    for parameter in _ALL_COMMANDS["check"].params
    if parameter.param_type_name == "option" and not parameter.is_flag
    for name in parameter.opts
    if name != "--help"
]
_VALUES = {"--format": "json", "--color": "always", "--fail-on": "info", "--jobs": "2"}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["-"],
        [""],
        ["check", "check"],
        ["a.yml", "a b.yml", "-", "a.yml"],
        ["check", "--affected", "--force-exclude", "x", "--fix", "y"],
        ["-q", "-q", "copilot"],
        ["copilot", "-q"],
        ["rulez.yml"],
        *([name, "x"] for name in _SWITCHES),
        *([name, _VALUES.get(name, "v"), "x"] for name in _WITH_VALUES),
        *([f"{name}={_VALUES.get(name, 'a=b')}", "x"] for name in _WITH_VALUES),
        ["--select", "SL1", "x", "--select=SL2,SL3", "--ignore", "SL4"],
        ["--format", "json", "--format=sarif"],
        ["x", "--config", "a=b", "--fail-on=never", "-q", "--color", "never"],
    ],
)
def test_a_plain_call_is_read_as_typer_reads_it(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = plain_check(arguments)
    assert plain is not None
    assert plain == _read_by_typer(arguments, monkeypatch)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["check", "-h"],
        ["--format"],
        ["--format="],
        ["--format", "jsn"],
        ["--format", "JSON"],
        ["--select", "-q"],
        ["--select=-q"],
        ["--quiet=1"],
        ["--paths", "x"],
        ["--fail_on", "info"],
        ["--jobs", "0"],
        ["--jobs", "two"],
        ["--", "x"],
        ["-qx"],
        ["--quie"],
        ["--no-such-option"],
        ["rules"],
        ["rulez"],
        ["copilot/*/manifest.yml"],
        ["~/x"],
    ],
)
def test_what_only_typer_can_read_is_left_to_it(arguments: list[str]) -> None:
    assert plain_check(arguments) is None


def test_the_names_of_all_commands_are_known_without_typer() -> None:
    assert set(_ALL_COMMANDS) == set(COMMANDS)
