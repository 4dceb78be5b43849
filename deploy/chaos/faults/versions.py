"""Two builds beside each other: the databases are migrated while everything runs, and services are brought to the next
build one after the other, as a deployment without a pause does."""

import random
import shutil
import sys
from pathlib import Path
from typing import Final

from deploy.chaos.faults import fault
from deploy.chaos.rig import Rig
from deploy.embedded import ChildProcess
from deploy.terminal import Failure
from shared.revisions import newest_revision

ROOT: Final = Path(__file__).parent.parent.parent.parent
BESIDE_SECONDS: Final = (4, 8)
"""How long both builds work beside each other."""
FIELD: Final = "    topic: ClassVar[str]\n"
"""Where the base of all contracts gets another optional field: so every event of the next build has one that the build
before does not know, and lacks it when it comes from there."""
NEXT_FIELD: Final = FIELD + '    written_by: str | None = "the next build"\n'

MIGRATION: Final = '''\
"""What the next build needs: a column more in each table, wider numbers, an index, while services work on them."""

from alembic import op
from sqlalchemy import text

revision = "next"
down_revision = "{before}"


def upgrade() -> None:
    tables = text("select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'")
    for (table,) in op.get_bind().execute(tables).fetchall():
        op.execute(f'alter table "{{table}}" add column of_the_next_build text')
    narrow = text(
        "select table_name, column_name from information_schema.columns join pg_tables on tablename = table_name"
        " where table_schema = 'public' and schemaname = 'public' and data_type = 'integer'"
    )
    for table, column in op.get_bind().execute(narrow).fetchall():
        op.execute(f'alter table "{{table}}" alter column "{{column}}" type bigint')
    op.execute("create index ledger_type on ledger (type)")
'''


@fault("F13", "databases are migrated live, and two builds run side by side", hits=("services", "postgres"))
def deployed_beside(rig: Rig, dice: random.Random) -> None:
    """The next build is made of this one's source: later contracts, later schema. Services of both then write and read
    each other's events, the older ones on a schema whose prepared statements no longer fit. All end with the next."""
    build = rig.folder / "next"
    make(build, list(rig.children))
    names = sorted(rig.children)
    dice.shuffle(names)
    for name in names:
        rig.say(f"the database of {name} is migrated")
        _migrate(rig, build, name)
        rig.sleep(dice.uniform(0, 1))
    half = len(names) // 2
    for name in names[:half]:
        _bring(rig, build, name)
    rig.say(f"{', '.join(names[:half])} are the next build, {', '.join(names[half:])} the one before")
    rig.sleep(dice.uniform(*BESIDE_SECONDS))
    for name in names[half:]:
        _bring(rig, build, name)
    rig.await_all()


def make(build: Path, services: list[str]) -> None:
    """A copy of this build's source, with one more migration for each service and one more field in every contract.
    Raises Failure where the source is not what this expects."""
    if build.exists():
        raise Failure("A run can bring its system to the next build once.")
    for package in ("services", "shared"):
        shutil.copytree(ROOT / package, build / package)
    contracts = build / "shared" / "events" / "envelope.py"
    source = contracts.read_text(encoding="utf-8")
    if source.count(FIELD) != 1:
        raise Failure("The base of the contracts is not as F13 knows it.")
    contracts.write_text(source.replace(FIELD, NEXT_FIELD), encoding="utf-8")
    for name in services:
        migrations = build / "services" / name / "migrations"
        text = MIGRATION.format(before=newest_revision(migrations))
        (migrations / "versions" / "9999_next.py").write_text(text, encoding="utf-8")


def _migrate(rig: Rig, build: Path, name: str) -> None:
    """As an operator does, once: where it and a service wait for each other, it is for the migration to try again."""
    migration = _process(rig, build, name, "migrate")
    migration.start()
    migration.require_done()


def _bring(rig: Rig, build: Path, name: str) -> None:
    """End a service orderly and start it of the next build; the keeper keeps that one."""
    after = _process(rig, build, name)
    rig.children.pop(name).terminate(grace=40)
    after.start()
    rig.children[name] = after
    rig.await_ready(name)


def _process(rig: Rig, build: Path, name: str, *arguments: str) -> ChildProcess:
    """The next build's service, with the log and record of the one that runs, or its migration, with the settings."""
    now = rig.children[name]
    return ChildProcess(
        " ".join((name, *arguments)),
        [sys.executable, "-m", "services", name, *arguments],
        log=now.log.with_name("migrations.log") if arguments else now.log,
        record=None if arguments else now.record,
        environment=now.environment,
        directory=build,
    )
