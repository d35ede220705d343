from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOutput,
    Manifest,
    NamedTuple,
    Node,
    Rule,
    Severity,
    Stage,
    deployed_log_output,
    natural,
)

_LEAST_FILE, _MOST_FILE, _MOST_PUT = 1_000_000, 50_000_000_000, 1_000_000_000
_LEAST_CHUNK, _MOST_CHUNK, _MOST_COMPRESSED = 5_242_880, 50_000_000, 5_000_000_000
_DEFAULT_FILE = 100_000_000
_UNITS = {"": 1, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000}


class _Size(NamedTuple):
    """What an option says: its value, and that in bytes, None where it is not a size."""

    node: Node
    bytes: int | None


class S3UploadSize(Rule):
    """A size that the `s3` output does not work with.

    The output collects `total_file_size` for an object and uploads it in parts of
    `upload_chunk_size`. S3 takes no part under 5 MiB, which is 5,242,880 bytes, and Fluent Bit's `M`
    is a million: `5M` is too small, `6M` is not. A file is at least a million bytes, and at least two
    parts. With `use_put_object`, or a file under 10,485,760 bytes, there are no parts.
    """

    code, name = "SL221", "s3-upload-size"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit ends at once, and every task with it"
    sources = ("fluent-bit: plugins/out_s3/s3.c (cb_s3_init), s3.h, src/flb_utils.c",)
    good = (
        "logging: {destination: {Name: s3, bucket: logs, total_file_size: 1M, use_put_object: On}}",
        "logging: {destination: {Name: s3, bucket: logs, total_file_size: 50M, upload_chunk_size: 10M}}",
        "logging: {destination: {Name: s3, bucket: logs, total_file_size: '${SIZE}', upload_chunk_size: 60M}}",
        """
        logging: {destination: {Name: s3, bucket: logs, total_file_size: 50G}}
        """,
        """
        logging: {destination: {Name: s3, bucket: logs, use_put_object: 'On', total_file_size: 1G, upload_chunk_size: 1M}}
        """,
        """
        logging: {destination: {Name: s3, bucket: logs, total_file_size: 10485760, upload_chunk_size: 5242880}}
        """,
        """
        logging: {destination: {Name: s3, bucket: logs, total_file_size: 20M, upload_chunk_size: 10M}}
        """,
        """
        logging: {destination: {Name: s3, bucket: logs, total_file_size: 1G, upload_chunk_size: 50M}}
        """,
        """
        logging: {destination: {Name: s3, bucket: logs, compression: gzip, total_file_size: 10G, upload_chunk_size: 60M}}
        """,
        """
        logging: {destination: {Name: s3, bucket: logs, total_file_size: 2M, upload_chunk_size: 1M}}
        """,
        """
        logging: {destination: {Name: http, Host: logs.example.com, total_file_size: 1K}}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: s3
                bucket: logs
                total_file_size: 500K
            #                    ^^^^ SL221
            """,
            fixed="total_file_size: 1M",
        ),
        Bad(
            """
            logging:
              destination:
                Name: s3
                bucket: logs
                upload_chunk_size: 5M
            #                      ^^ SL221
            """,
            fixed="upload_chunk_size: 6M",
        ),
        Bad(
            """
            logging:
              destination:
                Name: s3
                bucket: logs
                total_file_size: 16M
                upload_chunk_size: 10M
            #                      ^^^ SL221
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: s3
                bucket: logs
                total_file_size: 50MiB
            #                    ^^^^^ SL221
            """
        ),
        Bad(
            """
            logging: {destination: {Name: s3, bucket: logs, use_put_object: 'On', total_file_size: 2G}}
            #                                                                                      ^^ SL221
            """
        ),
        Bad(
            """
            logging: {destination: {Name: s3, bucket: logs, total_file_size: 60G}}
            #                                                                ^^^ SL221
            """
        ),
        Bad(
            """
            logging: {destination: {Name: s3, bucket: logs, total_file_size: 1G, upload_chunk_size: 60M}}
            #                                                                                       ^^^ SL221
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or output.plugin.name != "s3":
            return
        file, chunk = (_size(output, name) for name in ("total_file_size", "upload_chunk_size"))
        puts = output.plugin.is_on("use_put_object", output.values)
        wrong = list(self._file(file, puts=puts))
        yield from wrong or self._chunk(output, file, chunk, puts=puts)

    def _file(self, file: _Size | None, *, puts: bool | None) -> Iterator[Finding]:
        if file is None:
            return
        if file.bytes is None:
            yield self._unreadable(file.node)
        elif file.bytes < _LEAST_FILE:
            yield self.finding(file.node, "total_file_size must be 1M at least", replace="1M")
        elif file.bytes > (_MOST_PUT if puts else _MOST_FILE):
            most = "1G with use_put_object" if puts else "50G"
            yield self.finding(file.node, f"total_file_size must be {most} at most")

    def _chunk(
        self, output: LogOutput, file: _Size | None, chunk: _Size | None, *, puts: bool | None
    ) -> Iterator[Finding]:
        known = file is not None or "total_file_size" not in output.options
        whole = (file.bytes if file else None) or _DEFAULT_FILE
        if chunk is None or not known or puts is not False or whole < 2 * _LEAST_CHUNK:
            return
        most = _MOST_COMPRESSED if "compression" in output.options else _MOST_CHUNK
        if chunk.bytes is None:
            yield self._unreadable(chunk.node)
        elif chunk.bytes < _LEAST_CHUNK:
            message = f"S3 takes no part of {chunk.bytes:,} bytes: 5,242,880 is the least"
            yield self.finding(chunk.node, message, replace="6M")
        elif chunk.bytes > most:
            yield self.finding(chunk.node, f"upload_chunk_size must be {most // 1_000_000}M at most")
        elif chunk.bytes != _LEAST_CHUNK and 2 * chunk.bytes > whole:
            message = f"total_file_size, {whole:,} bytes, is less than two parts of {chunk.bytes:,}"
            yield self.finding(chunk.node, message, help="write half of total_file_size at most")

    def _unreadable(self, node: Node) -> Finding:
        return self.finding(node, "this is not a size", help="write bytes, or digits and one of K, M and G")


def _size(output: LogOutput, name: str) -> _Size | None:
    """An option's value in bytes; None where it is not set, or not known."""
    option = output.options.get(name)
    if option is None or option.text is None:
        return None
    match = re.fullmatch(r"([0-9]+)(?:([KMG])B?)?", option.text.upper())
    return _Size(option.node, natural(match[1]) * _UNITS[match[2] or ""] if match else None)
