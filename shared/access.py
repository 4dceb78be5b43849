"""Who asks, and what they may do: bearer tokens, roles, and the one policy table, closed by default.

A token names a subject, its roles, and the office it belongs to. `POLICY` says which roles may do which action; an
action that is not in it nobody may do. Some roles act for one office only (`BOUND_BY`): what belongs to another office
does not exist for them. `docs/access.md` tells it for readers.
"""

import contextlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypedDict, Unpack

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.rejections import Absent, Forbidden

COUNSELLOR: Final = "counsellor"
CENTRE_LEAD: Final = "centre-lead"
TRAINING_PROVIDER: Final = "training-provider"
ASSESSOR: Final = "assessor"
EMPLOYMENT_OFFICER: Final = "employment-officer"
EMPLOYER: Final = "employer"
SCHEME_OFFICER: Final = "scheme-officer"
SERVICE_PROVIDER: Final = "service-provider"
OPERATOR: Final = "operator"

Office = Literal["centre", "provider", "employer", "scheme"]


class Owners(TypedDict, total=False):
    """The offices that something belongs to, each as its code; None where it belongs to none of that sort."""

    centre: str | None
    provider: str | None
    employer: str | None
    scheme: str | None


OFFICES: Final[tuple[Office, ...]] = ("centre", "provider", "employer", "scheme")

BOUND_BY: Final[Mapping[str, Office]] = {
    COUNSELLOR: "centre",
    CENTRE_LEAD: "centre",
    TRAINING_PROVIDER: "provider",
    EMPLOYER: "employer",
    SCHEME_OFFICER: "scheme",
    SERVICE_PROVIDER: "provider",
}
"""Roles that act for one office: their token must name it, and they reach only what belongs to it."""

ROLES: Final = frozenset({*BOUND_BY, ASSESSOR, EMPLOYMENT_OFFICER, OPERATOR})

POLICY: Final[dict[str, frozenset[str]]] = {}
"""Every action, named SERVICE.ACTION, and the roles that may do it. Filled by `allow` in each service's api.py."""

ALGORITHMS: Final = ("EdDSA",)
LEEWAY: Final = timedelta(seconds=10)
LONGEST_TOKEN: Final = 4_096
MOST_ROLES: Final = 20
MOST_BELIEVED: Final = 1_000
"""Tokens that a process remembers to have verified."""

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SUBJECT: Final = re.compile(r"[\x21-\x7e]{1,100}")


class AccessSettings(BaseSettings):
    """Whose tokens are believed: `REINTEGRATION_ISSUER`, and for whom they must be: `REINTEGRATION_AUDIENCE`."""

    model_config = SettingsConfigDict(env_prefix="REINTEGRATION_", extra="ignore")

    issuer: str = Field(default="reintegration-development", min_length=1, max_length=200)
    audience: str = Field(default="reintegration", min_length=1, max_length=200)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. The subject is an account's name, never shown or logged; the offices are codes."""

    subject: str
    roles: frozenset[str]
    centre: str | None = None
    provider: str | None = None
    employer: str | None = None
    scheme: str | None = None


def allow(service: str, actions: Mapping[str, Collection[str]]) -> None:
    """Declare a service's actions and the roles that may do each. Raises ValueError for an unknown role, an action
    nobody may do, or one that is declared already."""
    for name, roles in actions.items():
        action = f"{service}.{name}"
        if not _CODE.fullmatch(service) or not _CODE.fullmatch(name):
            raise ValueError(f"{action}: service and action are lower-case words with dashes")
        if not roles or not ROLES.issuperset(roles):
            raise ValueError(f"{action}: name at least one role of {', '.join(sorted(ROLES))}, and no other")
        if action in POLICY:
            raise ValueError(f"{action} is declared twice")
        POLICY[action] = frozenset(roles)


def policy_table() -> list[tuple[str, tuple[str, ...]]]:
    """The whole policy, sorted, to be printed: an action and the roles that may do it. Import the services first."""
    return [(action, tuple(sorted(roles))) for action, roles in sorted(POLICY.items())]


@dataclass(frozen=True, slots=True)
class Access:
    """A principal who may do an action, and how far: `roles` are those of hers that allow it."""

    principal: Principal
    action: str
    roles: frozenset[str]

    @property
    def bounds(self) -> Mapping[Office, str] | None:
        """The offices whose things she reaches; None: everybody's, since one of her roles acts for no single office."""
        if not BOUND_BY.keys() >= self.roles:
            return None
        offices = {BOUND_BY[role] for role in self.roles}
        return {office: getattr(self.principal, office) for office in offices}

    def covers(self, **owners: Unpack[Owners]) -> bool:
        """Whether she reaches something that belongs to these offices."""
        bounds = self.bounds
        return bounds is None or any(owners.get(office) == code for office, code in bounds.items())

    def require(self, **owners: Unpack[Owners]) -> None:
        """Raise Absent where `covers` says no: to her it does not exist, which is what she is told."""
        if not self.covers(**owners):
            raise Absent

    def only(self, office: Office) -> str | None:
        """For a list: the one centre (provider, ...) whose rows she sees, or None for all.

        Raises Forbidden where she is bound by another kind of office, and so has nothing to look for there.
        """
        bounds = self.bounds
        if bounds is None:
            return None
        if office not in bounds:
            raise Forbidden
        return bounds[office]


