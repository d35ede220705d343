"""`source` of a pipeline: the provider, and the properties that it wants.

Source: internal/pkg/manifest/pipeline.go (newGitHubV1SourceFromManifest and its like) and
internal/pkg/deploy/pipeline.go (the patterns of repositories).
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping
from sidecar_lint.syntax.scalars import is_timestamp

GITHUB: Final = "GitHub"
GITHUB_V1: Final = "GitHubV1"
#: A provider of a pipeline's source.
BITBUCKET: Final = "Bitbucket"
#: A provider of a pipeline's source: AWS's own.
CODECOMMIT: Final = "CodeCommit"
#: Every provider that Copilot knows.
PROVIDERS: Final = (GITHUB, GITHUB_V1, BITBUCKET, CODECOMMIT)

#: What Copilot reads of the properties, whatever the provider is.
_COMMON: Final = ("repository", "branch", "output_artifact_format", "connection_name")
#: The properties that only some providers use.
_CONNECTION: Final = ("connection_name", "connection_arn")
#: The property that names the secret with the token, of the first version of GitHub's.
TOKEN: Final = "access_token_secret"  # noqa: S105  the name of a property


class PipelineSource:
    """A provider with its properties."""

    def __init__(self, node: Mapping) -> None:
        self.node = node

    @property
    def provider(self) -> Scalar | None:
        """The provider, right or wrong; None where it is not written."""
        found = self.node.get("provider")
        return found if isinstance(found, Scalar) else None

    @property
    def kind(self) -> str | None:
        """The provider that Copilot takes: GitHub's with an access token is that of version 1."""
        text = self.provider.text if self.provider else ""
        if text == GITHUB and self.properties.get(TOKEN) is not None:
            return GITHUB_V1
        return text if text in PROVIDERS else None

    @property
    def is_version_1(self) -> bool:
        """Whether the provider itself is that of version 1, which cannot do without an access token."""
        return self.provider is not None and self.provider.text == GITHUB_V1

    @property
    def uses_artifact_format(self) -> bool:
        """Whether the source action has a format: that with an access token has none."""
        return self.kind != GITHUB_V1

    @property
    def properties(self) -> Mapping:
        """The properties; an empty map where there are none."""
        return as_mapping(self.node.get("properties"))

    @property
    def read(self) -> tuple[str, ...]:
        """The names of the properties that Copilot looks at: it looks up a connection for every provider."""
        if self.kind in (CODECOMMIT, None):
            return _COMMON
        return (*_COMMON, TOKEN if self.kind == GITHUB_V1 else "connection_arn")

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of the properties that are in no template of this provider's."""
        if self.kind == GITHUB_V1:
            return ("output_artifact_format", *_CONNECTION)
        return (
            (TOKEN, *_CONNECTION) if self.kind == CODECOMMIT else (TOKEN,) if self.kind == BITBUCKET else ()
        )

    def text(self, name: str) -> Scalar | None:
        """A property that is a text to YAML; None where it is another value, or is not written."""
        found = self.properties.entries.get(name)
        return found if isinstance(found, Scalar) and is_text(found) else None


def is_text(node: Node) -> bool:
    """Whether YAML itself takes a value for a text: without quotes, `1.10` and `2024-01-01` are none."""
    if not isinstance(node, Scalar):
        return False
    plain = not node.style and node.tag is None
    return isinstance(node.resolved, str) and not (plain and is_timestamp(node.text))


def has_owner(repository: str) -> bool:
    """Whether Copilot finds an owner and a name in a repository of GitHub's: anything around a slash."""
    return any("/" in line[1:-1] for line in repository.split("\n"))


def is_github(repository: str) -> bool:
    """Whether it is `owner/name`, or that with GitHub's address, as the connection needs it."""
    plain = repository.removeprefix("https://github.com/")
    return re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+", plain) is not None and not plain.endswith(".git")


def is_bitbucket(repository: str) -> bool:
    """Whether Copilot finds a repository of Bitbucket's: only with its whole address."""
    found = repository.find(_BITBUCKET)
    return found >= 0 and has_owner(repository[found + len(_BITBUCKET) :])


def is_codecommit(repository: str) -> bool:
    """Whether Copilot finds region and name in an address of the AWS console."""
    start, middle, rest = repository.partition(_CONSOLE)
    name = rest.partition("/browse")[0] if "/browse" in rest else ""
    return bool(middle and name) and len(start.partition("https://")[2]) > 0


_BITBUCKET: Final = "https://bitbucket.org/"
_CONSOLE: Final = ".console.aws.amazon.com/codesuite/codecommit/repositories/"
