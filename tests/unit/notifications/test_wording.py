"""Each fact has its words, and one happening is told once."""

import pytest

from services.notifications.domain.wording import FIELDS, wording
from services.notifications.handlers import HANDLERS
from shared.events.dropping import DROPPED
from shared.events.envelope import Contract
from shared.events.transfers import CaseReopened, TransferAccepted
from tests.unit.notifications.facts import CONSENT, CONTACT_CHANGED, NO_CONSENT, TOLD


@pytest.mark.parametrize(("fact", "template"), TOLD, ids=lambda each: getattr(each, "type", each))
def test_a_fact_is_told_with_its_template_and_exactly_its_fields(fact: Contract, template: str | None) -> None:
    words = wording(fact)
    assert (words.template if words else None) == template
    assert words is None or set(words.fields) == FIELDS[words.template]


def test_every_fact_that_is_consumed_has_words_or_is_no_news_to_her() -> None:
    with_words = {type(fact) for fact, _ in TOLD}
    own = {type(each) for each in (CONTACT_CHANGED, CONSENT, NO_CONSENT)} | {TransferAccepted, CaseReopened}
    assert set(HANDLERS.consumes) - set(DROPPED) == with_words | own


def test_every_template_is_used() -> None:
    assert {template for _, template in TOLD if template} == set(FIELDS)
