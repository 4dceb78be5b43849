"""Logs: one JSON line on standard output for each fact that matters to an operator; readable on a terminal.

No personal data: ids and codes only. An error is told by its class and code, never by its text, since a database puts
the offending values into the text of an error.
"""

import logging
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

log: structlog.typing.FilteringBoundLogger = structlog.get_logger()

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
        logger_factory=structlog.PrintLoggerFactory(sys.stdout) if _pretty else structlog.BytesLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Libraries speak through `logging`; of their lines only warnings and worse are for an operator.
    handler = _Standard()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, _render]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("faststream").setLevel(logging.WARNING)


class _Standard(logging.Handler):
    """Writes to what is standard output at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")


def _add_service(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["service"] = _service
    return event


def _plain(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's line without the record and without a traceback, whose last line may hold values."""
    record = event.pop("_record", None)
    event.pop("_from_structlog", None)
    failure = record.exc_info if record is not None else None
    event.pop("exc_info", None)
    if failure and failure[1] is not None:
        event["error"] = describe(failure[1])
    if record is not None:
        event["library"] = record.name
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
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()


def service_name() -> str:
    return _service
