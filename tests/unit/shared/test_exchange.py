"""What correlates a request: taken where it was sent, made where not, one number for log and trace."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.exchange import Exchange
from shared.problems import Faulty
from shared.work import new_id, next_traceparent

TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
HEX = st.text("0123456789abcdef", min_size=32, max_size=32).filter(lambda digits: digits.strip("0"))


@given(st.dictionaries(st.sampled_from(["traceparent", "other"]), st.text(max_size=80)))
def test_whatever_the_trace_is_an_exchange_has_both(headers: dict[str, str]) -> None:
    exchange = Exchange.of(headers)
    assert TRACEPARENT.fullmatch(exchange.traceparent)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", exchange.correlation)


@given(HEX, HEX)
def test_what_was_sent_is_kept(trace: str, other: str) -> None:
    correlation = f"{other[:8]}-{other[8:12]}-{other[12:16]}-{other[16:20]}-{other[20:]}"
    traceparent = f"00-{trace}-00f067aa0ba902b7-01"
    both = Exchange.of({"traceparent": traceparent, "x-correlation-id": correlation.upper()})
    assert (both.correlation, both.traceparent[3:35]) == (correlation, trace)
    assert both.traceparent[36:52] != "00f067aa0ba902b7"
    assert Exchange.of({"traceparent": traceparent}).correlation.replace("-", "") == trace
    assert Exchange.of({"x-correlation-id": correlation}).traceparent[3:35] == other


@pytest.mark.parametrize("wrong", ["", "7", "0192f0c1-0000-7000-8000-00000000abcg", f"{new_id()}{new_id()}"])
def test_a_correlation_id_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(Faulty, match="bad-correlation-id"):
        Exchange.of({"x-correlation-id": wrong})


def test_an_events_trace_goes_on_from_the_request() -> None:
    exchange = Exchange.of({})
    event = new_id()
    following = next_traceparent(exchange.traceparent, event)
    assert following is not None
    assert TRACEPARENT.fullmatch(following)
    assert following[:36] == exchange.traceparent[:36]
