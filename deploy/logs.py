"""`reintegration logs`: what all services say, in one stream by time, one readable line each.

A log is what a process wrote: JSON lines of the services, and lines of others between them (a traceback, a library's
own). The latter have no time of their own and stay behind the line that they came after. Nothing is refused: what
cannot be read as JSON is shown as it is, unless something is asked for that it cannot tell.
"""

import heapq
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from deploy.terminal import Failure
from services.__main__ import NAMES

LEVELS: Final = ("debug", "info", "warning", "error", "critical")
HEAD: Final = ("time", "level", "service", "event")
"""What stands at the head of each line, in columns."""
LOOK_SECONDS: Final = 0.25
"""How often files are looked at again while they are followed."""
LONGEST_LINE: Final = 20_000
LONGEST_TAIL: Final = 1024 * 1024
UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Line(NamedTuple):
    """A line of a log: when, whose, what it tells by name; `said` empty and `plain` set where it is not of JSON."""

    time: str
    service: str
    said: dict[str, Any]
    plain: str = ""


@dataclass(frozen=True)
class Wanted:
    """Which lines are shown. All that is given must hold; what is None is not asked."""

    person: str | None = None
    case: str | None = None
    correlation: str | None = None
    service: str | None = None
    level: str | None = None
    since: datetime | None = None

    def holds(self, line: Line) -> bool:
        """Whether a line is wanted."""
        said = line.said
        for name in ("person", "case", "correlation"):
            asked = getattr(self, name)
            if asked is not None and said.get(name) != asked:
                return False
        if self.service is not None and line.service != self.service:
            return False
        # A line of others has no level: where only what is wrong is asked for, it may well be the traceback.
        level = said.get("level")
        if self.level is not None and level in LEVELS and LEVELS.index(level) < LEVELS.index(self.level):
            return False
        return self.since is None or (_moment(line.time) or self.since) >= self.since


def ago(text: str, now: datetime | None = None) -> datetime:
    """The moment so long ago: `90s`, `10m`, `2h`, `3d`, or a moment of ISO 8601. Raises Failure."""
    if text[-1:] in UNITS and text[:-1].isdigit() and len(text) < 9:
        return (now or datetime.now(UTC)) - timedelta(**{UNITS[text[-1]]: int(text[:-1])})
    moment = _moment(text)
    if moment is None:
        raise Failure(f"{text!r} is no time: write 90s, 10m, 2h, 3d, or 2026-01-31T08:00:00Z.")
    return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def parse(raw: Iterable[str], service: str, after: str = "") -> Iterator[Line]:
    """The lines of one log. `service`: whose it is, where a line does not say; `after`: the time of a first line that
    has none."""
    for text in raw:
        text = text.rstrip("\r\n")
        if not text:
            continue
        said: Any = None
        if "{" in text:
            try:  # whoever gathers logs of containers may put its own words before each line
                said = json.loads(text[text.index("{") :])
            except ValueError:
                said = None
        if not isinstance(said, dict) or "event" not in said:
            yield Line(after, service, {}, text[:LONGEST_LINE])
            continue
        moment = _moment(str(said.get("time", "")))
        after = moment.astimezone(UTC).isoformat(timespec="microseconds") if moment is not None else after
        yield Line(after, str(said.get("service", service)), said)


def merged(logs: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Lines of several logs by their time; each log's own order stays."""
    return heapq.merge(*logs, key=lambda line: line.time)


def files(folder: Path, service: str | None = None) -> dict[str, list[Path]]:
    """The logs of a folder by whose they are, what was set aside before what is being written: of the services, or of
    the one program that is named, as kafka. Raises Failure."""
    found = {
        name: [each for each in (folder / f"{name}.log.1", folder / f"{name}.log") if each.exists()]
        for name in ([service] if service is not None else NAMES)
    }
    found = {name: paths for name, paths in found.items() if paths}
    if not found:
        there = ", ".join(sorted(log.stem for log in folder.glob("*.log"))) or "none"
        raise Failure(f"There is no such log in {folder}; there are: {there}.")
    return found


def of_files(paths: Sequence[Path], service: str, until: int | None = None) -> Iterator[Line]:
    """The lines of one service, from its files in their order; the last one's first `until` bytes, where given."""

    def raw() -> Iterator[str]:
        for path in paths:
            left = until if path == paths[-1] else None
            with path.open("rb") as opened:
                for line in opened:
                    if left is not None and (left := left - len(line)) < 0:
                        break
                    yield line.decode(errors="replace")

    return parse(raw(), service)


class Followed:
    """One log that is being written, from its end on; one that is set aside meanwhile is read to its end first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._rest = b""
        self._last = ""
        self.begin = 0
        """Where it is read from, in bytes: the end of the last whole line."""
        if path.exists():
            self._file = path.open("rb")
            end = self._file.seek(0, os.SEEK_END)
            self._file.seek(max(0, end - LONGEST_TAIL))
            self.begin = self._file.seek(end - len(self._file.read(end).rpartition(b"\n")[2]))

    def more(self) -> list[Line]:
        """What was written since, in whole lines."""
        data = self._read()
        while self._renewed():
            data += self._read()
        whole, end, self._rest = (self._rest + data).rpartition(b"\n")
        lines = list(parse((whole + end).decode(errors="replace").split("\n"), self._path.stem, self._last))
        self._last = lines[-1].time if lines else self._last
        return lines

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _read(self) -> bytes:
        return self._file.read() if self._file is not None else b""

    def _renewed(self) -> bool:
        """Whether another file stands there now, or the same was emptied: it is opened, from its begin."""
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        if self._file is not None:
            known = os.fstat(self._file.fileno())
            if (known.st_ino, known.st_dev) == (there.st_ino, there.st_dev) and there.st_size >= self._file.tell():
                return False
            self._file.close()
        self._file = self._path.open("rb")
        return True


def follow(folder: Path, service: str | None = None) -> Iterator[Line]:
    """All that was written, and then what is being written, of all that `files` tells; until the caller ends it."""
    found = files(folder, service)
    followed = {name: Followed(folder / f"{name}.log") for name in found}
    try:
        yield from merged(of_files(paths, name, followed[name].begin) for name, paths in found.items())
        while True:
            yield from sorted((line for log in followed.values() for line in log.more()), key=lambda line: line.time)
            time.sleep(LOOK_SECONDS)
    finally:
        for log in followed.values():
            log.close()


def as_text(line: Line) -> str:
    """A line for people: time, service, level where it is worse than usual, what happened, and the rest by name."""
    clock = line.time[:23].replace("T", " ") or "-"
    if not line.said:
        return f"{clock:23}  {line.service:13}          | {_printable(line.plain)}"
    level = str(line.said.get("level", ""))
    rest = " ".join(f"{name}={_value(value)}" for name, value in line.said.items() if name not in HEAD and value)
    return f"{clock:23}  {line.service:13} {'' if level == 'info' else level:8} {line.said['event']}  {rest}".rstrip()


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_value(each) for each in value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = _printable(text)
    return f'"{text}"' if " " in text else text


def _printable(text: str) -> str:
    """Nothing that a log holds may move its reader's cursor."""
    return "".join(each if each.isprintable() else "?" for each in text)
