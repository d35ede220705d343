"""The names that a path consists of: as pathlib says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sidecar_lint.files.paths import path_parts


@pytest.mark.parametrize(
    "path",
    ["", ".", "a", "a/b", "./a//b/", "/", "/a", "/a/./b/", "..", "../a", "a/../b", "a b/ü", "copilot/x.yml"],
)
def test_path_parts(path: str) -> None:
    spelt = path.replace("/", os.sep)
    assert path_parts(spelt) == Path(spelt).parts
