"""Problems: every answer that is not a success, as RFC 9457 has them, in English and Khmer, saying what to do.

`problem_of` knows every error that may leave a request, and turns what it does not know into a plain 500. No problem
holds a value of the request or the text of an error.
"""

from collections.abc import Mapping
from typing import Final

import asyncpg
import sqlalchemy.exc
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from shared import reference
from shared.access import TokenRefused
from shared.database import LOST
from shared.faults import FieldFault, faults_of
from shared.kinds import Missing
from shared.rejections import Rejected
from shared.texts import catalogue

MEDIA_TYPE: Final = "application/problem+json"
TYPE: Final = "urn:reintegration:problem:"
RETRY_AFTER: Final = "2"
"""Seconds after which to send again what was answered with 503."""

AWAY_CLASSES: Final = ("08", "28", "3D", "53", "57", "58")
"""SQLSTATE classes that say nothing about the request: connection, sign-in, resources, shutdown, the system."""
AWAY_CODES: Final = ("25006", "25P03", "42P01", "42703")
"""The same: a standby, a transaction that was ended, and a schema that another build's migration has yet to bring."""
BUSY_CODES: Final = ("40001", "40P01", "55P03")


class Problem(BaseModel):
    """A problem as it is sent; `type` ends in a code, `instance` names the one request."""

    type: str
    title: str
    title_km: str
    status: int
    detail: str = Field(description="what to do")
    detail_km: str
    instance: str = Field(default="about:blank", description="urn:uuid: and the correlation id")
    errors: list[FieldFault] = []
    allowed: list[str] = Field(default=[], description="what would be possible instead")


class Faulty(Exception):
    """A request that is answered with a problem of the catalogue `shared/texts/problems.csv`."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None, **values: object) -> None:
        """`values` fill the catalogue's sentence: limits and places only, never what the request held."""
        super().__init__(code)
        self.code, self.headers, self.values = code, dict(headers or {}), values


def respond(error: BaseException, names: frozenset[str] = frozenset(), instance: str = "about:blank") -> JSONResponse:
    """The answer to a request that ended in this error. `names` are the field names of our own schema."""
    problem = problem_of(error, names).model_copy(update={"instance": instance})
    headers = dict(getattr(error, "headers", None) or {})
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        headers["Retry-After"] = RETRY_AFTER
    return JSONResponse(problem.model_dump(exclude_defaults=True), problem.status, headers, MEDIA_TYPE)


def problem_of(error: BaseException, names: frozenset[str] = frozenset()) -> Problem:
    """The problem that this error is to whoever asked."""
    match error:
        case Faulty():
            return _listed(error.code, **error.values)
        case TokenRefused():
            return _listed(str(error))
        case Missing():
            return _listed("absent")
        case Rejected():
            return _rejected(error)
        case RequestValidationError():
            problem = _listed("faulty")
            problem.errors = faults_of(error.errors(), names)
            return problem
        case HTTPException():
            # What the framework itself answers; its own words are left out.
            codes = {404: "no-such-address", 405: "no-such-method"}
            return _listed(codes.get(error.status_code, "request-refused" if error.status_code < 500 else "unexpected"))
    if is_busy(error):
        return _listed("busy")
    return _listed("database-away" if is_away(error) else "unexpected")


def _listed(code: str, **values: object) -> Problem:
    """A problem of the catalogue; `values` fill its sentences."""
    row = catalogue("problems")[code]
    return Problem(
        type=TYPE + code,
        title=row["title_en"],
        title_km=row["title_km"],
        status=int(row["status"]),
        detail=row["detail_en"].format(**values) if values else row["detail_en"],
        detail_km=row["detail_km"].format(**values) if values else row["detail_km"],
    )


def _rejected(error: Rejected) -> Problem:
    """A rule's refusal, with its own sentences, else the catalogue's of reasons, else one that fits any rule."""
    listed = error.reason in catalogue("problems")
    problem = _listed(error.reason if listed else "conflict" if error.status == 409 else "rejected")
    problem.allowed = list(error.allowed)
    if listed:
        return problem
    reason = reference.reasons().get(error.reason)
    problem.type, problem.status = TYPE + error.reason, error.status
    problem.detail = error.en or (reason.title_en if reason else "") or problem.detail
    problem.detail_km = error.km or (reason.title_km if reason else "") or problem.detail_km
    if error.field:
        problem.errors = [
            FieldFault(field=error.field, reason=error.reason, fix=problem.detail, fix_km=problem.detail_km)
        ]
    return problem


def is_lost(error: BaseException) -> bool:
    """Whether the connection to the database broke, so that what was being done on it has an unknown outcome."""
    if isinstance(error, sqlalchemy.exc.DBAPIError) and error.orig is not None:
        return is_lost(error.orig.__cause__ or error.orig)
    if isinstance(error, asyncpg.InterfaceError):
        return not isinstance(error, ValueError)  # of which the driver makes its complaints about values
    return isinstance(error, LOST) or _sqlstate(error)[:3] == "57P"


def is_away(error: BaseException) -> bool:
    """Whether the database cannot serve now; trying later helps, changing the request does not."""
    state = _sqlstate(error)
    if isinstance(error, sqlalchemy.exc.TimeoutError) or state[:2] in AWAY_CLASSES or state in AWAY_CODES:
        return True
    return is_lost(error)


def is_busy(error: BaseException) -> bool:
    """Whether others held what the request needed, for too long or in a circle, or a migration changed a table after
    its statement was prepared, which the driver prepares anew for whoever comes again."""
    return _sqlstate(error) in BUSY_CODES or isinstance(error, asyncpg.InvalidCachedStatementError)


def _sqlstate(error: BaseException) -> str:
    original = getattr(error, "orig", None)
    return getattr(error, "sqlstate", None) or getattr(original, "sqlstate", None) or ""
