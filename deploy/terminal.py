"""What all commands share with whoever runs them: progress and errors on standard error, results on standard output,
failures as sentences, exit codes."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from rich.console import Console

FAILED: Final = 1
UNCLEAN: Final = 3
INTERRUPTED: Final = 130

Data = Annotated[
    Path | None,
    typer.Option(help="Folder of the running system; by default ~/.local/share/reintegration.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object, the last line.")]

console = Console(stderr=True, highlight=False)
"""Progress and errors."""


class Failure(Exception):
    """What a command could not do; the text is a sentence for its user."""


def show(result: dict[str, Any], as_json: bool, text: str = "") -> None:
    """Print a command's result."""
    print(json.dumps(result, ensure_ascii=False, default=str) if as_json else text)


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does, so that nothing is left."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
