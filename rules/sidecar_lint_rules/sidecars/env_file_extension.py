from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class EnvFileExtension(Rule):
    """An `env_file` does not end in `.env`.

    ECS takes environment files of that extension only, so Copilot insists on it, in lower case:
    `prod.ENV` and `.env.prod` are refused, `.env` and `prod.env` are not.
    """

    code, name = "SL142", "env-file-extension"
    severity, stage = Severity.ERROR, Stage.COPILOT
    in_schema = True
    effect = "Copilot refuses the manifest: an environment file must have a .env file extension"
    sources = ("internal/pkg/manifest/validate.go: SidecarConfig, TaskConfig and Logging.validate",)
    good = (
        """
        env_file: ./config/.env
        logging: {env_file: '${COPILOT_ENVIRONMENT_NAME}.env'}
        sidecars: {nginx: {image: nginx, env_file: '${FILE}'}}
        """,
    )
    bad = (
        Bad(
            """
            env_file: .env.prod
            #         ^^^^^^^^^ SL142
            logging: {env_file: log.ENV}
            #                   ^^^^^^^ SL142
            sidecars:
              nginx: {image: nginx, env_file: ''}
            #                                 ^^ SL142
            """,
            fixed="{env_file: log.env}",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for path in manifest.env_files:
            if path.known and _extension(path.text) != ".env":
                is_case = _extension(path.text).lower() == ".env"
                meant = f"{path.text.removesuffix(_extension(path.text))}.env" if is_case else None
                yield self.finding(
                    path,
                    f"env_file {path.text!r} does not end in .env",
                    replace=meant,
                    help=f"write `{meant}`, and rename the file alike" if meant else _RENAME,
                )


_RENAME = "rename the file so that it ends in .env"


def _extension(path: str) -> str:
    """The part from the last dot of the last path element on, as Go's filepath.Ext has it."""
    name = path.rpartition("/")[2]
    return "." + name.rpartition(".")[2] if "." in name else ""
