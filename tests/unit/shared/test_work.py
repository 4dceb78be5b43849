"""Several statements as one: their parameters stay their own, and a later one may read what an earlier one returns."""

from shared.statements import PARAMETER, together
from shared.work import ADVANCE, LEDGER


def test_one_statement_alone_is_itself() -> None:
    assert together((("changed", "update bag set label = $2 where owner = $1"),)) == (
        "update bag set label = $2 where owner = $1"
    )


def test_parameters_are_numbered_on_however_often_and_in_whatever_order_they_are_used() -> None:
    one = together(
        (
            ("first", "update bag set label = $2 where owner = $1 or label = $1"),
            ("second", "delete from box where n = $1"),
        )
    )
    assert one == (
        "with first as (update bag set label = $2 where owner = $1 or label = $1) delete from box where n = $3"
    )


def test_the_tenth_parameter_is_not_the_first_and_a_nought() -> None:
    many = ", ".join(f"${number}" for number in range(1, 12))
    one = together((("first", f"insert into bag values ({many})"), ("second", "delete from box where n = $11")))
    assert [int(number) for number in PARAMETER.findall(one)] == [*range(1, 12), 22]


def test_the_ledger_is_queued_by_its_own_positions() -> None:
    one = together((("changed_bag", "delete from bag where owner = $1"), *LEDGER, ("advanced", ADVANCE)))
    assert one.count("with ") == 1
    assert "queued as (insert into unsent (position) select position from recorded)" in one
    assert sorted({int(number) for number in PARAMETER.findall(one)}) == list(range(1, 15))