def access(principal: Principal, action: str) -> Access:
    """What the policy gives this principal for this action. Raises Forbidden where that is nothing."""
    allowed = POLICY.get(action, frozenset())
    roles = principal.roles & allowed
    if not roles:
        raise Forbidden(sorted(allowed))
    return Access(principal, action, roles)


class TokenRefused(Exception):
    """A token that is not believed; the text is `token-missing`, `token-expired` or `token-refused`."""


class Verifier:
    """Believes tokens that one issuer signed with its Ed25519 key. Holds the public key only."""

    def __init__(self, public_key: Path, settings: AccessSettings | None = None) -> None:
        """Raises ValueError, in a sentence, where the file is not such a key."""
        settings = settings or AccessSettings()
        self._issuer, self._audience = settings.issuer, settings.audience
        try:
            key = load_pem_public_key(public_key.read_bytes())
        except (OSError, ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError(f"REINTEGRATION_ISSUER_KEY: {public_key} is not an Ed25519 public key (PEM) we can read")
        self._key = key
        # Whoever works sends the same token again and again, and a signature costs as much to verify as a small query.
        self._believed: dict[str, tuple[Principal, int]] = {}

    def principal(self, authorization: str | None) -> Principal:
        """Who an `Authorization` header speaks for. Raises TokenRefused."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefused("token-missing")
        if len(token) > LONGEST_TOKEN:
            raise TokenRefused("token-refused")
        principal, until = self._believed.get(token, (None, 0))
        if principal is None or until < time.time():
            principal, until = self._verify(token)
            if len(self._believed) >= MOST_BELIEVED:
                self._believed.clear()
            self._believed[token] = principal, until
        return principal

    def _verify(self, token: str) -> tuple[Principal, int]:
        """Who it speaks for, and until when (Unix time)."""
        try:
            claims = jwt.decode(
                token.strip(),
                self._key,
                algorithms=list(ALGORITHMS),
                issuer=self._issuer,
                audience=self._audience,
                leeway=LEEWAY,
                options={"require": ["iss", "aud", "sub", "iat", "exp"]},
            )
        except jwt.ExpiredSignatureError:
            raise TokenRefused("token-expired") from None
        except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError):
            # Beside its own errors the library lets some through that a hostile payload provokes.
            raise TokenRefused("token-refused") from None
        return _principal(claims), int(claims["exp"])


def _principal(claims: Mapping[str, Any]) -> Principal:
    subject, roles = claims["sub"], claims.get("roles", [])
    offices = {office: claims.get(office) for office in OFFICES}
    if not isinstance(subject, str) or not _SUBJECT.fullmatch(subject):
        raise TokenRefused("token-refused")
    if not isinstance(roles, list) or len(roles) > MOST_ROLES or not all(isinstance(role, str) for role in roles):
        raise TokenRefused("token-refused")
    if not all(code is None or (isinstance(code, str) and _CODE.fullmatch(code)) for code in offices.values()):
        raise TokenRefused("token-refused")
    known = ROLES.intersection(roles)
    if any(offices[BOUND_BY[role]] is None for role in known if role in BOUND_BY):
        raise TokenRefused("token-refused")  # a counsellor of no centre would be one of every centre
    return Principal(subject, known, **offices)


class DevelopmentIssuer:
    """Signs tokens with a key pair kept in a folder, for development, the demo and tests; made at first use.

    Whoever can read `private.pem` (mode 0600) can be anybody: where real persons' data are, tokens come from the
    ministry's own sign-in service, and this class is not used.
    """

    def __init__(self, folder: Path, settings: AccessSettings | None = None) -> None:
        """Raises ValueError where the private key is readable by others, or is none."""
        settings = settings or AccessSettings()
        self._issuer, self._audience = settings.issuer, settings.audience
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private = folder / "private.pem"
        self.public_key = folder / "public.pem"
        """What a service's `REINTEGRATION_ISSUER_KEY` names."""
        if not private.exists():
            _place(private, _pem(Ed25519PrivateKey.generate()), 0o600)
        if private.stat().st_mode & 0o077:
            raise ValueError(f"{private} can be read by others: remove it, and a new pair is made (or chmod 600 it)")
        key = load_pem_private_key(private.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{private} is not an Ed25519 private key: remove it, and a new pair is made")
        self._key = key
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        if not self.public_key.exists() or self.public_key.read_bytes() != public:
            self.public_key.unlink(missing_ok=True)
            _place(self.public_key, public, 0o644)

    def token(
        self,
        subject: str,
        roles: Iterable[str],
        lifetime: timedelta = timedelta(hours=8),
        **offices: Unpack[Owners],
    ) -> str:
        """A signed token, for the `Authorization: Bearer` header; `offices` are those the subject belongs to."""
        now = datetime.now(UTC)
        claims: dict[str, Any] = {office: code for office, code in offices.items() if code is not None}
        claims |= {"iss": self._issuer, "aud": self._audience, "sub": subject, "roles": sorted(roles)}
        return jwt.encode(claims | {"iat": now, "exp": now + lifetime}, self._key, algorithm=ALGORITHMS[0])


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _place(path: Path, content: bytes, mode: int) -> None:
    """Write a file whole or not at all; where another process was first, its file stays."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)  # whatever the umask took away
        file.write(content)
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
