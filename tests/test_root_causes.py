"""One mistake, one finding: what the built-in rules say of a manifest with a single mistake."""

from __future__ import annotations

from sidecar_lint import Severity, Stage, lint_text

WINDOWS = """\
name: api
type: Backend Service
cpu: 1024
memory: 2048
platform: windows/amd64
image: {location: registry.example.com/api:1}
"""
FIRELENS = "logging: {image: 'registry.example.com/router:1', destination: {Name: cloudwatch, region: eu-west-1, log_group_name: b, log_stream_prefix: c-}}\n"


def _whole(text: str) -> list[tuple[str, str, tuple[str, ...], list[str]]]:
    """Errors and warnings: the code, what is marked, where it holds, and what is said to follow."""
    return [
        (
            finding.code,
            text[finding.span.start : finding.span.end],
            finding.environments,
            [each.message for each in finding.related],
        )
        for finding in lint_text(text).findings
        if finding.severity is not Severity.INFO
    ]


def test_what_windows_lacks_is_one_finding_at_the_platform() -> None:
    text = f"{WINDOWS}{FIRELENS}network: {{connect: true}}\nstorage: {{ephemeral: 30}}\n"
    assert _whole(text) == [
        (
            "SL414",
            "windows/amd64",
            ("*",),
            [
                "therefore: FireLens does not run on Windows",
                "therefore: Windows has no Service Connect",
                "therefore: larger ephemeral storage may not be available on Windows",
            ],
        )
    ]
    (told,) = (each for each in lint_text(text).findings if each.code == "SL414")
    assert told.stage is Stage.COPILOT, "as Service Connect on Windows is"
    assert _whole(f"{WINDOWS}{FIRELENS}") == [("SL406", "logging", ("*",), [])], "one is told where it is"


def test_what_windows_lacks_in_an_environment() -> None:
    platform = "platform: {osfamily: windows_server_2022_core, architecture: x86_64}"
    text = (
        WINDOWS.replace("platform: windows/amd64\n", FIRELENS)
        + f"environments:\n  prod:\n    {platform}\n    storage: {{readonly_fs: true}}\n  test: {{count: 2}}\n"
    )
    assert _whole(text) == [
        (
            "SL414",
            "windows_server_2022_core",
            ("prod",),
            [
                "therefore: FireLens does not run on Windows",
                "therefore: a Windows container cannot have `readonly_fs`",
            ],
        )
    ]
    base = text.replace("name: api", "name: api\nplatform: windows/amd64").replace(f"    {platform}\n", "")
    found = _whole(base)
    assert [(code, environments) for code, _, environments, _ in found] == [
        ("SL414", ("prod",)), ("SL406", ("*", "test")),
    ]  # fmt: skip
