"""The configuration files that the init process of aws-for-fluent-bit reads, named by variables.

Only the images whose tags begin with `init-` have it. Source: aws-for-fluent-bit,
init/fluent_bit_init_process.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How the names of the variables are recognised, anywhere in a name; `s3` and `file` in these spellings only.
_NAME: Final = r"aws_fluent_bit_init_([sS]3|[fF]ile)"
_ARN: Final = r"arn:[^:]*:s3:[^:]*:[^:]*:[^/]+/.+"


class InitFile(NamedTuple):
    """A variable that names a file: its name, its value, and whether it is one for files in S3."""

    key: Scalar
    value: Scalar
    in_s3: bool

    @property
    def is_arn(self) -> bool:
        """Whether the value is the ARN of an object in S3."""
        return re.fullmatch(_ARN, self.value.text) is not None


def router_init_files(logging: Mapping) -> Iterator[InitFile]:
    """The files that the variables of a `logging` section name, where their values are known."""
    for key, value in as_mapping(logging.get("variables")):
        found = re.search(_NAME, key.text)
        if found and isinstance(value, Scalar) and value.known and value.text:
            yield InitFile(key, value, found[1].lower() == "s3")
