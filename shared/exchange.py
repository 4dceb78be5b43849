"""A request's exchange: by what number log, events and trace find it, and who asks for what."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

from shared.access import Principal
from shared.problems import Faulty
from shared.work import new_id

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TRACE: Final = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


@dataclass(slots=True)
class Exchange:
    """One request: what it is correlated with, who asks, what for. Kept in the scope under `EXCHANGE`."""

    correlation: str
    traceparent: str
    caller: str | None = None
    """The span that asked, as 16 hexadecimal digits; None where no trace came with the request."""
    principal: Principal | None = None
    action: str | None = None
    replayed: bool = False
    begun: float = field(default_factory=perf_counter)

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Exchange":
        """From `X-Correlation-Id` and `traceparent`, each optional: the one fills in for the other, so that log and
        trace are found by one number. A malformed traceparent is ignored, as W3C wants; a malformed correlation id is
        Faulty, since who sent it would look for it in vain."""
        asked, trace = headers.get("x-correlation-id"), _TRACE.fullmatch(headers.get("traceparent", ""))
        if asked is not None and not _UUID.fullmatch(asked):
            raise Faulty("bad-correlation-id")
        number = trace[1] if trace else None
        correlation = asked.lower() if asked else _dashed(number) if number else new_id()
        span, flags = secrets.token_hex(8), trace[3] if trace else "01"
        return cls(correlation, f"00-{number or _trace_id(correlation)}-{span}-{flags}", trace[2] if trace else None)


EXCHANGE: Final = "reintegration.exchange"


def exchange_of(scope: Any) -> Exchange:
    """The exchange of a request's scope."""
    exchange: Exchange = scope[EXCHANGE]
    return exchange


def _dashed(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _trace_id(correlation: str) -> str:
    digits = correlation.replace("-", "")
    return digits if digits.strip("0") else secrets.token_hex(16)
