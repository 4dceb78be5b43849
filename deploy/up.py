"""`reintegration up`: everything on one machine, until a signal."""

import signal
import threading
import time
from pathlib import Path

from rich.console import Console

from deploy.addresses import default_data
from deploy.settings import SystemSettings
from deploy.system import System


def run_until_interrupted(data: Path | None, port: int | None, console: Console) -> None:
    """Start the system in a data folder, say where everything is, and take it down at Ctrl-C or SIGTERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    settings = SystemSettings() if port is None else SystemSettings(port=port)
    begun = time.monotonic()
    with System(data or default_data(), settings, lambda said: console.print(f"[dim]{said}[/dim]")) as system:
        addresses = system.addresses
        steps = ", ".join(f"{name} {seconds} s" for name, seconds in system.times.items())
        console.print(f"[green]ready[/green] after {time.monotonic() - begun:.1f} s ({steps})")
        for name, address in addresses.services.items():
            console.print(f"  {name:14} {address}/")
        console.print(f"  {'Kafka':14} {addresses.kafka}")
        console.print(f"  {'logs':14} {addresses.logs}")
        console.print("A token to try with: reintegration token counsellor-1 --role counsellor --centre pursat")
        console.print("Ctrl-C ends everything; the data stay.")
        ended.wait()
        console.print("[dim]ending[/dim]")
