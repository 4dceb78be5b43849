"""What left without consent is counted, and what left with it is not."""

from deploy.chaos.consented import Fact, messaged, referred

SHE = "she"


def fact(name: str, sequence: int, purpose: str | None = None, about: str = "", at: float = 0.0) -> Fact:
    return Fact(SHE, name, sequence, purpose, about, at, about or None)


GIVEN, WITHDRAWN, GIVEN_AGAIN = (
    fact("consent-given", 1, "messages", "e1"),
    fact("consent-withdrawn", 4, "messages", "e4"),
    fact("consent-given", 6, "messages", "e6"),
)
BEFORE, BETWEEN, AFTER = (fact("referral-requested", n, None, f"e{n}") for n in (3, 5, 7))
CONFIRMED = fact("withdrawal-confirmed", 2, "messages")


def delivered(about: str, sequence: int, at: float = 100.0) -> Fact:
    return fact("message-delivered", sequence, None, about, at)


def test_a_message_about_what_was_before_is_counted_once_the_withdrawal_is_recorded() -> None:
    intake = [GIVEN, BEFORE, WITHDRAWN, BETWEEN]
    for about in ("e3", "e5"):
        assert messaged(intake, [CONFIRMED, delivered(about, 3)], {about: 100.0}) == 1
    assert messaged(intake, [delivered("e3", 1), CONFIRMED], {"e3": 100.0}) == 0


def test_a_message_about_what_came_after_she_agreed_anew_is_hers_to_get() -> None:
    intake = [GIVEN, BEFORE, WITHDRAWN, BETWEEN, GIVEN_AGAIN, AFTER]
    assert messaged(intake, [CONFIRMED, delivered("e7", 3)], {"e7": 100.0}) == 0
    for about in ("e3", "e5"):
        assert messaged(intake, [CONFIRMED, delivered(about, 3)], {about: 100.0}) == 1


def test_what_went_out_before_its_sender_was_killed_is_only_told_of_afterwards() -> None:
    intake = [GIVEN, BEFORE, WITHDRAWN]
    assert messaged(intake, [CONFIRMED, delivered("e3", 3, at=100.0)], {"e3": 97.5}) == 0


def test_a_referral_needs_a_consent_that_holds() -> None:
    given = fact("consent-given", 1, "services")
    withdrawn = fact("consent-withdrawn", 3, "services")
    again = fact("consent-given", 5, "services")
    made = [fact("referral-requested", n) for n in (2, 4, 6)]
    assert referred([given, made[0], withdrawn, again, made[2]]) == 0
    assert referred([given, made[0], withdrawn, made[1], again, made[2]]) == 1
    assert referred([made[0]]) == 1
