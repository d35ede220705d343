"""Projects that nobody would write: those of the fixtures and of the rules' examples, changed at random.

What is made follows from its seed alone: bytes, lines, words and values are taken away, doubled, replaced by
others, and put where they do not belong, in every kind of file that is read.
"""

from __future__ import annotations

import json
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from projects import examples
from workspaces import CASES

from sidecar_lint.syntax.nodes import Mapping, Node, Sequence
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read
from sidecar_lint.testing import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidecar_lint.syntax.span import Span

#: The bytes of files by their paths, from the root of the project.
Project = dict[str, bytes]

#: What is not read as it looks, is refused, or takes long where somebody did not think of it.
_NASTY: Final = (
    "", "~", "null", "yes", "<<", "*a", "&a ", "&a *a", "!!binary ", "!!int x", "!x ", "? ", "- ", ": ", "{", "}", "[",
    "]", "|", ">-\n", "'", '"', "\\", "#", "%", "@", "`", "\t", "\r", "\0", "\x85", "\u2028", "\ufeff", "\x1b[31m", "\U0001f600",
    "---\n", "...\n", "%YAML 1.2\n", "0", "-1", "65536", "1" * 5000, "0x" + "f" * 400, "1e999", ".inf", ".nan",
    "${COPILOT_ENVIRONMENT_NAME}", "${", "${X:-", "\\${X}", "$$", "../../x", "/etc", "/dev/null", "a" * 300,
    "::notice::marker", "##[notice]marker", "[a](b)", "<b>", "2024-01-01", "12:30:45", "1_000", "0o17", "é", "日本",
    "# sidecar-lint: ignore[SL101] x", "# sidecar-lint: ignore-file", "until=2020-99-99", "99999999999999999999/tcp",
)  # fmt: skip
_NASTY_BYTES: Final = (
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x00",
    b"\xf4\x90\x80\x80",
)
_DEEP: Final = (40, 300, 12_000)
_WORD: Final = re.compile(r"[A-Za-z_][\w./:-]*|\d+")
#: Files that the fixtures lack.
_OTHERS: Final = {
    ".sidecar-lint.yml": "ignore: [SL101]\nexclude: ['x/**']\nbaseline: known.json\nfail-on: error\nseverity: {SL2: info}\n"
    "per-file-ignores: {'copilot/**': [SL3]}\nenvironment-ignores: {test: [SL101]}\ncollectors: [otel.yml]\n"
    "rules: {SL801: {}}\ncopilot-version: 1.34.1\nrequire-reasons: true\n",
    "known.json": '{"version": 1, "findings": [{"file": "copilot/api/manifest.yml", "rule": "SL101", "fingerprint": "0"}]}\n',
    "otel.yml": "receivers: {otlp: {protocols: {grpc: {endpoint: '0.0.0.0:4317'}}}}\nprocessors: {batch: {timeout: 1s}}\n"
    "exporters: {awsxray: {region: eu-west-1}}\n"
    "service: {pipelines: {traces: {receivers: [otlp], processors: [batch], exporters: [awsxray]}}}\n",
    "secrets.yml": "db_password:\n  test: example\n  prod: example\n",
    ".gitignore": "*.env\n!a.env\n/x/**/y\n",
    "a.env": "A=b\nexport C=d\n# e\n",
    "Dockerfile": "FROM nginx:1\nEXPOSE 80/tcp 90\nHEALTHCHECK CMD true\nUSER 1\n",
    "copilot/.workspace": "application: shop\n",
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\nnetwork: {vpc: {id: vpc-1}}\n"
    "http: {public: {certificates: ['arn:aws:acm:eu-west-1:123456789012:certificate/x']}}\n",
    "copilot/pipelines/main/manifest.yml": "name: main\nversion: 1\nsource: {provider: GitHub, properties: {branch: main, "
    "repository: 'https://github.com/example/shop'}}\nstages:\n  - name: test\n    deployments: {api: {depends_on: []}}\n",
    "copilot/api/addons/a.yml": "Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}\n"
    "Resources:\n  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Sub '${App}-${Env}'}}\n"
    "Outputs: {TopicArn: {Value: !Ref Topic}}\n",
    "copilot/api/addons/addons.parameters.yml": "Parameters: {X: !Ref EnvironmentSecurityGroup}\n",
    "copilot/api/overrides/cfn.patches.yml": "- {op: add, path: /Resources/TaskDefinition/Properties/Volumes/-, value: {Name: x}}\n",
    "copilot/api/manifest.yml": "name: api\ntype: Load Balanced Web Service\nimage: {build: Dockerfile, port: 80}\nhttp: {path: /}\n"
    "env_file: a.env\nvariables: {A: '${COPILOT_ENVIRONMENT_NAME}', B: {from_cfn: x}}\n"
    "secrets: {S: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password}\n"
    "sidecars:\n  otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0', port: 4317}\n"
    "logging: {destination: {Name: cloudwatch, region: eu-west-1}}\nstorage: {volumes: {v: {efs: true, path: /v}}}\n"
    "taskdef_overrides: [{path: 'ContainerDefinitions[0].Ulimits[-]', value: {Name: nofile, SoftLimit: 1, HardLimit: 2}}]\n"
    "environments: {test: {count: {range: 1-10, spot_from: 3}}, prod: {sidecars: {otel: {essential: false}}}}\n",
}  # fmt: skip


