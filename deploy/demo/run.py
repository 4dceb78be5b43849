"""`reintegration demo`: a system of its own, or an empty one that runs; the pilot through it, and the result."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from deploy.addresses import Addresses, default_data
from deploy.demo.evidence import Rows
from deploy.demo.journey import COMPLETIONS, Outcome, Steps, go, make_folder, prepare
from deploy.settings import SystemSettings
from deploy.system import System
from deploy.terminal import Failure, interruptible

STEPS: Final = 19
"""Of the journey and the start; the bar's length."""
USED_VACANCIES: Final = "select '', count(*) from vacancy"


@dataclass
class Run:
    """A demo that was run: its outcome, the whole time in seconds, and where its things are (None: thrown away).
    `borrowed`: on a system that ran before and goes on."""

    outcome: Outcome
    seconds: float
    started: dict[str, float]
    files: Path | None
    data: Path | None
    addresses: dict[str, str]
    prefix: str
    borrowed: bool = False


def run_on(data: Path, seed: int, out: Path | None, console: Console, ready: Callable[[Run], None]) -> Run:
    """Take the pilot through the system that runs in a data folder, and call `ready`. Raises Failure where it holds
    anybody already: made-up people do not belong among real ones, and nothing would reconcile."""
    begun = time.monotonic()
    addresses = Addresses.read(data)
    with ExitStack() as stack:
        stack.enter_context(interruptible())
        steps = stack.enter_context(_progress(console))
        folder = (out or Path(stack.enter_context(TemporaryDirectory(prefix="reintegration-demo-")))).absolute()
        steps.steps("the system is empty", lambda: _refuse_a_used_one(addresses))
        inputs = steps.steps("files are written", lambda: prepare(folder, seed))
        outcome = go(addresses, inputs, folder, seed, COMPLETIONS, steps.steps, steps.say)
        seconds = time.monotonic() - begun
        result = Run(outcome, seconds, {}, out, data, addresses.services, addresses.topic_prefix, borrowed=True)
        steps.stop()
        ready(result)
    return result


def _refuse_a_used_one(addresses: Addresses) -> None:
    queries = {("intake", "cases"): "select '', count(*) from cases", ("employment", "vacancies"): USED_VACANCIES}
    counted = {what: sum(rows.values()) for (_, what), rows in Rows(addresses, {}).count(queries).items()}
    if found := [f"{number} {what}" for what, number in counted.items() if number]:
        raise Failure(
            f"This system holds {' and '.join(found)}. The demo is for an empty one: every count is compared, and "
            "nobody made up may stand among real people."
        )


def run(seed: int, keep: bool, out: Path | None, console: Console, ready: Callable[[Run], None]) -> Run:
    """Start a throw-away system (with `keep` one in a new folder that stays), take the pilot through it, call `ready`
    while it still runs, and take it down. `out`: where files and reports go, and stay."""
    begun = time.monotonic()
    if out is not None:
        make_folder(out)
    data = _new_folder() if keep else None
    with interruptible(), _progress(console) as steps:
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
