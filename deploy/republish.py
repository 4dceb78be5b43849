"""`reintegration republish`: the command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from deploy.addresses import Addresses, default_data
from deploy.terminal import AsJson, Data, Failure, console, show


def republish(
    yes: Annotated[bool, typer.Option("--yes", help="Without it nothing is done.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where topics hold records: they are deleted and filled again.")
    ] = False,
    partitions: Annotated[
        int | None, typer.Option(min=1, max=1_000, help="Of each topic; by default as they are made without this.")
    ] = None,
    replication: Annotated[
        int | None, typer.Option(min=1, max=9, help="Copies of each topic; 1 where there is one broker.")
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Rebuild Kafka's topics from the services' ledgers, after it lost its disk.

    Stop the services first. Topics and the services' positions in them are deleted, every event of every ledger is put
    back to be sent, and topics are made. When the services are started again they send all of it, in order; consumers
    know what they have seen. Where nothing runs in the data folder, its Kafka and PostgreSQL are started for this and
    ended again. Interrupted at any point, run it again before services are started.
    """
    from deploy import republishing

    folder = data or default_data()
    if not yes:
        raise Failure(
            "This deletes the topics and the services' positions in them, to rebuild them from the ledgers: stop the "
            "services, then say --yes. Nothing was done."
        )

    with _servers(folder) as (addresses, usual_partitions, usual_replication):
        done = republishing.republish(
            addresses,
            partitions=partitions or usual_partitions,
            replication=replication or usual_replication,
            replace=replace,
            tell=_tell,
        )
    show(done.as_json(), as_json, done.as_text())


@contextmanager
def _servers(folder: Path) -> Iterator[tuple[Addresses, int | None, int | None]]:
    """Addresses of the system of a folder, with partitions and copies that its topics are made with (None: the file's).

    Where `reintegration up` ended, its servers are started without the services.
    """
    from deploy.embedded.folder import in_use
    from deploy.settings import SystemSettings
    from deploy.system import SECRETS, System

    ended = (folder / SECRETS).exists() and not in_use(folder)
    if not ended:
        yield Addresses.read(folder), None, None
        return
    settings = SystemSettings()
    with System(folder, settings, _tell, services=False) as system:
        yield system.addresses, settings.partitions, settings.replication


def _tell(said: str) -> None:
    console.print(f"[dim]{said}[/dim]", soft_wrap=True)
