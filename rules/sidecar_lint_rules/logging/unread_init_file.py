from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Edit,
    Finding,
    Fix,
    InitFile,
    LogRouter,
    Manifest,
    NamedTuple,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_container_overridden,
    log_router,
    router_init_files,
)
from sidecar_lint_rules.logging._config_files import is_absent_config

_ENDS = "the log router's init process finds no such file and ends, and every task with it"
_YAML = (".yaml", ".yml")
_IN_S3 = "a file in S3 is named by a variable for one in the image"


class _InitFileProblem(NamedTuple):
    """What is wrong, where, and what mends it."""

    place: Scalar
    message: str
    help: str
    fix: Edit | None = None


class UnreadInitFile(Rule):
    """A variable for the log router's init process names a file in a way that it does not read.

    The images of aws-for-fluent-bit whose tags begin with `init-` start Fluent Bit with further files:
    those in S3, whose ARNs are in variables `aws_fluent_bit_init_s3_1` and so on, and those in the
    image, whose paths are in `aws_fluent_bit_init_file_1` and so on. An ARN that it cannot read or a
    file that is not there ends it. The files must be in Fluent Bit's classic format, since they are
    included in one. The other images of aws-for-fluent-bit pay no heed to these variables.
    """

    code, name = "SL228", "unread-init-file"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = _ENDS
    sources = (
        "aws/aws-for-fluent-bit: init/fluent_bit_init_process.go",
        "aws/aws-for-fluent-bit#839",
        "aws/aws-for-fluent-bit#1024",
    )
    good = (
        """
        logging:
          image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10
          variables:
            aws_fluent_bit_init_s3_1: arn:aws:s3:::configs/extra.conf
            aws_fluent_bit_init_file_1: /fluent-bit/configs/parse-json.conf
        """,
        "logging: {image: example.com/router, variables: {aws_fluent_bit_init_file_1: arn:aws:s3:::a/b}}",
    )
    bad = (
        Bad(
            """
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10
              variables:
                aws_fluent_bit_init_file_1: arn:aws:s3:::configs/extra.conf
            #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ SL228
                aws_fluent_bit_init_s3_2: s3://configs/parser.conf
            #                             ^^^^^^^^^^^^^^^^^^^^^^^^ SL228
            """,
            fixed="aws_fluent_bit_init_s3_1: arn:aws:s3:::configs/extra.conf",
        ),
        Bad(
            """
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.10
              variables:
                aws_fluent_bit_init_s3_1: arn:aws:s3:::configs/extra.conf
            #   ^^^^^^^^^^^^^^^^^^^^^^^^ SL228
            """
        ),
    )
    also_bad = (
        Bad(
            """
            variables: {FILE: &file 's3://configs/a.conf'}
            #                       ^^^^^^^^^^^^^^^^^^^^^ SL228
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluent-bit:init-3.5.10
              variables:
                aws_fluent_bit_init_s3_1: /fluent-bit/configs/parse-json.conf
            #   ^^^^^^^^^^^^^^^^^^^^^^^^ SL228
                aws_fluent_bit_init_s3_2: s3://configs
            #                             ^^^^^^^^^^^^ SL228
                aws_fluent_bit_init_s3_3: configs/parser.conf
            #                             ^^^^^^^^^^^^^^^^^^^ SL228
                aws_fluent_bit_init_s3_4: *file
                aws_fluent_bit_init_file_5: s3://configs/b.conf
            #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ SL228
                aws_fluent_bit_init_file_6: /fluent-bit/configs/extra.conf
            #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL228
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        logging = manifest.mapping("logging")
        router = log_router(logging)
        if not manifest.firelens or router.distribution != "aws":
            return
        if is_container_overridden(manifest, LOG_ROUTER, "Image"):
            return
        for file in router_init_files(logging):
            if router.has_init is False:
                yield self._ignored(router, file)
                return
            problem = _problem(file) if router.has_init else None
            if problem:
                place, message, help_, edit = problem
                fixes = (Fix(help_, (edit,)),) if edit and not place.alias and not place.template else ()
                yield self.finding(place, message, help=help_, fixes=fixes)

    def _ignored(self, router: LogRouter, file: InitFile) -> Finding:
        start = "init-" if router.release else "init-3.5.10, or another "
        return self.finding(
            file.key,
            "nothing reads this variable: the image has no init process",
            effect="Fluent Bit starts without the file",
            stage=Stage.SILENT,
            help=f"take an image whose tag begins with {start.strip()}",
        )


def _problem(file: InitFile) -> _InitFileProblem | None:
    key, value, in_s3 = file
    if value.text.lower().endswith(_YAML):
        return _InitFileProblem(
            value, "the init process includes files in the classic format, not in YAML", "write it as .conf"
        )
    if file.is_arn and not in_s3:
        name = _of_s3(key.text)
        return _InitFileProblem(key, _IN_S3, f"write `{name}`", Edit(key.span, name))
    if in_s3 and not file.is_arn:
        return _no_arn(key, value)
    if is_absent_config(value.text):
        return _InitFileProblem(
            value, "aws-for-fluent-bit has no such file", "build an image that has it, or name one in S3"
        )
    if value.text.startswith("s3://"):
        name = _of_s3(key.text)
        help_ = f"write `{name}`, with the object's ARN: arn:aws:s3:::{value.text.removeprefix('s3://')}"
        return _InitFileProblem(key, _IN_S3, help_)
    return None


def _of_s3(name: str) -> str:
    return name.replace("init_file", "init_s3").replace("init_File", "init_s3")


def _no_arn(key: Scalar, value: Scalar) -> _InitFileProblem:
    message = "the init process wants the ARN of an object in S3"
    scheme, _, path = value.text.rpartition("://")
    if scheme == "s3" and "/" in path:
        arn = f"arn:aws:s3:::{path}"
        return _InitFileProblem(value, message, f"write `{arn}`", Edit(value.span, arn))
    if value.text.startswith("/"):
        name = key.text.replace("init_s3", "init_file").replace("init_S3", "init_file")
        return _InitFileProblem(
            key, f"{message}, and this is a path in the image", f"write `{name}`", Edit(key.span, name)
        )
    return _InitFileProblem(value, message, "write arn:aws:s3:::bucket/path")
