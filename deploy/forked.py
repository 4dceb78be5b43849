"""The process that loads what the services need, once, and forks each service from itself.

Run as `python -m deploy.forked CHANNEL` by `deploy.forks`, with an open socket of that number: each message is a
request, JSON with an open file for the output, and is answered with the forked process's id, later with how it ended.
Where the channel closes, it ends, and the kernel ends what it forked. It has no threads, so forking is safe; whatever a
service reads from its environment it reads when it runs, not when it is loaded.
"""

import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import sys
from importlib import import_module
from typing import Any

from deploy.embedded.launch import PR_SET_PDEATHSIG
from services.__main__ import NAMES, main

PR_SET_NAME = 15
LONGEST = 256 * 1024
"""Bytes of a request, most of it the environment."""
LOADED_LATE = (
    "shared.serving",
    "shared.migrating",
    "uvloop",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.httptools_impl",
)
"""What a service loads only when it runs."""


def load() -> None:
    """Load every service and what runs it, and keep the collector from touching, and so copying, what all share."""
    gc.disable()
    for module in (*(f"services.{name}.app" for name in NAMES), *LOADED_LATE):
        import_module(module)
    gc.freeze()


def serve(channel: socket.socket) -> int:
    """Fork what is asked for until the channel closes; returns the exit code, in a forked process that of its
    service."""
    parent = os.getpid()
    woken, wake = socket.socketpair()
    with channel, woken, wake, selectors.DefaultSelector() as selector:
        for end in (woken, wake):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        for source in (channel, woken):
            selector.register(source, selectors.EVENT_READ)
        forked = _answer(channel, woken, selector)
        signal.set_wakeup_fd(-1)
    if forked is None:
        return 0
    request, output = forked
    return _become(request, output, parent)


def _answer(
    channel: socket.socket, woken: socket.socket, selector: selectors.BaseSelector
) -> tuple[dict[str, Any], int] | None:
    """Returns None when the channel is closed; in a forked process the request that it is for, and its output."""
    while True:
        for key, _ in selector.select():
            if key.fileobj is woken:
                woken.recv(4096)
                _tell_ended(channel)
                continue
            message, files, _, _ = socket.recv_fds(channel, LONGEST, 1)
            if not message:
                return None
            request = json.loads(message)
            pid = os.fork()
            if pid == 0:
                return request, files[0]
            os.close(files[0])
            channel.send(json.dumps({"request": request["request"], "pid": pid}).encode())


def _tell_ended(channel: socket.socket) -> None:
    """Say how each ended before its id can be given to another process."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None:
            return
        status = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        channel.send(json.dumps({"pid": ended.si_pid, "status": status}).encode())
        os.waitpid(ended.si_pid, 0)


def _become(request: dict[str, Any], output: int, parent: int) -> int:
    """Be a service, as if started alone: own session, environment, output, folder, signals."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        return 1
    libc.prctl(PR_SET_NAME, request["arguments"][0].encode(), 0, 0, 0)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # As `services.__main__` does: until the service listens to it, there is nothing to drain.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    for number in (1, 2):
        os.dup2(output, number)
    os.close(output)
    os.environ.clear()
    os.environ.update(request["environment"])
    return main(request["arguments"])


if __name__ == "__main__":
    load()
    sys.exit(serve(socket.socket(fileno=int(sys.argv[1]))))
