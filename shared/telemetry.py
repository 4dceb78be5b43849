"""Logs: one JSON line on standard output for each fact that matters to an operator; readable on a terminal.

No personal data: ids and codes only. An error is told by its class and code, never by its text, since a database puts
the offending values into the text of an error.
"""

import contextlib
import logging
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

log: structlog.typing.FilteringBoundLogger = structlog.get_logger()

AGAIN_SECONDS = 60.0
"""After so long a library's line that says the very same is written again."""
MOST_REMEMBERED = 1_000

_service = "-"
_pretty = False


def configure(service: str, level: str = "info", pretty: bool | None = None) -> None:
    """Set up this process's logs. `pretty`: for people; by default where standard output is a terminal."""
    global _service, _pretty
    _service = service
    _pretty = sys.stdout.isatty() if pretty is None else pretty
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _add_service,
    ]
    renderer: Any = structlog.dev.ConsoleRenderer() if _pretty else structlog.processors.JSONRenderer(orjson.dumps)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout) if _pretty else structlog.BytesLoggerFactory(_output),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
    # Libraries speak through `logging`; of their lines only warnings and worse are for an operator.
    handler = _Standard()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, _render]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("faststream").setLevel(logging.WARNING)


class _Output:
    """Standard output as it is at that moment. A line that it does not take is lost: no work stops, and none is taken
    for failed, because a log's disk is full or its reader gone."""

    def write(self, data: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.buffer.write(data)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.buffer.flush()


_output = _Output()


class _Standard(logging.Handler):
    """Libraries' lines. Of those that say the very same, one a minute: a client whose server is away says it a hundred
    times a second, and would fill the disk before the server is back."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[tuple[str, str, object], tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        line = (record.name, record.getMessage(), record.exc_info and record.exc_info[0])
        told_at, repeated = self._told.get(line, (-AGAIN_SECONDS, 0))
        if record.created - told_at < AGAIN_SECONDS:
            self._told[line] = (told_at, repeated + 1)
            return
        if len(self._told) >= MOST_REMEMBERED:
            self._told.clear()
        self._told[line] = (record.created, 0)
        record.repeated = repeated
        _output.write(self.format(record).encode(errors="replace") + b"\n")
        _output.flush()


def _add_service(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["service"] = _service
    return event


def _plain(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's line, its first only: tracebacks, and what asyncio says of a task that failed, may hold values."""
    event["event"] = str(event["event"]).partition("\n")[0]
    record = event.pop("_record", None)
    event.pop("_from_structlog", None)
    failure = event.pop("exc_info", None)  # the record's own is taken off it before this
    if failure and failure[1] is not None:
        event["error"] = describe(failure[1])
    if record is not None:
        event["library"] = record.name
        if record.repeated:
            event["repeated"] = record.repeated
    return event


def _render(_: WrappedLogger, __: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str).decode()


def describe(error: BaseException) -> str:
    """An error without its text: its class, and the SQLSTATE where it has one."""
    code = getattr(error, "sqlstate", None)
    return type(error).__name__ + (f" {code}" if code else "")


def write_lines(lines: Iterable[Mapping[str, Any]]) -> None:
    """Write a batch's lines in one go; each already holds its `time`, `level` and `event`."""
    if _pretty:
        for line in lines:
            log.info(**{key: value for key, value in line.items() if key not in ("time", "level", "service")})
        return
    dumps = orjson.dumps
    written = b"".join([dumps(line) + b"\n" for line in lines])
    if written:
        _output.write(written)
        _output.flush()


def service_name() -> str:
    return _service
