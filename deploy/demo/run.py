"""`reintegration demo`: a system of its own, the pilot through it, the result, and nothing left behind."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from deploy.addresses import default_data
from deploy.demo.journey import COMPLETIONS, Outcome, Steps, go, make_folder, prepare
from deploy.system import System, SystemSettings

STEPS: Final = 18
"""Of the journey and the start; the bar's length."""


@dataclass
class Run:
    """A demo that was run: its outcome, the whole time in seconds, and where its things are (None: thrown away)."""

    outcome: Outcome
    seconds: float
    started: dict[str, float]
    files: Path | None
    data: Path | None
    addresses: dict[str, str]
    prefix: str


def run(seed: int, keep: bool, out: Path | None, console: Console, ready: Callable[[Run], None]) -> Run:
    """Start a throw-away system (with `keep` one in a new folder that stays), take the pilot through it, call `ready`
    while it still runs, and take it down. `out`: where files and reports go, and stay."""
    begun = time.monotonic()
    if out is not None:
        make_folder(out)
    data = _new_folder() if keep else None
    with _interruptible(), _progress(console) as steps:
        system = System(data, _settings(keep), steps.say)
        steps.begin("")
        with system:
            steps.end("everything is started", time.monotonic() - begun)
            folder = (out or system.folder.path / "demo").absolute()
            inputs = steps.steps("files are written", lambda: prepare(folder, seed))
            outcome = go(system.addresses, inputs, folder, seed, COMPLETIONS, steps.steps, steps.say)
            files = folder if keep or out else None
            result = Run(
                outcome,
                time.monotonic() - begun,
                dict(system.times),
                files,
                data,
                system.addresses.services,
                system.addresses.topic_prefix,
            )
            steps.stop()
            ready(result)
    return result


def _settings(keep: bool) -> SystemSettings:
    """Free ports; and for a system that stays on servers of one's own, topics and databases that nobody else has."""
    settings = SystemSettings(port=0)
    if not keep or not settings.kafka:
        return settings
    return settings.model_copy(update={"topic_prefix": f"{settings.topic_prefix}demo-{datetime.now():%m%d%H%M%S}."})


def _new_folder() -> Path:
    return default_data().with_name("reintegration-demo") / f"{datetime.now():%Y-%m-%dT%H-%M-%S}"


class _Shown:
    """Steps as they go: a bar on a terminal, else a line for each that is done."""

    def __init__(self, progress: Progress, task: TaskID, console: Console) -> None:
        self._progress, self._task, self._console = progress, task, console
        self._doing = ""
        self.steps = Steps(self.begin, self.end)

    def begin(self, name: str) -> None:
        self._doing = name
        self._progress.update(self._task, description=name)

    def say(self, said: str) -> None:
        """What is being done within a step."""
        self._progress.update(self._task, description=f"{self._doing}: {said}" if self._doing else said)

    def end(self, name: str, seconds: float) -> None:
        self._progress.advance(self._task)
        self._console.print(f"[green]✓[/green] {name} [dim]{seconds:.1f} s[/dim]")

    def stop(self) -> None:
        self._progress.stop()


@contextmanager
def _progress(console: Console) -> Iterator[_Shown]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Shown(progress, progress.add_task("", total=STEPS), console)


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends the demo as Ctrl-C does, so that nothing is left."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
