"""What is wrong with a variable or a secret is found in whichever container and environment it is."""

from __future__ import annotations

from textwrap import indent

import pytest

from sidecar_lint import Scalar, Span, lint_text
from sidecar_lint.manifests.interpolation import interpolate
from sidecar_lint.manifests.secret_paths import is_usual
from sidecar_lint.rulebook.registry import load_rules

#: A manifest with a place for what is written to each container, in the base and in an environment.
PLACES = {
    "main": "{}",
    "sidecar": "sidecars: {{db: {{image: 'mysql:8', port: 3306, {}}}}}",
    "router": "logging: {{enableMetadata: true, {}}}",
}
BASE = """\
name: api
type: Backend Service
image: {location: nginx, port: 8080}
variables: {FINE: yes please}
secrets: {ALSO_FINE: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/fine'}
sidecars: {db: {image: 'mysql:8'}, proxy: {image: nginx}}
logging: {enableMetadata: true}
"""
#: A block whose first blank line Copilot loses.
CHANGED = "variables:\n  A: |\n\n    text"
EVERYWHERE = {
    "SL601": "variables: {A: x}, secrets: {A: /a/b}",
    "SL602": "variables: {COPILOT_SERVICE_NAME: x}",
    "SL603": "secrets: {A-B: /a/b}",
    "SL604": "secrets: {A: ~}",
    "SL605": "secrets: {A: a/b}",
    "SL606": "secrets: {A: 'db: password'}",
    "SL614": f"variables: {{A: ghp_{'a1B2c3D4e5' * 4}}}",
    "SL631": "variables: {A: '${AWS::Region}'}",
    "SL633": "secrets: {A: /copilot/shop/test/secret/a}",
}
#: The log router calls nothing.
CALLS = {
    "SL152": "variables: {DB_HOST: Firelens_Log_Router}",
    "SL153": "variables: {OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317'}",
}
CASES = [(code, written, place) for code, written in EVERYWHERE.items() for place in PLACES] + [
    (code, written, place) for code, written in CALLS.items() for place in ("main", "sidecar")
]


def found(text: str, code: str) -> list[tuple[str, ...]]:
    """The environments of each finding of a rule."""
    rules = [rule for rule in load_rules() if rule.code == code]
    return [each.environments for each in lint_text(text, rules=rules).findings]


@pytest.mark.parametrize(("code", "written", "place"), CASES)
def test_in_the_base(code: str, written: str, place: str) -> None:
    """And so in all environments."""
    fields = {line.partition(":")[0]: line for line in BASE.splitlines()}
    fields |= {line.partition(":")[0]: line for line in _fields(PLACES[place].format(written))}
    text = "\n".join([*fields.values(), "environments: {test: {cpu: 512}}"])
    assert found(text, code) == [("*", "test")]


@pytest.mark.parametrize(("code", "written", "place"), CASES)
def test_in_an_environment(code: str, written: str, place: str) -> None:
    """And there alone."""
    over = ", ".join(_fields(PLACES[place].format(written)))
    assert found(f"{BASE}environments: {{test: {{{over}}}, prod: {{cpu: 512}}}}", code) == [("test",)]


def _fields(text: str) -> list[str]:
    """The fields of a flow map, one by one."""
    return text.replace("}, secrets:", "}\nsecrets:").split("\n") if text.startswith("variables") else [text]


def test_a_container_of_an_environment_is_named_in_the_base() -> None:
    text = BASE.replace("FINE: yes please", "CACHE_HOST: redis")
    over = "environments: {test: {sidecars: {redis: {image: redis}}}, prod: {cpu: 512}}"
    assert found(f"{text}{over}", "SL152") == [("test",)]


def test_a_variable_of_the_base_and_a_secret_of_an_environment_have_one_name() -> None:
    text = f"{BASE}environments: {{test: {{secrets: {{FINE: /a/b}}}}, prod: {{cpu: 512}}}}"
    assert found(text, "SL601") == [("test",)]


