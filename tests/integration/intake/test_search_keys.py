"""Persons found by keyed digests that registration writes in its own statement."""

from collections.abc import Iterable

import pytest

from services.intake import identity
from services.intake.domain import search
from services.intake.indexing import Indexing
from shared.service import Running
from tests.integration.intake.conftest import Office
from tests.integration.intake.journey import registered

SECRET = "k" * 32


async def found(intake: Running, terms: Iterable[search.Term], centre: str | None = "pursat") -> list[str]:
    async with intake.database.connection() as connection:
        return await identity.find(connection, list(terms), SECRET, centre, 10)


@pytest.mark.parametrize(
    "terms",
    [
        search.words("khiev KUMRU"),
        search.whole_name("Kumrusvay khiev"),
        search.whole_name("គំរូសា្វយ ខៀវ"),
        search.phone("០១៩ ០០០ ០០១"),
        search.document("99000137"),
    ],
    ids=["latin words", "whole latin name", "khmer as typed by others", "phone", "card"],
)
async def test_a_person_is_found_in_her_own_centre(
    office: Office, intake: Running, terms: Iterable[search.Term]
) -> None:
    sought = list(terms)
    person, _ = await registered(office.counsellor)
    await registered(
        office.counsellor, form_no="2", name_km="", name_latin="Sok Dara", phone="019 000 002", id_number=""
    )
    assert await found(intake, sought) == await found(intake, sought, None) == [person]
    assert await found(intake, sought, "oddar-meanchey") == []
    assert await found(intake, [*sought, ("word", "dara")]) == []


async def test_nobody_is_found_by_nothing(office: Office, intake: Running) -> None:
    await registered(office.counsellor)
    assert await found(intake, []) == []


async def test_an_old_number_finds_nobody_any_more(office: Office, intake: Running) -> None:
    person, _ = await registered(office.counsellor)
    contact = {"phone": "012 345 678", "phone_owner": "family", "language": "km"}
    assert (await office.counsellor.post(f"/persons/{person}/contact", contact)).status_code == 200
    assert await found(intake, search.phone("019000001")) == []
    assert await found(intake, search.phone("+85512345678")) == [person]


async def test_identities_of_an_earlier_version_are_indexed_page_by_page(
    office: Office, intake: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons = {
        (await registered(office.counsellor, form_no=str(number), id_number="", name_latin=f"Sok {word}"))[0]
        for number, word in enumerate(("Bopha", "Chan", "Dara"))
    }
    keys = "select person::text, keys from identity order by person"
    before = await intake.database.fetch(keys)
    async with intake.database.connection() as connection:
        await connection.execute("update identity set keys = null")
    monkeypatch.setattr(Indexing, "batch", 2)
    indexing = Indexing(intake)
    assert [await indexing.step(), await indexing.step(), await indexing.step()] == [2, 1, 0]
    assert await intake.database.fetch(keys) == before
    assert set(await found(intake, search.words("Sok"))) == persons
