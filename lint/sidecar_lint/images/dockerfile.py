"""What a Dockerfile's image is known to have: that of its base, and what its instructions may bring.

Only what is plain is known. A script, a list of packages from a file, a folder that is copied over the
system's own: any of them may bring any program, so nothing is lacking after it. Source: Dockerfile
reference, docs.docker.com.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.image_contents import CLIENTS, SHELLS, Contents, contents_of
from sidecar_lint.manifests.images import image_reference
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: What may install any program: scripts, lists that are not in the text, tools that bring a system along.
_OPAQUE: Final = (
    r"\.sh\b|\bmake\b|\bxargs\b|\bsource\b|\bconda\b|\bnix|\bbrew\b|\bansible|with-deps|install-deps"
)
_INSTALLING: Final = r"\b(?:install|add)\b"
_NETCAT: Final = r"\b(?:nc|netcat\S*|ncat|nmap\S*|busybox\S*)\b"
#: Folders of programs, and names of what is more than one file.
_PROGRAMS: Final = r"/|/(?:usr/|usr/local/)?s?bin/?|/usr/?|/usr/local/?"
_TREES: Final = (
    r"\.?|\*.*|s?bin|usr|local|root|rootfs|install|out|dist|dpkg|fs|target|.*\.(?:tar|tgz|txz|tar\.\w+)"
)
_VARIABLE: Final = r"\$(?:\{(\w+)(?::-([^${}]*))?\}|(\w+))"
#: What can add a program to an image.
_ADDING: Final = ("RUN", "COPY", "ADD")
#: How deep stages may stand on each other.
_MOST_STAGES: Final = 100


class DockerInstruction(NamedTuple):
    """A line with its continuations, comments left out: `word` is in capitals."""

    word: str
    text: str


class BuildStage(NamedTuple):
    """What follows a `FROM`: the image or stage that it stands on, its name, what is done."""

    base: str
    name: str
    instructions: tuple[DockerInstruction, ...]


@lru_cache(maxsize=64)
def image_contents(
    text: str, target: str = "", arguments: tuple[tuple[str, str], ...] = ()
) -> Contents | None:
    """What the image of a Dockerfile's stage (the last one, where none is named) has and lacks; None where unknown.

    `arguments` are the build's own, by name.
    """
    chain = _chain(list(_stages(text, dict(arguments))), target)
    if not chain:
        return None
    base, adding = (
        chain[-1].base,
        [each for stage in chain for each in stage.instructions if each.word in _ADDING],
    )
    if base == "scratch" and not adding:
        return None  # nothing can run in it: it stands for a file that is made elsewhere
    found = contents_of(image_reference(base))
    return found.with_more(_brought(adding)) if found and adding else found


@lru_cache(maxsize=16)
def instructions(
    text: str, target: str = "", arguments: tuple[tuple[str, str], ...] = ()
) -> tuple[DockerInstruction, ...]:
    """What makes the image of a stage (the last one, where none is named), from the lowest stage on."""
    chain = _chain(list(_stages(text, dict(arguments))), target)
    return tuple(each for stage in reversed(chain) for each in stage.instructions)


@lru_cache(maxsize=16)
def base_of(text: str, target: str = "", arguments: tuple[tuple[str, str], ...] = ()) -> str:
    """The image that a stage stands on in the end; empty where that is not known."""
    chain = _chain(list(_stages(text, dict(arguments))), target)
    return chain[-1].base if chain else ""


def stages(text: str) -> tuple[str, ...]:
    """The names of a Dockerfile's stages, in lower case, an empty one for each that has none."""
    return tuple(stage.name for stage in _stages(text, {}))


def _chain(stages: list[BuildStage], target: str) -> list[BuildStage]:
    """A stage and those that it stands on, the lowest last; none where that leads nowhere."""
    numbers = {
        name: number for number, stage in enumerate(stages) for name in (stage.name, str(number)) if name
    }
    at = numbers.get(target.lower()) if target else len(stages) - 1
    chain: list[BuildStage] = []
    while at is not None and 0 <= at < len(stages) and len(chain) < _MOST_STAGES:
        chain.append(stages[at])
        below = numbers.get(stages[at].base.lower())
        at = below if below is not None and below < at else None
    return chain


