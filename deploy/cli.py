"""The `reintegration` command."""

from importlib.metadata import version
from typing import Annotated

import typer

app = typer.Typer(
    name="reintegration",
    help="Bring returned migrant workers back to decent work: run the system, feed it, and check it.",
    add_completion=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reintegration {version('reintegration')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Bring returned migrant workers back to decent work: run the system, feed it, and check it."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Entry point of the console script."""
    app()
