"""Linting: environments joined, crashes contained, any input answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidecar_lint import (
    Container,
    Document,
    Finding,
    Manifest,
    Rule,
    Severity,
    Span,
    Stage,
    Suppressions,
    Template,
    Volume,
    lint_text,
)
from sidecar_lint.linting import stopwatch
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.rule_failures import PATIENCE
from sidecar_lint.linting.rule_runner import CancellationToken, Cancelled
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.rulebook.rule import HOOKS
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = """\
name: api
type: Backend Service
cpu: 256
environments:
  test:
    cpu: 512
  prod:
    memory: 1024
"""


class Cpu(Rule):
    """Flags every cpu."""

    code, name, severity, stage = "ZZ001", "cpu", Severity.ERROR, Stage.DEPLOY

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("cpu")
        if node:
            yield self.finding(node, f"cpu is {node.text}")


class Crash(Rule):
    """Raises."""

    code, name, severity, stage = "ZZ002", "crash", Severity.ERROR, Stage.DEPLOY

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield self.finding(Span(0, 1), "before")
        raise ZeroDivisionError(document.source.path)


class BaseOnly(Rule):
    """Holds for environments that are not named."""

    code, name, severity, stage = "ZZ003", "base-only", Severity.ERROR, Stage.COPILOT

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.is_base:
            yield self.finding(manifest.root, "base")


class Comments(Rule):
    """Says nothing of the comments that take findings away."""

    code, name, severity, stage = "ZZ005", "comments", Severity.ERROR, Stage.DEPLOY

    def check_suppressions(self, _: Suppressions) -> Iterator[Finding]:
        yield from ()


def test_equal_findings_of_several_environments_are_one() -> None:
    findings = lint_text(MANIFEST, rules=[Cpu()]).findings
    assert [(each.message, each.environments) for each in findings] == [
        ("cpu is 256", ("*", "prod")),
        ("cpu is 512", ("test",)),
    ]


def test_a_finding_points_at_the_half_of_the_file_that_causes_it() -> None:
    findings = lint_text(MANIFEST, rules=[Cpu()]).findings
    assert [MANIFEST[each.span.start : each.span.end] for each in findings] == ["256", "512"]


def test_a_base_that_environments_complete_gets_information_at_most() -> None:
    (finding,) = lint_text(MANIFEST, rules=[BaseOnly()]).findings
    assert finding.severity is Severity.INFO
    (finding,) = lint_text("name: api\ntype: Backend Service\n", rules=[BaseOnly()]).findings
    assert finding.severity is Severity.ERROR


def test_a_rule_that_raises_is_one_finding_and_the_run_goes_on() -> None:
    findings = lint_text(MANIFEST, rules=[Crash(), Cpu()]).findings
    assert [each.code for each in findings].count("SL000") == 1
    crash = next(each for each in findings if each.code == "SL000")
    assert "rule ZZ002 (crash) crashed: ZeroDivisionError: manifest.yml at test_engine.py:" in crash.message
    assert {each.code for each in findings} == {"SL000", "ZZ001", "ZZ002"}


class Enough(CancellationToken):
    """Cancels when it is asked once more than so many times; to ask it takes a while."""

    def __init__(self, times: int, clock: list[float]) -> None:
        self._left = times
        self._clock = clock

    def check(self) -> None:
        self._clock[0] += 2 * PATIENCE
        self._left -= 1
        if self._left < 0:
            raise Cancelled


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that have passed."""
    now = [0.0]
    for name in ("perf_counter", "thread_time"):
        monkeypatch.setattr(stopwatch, name, lambda: now[0])
    return now


def test_linting_is_cancelled_between_two_rules(clock: list[float]) -> None:
    source, rules = (
        Source("manifest.yml", f"# sidecar-lint: ignore[ZZ009] x\n{MANIFEST}"),
        [Cpu(), BaseOnly(), Comments()],
    )
    everything = lint_source(source, rules, judges=rules, cancellation=Enough(5, clock))
    assert everything == lint_source(source, rules, judges=rules)
    for times in range(5):  # two rules, two judges, and the rule about the comment
        with pytest.raises(Cancelled):
            lint_source(source, rules, judges=rules, cancellation=Enough(times, clock))


def test_what_is_done_between_two_rules_is_not_their_time(clock: list[float]) -> None:
    report = lint_source(Source("manifest.yml", MANIFEST), [Cpu()], cancellation=Enough(9, clock))
    assert [each.code for each in report.findings] == ["ZZ001", "ZZ001"]