@cache
def projects() -> tuple[Project, ...]:
    """What is changed: every fixture, every bad example of a rule, and one that has all kinds of files."""
    everything = {path: text.encode() for path, text in _OTHERS.items()}
    cases = [_of_folder(case) for case in CASES]
    small = [
        {
            path.removeprefix(NOWHERE).lstrip("/\\"): text.encode("utf-8", "surrogatepass")
            for path, text in each.texts.items()
        }
        for each in examples()
    ]
    # A third of all inputs has all kinds of files.
    return (*cases, *small, *([everything] * (len(small) // 2)))


def _of_folder(folder: Path) -> Project:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@cache
def _texts() -> tuple[str, ...]:
    """All texts there are, to take pieces from."""
    return tuple(
        dict.fromkeys(data.decode("utf-8", "replace") for each in projects() for data in each.values())
    )


@cache
def _words() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in _texts() for word in _WORD.findall(text)))


def fuzzed(seed: int) -> Project:
    """The project of a seed."""
    chance = random.Random(seed)  # noqa: S311  nothing is secret
    project = dict(chance.choice(projects()))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        path = chance.choice(sorted(project))
        for _ in range(chance.choice((1, 1, 2, 4))):
            project[path] = _changed(chance, project[path])
    if chance.random() < 0.05:
        first, second = chance.choice(sorted(project)), chance.choice(sorted(project))
        project[first], project[second] = project[second], project[first]
    return project


def _changed(chance: random.Random, data: bytes) -> bytes:
    """A file with one change."""
    if chance.random() < 0.1:
        return _other_bytes(chance, data)
    text = data.decode("utf-8", "surrogateescape")
    change: Callable[[random.Random, str], str] = chance.choice(_CHANGES)
    return change(chance, text).encode("utf-8", "surrogateescape")


def _other_bytes(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    match chance.randrange(6):
        case 0:
            return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
        case 1:
            return data[:start] + chance.choice(_NASTY_BYTES) + data[start:]
        case 2:
            return data[:start]
        case 3:
            return data[:start] + data[end:]
        case 4:
            mark, name = chance.choice(((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")))
            return mark + data.decode("utf-8", "replace").encode(name) + data[:1] * chance.randrange(2)
        case _:
            return data[:end] + data[start:]


def _nasty_text(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(_NASTY) + text[at:]


def _other_word(chance: random.Random, text: str) -> str:
    found = list(_WORD.finditer(text))
    if not found:
        return text + chance.choice(_words())
    match = chance.choice(found)
    new = chance.choice(_words()) if chance.random() < 0.6 else chance.choice(_NASTY)
    return text[: match.start()] + new + text[match.end() :]


def _other_lines(chance: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = chance.choice((" ", "  ", "    ", "\t", "- ")) + lines[at]
        case 4:
            lines[at] = lines[at][chance.choice((1, 2, 4)) :]
        case _:
            lines[at:at] = [lines[at]] * chance.choice((2, 50))
    return "".join(lines)


def _spliced(chance: random.Random, text: str) -> str:
    """Lines of another file in between, indented as what is there, or not."""
    lines = text.splitlines(keepends=True)
    others = chance.choice(_texts()).splitlines(keepends=True)
    start = chance.randrange(len(others) + 1)
    taken = others[start : start + chance.choice((1, 3, 10))]
    at = chance.randrange(len(lines) + 1)
    indent = re.match(" *", lines[at] if at < len(lines) else "")
    before = indent[0] if indent and chance.random() < 0.7 else ""
    return "".join((*lines[:at], *(before + line for line in taken), *lines[at:]))


def _other_value(chance: random.Random, text: str) -> str:
    """Another value, or that of another place, at the place of a value."""
    nodes = list(_nodes(read(Source("x", text)).root))
    if not nodes:
        return _nasty_text(chance, text)
    span = chance.choice(nodes)
    if chance.random() < 0.4:
        other = chance.choice(nodes)
        return text[: span.start] + text[other.start : other.end] + text[span.end :]
    return text[: span.start] + _value(chance) + text[span.end :]


def _nodes(root: Node | None) -> Iterator[Span]:
    waiting = [root] if root else []
    seen = set()
    while waiting:
        node = waiting.pop()
        if node.span in seen:
            continue
        seen.add(node.span)
        yield node.span
        if isinstance(node, Mapping):
            for key, value in node:
                yield key.span
                waiting.append(value)
        elif isinstance(node, Sequence):
            waiting += node.items


def _value(chance: random.Random) -> str:
    if chance.random() < 0.1:
        deep = chance.choice(_DEEP)
        opening, closing = chance.choice(
            (("[", "]"), ("{a: ", "}"), ("- ", ""), ("[{", "}]"), ("!!a [", "]"))
        )
        return opening * deep + closing * chance.choice((deep, 0))
    return json.dumps(_tree(chance, 2), ensure_ascii=chance.random() < 0.5)


def _tree(chance: random.Random, depth: int) -> Any:
    if depth and chance.random() < 0.5:
        count = chance.choice((0, 1, 2, 30))
        if chance.random() < 0.5:
            return [_tree(chance, depth - 1) for _ in range(count)]
        return {chance.choice(_words()): _tree(chance, depth - 1) for _ in range(count)}
    plain = (None, True, 0, -1, 1.5, 10**30, chance.choice(_words()), chance.choice(_NASTY))
    return chance.choice(plain)


_CHANGES: Final = (_nasty_text, _other_word, _other_word, _other_lines, _spliced, _other_value, _other_value)
