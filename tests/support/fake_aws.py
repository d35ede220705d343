"""An AWS for the released Copilot, on the loopback address: moto's proxy, which remembers what it has answered.

`copilot_oracle.py` starts it as a process of its own. One question to Copilot is some fifteen to AWS, most of
them the same each time.
"""

from __future__ import annotations

import sys
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

from moto.cloudformation.models import StackInstance
from moto.cloudformation.responses import (
    CloudFormationResponse,
    get_template_summary_response_from_template,
)
from moto.core.responses import ActionResult
from moto.moto_proxy.proxy3 import MotoRequestHandler, ProxyRequestHandler
from moto.proxy import main

#: What an action is called that changes nothing.
_ASKING = ("Describe", "Get", "List")
#: Of a role: each ends after some minutes, and changes nothing either.
_SESSION = "AssumeRole"

#: How long a connection that is kept may wait for the next request, in seconds.
_PATIENCE = 60

_handled: Any = MotoRequestHandler.parse_request
_closed_after_one: Any = ProxyRequestHandler.do_POST
_instance: Any = StackInstance.to_dict
_summary: Any = CloudFormationResponse.get_template_summary
_answers: dict[tuple[Any, ...], Any] = {}
_lock = Lock()


def _action(headers: Any, body: bytes | None) -> str:
    """What AWS is asked to do, as "DescribeStacks"; nothing where it is a request of another kind."""
    target: str = headers.get("X-Amz-Target") or ""
    named = parse_qs((body or b"").decode("utf-8", "replace")).get("Action", [""])
    return target.rpartition(".")[2] or named[0]


def _remembered(handler: Any, **request: Any) -> Any:
    """The answer to a request: the one that was given before, unless anything was changed since."""
    headers, body = request.pop("headers"), request["body"]
    key = (headers.get("X-Amz-Target"), *request.values())
    with _lock:
        action = _action(headers, body)
        if action.startswith(_ASKING) and key in _answers:
            return _answers[key]
        answer = _handled(handler, headers=headers, **request)
        if action.startswith(_ASKING):
            _answers[key] = answer
        elif action != _SESSION:
            _answers.clear()
        return answer


def _kept_open(connection: Any) -> None:
    """moto closes a connection after one request, and another costs more than the answer."""
    _closed_after_one(connection)
    connection.close_connection = False


def _with_stack(instance: Any) -> dict[str, Any]:
    """moto gives the instances of a stack set an id that leads nowhere, which Copilot follows."""
    return {**_instance(instance), "StackId": f"{sys.argv[1]}-infra"}


def _summary_of_either(response: Any) -> Any:
    """moto has no summary of a stack set, which Copilot asks for where there is a static site."""
    if not response._get_param("StackSetName"):  # noqa: SLF001  moto has no other way
        return _summary(response)
    (stack_set,) = response.cloudformation_backend.stacksets.values()
    return ActionResult(get_template_summary_response_from_template(stack_set.template))


if __name__ == "__main__":
    for patched, name, value in (
        (MotoRequestHandler, "parse_request", _remembered),
        (ProxyRequestHandler, "do_POST", _kept_open),
        (ProxyRequestHandler, "timeout", _PATIENCE),
        (ProxyRequestHandler, "disable_nagle_algorithm", True),  # it writes an answer in pieces
        (StackInstance, "to_dict", _with_stack),
        (CloudFormationResponse, "get_template_summary", _summary_of_either),
    ):
        setattr(patched, name, value)
    main(["--host", "127.0.0.1", "--port", sys.argv[2]])