class Parts(Rule):
    """Says what it is asked about."""

    code, name, severity, stage = "ZZ004", "parts", Severity.ERROR, Stage.DEPLOY

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        yield self.finding(manifest.root, f"all of {manifest.name}")

    def check_container(self, container: Container, manifest: Manifest) -> Iterator[Finding]:
        yield self.finding(manifest.root, f"{container.role} {container.name}")

    def check_sidecar(self, sidecar: Container, _: Manifest) -> Iterator[Finding]:
        if sidecar.port:
            yield self.finding(sidecar.port, f"port {sidecar.port.text} of {sidecar.name}")

    def check_volume(self, volume: Volume, _: Manifest) -> Iterator[Finding]:
        yield self.finding(volume.key, f"volume {volume.name}")


PARTS = """\
name: api
type: Backend Service
logging: {image: x}
sidecars: {a: {port: 1}, b: , c: {}}
storage: {volumes: {v: {path: /v}, w: }}
environments:
  test:
    sidecars: {a: {port: 2}}
"""


def test_what_is_in_a_manifest_is_asked_about_one_by_one() -> None:
    findings = lint_text(PARTS, rules=[Parts()]).findings
    assert sorted((each.message, each.environments) for each in findings) == [
        ("all of api", ("*", "test")),
        ("log router firelens_log_router", ("*", "test")),
        ("main api", ("*", "test")),
        ("port 1 of a", ("*",)),
        ("port 2 of a", ("test",)),
        ("sidecar a", ("*", "test")),
        ("sidecar c", ("*", "test")),
        ("volume v", ("*", "test")),
    ]


def test_what_is_no_task_has_no_containers_and_no_volumes() -> None:
    text = PARTS.replace("Backend Service", "Request-Driven Web Service")
    assert [each.message for each in lint_text(text, rules=[Parts()]).findings] == ["all of api"]


def test_what_checks_is_a_hook() -> None:
    assert [hook.__name__ for hook in HOOKS] == [name for name in vars(Rule) if name.startswith("check")]


def test_a_rule_has_the_hooks_that_it_or_a_class_below_writes() -> None:
    class Below(Cpu):
        """Looks at addons, too."""

        def check_template(self, template: Template) -> Iterator[Finding]:
            yield self.finding(Span(0, 0), template.name)

        check_environment_addon = check_template

    assert Rule.hooks == {}
    assert Cpu.hooks == {Rule.check: Cpu.check}
    look = Below.check_template
    assert Below.hooks == {
        Rule.check: Cpu.check,
        Rule.check_template: look,
        Rule.check_environment_addon: look,
    }


def test_rules_have_codes_and_names_of_their_own() -> None:
    rules = load_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


def _assert_sound(text: str | bytes) -> None:
    report = lint_text(text)
    for finding in report.findings:
        assert finding.code != "SL000", finding.message
        assert 0 <= finding.span.start <= finding.span.end <= len(report.source.text)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"name: \xff", b"[]", b"- a", b"null", b"text", b"# only",
        "name: é\r\ntype: Backend Service\r\n".encode("utf-16"), b"? {a: b}\n: c", b"type: [a]", b"name: {}",
        b"type: Backend Service\nenvironments: [a]", b"type: Backend Service\nenvironments: {a: [b]}",
        b"type: Backend Service\nsidecars: {a: {<<: {<<: 1}}}", b"a: b\n---\n\xc2", b"--- !!set {a, b}",
    ],
)  # fmt: skip
def test_any_bytes_are_answered(data: bytes) -> None:
    _assert_sound(data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_broken_manifests_are_answered(data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.sampled_from(FRAGMENTS), max_size=12))
    _assert_sound("name: api\ntype: Load Balanced Web Service\n" + "\n".join(lines))


FRAGMENTS = [
    "sidecars:", "  nginx:", "    image: nginx", "    port: 80", "    port: [80]", "    mount_points:",
    "      - source_volume: data", "      - null", "        path: /data", "    depends_on: {nginx: start}",
    "storage:", "  volumes:", "    data:", "      path: /x", "      efs: {uid: 0, gid: a}", "      efs:",
    "logging:", "  retention: 8", "  destination: {name: x, 1: ~}", "http:", "  target_container: 1",
    "  additional_rules: [{}, null, a]", "environments:", "  test:", "    sidecars: {nginx: }", "    http: {}",
    "platform: windows/amd64", "platform: {osfamily: }", "count: {spot: a}", "image: {port: 1.5}", "image: ~",
    "variables: {A: '[\"a\"]', B: ${C}, D: \\${E}}", "secrets: {A: , B: {}}", "x: &x", "y: *x", "<<: *x",
    "command: ['a', {b: c}]", "nlb: {port: 80/tcp/udp}", "taskdef_overrides: [{path: 1}]", "\tz: 1", "exec: 7",
]  # fmt: skip
