"""What is kept of each release: its four databases as SQL, and the records that stood in its topics."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import orjson

RELEASES: Final = Path(__file__).with_name("releases")
RECORDS: Final = "records.jsonl.gz"


class Kept(NamedTuple):
    """A record as it stood in Kafka."""

    topic: str
    partition: int
    key: str
    value: str
    headers: Sequence[tuple[str, str]]

    @property
    def id(self) -> str:
        return dict(self.headers)["ce_id"]


def write_records(file: Path, records: Sequence[Kept]) -> None:
    """One a line; packed, since they say much of what the ledgers say."""
    lines = b"".join(orjson.dumps(tuple(record)) + b"\n" for record in records)
    file.write_bytes(gzip.compress(lines, mtime=0))


def read_records(file: Path) -> list[Kept]:
    return [Kept(*orjson.loads(line)) for line in gzip.decompress(file.read_bytes()).splitlines()]
