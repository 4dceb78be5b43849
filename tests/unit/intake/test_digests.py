"""The keyed digest of a form: the same for every spelling, another for every other content or key."""

from services.intake.domain.rows import check
from services.intake.registering import digest
from tests.unit.intake.made_up import TODAY, fields

KEY = "a secret of at least thirty-two letters"
OTHER = {
    "form_no": "PS-0002",
    "name_km": "គំរូ ចេកខៀវ",
    "name_latin": "Kumru Chek Khiev",
    "sex": "male",
    "birth_date": "1990-05-13",
    "phone": "019 000 002",
    "phone_owner": "family",
    "language": "en",
    "id_number": "099000144",
    "commune": "150102",
    "return_date": "2025-08-03",
    "border_point": "doung",
    "sector_abroad": "garment",
    "occupation": "7111",
    "skills": "bricklaying",
    "needs": "job",
    "consent": "services",
    "consent_given": "spoken",
    "debt_usd": "",
    "note": "",
}


def of(key: str = KEY, **changed: str) -> bytes:
    return digest(check(fields(**changed), TODAY), key)


def test_spelling_does_not_matter() -> None:
    assert of() == of(birth_date="១២/០៥/១៩៩០", phone="+855 19 000 001", debt_usd="5500", sex="ស្រី")


def test_every_cell_matters() -> None:
    digests = [of(), *(of(**{name: typed}) for name, typed in OTHER.items())]
    assert len(set(digests)) == len(OTHER) + 1


def test_without_the_key_nobody_can_tell() -> None:
    assert of() != of("another secret of at least thirty-two letters")
