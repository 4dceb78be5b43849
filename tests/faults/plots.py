"""What happens to made-up persons: seven plots, told by owners as each event follows from the one before; and the
orders in which it may be heard."""

import random
from collections.abc import Callable, Sequence
from typing import Final

from services.intake.domain import cases, consents, referrals
from shared.events.decoding import KeptRecord
from shared.kinds import Decision
from tests.faults.stories import TODAY, TRADES, Story, drawn_id


def _finds_work(story: Story) -> None:
    story.register("training", "job", "near-home")
    story.seated()
    story.completes()
    story.placed(story.proposed())


def _is_assessed(story: Story) -> None:
    """No seat, so her prior learning counts; the job offered is too far away."""
    story.register("enterprise", "recognition", "job")
    story.refused("unknown-course")
    story.assessed(*TRADES[list(TRADES)[story.number % len(TRADES)]][4])
    story.declines(story.proposed())


def _turns_away(story: Story) -> None:
    """Gives the seat back, gets another telephone, and wants neither messages nor proposals any more."""
    story.register("training", "recognition", "job", "no-heights")
    story.seated()
    story.assessed("teamwork")
    story.command(referrals.withdraw(story.referral("course"), "person-declined", TODAY))
    story.command(consents.change_contact(story.who(), drawn_id(story.chance), "voice", "km"))
    for purpose in ("messages", "employment"):
        story.withdraws(purpose)


def _returns_again(story: Story) -> None:
    """A course not passed, a case closed; a second return, a course passed, a job, in the same person's name."""
    story.register("training", "job")
    story.seated()
    story.completes("not-passed")
    story.command(_closing(story, "re-migrated"))
    story.register("training", "job")
    story.seated()
    story.completes()
    story.placed(story.proposed())


def _learns_to_read(story: Story) -> None:
    """A course with few seats; she works on her own account later, which the fund does not cover."""
    story.register("literacy", "job")
    story.seated()
    story.completes()
    story.placed(story.proposed(), "self-employed")


def _stays_unreached(story: Story) -> None:
    """No telephone, or no consent to messages."""
    phone = story.number // len(PLOTS) % 2 == 0
    agreed = ("services", "employment") if phone else ("services", "employment", "messages")
    story.register("training", "job", "legal-aid", agreed=agreed, phone=phone)
    story.seated()
    story.completes()
    story.placed(story.proposed())


def _dies(story: Story) -> None:
    story.register("training", "recognition")
    story.seated()
    story.corrected()
    story.assessed("teamwork")
    story.command(_closing(story, "died"))


def _closing(story: Story, reason: str) -> Decision:
    return cases.close(story.file(), story.referrals(), reason, TODAY)


PLOTS: Final[Sequence[Callable[[Story], None]]] = (
    _finds_work,
    _is_assessed,
    _turns_away,
    _returns_again,
    _learns_to_read,
    _stays_unreached,
    _dies,
)


def stories(number: int, seed: int) -> list[Story]:
    """So many persons' stories, every plot as often as any other; the same for the same seed."""
    told = [Story(place, random.Random(f"{seed} {place}")) for place in range(number)]
    for story in told:
        PLOTS[story.number % len(PLOTS)](story)
    return told


def three_times_shuffled(records: Sequence[KeptRecord], chance: random.Random) -> list[KeptRecord]:
    """Each record three times: the streams of an owner and person run three times over, each begun at its own time and
    at its own pace, so that any owner may come first, or much later. Within a stream the order is kept."""
    streams: dict[tuple[str, bytes | None], list[KeptRecord]] = {}
    for each in records:
        streams.setdefault((each.topic, each.key), []).append(each)
    timed: list[tuple[float, KeptRecord]] = []
    for stream in [stream for stream in streams.values() for _ in range(3)]:
        begin, pace = chance.random(), chance.random()
        timed += [(begin + pace * place / len(stream), each) for place, each in enumerate(stream)]
    return [each for _, each in sorted(timed, key=lambda pair: pair[0])]
