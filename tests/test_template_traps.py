"""What surprises in the template that Copilot generates, as it is there: what the rules about it rest on."""

from __future__ import annotations

from typing import Any

from templates import OTHER, stack, template

from sidecar_lint import Document, lint_text
from sidecar_lint.syntax.source import Source
from sidecar_lint.template.stack import Account
from sidecar_lint.template.template import GeneratedTemplate

_HEAD = "name: api\nimage: {location: 'nginx:1.27', port: 80}\ntype: "
_BACKEND, _LOAD_BALANCED = (
    f"{_HEAD}Backend Service\n",
    f"{_HEAD}Load Balanced Web Service\nhttp: {{path: /}}\n",
)
_WORKER, _JOB = f"{_HEAD}Worker Service\n", f"{_HEAD}Scheduled Job\n"


def _properties(text: str, resource: str) -> Any:
    found: Any = template(text).plain
    return found["Resources"][resource]["Properties"]


def _codes(text: str) -> set[str]:
    return {finding.code for finding in lint_text(text).findings}


def _schedule(text: str) -> object:
    return template(f"{_JOB}on: {{schedule: '{text}'}}\n").parameter_values["Schedule"].plain


def test_a_step_of_days_is_lost() -> None:
    assert _schedule("0 0 */2 * *") == _schedule("0 0 * * *") == "cron(0 0 * * ? *)"
    assert _schedule("0 9 * * MON-FRI/2") == "cron(0 9 ? * MON-FRI/3 *)"
    assert "SL088" in _codes(f"{_JOB}on: {{schedule: '0 0 */2 * *'}}\n")


def test_what_is_written_instead_keeps_it() -> None:
    assert _schedule("0 0 1/2 * *") == "cron(0 0 1/2 * ? *)"
    assert _schedule("0 9 * * MON,WED,FRI") == "cron(0 9 ? * MON,WED,FRI *)"


def test_a_topic_with_a_dash_may_not_send() -> None:
    text = f"{_WORKER}subscribe: {{topics: [{{name: a-b, service: web, queue: true}}]}}\n"
    policy, subscription = (
        _properties(text, f"webab{name}") for name in ("QueuePolicy", "SNSTopicSubscription")
    )
    source = policy["PolicyDocument"]["Statement"][1]["Condition"]["ArnEquals"]["aws:SourceArn"]
    assert (source["Fn::Join"][1][-1], subscription["TopicArn"]["Fn::Join"][1][-1]) == ("-web-ab", "-web-a-b")
    assert "SL742" in _codes(text)


def test_exec_is_on_where_it_is_not_enabled() -> None:
    text = f"{_BACKEND}exec: {{enable: false}}\n"
    assert _properties(text, "Service")["EnableExecuteCommand"] is True
    assert "EnableExecuteCommand" not in _properties(f"{_BACKEND}exec: false\n", "Service")
    assert "SL743" in _codes(text)


def test_denying_the_default_group_leaves_none() -> None:
    denied = "network: {vpc: {security_groups: {deny_default: true}}}\n"
    network = _properties(f"{_BACKEND}{denied}", "Service")["NetworkConfiguration"]
    assert not network["AwsvpcConfiguration"]["SecurityGroups"]
    assert "SL744" in _codes(f"{_BACKEND}{denied}") & _codes(f"{_JOB}on: {{schedule: none}}\n{denied}")


