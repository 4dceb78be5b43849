"""What Kafka answers is taken apart batch by batch, whatever was cut off and whatever cannot be read in between."""

import struct

from aiokafka import TopicPartition
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from hypothesis import given
from hypothesis import strategies as st

from shared.unreadable import batches

PLACE = TopicPartition("intake", 2)


def batch(first: int, number: int) -> bytes:
    """A batch of so many records from an offset on."""
    builder = DefaultRecordBatchBuilder(2, 0, False, -1, -1, -1, 1 << 20)
    for place in range(number):
        builder.append(place, 1_700_000_000_000, b"key", b"value %d" % place, [])
    raw = bytearray(builder.build())
    struct.pack_into(">q", raw, 0, first)  # as the broker numbers it; no part of what the checksum is of
    return bytes(raw)


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
    st.integers(0, 20),
    st.integers(0, 200),
)
def test_every_whole_batch_from_an_offset_on_and_nothing_else(sizes: list[int], offset: int, cut: int) -> None:
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    parts = [batch(end - size, size) for end, size in zip(ends, sizes, strict=True)]
    raw = b"".join(parts)
    raw = raw[: max(0, len(raw) - cut)]
    whole = [end for place, end in enumerate(ends) if sum(map(len, parts[: place + 1])) <= len(raw)]
    found = list(batches(PLACE, offset, raw))
    assert [each.last_offset + 1 for each in found] == [end for end in whole if end > offset]
    for each in found:
        records, failure = each.readable()
        assert failure is None
        assert [record.offset for record in records] == list(range(each.offset, each.last_offset + 1))
        assert each.offset >= offset


def test_a_checksum_that_is_wrong_fails_its_batch_alone() -> None:
    bad = bytearray(batch(0, 2))
    bad[-1] ^= 1
    first, second = batches(PLACE, 0, bytes(bad) + batch(2, 3))
    assert first.readable()[0] == []
    assert type(first.readable()[1]).__name__ == "CorruptRecordException"
    assert len(second.readable()[0]) == 3
