from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sidecar_lint import (
    FARGATE_SIZES,
    LARGEST_CPU,
    REQUEST_DRIVEN,
    Bad,
    Causes,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    enumerated,
    is_resource_overridden,
    lost,
    said_sizes,
)

Sizes = dict[int, Sequence[int]]
#: The memory in MiB that goes with CPU units, of an App Runner service.
_APP_RUNNER: Final[Sizes] = {
    256: (512, 1024),
    512: (1024,),
    1024: (2048, 3072, 4096),
    2048: (4096, 6144),
    4096: (8192, 10240, 12288),
}
#: What Copilot takes where nothing is written.
_FARGATE_DEFAULT: Final = (256, 512)
_APP_RUNNER_DEFAULT: Final = (1024, 2048)
#: Where in the template the two are.
_WHERE: Final = (
    ("AWS::ECS::TaskDefinition", "Cpu", "Memory"),
    ("AWS::AppRunner::Service", "InstanceConfiguration"),
)


class ImpossibleTaskSize(Rule):
    """There is no task with this CPU and this memory.

    Fargate has tasks of certain CPU units, and for each of them certain amounts of memory; App Runner has
    fewer of both. What a manifest leaves out is 256 and 512 (App Runner: 1024 and 2048), so an environment
    that changes one of the two may have to change the other. Copilot hands both numbers on as they are.

    Fargate has with 256 CPU units 512, 1024 or 2048 MiB; with 512 it is 1024 to 4096, with 1024 it is 2048 to
    8192, with 2048 it is 4096 to 16384, and with 4096 it is 8192 to 30720, in steps of 1024; with 8192 it is
    16384 to 61440 in steps of 4096, with 16384 it is 32768 to 122880 in steps of 8192.

    App Runner has with 256 CPU units 512 or 1024 MiB, with 512 it is 1024, with 1024 it is 2048, 3072 or 4096,
    with 2048 it is 4096 or 6144, and with 4096 it is 8192, 10240 or 12288.
    """

    code, name = "SL091", "impossible-task-size"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: no such size is offered"
    sources = (
        "Amazon ECS Developer Guide: task definition parameters for Fargate, Task size",
        "AWS App Runner API: InstanceConfiguration",
    )
    good = (
        "cpu: 4096\nmemory: 9216",
        "cpu: 512\nmemory: 1024\nenvironments: {prod: {cpu: 1024, memory: 8192}}",
        "type: Request-Driven Web Service\ncpu: 2048\nmemory: 6144",
        "type: Static Site\ncpu: 1",
        """
        platform: windows/amd64
        cpu: 512
        memory: 2000
        """,
        """
        platform: windows/amd64
        cpu: 1024
        memory: 1024
        """,
    )
    bad = (
        Bad(
            """
            cpu: 256
            memory: 768
            #       ^^^ SL091
            """,
            fixed="memory: 1024",
        ),
        Bad(
            """
            cpu: 300
            #    ^^^ SL091
            memory: 1024
            """,
            fixed="cpu: 512",
        ),
        Bad(
            """
            cpu: 512
            #    ^^^ SL091
            """
        ),
        Bad(
            """
            cpu: 256
            memory: 512
            environments:
              prod:
                cpu: 1024
            #        ^^^^ SL091
            """
        ),
        Bad(
            """
            platform: windows/amd64
            cpu: 1024
            memory: 16384
            #       ^^^^^ SL091
            """
        ),
        Bad(
            """
            cpu: 1024
            memory: 1536
            #       ^^^^ SL091
            """
        ),
        Bad(
            """
            cpu: 4096
            memory: 65536
            #       ^^^^^ SL091
            """
        ),
        Bad(
            """
            cpu: 16384
            memory: 131072
            #       ^^^^^^ SL091
            """
        ),
        Bad(
            """
            memory: 8192
            #       ^^^^ SL091
            """
        ),
        Bad(
            """
            type: Request-Driven Web Service
            cpu: 4096
            #    ^^^^ SL091
            """
        ),
        Bad(
            """
            type: Request-Driven Web Service
            cpu: 128
            #    ^^^ SL091
            memory: 256
            """
        ),
    )
    also_bad = (
        Bad(
            """
            platform: windows/amd64
            cpu: 2048
            memory: 2048
            #       ^^^^ SL091
            """
        ),
        Bad(
            """
            cpux: 512
            memory: 1024
            environments:
              prod: {cpu: 1024}
            #             ^^^^ SL091
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        sizes, default = _offered(manifest)
        cpu, memory = manifest.scalar("cpu"), manifest.scalar("memory")
        units, mebibytes = _number(cpu, default[0]), _number(memory, default[1])
        if not sizes or units is None or mebibytes is None or units > LARGEST_CPU:
            return
        if mebibytes in sizes.get(units, ()) or _is_other_rules(manifest, units, mebibytes):
            return
        if any(is_resource_overridden(manifest, *where) for where in _WHERE):
            return
        if cpu is not None and units not in sizes:
            yield self._no_such_cpu(manifest, cpu, units, mebibytes)
            return
        if memory is not None and not _is_cpu_of_environment(manifest):
            yield self._no_such_memory(manifest, memory, units, mebibytes)
        elif cpu is not None:
            message = _message(manifest, units, mebibytes)
            yield self.finding(cpu, message, help=_help(sizes, units), follows_from=_because(manifest))

    def _no_such_cpu(self, manifest: Manifest, cpu: Scalar, units: int, mebibytes: int) -> Finding:
        sizes, _ = _offered(manifest)
        better = next((str(each) for each in sizes if each > units and mebibytes in sizes[each]), None)
        larger = next((each for each in sizes if each > units), max(sizes))
        help_ = "" if better else f"write one of {enumerated(map(str, sizes))}; {_help(sizes, larger)}"
        message = f"there is no {_unit(manifest)} with {units} CPU units"
        return self.finding(cpu, message, help=help_, replace=better)

    def _no_such_memory(self, manifest: Manifest, memory: Scalar, units: int, mebibytes: int) -> Finding:
        (sizes, _), cpu = _offered(manifest), manifest.scalar("cpu")
        better = next((str(each) for each in sizes[units] if each > mebibytes), None)
        related = (Related(cpu.place, "the CPU units"),) if cpu else ()
        return self.finding(
            memory,
            _message(manifest, units, mebibytes),
            help=_help(sizes, units),
            replace=better,
            related=related,
            follows_from=_because(manifest),
        )


def _offered(manifest: Manifest) -> tuple[Sizes, tuple[int, int]]:
    if manifest.is_ecs:
        return FARGATE_SIZES, _FARGATE_DEFAULT
    is_app_runner = manifest.kind == REQUEST_DRIVEN
    return (_APP_RUNNER if is_app_runner else {}), _APP_RUNNER_DEFAULT


def _number(node: Scalar | None, default: int) -> int | None:
    if node is None:
        return default
    return node.as_int if node.known else None


def _is_other_rules(manifest: Manifest, units: int, mebibytes: int) -> bool:
    """Whether it is too small for Windows, which another rule tells."""
    return manifest.is_windows and (units < 1024 or mebibytes < 2048)  # noqa: PLR2004  as said there


def _is_cpu_of_environment(manifest: Manifest) -> bool:
    """Whether the environment changes the CPU alone, so that it is that which does not fit."""
    own = manifest.override
    return own.get("cpu") is not None and own.get("memory") is None


def _because(manifest: Manifest) -> Causes:
    """Why one of the two may not be there, so that Copilot takes what it takes then, or is there twice."""
    keys = [manifest.root_key(name) for name in ("cpu", "memory")]
    twice = [("SL002", key) for key in keys if key is not None]
    return [*lost(manifest, "cpu"), *lost(manifest, "memory"), *twice]


def _unit(manifest: Manifest) -> str:
    return "task" if manifest.is_ecs else "instance of App Runner"


def _message(manifest: Manifest, units: int, mebibytes: int) -> str:
    return f"there is no {_unit(manifest)} with {units} CPU units and {mebibytes} MiB of memory"


def _help(sizes: Sizes, units: int) -> str:
    return f"with {units} CPU units `memory` may be {said_sizes(sizes[units])}"
