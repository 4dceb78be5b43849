"""How long the oldest unsent event waits."""

from shared.readiness import Oldest


def test_it_waits_for_as_long_as_it_is_the_oldest() -> None:
    oldest = Oldest()
    assert oldest.waits(None, 100) == 0
    assert oldest.waits(7, 150) == 0
    assert oldest.waits(7, 190) == 40
    assert oldest.waits(8, 200) == 0  # that one was sent
    assert oldest.waits(8, 270) == 70
    assert oldest.waits(None, 300) == 0
    assert oldest.waits(8, 400) == 0
