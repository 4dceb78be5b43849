"""Channels that messages leave by. Here the local one: a folder with a file for each message.

A channel takes a message once, however often it is handed over: it is known by its id, which is the same for the same
event, person, template and channel. So a sender that was killed hands over again whatever it had not noted yet.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple, Protocol

import orjson

from shared.telemetry import describe

SYNCING: Final = 4
"""Files forced to disk side by side: a file system writes one journal entry for those that wait together."""


class Letter(NamedTuple):
    """A message as a channel takes it: to an opaque contact, with its text."""

    message: str
    contact: str | None
    channel: str
    language: str
    template: str
    about: str
    happened_at: str
    parts: int
    text: str


class Unavailable(Exception):
    """The channel takes nothing at the moment; the text says why, for operators. What was handed over comes again."""


class Channel(Protocol):
    """Blocking. When `deliver` returns, the letters are out for good; when it raises, any part of them may be.

    Nothing goes out after `until`, of the monotonic clock: by then the sender may have lost the locks under which it
    looked at consent. `took` says of a message whether it went out before, by a sender that was killed.
    """

    def deliver(self, letters: Sequence[Letter], until: float) -> None: ...

    def took(self, message: str) -> bool: ...


class Folder:
    """The local channel. A message is a JSON file named by its id, in one of 256 folders named by the id's first two
    digits; written beside, forced to disk, then renamed, so that a file that is there is whole.

    The files are what was sent and by what a second sending is noticed: whoever reads them leaves them where they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unfinished = folder / "unfinished"
        self._cleared = False

    def place(self, message: str) -> Path:
        """Where the file of a message is."""
        return self._folder / message[:2] / f"{message}.json"

    def took(self, message: str) -> bool:
        return self.place(message).exists()

    def deliver(self, letters: Sequence[Letter], until: float) -> None:
        """Raises Unavailable where the folder cannot be written, or not in time."""
        try:
            self._clear()
            new = [letter for letter in letters if not self.took(letter.message)]
            with ThreadPoolExecutor(SYNCING) as pool:
                written = list(pool.map(self._write, new))
                for letter, file in zip(new, written, strict=True):
                    self.place(letter.message).parent.mkdir(mode=0o700, exist_ok=True)
                    if monotonic() > until:
                        raise Unavailable("the folder of messages is too slow")
                    file.rename(self.place(letter.message))
                # Also of those that were there already: whoever renamed them may have been killed before this.
                folders = {self.place(letter.message).parent for letter in letters}
                list(pool.map(_sync_folder, [self._folder, *sorted(folders)]))
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else describe(error)
            raise Unavailable(f"the folder of messages cannot be written: {reason}") from None

    def _clear(self) -> None:
        """Once: take away what a killed sender left unfinished. One that is alive finds it gone and sends again."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._unfinished.mkdir(mode=0o700, exist_ok=True)
        if not self._cleared:
            for left in self._unfinished.iterdir():
                left.unlink(missing_ok=True)
            self._cleared = True

    def _write(self, letter: Letter) -> Path:
        """The file, whole and on disk, still under another name, which no other sender uses."""
        file = self._unfinished / f"{letter.message}.{os.getpid()}"
        fields: dict[str, Any] = letter._asdict()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(orjson.dumps(fields, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            opened.flush()
            os.fsync(descriptor)
        return file


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
