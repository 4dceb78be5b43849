"""Employment running on real PostgreSQL and Kafka, with tokens of the run's own issuer."""

from collections.abc import Awaitable, Callable

import pytest

from shared.service import Running
from tests.integration.asking import issuer


@pytest.fixture
async def employment(running: Callable[..., Awaitable[Running]]) -> Running:
    return await running("employment", issuer_key=issuer().public_key)
