"""What a running system takes of its machine: memory and open files of each process, connections to PostgreSQL."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg
import psutil

from deploy.chaos.rig import Rig

MIB: Final = 1024 * 1024
CONNECTIONS: Final = """
select datname, count(*) from pg_stat_activity
where backend_type = 'client backend' and datname like '%reintegration\\_%' and application_name <> all($1) group by 1
"""
OURS: Final = ("demo", "reintegration oracle")
"""Connections of whoever looks on."""


@dataclass(frozen=True, slots=True)
class Usage:
    """As of one moment: resident memory in MiB and open files by process, connections by database.

    Of PostgreSQL, whose many processes share most of their memory, memory is what each has for itself.
    """

    memory: Mapping[str, float]
    files: Mapping[str, float]
    connections: Mapping[str, float]


def usage(rig: Rig) -> Usage:
    """Look at every process of the system; one that is just being started anew is left out."""
    processes = {name: child.pid for name, child in rig.children.items()}
    processes |= {f"kafka-{number}": broker.pid for number, broker in enumerate(rig.brokers, 1)}
    memory, files = dict[str, float](), dict[str, float]()
    for name, pid in processes.items():
        _look(name, pid, memory, files, lambda process: process.memory_info().rss)
    _look("postgresql", rig.postgres.pid, memory, files, lambda process: process.memory_full_info().uss)
    return Usage(memory, files, asyncio.run(_connections(rig.postgres.url)))


def _look(
    name: str,
    pid: int | None,
    memory: dict[str, float],
    files: dict[str, float],
    bytes_of: Callable[[psutil.Process], int],
) -> None:
    """Add a process with all it started; what ended meanwhile is left out."""
    try:
        process = psutil.Process(pid or 0)
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return
    memory[name] = round(_sum(family, bytes_of) / MIB, 1)
    files[name] = _sum(family, lambda each: each.num_fds())


def _sum(family: Iterable[psutil.Process], number_of: Callable[[psutil.Process], int]) -> int:
    total = 0
    for each in family:
        try:
            total += number_of(each)
        except psutil.Error:
            continue
    return total


async def _connections(url: str) -> dict[str, float]:
    connection = await asyncpg.connect(url, timeout=10, command_timeout=30)
    try:
        return {row[0]: row[1] for row in await connection.fetch(CONNECTIONS, OURS)}
    finally:
        await connection.close()