def test_scaling_by_requests_asks_for_a_target_group_that_is_not_there() -> None:
    text = _LOAD_BALANCED.replace("path: /", "path: /, alb: shared") + "count: {range: 1-3, requests: 9}\n"
    policy = _properties(text, "AutoScalingPolicyALBSumRequestCountPerTarget")
    metric = policy["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]
    assert metric["Dimensions"][1]["Value"] == {"Fn::GetAtt": ["TargetGroup", "TargetGroupFullName"]}
    found: Any = template(text).plain
    assert "TargetGroup" not in found["Resources"]
    assert "SL745" in _codes(text)


def test_without_topics_a_queue_is_as_it_is() -> None:
    queue = "queue: {timeout: 30s, dead_letter: {tries: 3}}"
    assert "VisibilityTimeout" not in _properties(f"{_WORKER}subscribe: {{{queue}}}\n", "EventsQueue")
    listed = _properties(f"{_WORKER}subscribe: {{topics: [], {queue}}}\n", "EventsQueue")
    assert listed["VisibilityTimeout"] == 30
    assert "SL746" in _codes(f"{_WORKER}subscribe: {{{queue}}}\n")
    assert "SL746" not in _codes(f"{_WORKER}subscribe: {{topics: [], {queue}}}\n")


def test_the_shells_values_are_asked_for_in_the_metadata() -> None:
    text = f"{_BACKEND}environments: {{prod: {{variables: {{A: '${{DB_PASSWORD}}'}}}}}}\n"
    found: Any = template(text).plain
    assert "${DB_PASSWORD}" in found["Metadata"]["Manifest"]
    assert "SL747" in _codes(text)


def test_two_topics_have_one_id() -> None:
    text = f"{_BACKEND}publish: {{topics: [{{name: a-b}}, {{name: ab}}]}}\n"
    found: Any = template(text).plain
    assert [name for name in found["Resources"] if name.endswith("SNSTopic")] == ["abSNSTopic"]
    assert "SL748" in _codes(text)


def test_two_listeners_have_one_port() -> None:
    text = f"{_LOAD_BALANCED}nlb: {{port: 443/tls, additional_listeners: [{{port: 443, target_port: 80}}]}}\n"
    ports = [_properties(text, f"NLBListener{number}")["Port"] for number in ("", "1")]
    assert [str(port) for port in ports] == ["443", "443"]
    assert "SL749" in _codes(text)


def test_spot_below_the_minimum_leaves_nothing_to_fargate() -> None:
    def strategy(spot_from: int) -> list[str]:
        text = f"{_BACKEND}count: {{range: {{min: 3, max: 9, spot_from: {spot_from}}}, cpu_percentage: 70}}\n"
        return [each["CapacityProvider"] for each in _properties(text, "Service")["CapacityProviderStrategy"]]

    assert (strategy(2), strategy(3)) == (["FARGATE_SPOT"], ["FARGATE_SPOT", "FARGATE"])
    assert "SL753" in _codes(
        f"{_BACKEND}count: {{range: {{min: 3, max: 9, spot_from: 2}}, cpu_percentage: 7}}\n"
    )


def test_zones_of_additional_rules_get_no_record() -> None:
    alias = "alias: {}.example.com, hosted_zone: Z{}"
    rules = f"{{path: /, {alias.format('a', 1)}, additional_rules: [{{path: /b, {alias.format('b', 2)}}}]}}"
    text = f"{_HEAD}Load Balanced Web Service\nhttp: {rules}\n"
    document = Document(Source("manifest.yml", text))
    made: Any = GeneratedTemplate.of(stack(document, OTHER, account=Account(domain="example.com"))).plain
    records = [name for name in made["Resources"] if name.startswith("LoadBalancerDNSAlias")]
    assert records == ["LoadBalancerDNSAliasZ1"]
    assert "SL754" in _codes(text)


def test_scaling_looks_at_the_first_target_group() -> None:
    text = (
        _LOAD_BALANCED.replace("path: /", "path: /, additional_rules: [{path: /b}]")
        + "count: {range: 1-3, requests: 9}\n"
    )
    policy = _properties(text, "AutoScalingPolicyALBSumRequestCountPerTarget")
    metric = policy["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]
    assert metric["Dimensions"][1]["Value"] == {"Fn::GetAtt": ["TargetGroup", "TargetGroupFullName"]}
    assert _properties(text, "TargetGroup1")
    assert "SL755" in _codes(text)


def test_a_name_may_be_no_text() -> None:
    text = f"{_BACKEND}variables: {{'NO': a, \"'ON'\": b}}\nsidecars: {{'off': {{image: 'a:1'}}}}\n"
    main, sidecar = _properties(text, "TaskDefinition")["ContainerDefinitions"]
    assert [each["Name"] for each in main["Environment"][-2:]] == ["ON", False]
    assert sidecar["Name"] is False
    assert {"SL603", "SL136"} <= _codes(text)
    runner = f"{_HEAD}Request-Driven Web Service\nvariables: {{'NO': a}}\n"
    image = _properties(runner, "Service")["SourceConfiguration"]["ImageRepository"]
    assert image["ImageConfiguration"]["RuntimeEnvironmentVariables"][-1]["Name"] is False
    assert "SL603" in _codes(runner)
