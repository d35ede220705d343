"""What becomes of texts and numbers on their way into a template, and of the schedules of jobs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from templates import template

from sidecar_lint.syntax import durations
from sidecar_lint.syntax.scalars import resolve_1_1
from sidecar_lint.template import cron
from sidecar_lint.template.containers.environment import go_json
from sidecar_lint.template.containers.words import split
from sidecar_lint.template.decoding import number
from sidecar_lint.template.outcome import Outcome, unquoted, unquoted_key
from sidecar_lint.template.rereading import NotYamlError, reread
from sidecar_lint.template.schedule import ScheduleError, expression
from sidecar_lint.template.stack import safe
from sidecar_lint.template.values import plain

_BROKEN = object()


@pytest.mark.parametrize(
    ("text", "entry", "item"),
    [
        ("nginx:1.27", "nginx:1.27", "nginx:1.27"),
        ("8080", 8080, 8080),
        ("--port", "--port", "--port"),
        ("a #b", "a", "a"),
        ("a: b", _BROKEN, {"a": "b"}),
        ("b:", _BROKEN, {"b": None}),
        ("- x", _BROKEN, ["x"]),
        ("{x}", {"x": None}, {"x": None}),
        ("", None, None),
        ("|", "", ""),
        ("*x", _BROKEN, _BROKEN),
        ("@x", _BROKEN, _BROKEN),
        ("'x' y", _BROKEN, _BROKEN),
        ("first\nsecond", _BROKEN, _BROKEN),
        ("!Ref Table", {"Ref": "Table"}, {"Ref": "Table"}),
        ("!GetAtt A.B.C", {"Fn::GetAtt": ["A", "B.C"]}, {"Fn::GetAtt": ["A", "B.C"]}),
        ("yes", True, True),
        ("'yes'", "yes", "yes"),
        ("x\nAfter: y\nMore: z", _BROKEN, _BROKEN),
    ],
)
def test_a_text_without_quotes_is_read_again(text: str, entry: object, item: object) -> None:
    for expected, as_item in ((entry, False), (item, True)):
        if expected is _BROKEN:
            with pytest.raises(NotYamlError):
                reread(text, item=as_item)
        else:
            found = plain(reread(text, item=as_item))
            assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("010", 8),
        ("-0x1F", -31),
        ("0b11", 3),
        ("1_000", 1000),
        ("1:30", 90),
        ("1:30.5", 90.5),
        ("08", "08"),
        ("1.50", 1.5),
        ("-1.5e+3", -1500.0),
        ("1e3", "1e3"),
        (".5", 0.5),
        ("On", True),
        ("oN", "oN"),
        ("y", "y"),
        ("~", None),
        ("2024-01-01", "2024-01-01"),
        ("9" * 5000, "9" * 5000),
        ("-", "-"),
        ("0x", "0x"),
    ],
)
def test_a_reader_of_yaml_1_1(text: str, value: object) -> None:
    found = resolve_1_1(text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("value", "written"),
    [(70, 70), (0.5, 0.5), (999999, 999999), (1000000, "1e+06"), (0.00001, "1e-05"), (1234567, 1234567.0)],
)
def test_a_float_is_written_as_go_does(value: float, written: object) -> None:
    assert number(float(value)) == written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("run --fast", ["run", "--fast"]),
        ("'a b' c", ["a b", "c"]),
        ("a # b", ["a"]),
        ("x#y", ["x#y"]),
        (r'"b\qc" \$HOME', ["bqc", "$HOME"]),
        ("'open", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert split(text) == words


def test_json_is_gos() -> None:
    assert go_json({"b": "<é>", "a": "&"}) == '{"a":"\\u0026","b":"\\u003cé\\u003e"}'


def test_only_what_is_spelt_as_a_duration_is_an_endless_one() -> None:
    assert durations.is_endless_duration("99999999h1m")
    assert not durations.is_endless_duration("99999999h1m-x-s")
    assert not durations.is_endless_duration("1h1m")


def test_a_name_in_an_id() -> None:
    assert safe("my-topic.fifo_2é") == "mytopicfifo2"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1h30m", 5400),
        ("1.5s", 1.5),
        (".5m", 30),
        ("-2s", -2),
        ("+1s", 1),
        ("0", 0),
        ("1us", 1e-6),
        ("2.3m", 138),
        ("9223372036854775807ns", Decimal(2**63 - 1) / 10**9),
        ("-9223372036854775808ns", -Decimal(2**63) / 10**9),
    ],
)
def test_durations(text: str, length: float | Decimal) -> None:
    assert durations.nanoseconds(text) == round(length * 10**9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("7", 'time: missing unit in duration "7"'),
        ("", 'time: invalid duration ""'),
        ("-", 'time: invalid duration "-"'),
        ("x", 'time: invalid duration "x"'),
        ("1d", 'time: unknown unit "d" in duration "1d"'),
        ("1h 2m", 'time: unknown unit "h " in duration "1h 2m"'),
        ("9223372036854775808ns", 'time: invalid duration "9223372036854775808ns"'),
        ("99999999h", 'time: invalid duration "99999999h"'),
        ("1..5s", 'time: missing unit in duration "1..5s"'),
    ],
)
def test_what_is_no_duration(text: str, message: str) -> None:
    with pytest.raises(durations.DurationError) as raised:
        durations.nanoseconds(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("rate(1 day)", "rate(1 day)"),
        ("none", "none"),
        ("a none b", "a none b"),
        ("@daily", "cron(0 0 * * ? *)"),
        ("@weekly", "cron(0 0 ? * 1 *)"),
        ("@every 1h30m", "rate(90 minutes)"),
        ("@every 1m", "rate(1 minute)"),
        ("0 9 * * 1-5", "cron(0 9 ? * 2-6 *)"),
        ("0 9 * * mon-fri", "cron(0 9 ? * mon-fri *)"),
        ("0 9 1 * *", "cron(0 9 1 * ? *)"),
        ("*/5 * ? * ?", "cron(*/5 * * * ? *)"),
        ("0  9\t1 jan *", "cron(0 9 1 jan ? *)"),
        ("TZ=UTC 0 9 * * *", "cron(TZ=UTC 0 9 * ? * *)"),
    ],
)
def test_schedules(text: str, schedule: str) -> None:
    assert expression(text) == schedule


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty spec string"),
        ("None", "expected exactly 5 fields, found 1: [None]"),
        ("0 9 * * 7", "end of range (7) above maximum (6): 7"),
        ("60 * * * *", "end of range (60) above maximum (59): 60"),
        ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
        ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
        ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
        ("*/2/3 * * * *", "too many slashes: */2/3"),
        ("*/0 * * * *", "step of range should be a positive number: */0"),
        ("x * * * *", 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'),
        ("@reboot", "unrecognized descriptor: @reboot"),
        ("@every x", 'failed to parse duration @every x: time: invalid duration "x"'),
    ],
)
def test_what_is_no_schedule(text: str, message: str) -> None:
    with pytest.raises(cron.CronError) as raised:
        cron.check(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0 9 1 * 1", "parse cron schedule: cannot specify both DOW and DOM in cron expression"),
        ("@every 90s", "parse fixed interval: duration must be a whole number of minutes or hours"),
        ("@every 0m", "parse fixed interval: duration must be greater than or equal to 1 minute"),
        ("TZ=UTC @daily", "runtime error: index out of range"),
    ],
)
def test_schedules_that_eventbridge_does_not_have(text: str, message: str) -> None:
    with pytest.raises(ScheduleError) as raised:
        expression(text)
    assert str(raised.value) == message


JOB = "name: nightly\ntype: Scheduled Job\nimage: {location: nginx}\non: {schedule: '@daily'}\n"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("timeout: 500ms\n", "timeout must be greater than or equal to 1 second"),
        ("timeout: 1500ms\n", "timeout must be a whole number of seconds, minutes, or hours"),
        ("timeout: 1d\n", 'parse duration: time: unknown unit "d" in duration "1d"'),
        ("retries: -1\n", "number of retries cannot be negative"),
    ],
)
def test_jobs_that_are_refused(more: str, message: str) -> None:
    (refusal,) = template(JOB + more).refusals
    assert refusal.message == f"convert retry/timeout config for job nightly: {message}"


def test_a_job_that_does_not_run() -> None:
    rule = template(JOB.replace("@daily", "none")).get("Resources", "Rule", "Properties")
    assert rule is not None
    assert (rule.get("State").plain, rule.get("ScheduleExpression").plain) == ("DISABLED", "rate(5 minutes)")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "outcome", "left"),
    [
        ("nginx", Outcome.SAME, "nginx"),
        (" nginx ", Outcome.SAME, "nginx"),
        ("'a: b'", Outcome.SAME, "a: b"),
        ("!Sub 'x: ${AWS::Region}'", Outcome.SAME, "!Sub 'x: ${AWS::Region}'"),
        ("{Ref: X}", Outcome.SAME, "{Ref: X}"),
        ("true", Outcome.SAME, "true"),
        ("1.5", Outcome.SAME, "1.5"),
        ("yes", Outcome.RESPELT, "yes"),
        ("010", Outcome.RESPELT, "010"),
        ("a #b", Outcome.CHANGED, "a"),
        ("!Nobody x", Outcome.MAP, ""),
        ("[a]", Outcome.LIST, ""),
        ("~", Outcome.NULL, ""),
        *((word, Outcome.CHANGED, "") for word in ("|", ">", "|-", ">-", "|+", ">+", "|2")),
    ],
)
def test_what_becomes_of_an_unquoted_text(text: str, outcome: Outcome, left: str) -> None:
    assert unquoted(text) == unquoted(text, item=True) == (outcome, left)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Name", Outcome.SAME),
        ("'a: b'", Outcome.SAME),
        ("<<", Outcome.SAME),
        ("@type", Outcome.BROKEN),
        ("a #b", Outcome.BROKEN),
        ("a: b", Outcome.BROKEN),
        ("|", Outcome.BROKEN),
        ("", Outcome.BROKEN),
        ("[a]", Outcome.LIST),
        ("? a", Outcome.MAP),
    ],
)
def test_what_becomes_of_an_unquoted_key(text: str, outcome: Outcome) -> None:
    assert unquoted_key(text)[0] is outcome


def test_go_quotes_the_bytes_of_a_text() -> None:
    with pytest.raises(durations.DurationError, match=r'invalid duration "\\xc3\\xa9 \\"\\\\"$'):
        durations.nanoseconds('é "\\')
