"""The released Copilot, asked about the manifests of environments and pipelines.

`copilot env package` reads the manifest of an environment and renders its template. `copilot pipeline
deploy --diff` does the same for a pipeline, prints what would change, and asks whether to go on.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from copilot_oracle import APPLICATION, Answer, Copilot

if TYPE_CHECKING:
    from collections.abc import Mapping

#: How Copilot begins when it is the manifest that it does not like.
_REFUSED = re.compile(
    r"manifest for environment|interpolate environment variables|validate |unmarshal environment manifest"
    r"|not found in the workspace|read source from manifest|generate the new template"
    r"|find an ordering for deployments"
    r"|panic:"
)


def package_environment(
    copilot: Copilot, manifest: bytes, name: str, files: Mapping[str, str] | None = None
) -> Answer:
    """The answer on the manifest of an environment, which must be one of those given to `running`."""
    path = f"copilot/environments/{name}/manifest.yml"
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), {path: manifest, **_encoded(files)})
        status, message, output = copilot.run(Path(folder), "env", "package", "--name", name)
    verdict = "accept" if status == 0 else "reject" if _REFUSED.search(message) else "unknown"
    return Answer(verdict, message, output)


def diff_pipeline(
    copilot: Copilot, manifest: bytes, name: str, files: Mapping[str, str] | None = None
) -> Answer:
    """The answer on the manifest of a pipeline, in a workspace with these files besides."""
    path = "copilot/pipelines/main/manifest.yml"
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), {path: manifest, **_encoded(files)})
        _, message, output = copilot.run(Path(folder), "pipeline", "deploy", "--diff", "--name", name)
    is_shown = output.startswith("+ ")
    verdict = "accept" if is_shown else "reject" if _REFUSED.search(message) else "unknown"
    return Answer(verdict, message, output)


def _encoded(files: Mapping[str, str] | None) -> dict[str, bytes]:
    return {path: text.encode() for path, text in (files or {}).items()}


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    summary = {"copilot/.workspace": f"application: {APPLICATION}\n".encode()}
    for path, text in {**summary, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text)
