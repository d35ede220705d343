from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    deployed_log_output,
)


class OptionSetTwice(Rule):
    """An option of the output is set twice, in two spellings, to two values.

    To Copilot and to ECS `Region` and `region` are two keys, to Fluent Bit they are one option: both
    reach it, and one of the two values counts. It happens where an environment spells an option in
    another way than the rest of the file, and so adds to it rather than replaces it.
    """

    code, name = "SL223", "option-set-twice"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "both reach Fluent Bit, and only one of the two values counts"
    sources = ("fluent-bit: src/flb_config.c (flb_config_prop_get), src/flb_config_map.c",)
    good = (
        """
        logging: {destination: {Name: loki, Host: loki.example.com}}
        environments:
          prod: {logging: {destination: {Host: loki.example.org}}}
        """,
        "logging: {destination: {Name: loki, Host: loki.example.com, host: loki.example.com}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination: {Name: loki, Host: loki.example.com}
            environments:
              prod:
                logging:
                  destination: {host: loki.example.org}
            #                   ^^^^ SL223
            """,
            fixed="{Host: loki.example.org}",
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              destination: {Name: loki, host: loki.example.com}
              secretOptions: {Host: /copilot/shop/test/secrets/HOST}
            #                 ^^^^ SL223
            """
        ),
        Bad(
            """
            logging: {destination: {Name: loki, Host: loki.example.com, host: loki.example.org}}
            #                                                           ^^^^ SL223
            """
        ),
        Bad(
            """
            logging: {destination: {Name: loki, Host: loki.example.com}}
            environments:
              prod: {logging: {secretOptions: {host: /copilot/shop/prod/secrets/HOST}}}
            #                                  ^^^^ SL223
              test: {logging: {destination: {HOST: loki.example.org, host: loki.example.net}}}
            #                                ^^^^ SL223
            #                                                        ^^^^ SL223
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        seen: dict[str, Scalar] = {}
        for key in output.keys if output else ():
            first = seen.setdefault(key.text.lower(), key)
            if first.text != key.text and _values(manifest, first) != _values(manifest, key):
                message = f"{key.text!r} and {first.text!r} are one option"
                related = (Related(first.span, "the first spelling"),)
                meant = first.text if _overrides(manifest, key, first) else None
                help_ = "" if meant else "leave one of them out"
                yield self.finding(key, message, help=help_, replace=meant, related=related)


def _overrides(manifest: Manifest, key: Scalar, first: Scalar) -> bool:
    """Whether an environment writes an option of the base, and would replace it if it were spelt alike."""
    base, own = (
        as_mapping(as_mapping(each.get("logging")).get("destination"))
        for each in (manifest.base.root, manifest.override)
    )
    spelt = [name for name in own.entries if name.lower() == first.text.lower()]
    return first.text in base.entries and spelt == [key.text]


def _values(manifest: Manifest, key: Scalar) -> str | None:
    """What an option is set to, in comparable form; None for what is not a text."""
    node = manifest.get("logging", "destination", key.text)
    return node.text if isinstance(node, Scalar) and node.key is key else None