def _brought(instructions: list[DockerInstruction]) -> frozenset[str]:
    """The programs of those that checks call which may have come with what was added."""
    return frozenset().union(
        *(_run(each.text) if each.word == "RUN" else _copied(each.text) for each in instructions)
    )


def _run(text: str) -> frozenset[str]:
    if re.search(_OPAQUE, text) or any(map(_installs_a_list, re.split("[&;|]", text))):
        return SHELLS | CLIENTS
    # In the form for a shell it needs one to be built.
    shells = frozenset() if text.lstrip().startswith("[") else SHELLS
    return shells | _mentioned(text)


def _installs_a_list(command: str) -> bool:
    """Whether a command installs what a variable or a file names."""
    installing = re.search(_INSTALLING, command)
    return installing is not None and any(each in command[installing.end() :] for each in "$<")


def _copied(text: str) -> frozenset[str]:
    words = [word.strip("[]\",'") for word in text.split()]
    paths = [word for word in words if word and not word.startswith("--")]
    if "busybox" in text:
        return SHELLS | CLIENTS
    if paths and re.fullmatch(_PROGRAMS, paths[-1]):
        names = (path.rstrip("/").rpartition("/")[2] if path != "/" else "" for path in paths[:-1])
        if any(re.fullmatch(_TREES, name) or "$" in name for name in names):
            return SHELLS | CLIENTS
    return _mentioned(text) | (SHELLS if re.search(r"bin/\w*sh\b", text) else frozenset())


def _mentioned(text: str) -> frozenset[str]:
    found = {each for each in ("curl", "wget") if each in text}
    return frozenset(found | ({"nc"} if re.search(_NETCAT, text) else set()))


def _stages(text: str, arguments: Mapping[str, str]) -> Iterator[BuildStage]:
    """The stages of a Dockerfile; none where its lines cannot be put together."""
    if re.match(r"#\s*escape\s*=\s*`", text, re.IGNORECASE):
        return
    known: dict[str, str] = {}
    base = name = ""
    done: list[DockerInstruction] = []
    for each in _instructions(text):
        if each.word == "FROM":
            if base:
                yield BuildStage(base, name, tuple(done))
            words = [word for word in each.text.split() if not word.startswith("--")]
            base = _filled(words[0] if words else "$", known)
            name = "".join(words[2:3]).lower() if [word.upper() for word in words[1:2]] == ["AS"] else ""
            done = []
        elif each.word == "ARG" and not base:
            key, _, default = each.text.strip().partition("=")
            known[key] = arguments.get(key, default.strip("\"'"))
        else:
            done.append(each)
    if base:
        yield BuildStage(base, name, tuple(done))


def _filled(text: str, known: Mapping[str, str]) -> str:
    """A text with the arguments that stand before the first `FROM`; what is not known stays as it is."""
    return re.sub(
        _VARIABLE, lambda each: known.get(each[1] or each[3], each[2] or "") or each[2] or each[0], text
    )


def _instructions(text: str) -> Iterator[DockerInstruction]:
    parts: list[str] = []
    ends: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if ends:
            parts.append(stripped)
            if stripped == ends[0]:
                ends.pop(0)
        elif not stripped or stripped.startswith("#"):
            continue
        else:
            parts.append(stripped.removesuffix("\\"))
            if stripped.endswith("\\"):
                continue
            ends = re.findall(r"<<-?[\"']?(\w+)[\"']?", " ".join(parts)) if _takes_text(parts[0]) else []
        if not ends:
            yield _instruction(" ".join(parts))
            parts = []
    if parts:
        yield _instruction(" ".join(parts))


def _takes_text(line: str) -> bool:
    return line.partition(" ")[0].upper() in ("RUN", "COPY", "ADD")


def _instruction(line: str) -> DockerInstruction:
    word, _, text = line.partition(" ")
    return DockerInstruction(word.upper(), text.strip())
