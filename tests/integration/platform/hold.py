"""A run of the platform in a process of its own: says as JSON what it started, then holds until its input ends.

Run as `python hold.py FOLDER`, where `-` is a folder to throw away.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import asyncpg
import psutil
from confluent_kafka.admin import AdminClient

from deploy.embedded import Platform


async def _ask(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("show server_version"))
    finally:
        await connection.close()


def main(folder: str) -> None:
    with Platform(None if folder == "-" else Path(folder)) as platform:
        kafka, postgres = platform.kafka.pid, platform.postgres.pid
        assert kafka is not None
        assert postgres is not None
        said = {
            "folder": str(platform.folder.path),
            "pids": [kafka, postgres],
            "uid": os.geteuid(),
            "postgres_uid": psutil.Process(postgres).uids().real,
            "postgres_folder": str(platform.postgres.folder),
            "postgres_version": asyncio.run(_ask(platform.postgres_url)),
            "cluster": AdminClient({"bootstrap.servers": platform.kafka_bootstrap}).list_topics(timeout=10).cluster_id,
        }
        print(json.dumps(said), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