@pytest.mark.parametrize(
    ("over", "environments"), [("cpu: 512", ("*", "prod", "test")), (CHANGED, ("test",))]
)
def test_a_text_that_is_changed(over: str, environments: tuple[str, ...]) -> None:
    """In the base, or in an environment alone."""
    base = BASE.replace("variables: {FINE: yes please}\n", "" if over == CHANGED else f"{CHANGED}\n")
    text = f"{base}environments:\n  test:\n{indent(over, '    ')}\n  prod: {{cpu: 512}}\n"
    assert found(text, "SL014") == [environments]


@pytest.mark.parametrize(
    ("code", "value", "environments"),
    [
        ("SL152", "http://${COPILOT_ENVIRONMENT_NAME}:80", [("proxy",)]),
        ("SL614", "postgres://user:${COPILOT_ENVIRONMENT_NAME}-x1@host/app", [("proxy", "x")]),
        ("SL631", "${db.${COPILOT_ENVIRONMENT_NAME}}", [("proxy",), ("x",)]),
    ],
)
def test_once_the_name_of_the_environment_is_filled_in(
    code: str, value: str, environments: list[tuple[str, ...]]
) -> None:
    """In the base it is not known."""
    text = BASE.replace("FINE: yes please", f"A: '{value}'")
    assert found(f"{text}environments: {{proxy: {{cpu: 512}}, x: {{cpu: 512}}}}", code) == environments


def test_a_text_that_the_name_of_an_environment_changes() -> None:
    """A line of a folded text that begins with a blank stands by itself."""
    block = "variables:\n  A: >\n    a\n\n    ${COPILOT_ENVIRONMENT_NAME}\n    b"
    text = BASE.replace("variables: {FINE: yes please}", block)
    assert found(f'{text}environments: {{test: {{cpu: 512}}, " x": {{cpu: 512}}}}', "SL014") == [(" x",)]


@pytest.mark.parametrize(
    ("path", "environments"),
    [
        # What is escaped is no variable, though only the environment's manifest has all that is to be filled in.
        (r"'/copilot/\${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/a'", ("a-b", "test")),
        # In a function nothing is filled in.
        ("!Ref '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/a'", ("*", "a-b", "test")),
    ],
)
def test_a_path_that_is_nearly_usual(path: str, environments: tuple[str, ...]) -> None:
    text = BASE.replace("secrets: {", f"secrets: {{A: {path}, ")
    assert found(f"{text}environments: {{test: {{cpu: 512}}, a-b: {{cpu: 512}}}}", "SL605") == [environments]


def test_the_name_of_an_environment_is_no_part_of_a_path() -> None:
    assert found(f"{BASE}environments: {{a b: {{cpu: 512}}, test: {{cpu: 512}}}}", "SL605") == [("a b",)]


@pytest.mark.parametrize(
    ("application", "path", "usual"),
    [
        ("shop", "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/a.b-c_d", True),
        ("shop", "/copilot/other/${COPILOT_ENVIRONMENT_NAME}/secrets/A", True),
        ("my shop", "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/a", False),
        ("shop", "/copilot/shop/test/secrets/a", False),
        ("shop", "/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secret/a", False),
        ("shop", "/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/a b", False),
        ("shop", "/copilot/${TEAM}/${COPILOT_ENVIRONMENT_NAME}/secrets/a", False),
        ("shop", "arn:aws:ssm:eu-west-1:1:parameter/copilot/a/${COPILOT_ENVIRONMENT_NAME}/secrets/a", False),
    ],
)
def test_usual_paths(application: str, path: str, *, usual: bool) -> None:
    """Only they are left out by rules about names: `my shop` is no part of a path."""
    written = interpolate(Scalar(Span(0, len(path)), path), {"COPILOT_APPLICATION_NAME": application})
    assert is_usual(written) is usual
