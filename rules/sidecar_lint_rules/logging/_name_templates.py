"""What the two outputs for CloudWatch Logs fill into the names of log groups and streams, and what not."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sidecar_lint import LogOutput

_NAMES: Final = ("log_group_name", "log_stream_name", "log_stream_prefix")
_TEMPLATES: Final = ("log_group_template", "log_stream_template")
_CALL: Final = r"\$\("
_KEY: Final = r"\$[A-Za-z_]"
#: `cloudwatch` knows it, and no entry has such a key.
_TASK_ID: Final = r"\$\(?ecs_task_id\b"


#: What ECS and Fluent Bit put into each entry.
KEYS: Final = (
    "container_id",
    "container_name",
    "ecs_cluster",
    "ecs_task_arn",
    "ecs_task_definition",
    "ecs_task_id",
)
#: A key that is written as Copilot's own variables are.
_BRACED: Final = rf"\$\{{({'|'.join(KEYS)})\}}"


class Unfilled(NamedTuple):
    """What is wrong with a name or a template, what comes of it (if not what is usual), and what to write."""

    message: str
    effect: str
    help: str


def unfilled_name(output: LogOutput, option: str, text: str) -> Unfilled | None:
    """What is in a name to be filled in and is not; None where all is well."""
    plugin = output.plugin.name
    if plugin == "cloudwatch_logs" and option in _NAMES and (re.search(_CALL, text) or re.search(_KEY, text)):
        return _fixed_name(option)
    if plugin == "cloudwatch_logs" and option in _TEMPLATES:
        return _template(output, option, text)
    if plugin == "cloudwatch" and option in _NAMES and re.search(_KEY, text):
        return Unfilled(f"{plugin} fills in $(key), not $key", _as_it_is(option), "write $(key)")
    return None


def braced_key(output: LogOutput, option: str, text: str) -> Unfilled | None:
    """A key of entries that is written as a variable, which Copilot looks for in the shell; None where none is."""
    key = re.search(_BRACED, text) if option in (*_NAMES, *_TEMPLATES) else None
    if key is None or output.plugin.name not in ("cloudwatch", "cloudwatch_logs"):
        return None
    effect = "Copilot refuses the manifest, unless the shell that runs it has a variable of this name"
    if output.plugin.name == "cloudwatch":
        return Unfilled(f"{key[0]} is a variable to Copilot, and no key", effect, f"write $({key[1]})")
    help_ = f"write ${key[1]}" if option in _TEMPLATES else _fixed_name(option).help
    if key[1] == "ecs_task_id" and option in _TEMPLATES and not _may_add_keys(output):
        help_ = "write $ecs_task_arn, which has the id in it; ECS adds no key ecs_task_id"
    return Unfilled(f"{key[0]} is a variable to Copilot, and no key", effect, help_)


def _fixed_name(option: str) -> Unfilled:
    template = "log_group_template" if option == "log_group_name" else "log_stream_template"
    help_ = f"write {template}: $key, and a fixed {option} for entries without the key; or use the output cloudwatch"
    effect = "" if option == "log_group_name" else _as_it_is(option)
    return Unfilled(f"cloudwatch_logs fills nothing into {option}", effect, help_)


def _template(output: LogOutput, option: str, text: str) -> Unfilled | None:
    effect = (
        f"cloudwatch_logs cannot make a name of it, and takes {option.replace('template', 'name')} each time"
    )
    if re.search(_CALL, text):
        help_ = "write $key; $(key) is how the output cloudwatch has it"
        if re.search(_TASK_ID, text):
            help_ = "write $ecs_task_arn, which has the id in it; ECS adds no key ecs_task_id"
        return Unfilled(f"{option} names keys as $key, not as $(key)", effect, help_)
    if re.search(_TASK_ID, text) and not _may_add_keys(output):
        return Unfilled("no entry has the key ecs_task_id", effect, "write $ecs_task_arn")
    return None


def _may_add_keys(output: LogOutput) -> bool:
    """Whether a configuration of the user's own, in the image or read by it, may add keys to entries."""
    return output.router.has_init is not False or output.section.get("configFilePath") is not None


def _as_it_is(option: str) -> str:
    what = "log group" if option == "log_group_name" else "log stream"
    return f"the {what} has a name in which it stands as it is"
