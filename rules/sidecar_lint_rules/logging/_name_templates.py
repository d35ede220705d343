"""What the two outputs for CloudWatch Logs fill into the names of log groups and streams, and what not."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint import LogOutput, NamedTuple

_NAMES: Final = ("log_group_name", "log_stream_name", "log_stream_prefix")
_TEMPLATES: Final = ("log_group_template", "log_stream_template")
_CALL: Final = r"\$\("
_KEY: Final = r"\$[A-Za-z_]"
#: `cloudwatch` knows it, and no entry has such a key.
_TASK_ID: Final = r"\$[({]?ecs_task_id\b"
#: A template whose keys end where Fluent Bit sees it: at the end, or at one of these characters.
_RECORD_ACCESSOR: Final = r"(?:[^$]|\$[\w\[\]']+(?=[., ]|$))+"
#: Why a prefix makes a stream for each task.
_TAG: Final = "Fluent Bit puts the tag behind it, which ends with the task's id"


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
        return _fixed_name(option, text)
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
    help_ = f"write ${key[1]}" if option in _TEMPLATES else _fixed_name(option, text).help
    if key[1] == "ecs_task_id" and option in _TEMPLATES and not _may_add_keys(output):
        help_ = _no_task_id(option, text)
    return Unfilled(f"{key[0]} is a variable to Copilot, and no key", effect, help_)


def _fixed_name(option: str, text: str) -> Unfilled:
    effect = "" if option == "log_group_name" else _as_it_is(option)
    message = f"cloudwatch_logs fills nothing into {option}"
    if option != "log_group_name" and re.search(_TASK_ID, text):
        return Unfilled(message, effect, f"write {_prefix(text)} in place of it: {_TAG}")
    template = "log_group_template" if option == "log_group_name" else "log_stream_template"
    help_ = f"write {template}: {_as_template(text)}, and a fixed {option} for entries without the key"
    return Unfilled(message, effect, f"{help_}; or use the output cloudwatch, which fills in $(key)")


def _template(output: LogOutput, option: str, text: str) -> Unfilled | None:
    effect = (
        f"cloudwatch_logs cannot make a name of it, and takes {option.replace('template', 'name')} each time"
    )
    has_task_id = re.search(_TASK_ID, text) is not None
    if re.search(_CALL, text):
        help_ = _no_task_id(option, text) if has_task_id else f"write {_as_template(text)}"
        return Unfilled(f"{option} names keys as $key, not as $(key)", effect, help_)
    if has_task_id and not _may_add_keys(output):
        return Unfilled("no entry has the key ecs_task_id", effect, _no_task_id(option, text))
    return None


def _no_task_id(option: str, text: str) -> str:
    """What to write where a template has the id of the task, a key that ECS adds to no entry."""
    if option == "log_group_template":
        return "take ecs_task_id out: ECS adds no such key"
    return (
        f"leave it out, and write {_prefix(text)} in place of log_stream_name: {_TAG}; "
        "ECS adds no key ecs_task_id, and no log stream can be called as $ecs_task_arn, which has ':' in it"
    )


def _prefix(text: str) -> str:
    """The option that makes a log stream for each task, with the text that stands before the task's id."""
    before = text.partition("$")[0]
    return f"log_stream_prefix: {before or 'task-'}"


def _as_template(text: str) -> str:
    """A name as a template has it; `$key` where Fluent Bit would take what follows for a part of the key."""
    written = re.sub(r"\$(?:\(([\w\[\]']+)\)|\{(\w+)\})", lambda key: f"${key[1] or key[2]}", text)
    return written if re.fullmatch(_RECORD_ACCESSOR, written) else "$key"


def _may_add_keys(output: LogOutput) -> bool:
    """Whether a configuration of the user's own, in the image or read by it, may add keys to entries."""
    return output.router.has_init is not False or output.section.get("configFilePath") is not None


def _as_it_is(option: str) -> str:
    what = "log group" if option == "log_group_name" else "log stream"
    return f"the {what} has a name in which it stands as it is"
