"""A repository whose author tries everything at once, harmless.

What runs would make a file called `marker`; what is read from outside says `outside-marker`; what is obeyed would
print a notice; what costs more than it should costs a second. The static part is fixtures/hostile.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final, NamedTuple

from workspaces import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

#: What only files outside of the repository hold.
OUTSIDE: Final = "outside-marker"
#: What a service would do, what a terminal would, and what would be drawn.
NAMES: Final = (
    "::notice::marker",
    "##[notice]marker",
    "\\e[31mmarker",
    "![marker](https://host.invalid/a.png)",
)
_OUTSIDE: Final = {
    "manifest.yml": f"name: {OUTSIDE}\ntype: {OUTSIDE}\n",
    "addon.yml": f"Resources: {{{OUTSIDE}: {OUTSIDE}}}\n",
    "otel.yml": f"receivers: {{{OUTSIDE}: {{}}}}\n",
    "known.json": f'{{"version": 1, "findings": ["{OUTSIDE}"]}}',
    "secrets.yml": f"{OUTSIDE}: {{test: {OUTSIDE}}}\n",
    "a.env": f"export {OUTSIDE}=1\n",
    "Dockerfile": f"FROM {OUTSIDE}\n",
    "rules.py": "from pathlib import Path\nPath('marker').touch()\n",
}
#: Links of the repository, and where they lead.
_LINKS: Final = {
    "copilot/api/addons/a.yml": "addon.yml",
    "copilot/linked/manifest.yml": "manifest.yml",
    "copilot/environments/test/manifest.yml": "manifest.yml",
    "copilot/pipelines/main/manifest.yml": "manifest.yml",
    "copilot/api/overrides": ".",
    "secrets.yml": "secrets.yml",
    "otel.yml": "otel.yml",
    "a.env": "a.env",
    "Dockerfile": "Dockerfile",
}
_HEAD: Final = "type: Backend Service\nimage: {location: nginx, port: 80}\n"
_MANY: Final = range(300)


class Hostile(NamedTuple):
    """The repository, and the folder beside it that is none of its business."""

    root: Path
    outside: Path

    @property
    def manifests(self) -> list[str]:
        """Its manifests that are no links, from its root."""
        found = self.root.glob("copilot/*/manifest.yml")
        return sorted(path.relative_to(self.root).as_posix() for path in found if not path.is_symlink())

    @property
    def markers(self) -> list[Path]:
        """What was made by something that ran."""
        return [path for path in self.root.parent.rglob("*marker*") if path.is_file()]


def build(folder: Path) -> Hostile:
    """Make it in a folder."""
    hostile = Hostile(folder / "hostile", folder / "outside")
    shutil.copytree(FIXTURES / "hostile", hostile.root)
    hostile.outside.mkdir()
    for name, text in _OUTSIDE.items():
        (hostile.outside / name).write_text(text)
    files = {".git/config": "[core]\n\tfsmonitor = touch marker\n", **_files()}
    for path, text in files.items():
        place = hostile.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    if os.name != "nt":  # where links take a privilege, and there are no such pipes
        _link(hostile)
    return hostile


def _link(hostile: Hostile) -> None:
    for path, target in _LINKS.items():
        place = hostile.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(hostile.outside / target)
    os.mkfifo(hostile.root / "copilot" / "api" / "addons" / "pipe.yml")


def _files() -> dict[str, str]:
    quoted = [f'"{name}"' for name in NAMES]
    names = "".join(
        f"  {name}: {{image: {name}, port: 0, depends_on: {{{name}: start}}}}\n" for name in quoted
    )
    others = "".join(f"  {name}: {{count: {name}}}\n" for name in quoted)
    line = ", ".join(f"A-{number}: x" for number in _MANY)
    aliases = "".join(f"x-a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 4))
    return {
        ".sidecar-lint.yml": "plugins: [lint/marker.py, ../outside/rules.py]\nbaseline: ../outside/known.json\n"
        "collectors: [../outside/otel.yml, otel.yml, copilot/api/addons/pipe.yml]\nignore: [OWN101]\n"
        "exclude: ['*a*a*a*a*a*a*a*a*a*b']\n",
        "copilot/.workspace": 'application: "::notice::marker"\n',
        "copilot/names/manifest.yml": f'name: "::notice::marker"\n{_HEAD}sidecars:\n{names}environments:\n{others}',
        "copilot/paths/manifest.yml": f"name: paths\n{_HEAD}env_file: ../outside/a.env\nsidecars:\n"
        "  a: {image: {build: ../outside/Dockerfile}, env_file: a.env}\n"
        "  b: {image: {build: {dockerfile: Dockerfile, context: ..}}, env_file: /etc/hostname}\n"
        "logging: {configFilePath: ../outside/a.env}\n",
        "copilot/costs/manifest.yml": f"name: costs\n{_HEAD}x-a0: &a0 {{image: x}}\n{aliases}variables: {{{line}}}\n"
        f"command: '{'${X}' * 300}'\nsidecars: {{a: {{image: {'a/' * 300}, port: {'9' * 5000}}}}}\n",
        "copilot/deep/manifest.yml": f"name: deep\n{_HEAD}x: {'[' * 3000}{']' * 3000}\n",
        "copilot/job/manifest.yml": "name: job\ntype: Scheduled Job\nimage: {location: nginx}\n"
        f"on: {{schedule: '{'cron(' * 300}'}}\n",
        "copilot/bytes/manifest.yml": f"name: bytes\n{_HEAD}cpu: \0\n",
        ".gitignore": "*a*a*a*a*a*a*b\n[\n",
    }
