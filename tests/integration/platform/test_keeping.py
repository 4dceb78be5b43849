"""What looks after the services starts again what ended, and ends what hangs."""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy import keeping
from deploy.embedded import ChildProcess, free_port
from deploy.keeping import Keeper, says_yes

PROGRAM = """
import http.server, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""
HANGS = 60


@pytest.fixture
def child(tmp_path: Path) -> Iterator[tuple[ChildProcess, str]]:
    port = free_port()
    process = ChildProcess("intake", [sys.executable, "-c", PROGRAM, str(port)], log=tmp_path / "intake.log")
    process.start()
    yield process, f"http://127.0.0.1:{port}"
    process.kill()


def wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + HANGS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_hangs_is_ended_said_and_started_again_and_so_is_what_ended(
    child: tuple[ChildProcess, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PROBE_SECONDS", 0.5)
    process, address = child
    told: list[str] = []
    wait(lambda: says_yes(address, "/health/live"))
    stopping = threading.Event()
    keeper = threading.Thread(
        target=Keeper({"intake": process}, {"intake": address}, told.append, hung_seconds=1).run, args=(stopping,)
    )
    keeper.start()
    try:
        first = process.pid
        process.pause()
        wait(lambda: process.pid != first and says_yes(address, "/health/live"))
        line = json.loads(process.log.read_text().splitlines()[-1])
        assert (line["event"], line["level"]) == ("it hangs; the keeper ends it", "critical")
        assert told[0].startswith("intake has not said for 1 s that it is alive")
        second = process.pid
        process.kill()
        wait(lambda: process.pid != second and says_yes(address, "/health/live"))
        assert told[-1] == "intake ended with -9; it is started again in 1 s"
    finally:
        stopping.set()
        keeper.join()
