"""The help of a command with many options, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperCommand

if TYPE_CHECKING:
    from typer._click import Context
    from typer._click.formatting import HelpFormatter

_OTHERS = "Options"


class GroupedCommand(TyperCommand):
    """A command whose help has a section for each `rich_help_panel` of its options, in the order of these.

    typer makes sections of them only where rich draws the help. Options without one come last.
    """

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the sections."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": []}
        others: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            group = getattr(parameter, "rich_help_panel", None)
            if parameter.param_type_name == "argument":
                sections["Arguments"].append(record)
            elif group:
                sections.setdefault(group, []).append(record)
            else:
                others.append(record)
        for name, records in (*sections.items(), (_OTHERS, others)):
            if records:
                with formatter.section(name):
                    formatter.write_dl(records)
