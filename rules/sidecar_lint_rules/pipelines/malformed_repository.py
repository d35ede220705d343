from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    BITBUCKET,
    CODECOMMIT,
    Bad,
    Finding,
    Pipeline,
    Rule,
    Scalar,
    Severity,
    Stage,
    has_owner,
    is_bitbucket,
    is_codecommit,
    is_github,
)


class MalformedRepository(Rule):
    """`repository` is not what its provider wants.

    GitHub's is `owner/name`, or `https://github.com/owner/name`. Bitbucket's is the whole
    `https://bitbucket.org/owner/name`. CodeCommit's is the address of the repository in the AWS console;
    the address to clone it, as in a sample of Copilot's documentation, is refused.

    For GitHub, Copilot looks only for a slash. What else stands there, such as `.git` at the end, it hands
    on, and the first action of the pipeline finds no repository of that name.
    """

    code, name = "SL884", "malformed-repository"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: unable to parse the repository"
    sources = ("internal/pkg/deploy/pipeline.go: ghRepoExp, bbRepoExp, ccRepoExp", "aws/copilot-cli#1152")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source: {provider: GitHub, properties: {repository: example/shop.api}}
        # file: copilot/pipelines/other/manifest.yml
        source:
          provider: CodeCommit
          properties:
            repository: https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/shop/browse
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source: {provider: GitHub, properties: {repository: shop}}
            #                                                   ^^^^ SL884
            # file: copilot/pipelines/other/manifest.yml
            source: {provider: Bitbucket, properties: {repository: example/shop}}
            #                                                      ^^^^^^^^^^^^ SL884
            """,
            fixed="repository: https://bitbucket.org/example/shop",
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source: {provider: GitHub, properties: {repository: 'git@github.com:example/shop.git'}}
            #                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL884
            """,
            fixed="repository: 'example/shop'",
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: CodeCommit
              properties:
                repository: https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop
            #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL884
            """,
            fixed="https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/shop/browse",
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        {name: main, version: 1, stages: [{name: test}]}
        # file: copilot/pipelines/other/manifest.yml
        source: {provider: Perforce, properties: {repository: shop}}
        # file: copilot/pipelines/third/manifest.yml
        source: {provider: GitHub, properties: {}}
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        if source is None or source.kind is None:
            return
        repository = source.text("repository")
        if repository is None:
            return
        if source.kind == CODECOMMIT:
            yield from self._refused(
                repository, _console(repository.text), _CODECOMMIT, fits=is_codecommit(repository.text)
            )
        elif source.kind == BITBUCKET:
            yield from self._refused(
                repository, _bitbucket(repository.text), _BITBUCKET, fits=is_bitbucket(repository.text)
            )
        elif not has_owner(repository.text):
            yield from self._refused(repository, None, _GITHUB, fits=False)
        elif not is_github(repository.text) and "${" not in repository.text:
            yield self._not_found(repository)

    def _refused(self, repository: Scalar, meant: str | None, form: str, *, fits: bool) -> Iterator[Finding]:
        if not fits:
            message = f"{repository.text!r} is not a repository of this provider"
            help_ = "" if meant else f"write {form}"
            yield self.finding(repository, message, replace=meant, help=help_)

    def _not_found(self, repository: Scalar) -> Finding:
        return self.finding(
            repository,
            f"GitHub has no repository {repository.text!r}",
            replace=_github(repository.text),
            help="" if _github(repository.text) else f"write {_GITHUB}",
            effect="Copilot takes the text for the name of the repository, and the pipeline finds none",
            stage=Stage.TASK,
        )


_GITHUB: Final = "`OWNER/NAME`"
_BITBUCKET: Final = "`https://bitbucket.org/OWNER/NAME`"
_CODECOMMIT: Final = "`https://REGION.console.aws.amazon.com/codesuite/codecommit/repositories/NAME/browse`"


def _github(text: str) -> str | None:
    """The owner and the name of what is written as an address; None where there is no such thing in it."""
    plain = re.sub(r"^(git@github\.com:|(https?|git|ssh)://(git@)?(www\.)?github\.com/)", "", text)
    plain = plain.strip("/").removesuffix(".git")
    return plain if is_github(plain) else None


def _bitbucket(text: str) -> str | None:
    plain = re.sub(
        r"^(git@bitbucket\.org:|https?://([A-Za-z0-9._-]{1,99}@)?(www\.)?bitbucket\.org/)", "", text
    )
    plain = plain.strip("/").removesuffix(".git")
    return f"https://bitbucket.org/{plain}" if is_github(plain) else None


def _console(text: str) -> str | None:
    found = re.fullmatch(
        r"(?:https|ssh)://git-codecommit\.([a-z0-9-]+)\.amazonaws\.com/v1/repos/([A-Za-z0-9._-]+)", text
    )
    if found is None:
        return None
    region, name = found.groups()
    return f"https://{region}.console.aws.amazon.com/codesuite/codecommit/repositories/{name}/browse"
