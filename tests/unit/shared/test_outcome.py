"""What is set aside is found in the logs by its case and correlation, and nothing else of its headers is told."""

from shared.events.decoding import KeptRecord
from shared.inbox import Parked
from shared.outcome import Outcome

CASE, CORRELATION = "0190c0de-0000-7000-8000-000000000001", "0190c0de-0000-7000-8000-000000000002"


def told(case: bytes) -> dict[str, object]:
    headers = [("ce_caseid", case), ("ce_correlationid", CORRELATION.encode())]
    record = KeptRecord("intake", 0, 0, None, b"{}", headers)
    return Outcome(parked=[Parked(record, "intake", "rule-failed", "a rule")]).lines("", 0)[0]


def test_a_parked_events_line_names_its_case_and_correlation() -> None:
    line = told(CASE.encode())
    assert (line["case"], line["correlation"]) == (CASE, CORRELATION)


def test_what_is_no_id_is_not_repeated() -> None:
    for anything in (b"a name", b"\xff", b""):
        assert told(anything)["case"] is None
