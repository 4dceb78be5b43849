"""The local channel: each message once, whole, and for the service's own user only."""

import uuid
from math import inf
from pathlib import Path

import orjson
import pytest

from services.notifications.channel import Folder, Letter, Unavailable


def letter(text: str = "សូមស្វាគមន៍។") -> Letter:
    return Letter(str(uuid.uuid4()), str(uuid.uuid4()), "sms", "km", "welcome", str(uuid.uuid4()), "then", 1, text)


def test_a_message_is_taken_once_whatever_is_handed_over_again(tmp_path: Path) -> None:
    folder, letters = Folder(tmp_path / "outbox"), [letter() for _ in range(20)]
    folder.deliver(letters[:10], inf)
    before = {each.message: folder.place(each.message).stat() for each in letters[:10]}
    Folder(tmp_path / "outbox").deliver([each._replace(text="changed") for each in letters], inf)
    for each in letters[:10]:
        assert folder.place(each.message).stat() == before[each.message]
        assert Letter(**orjson.loads(folder.place(each.message).read_bytes())) == each
    assert len(list((tmp_path / "outbox").glob("??/*.json"))) == 20


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    Folder(tmp_path / "outbox").deliver([letter()], inf)
    kept = [tmp_path / "outbox", *(tmp_path / "outbox").rglob("*")]
    assert len(kept) == 4
    assert [oct(each.stat().st_mode & 0o077) for each in kept] == ["0o0"] * 4


def test_what_a_killed_sender_left_is_taken_away(tmp_path: Path) -> None:
    left = tmp_path / "outbox" / "unfinished" / "half.1"
    left.parent.mkdir(parents=True)
    left.write_text("{")
    Folder(tmp_path / "outbox").deliver([letter()], inf)
    assert list(left.parent.iterdir()) == []


def test_a_folder_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("not a folder")
    with pytest.raises(Unavailable, match=r"^the folder of messages cannot be written: File exists$"):
        Folder(tmp_path / "outbox").deliver([letter()], inf)


def test_nothing_goes_out_after_its_time(tmp_path: Path) -> None:
    folder, late = Folder(tmp_path / "outbox"), letter()
    with pytest.raises(Unavailable, match=r"^the folder of messages is too slow$"):
        folder.deliver([late], -inf)
    assert not folder.took(late.message)
    folder.deliver([late], inf)
    assert folder.took(late.message)
