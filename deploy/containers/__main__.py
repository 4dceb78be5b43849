"""The one-shot jobs: `python -m deploy.containers secrets | databases | topics`. Each may be run again at any time.

Each ends with 0 when everything is as it should be, else with 1 and a sentence.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from deploy.containers import secret_files
from deploy.databases import make_databases
from deploy.errors import PlatformError, TopicError
from deploy.topics import provision
from services.__main__ import NAMES, migrations_of
from shared.migrating import migrate
from shared.settings import KafkaSettings

SECRETS: Final = Path("/secrets")


def make_and_migrate() -> None:
    """A database and a role for each service, at the schema of this build."""
    urls = {name: secret_files.database(SECRETS, name) for name in NAMES}
    passwords = {f"reintegration_{name}": secret_files.password(url) for name, url in urls.items()}
    asyncio.run(make_databases(secret_files.administrator(SECRETS), passwords))
    for name, url in urls.items():
        migrate(migrations_of(name), url)
        print(f"{name}: its database is at this build's schema")


def make_topics() -> None:
    """The topics of deploy/kafka/topics.yaml, on one broker."""
    done = provision(KafkaSettings(), replication=1)
    print(f"topics: made {len(done.made)}, corrected {len(done.corrected)}, found {len(done.found)}")


JOBS: Final[Mapping[str, Callable[[], None]]] = {
    "secrets": lambda: secret_files.make_secrets(SECRETS),
    "databases": make_and_migrate,
    "topics": make_topics,
}


def main(arguments: list[str]) -> int:
    """Run the job that the arguments name."""
    if len(arguments) != 1 or arguments[0] not in JOBS:
        print(f"say which job: one of {', '.join(JOBS)}", file=sys.stderr)
        return 64
    try:
        JOBS[arguments[0]]()
    except (PlatformError, TopicError, OSError, ValueError) as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
