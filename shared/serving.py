"""Run one service as a process: HTTP in front, the event core behind, until a signal or a dead loop ends it."""

import gc
import signal
import socket
from types import FrameType
from typing import Final

import uvicorn

from shared import connections, telemetry, watchdog
from shared.http import application
from shared.scraping import MetricsDoor, Scrape
from shared.service import Running, Service
from shared.settings import Settings
from shared.telemetry import log

DRAIN_SECONDS: Final = 20
"""How long requests at hand may take to end."""

DIED: Final = 70
CANNOT_LISTEN: Final = 69
WRONG_SETTINGS: Final = 78


def serve(service: Service, settings: Settings) -> int:
    """Run the service until SIGTERM, SIGINT or the death of one of its loops, and drain; returns the exit code.

    0 after a signal, 70 when a loop died or got stuck, 69 when the address cannot be listened on, 78 when a setting is
    wrong.
    Nothing that is not there yet ends it: it listens at once, tells at /health/ready what it waits for, and waits.
    """
    telemetry.configure(service.name, settings.log_level, settings.log_pretty)
    connections.guard()
    running = Running(service, settings)
    try:
        app = application(running)
    except ValueError as error:
        log.critical("cannot start", reason=str(error))
        return WRONG_SETTINGS
    listeners: list[socket.socket] = []
    for port in (settings.port, settings.metrics_port):
        if port is None:
            continue
        try:
            listeners.append(socket.create_server((settings.host, port), backlog=2_048))
        except OSError as error:
            log.critical("cannot listen", host=settings.host, port=port, reason=error.strerror)
            return CANNOT_LISTEN
    ports = [listener.getsockname()[1] for listener in listeners]
    server = uvicorn.Server(
        uvicorn.Config(
            MetricsDoor(app, Scrape(running), ports[1]) if ports[1:] else app,
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,  # its lines hold whole paths; ours hold the route
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )
    )

    def end(_: int, __: FrameType | None) -> None:
        server.should_exit = True

    # uvicorn puts these back after it has drained and raises the signal once more, which would end us with its code.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    log.info("listening", host=settings.host, **dict(zip(("port", "metrics_port"), ports, strict=False)))
    watchdog.watch(running, DIED)
    gc.enable()  # off while everything was loaded
    server.run(sockets=listeners)
    return DIED if running.died is not None else 0
