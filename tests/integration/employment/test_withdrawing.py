"""A seat that an employer holds is free again before the end of consent is confirmed; she may agree again later."""

from shared.access import EMPLOYER, EMPLOYMENT_OFFICER
from shared.events.intake import ConsentWithdrawn
from shared.service import Running
from tests.integration.asking import asking
from tests.integration.core.speaking import id_of, speak
from tests.integration.employment.opening import VACANCY, opened, problem
from tests.integration.employment.seeking import CONSENT, ROW, ledger, recognised, registered, seekers, settled
from tests.waiting import until

CONSENT_ID = "00000000-0000-4000-8000-0000000000a1"


async def test_a_seat_held_on_consent_is_given_back_and_then_that_is_confirmed(
    employment: Running, kafka: str, topics: str
) -> None:
    (who,), told = seekers(
        1,
        registered(),
        CONSENT,
        recognised(),
        ConsentWithdrawn(purpose="services"),
        ConsentWithdrawn(purpose="employment", consent=CONSENT_ID),
        CONSENT,
    )
    await opened(employment, ROW | {"seats": "1"})
    await speak(kafka, topics, told[:3])
    await until(lambda: settled(employment, 3))
    async with (
        asking(employment, EMPLOYMENT_OFFICER) as officer,
        asking(employment, EMPLOYER, employer="lotus-works") as employer,
    ):
        (proposal,) = await ledger(employment, "match-proposed")
        match = proposal["data"]["match"]
        assert (await officer.post(f"/matches/{match}/acceptance", None)).status_code == 200
        for _ in range(3):
            await speak(kafka, topics, told[3:5])
        await until(lambda: employment.consumer.counts["repeated"] == 4)
        await until(lambda: settled(employment, 5))
        rows = await employment.database.fetch("select taken from vacancy where vacancy = $1", VACANCY)
        assert rows[0][0] == 0
        (declined,) = await ledger(employment, "match-declined")
        assert declined["data"]["reason"] == "consent-withdrawn"
        first, second = await ledger(employment, "withdrawal-confirmed")
        assert first["data"] == {"withdrawal": id_of(told[3]), "purpose": "services", "consent": None}
        assert second["data"] == {"withdrawal": id_of(told[4]), "purpose": "employment", "consent": CONSENT_ID}
        assert (second["subject"], second["causationid"]) == (who, id_of(told[4]))
        refused = await employer.post(f"/matches/{match}/placement", {"starts": "2026-12-01"})
        problem(refused, 409, "not-accepted")

        await opened(employment, ROW | {"vacancy_no": "2"})
        await until(lambda: settled(employment, 5))
        assert len(await ledger(employment, "match-proposed")) == 1
        await speak(kafka, topics, told[5:])
        await until(lambda: settled(employment, 6))
        proposals = await ledger(employment, "match-proposed")
        assert len(proposals) == 2
        assert (await officer.post(f"/matches/{proposals[1]['data']['match']}/acceptance", None)).status_code == 200
