"""What a rule, or the code around it, says to a command or query that cannot be: raised, and told as a problem.

Pure, so that a service's `domain.py` may raise it. Whatever is raised inside a command's unit of work rolls it back and
leaves its idempotency key free.
"""

from collections.abc import Sequence


class Rejected(Exception):
    """The request asks for something that a rule forbids: answered with 422.

    `reason` is a kebab code. `en` and `km` are sentences that say what to do, without any value of the request; where
    they are left out, the catalogue of reasons has them. `field` names the field to look at, `allowed` what would be
    possible instead (codes).
    """

    status = 422

    def __init__(
        self, reason: str, en: str = "", km: str = "", *, field: str | None = None, allowed: Sequence[str] = ()
    ) -> None:
        super().__init__(reason)
        self.reason, self.en, self.km = reason, en, km
        self.field, self.allowed = field, tuple(allowed)


class Conflict(Rejected):
    """Right in itself, but not in the state that things are in: answered with 409. `allowed`: what is possible now."""

    status = 409


class Absent(Rejected):
    """There is no such thing, or none that this principal may see; both are answered alike, with 404."""

    status = 404

    def __init__(self) -> None:
        super().__init__("absent")


class Forbidden(Rejected):
    """None of the principal's roles may do this, whatever it is about: answered with 403. `allowed`: the roles."""

    status = 403

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        super().__init__("not-allowed", allowed=allowed)


class LookAgain(Exception):
    """What a command looked up before it held the locks no longer holds: its whole unit of work is run again."""
