"""Passwords and keys of an installation, made at its first start and kept: a folder (in containers, a volume) each.

    administrator/password           PostgreSQL's administrator; read by the database and by the job that makes roles
    NAME/reintegration_…, issuer.pem  what service NAME reads: its database's address, its digest key, whose tokens hold
    command-line/reintegration/      addresses.json and the issuer's private key, for whoever runs the command line

Nobody is given another's folder: whoever gets into one service has its database only.
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from deploy.addresses import ADDRESSES, Addresses
from services.__main__ import NAMES
from shared.access import DevelopmentIssuer

DATABASE_HOST: Final = "db"
KAFKA: Final = "kafka:9092"
SERVICE_PORT: Final = 8000
OUTBOX: Final = "/outbox"
COMMAND_LINE: Final = "/command-line/reintegration"
"""Where the command line's container finds its folder."""


def make_secrets(root: Path) -> None:
    """Make what is missing below `root`; what is there stays as it is. Its folders exist and are ours."""
    # PostgreSQL runs as another user; only it and the job that makes roles are given this folder.
    _kept(root / "administrator" / "password", _random, 0o444)
    own = root / "command-line" / "reintegration"
    issuer = DevelopmentIssuer(own / "issuer")
    databases = {}
    for name in NAMES:
        databases[name] = _kept(root / name / "reintegration_database_url", partial(_new_database, name))
        _kept(root / name / "reintegration_digest_key", _random)
        _kept(root / name / "issuer.pem", issuer.public_key.read_text)
    addresses = Addresses(
        services={name: f"http://{name}:{SERVICE_PORT}" for name in NAMES},
        databases=databases,
        kafka=KAFKA,
        topic_prefix="",
        issuer=f"{COMMAND_LINE}/issuer",
        outbox=OUTBOX,
        logs="docker compose logs",
    )
    _place(own / ADDRESSES, json.dumps(asdict(addresses), indent=1), 0o400)


def administrator(root: Path) -> str:
    """The address of the database server, as its administrator."""
    return f"postgresql://postgres:{(root / 'administrator' / 'password').read_text()}@{DATABASE_HOST}:5432/postgres"


def database(root: Path, service: str) -> str:
    """The address of a service's own database."""
    return (root / service / "reintegration_database_url").read_text()


def password(url: str) -> str:
    """The password in a database's address."""
    return urlsplit(url).password or ""


def _new_database(service: str) -> str:
    role = f"reintegration_{service}"
    return f"postgresql://{role}:{_random()}@{DATABASE_HOST}:5432/{role}"


def _random() -> str:
    return secrets.token_urlsafe(32)


def _kept(path: Path, made: Callable[[], str], mode: int = 0o400) -> str:
    if not path.exists():
        _place(path, made(), mode)
    return path.read_text()


def _place(path: Path, content: str, mode: int) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        os.fchmod(file.fileno(), mode)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
