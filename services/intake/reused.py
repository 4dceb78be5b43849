"""A request whose key came back with other content: refused, as everywhere, and kept for who sent it and her lead.

A device that writes two things under one key would lose the second without a word. It is kept sealed, once however
often it is sent again, and expires like any other conflict.
"""

import hashlib
import hmac
import uuid
from typing import Final

import orjson

from services.intake import sealed
from services.intake.domain import conflicts
from services.intake.domain.conflicts import REQUEST, Conflict
from shared.commands import Command
from shared.work import Work

KNOWN: Final = "select true from conflict where conflict = $1"


async def keep(command: Command, work: Work) -> str | None:
    """Keep it; returns where it is shown, None where it came from no centre, whose requests tell of nobody."""
    centre = command.principal.centre
    if centre is None:
        return None
    conflict = _id(command)
    if await work.connection.fetchval(KNOWN, conflict) is None:
        now = work.working.now
        found = Conflict(
            conflict,
            REQUEST,
            None,
            None,
            centre,
            command.principal.subject,
            (),
            None,
            None,
            now,
            now + conflicts.OPEN_FOR,
        )
        work.apply(conflicts.open_(found), command.cause)
        content = {"method": command.method, "path": command.path, "body": orjson.loads(command.body or b"null")}
        kept = sealed.Sealed("conflict", conflict, None, content, found.expires_at)
        await sealed.seal(work.connection, [kept])
    return f"/conflicts/{conflict}"


def _id(command: Command) -> str:
    """The same for the same content under the same key of the same account, and guessed by nobody."""
    secret = command.running.settings.digest_key.get_secret_value().encode()
    named = "\n".join(("reused", *command.owner)).encode() + command.digest
    return str(uuid.UUID(bytes=hmac.new(secret, named, hashlib.sha256).digest()[:16], version=4))
