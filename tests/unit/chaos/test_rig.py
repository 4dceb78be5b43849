"""What faults leave for afterwards is done, the last one first, whatever else ends the run."""

from pathlib import Path

import pytest

from deploy.chaos.journal import Journal
from deploy.chaos.rig import Rig
from deploy.system import System


def test_what_faults_leave_for_afterwards_is_done_once_the_last_one_first(tmp_path: Path) -> None:
    rig = Rig(System(None), lambda said: None, Journal(tmp_path / "journal.jsonl"))
    done: list[str] = []
    rig.afterwards(lambda: done.append("first"))
    rig.afterwards(lambda: rig.sleep(60))
    rig.afterwards(lambda: done.append("last"))
    rig.interrupt()
    rig.clear_away()
    rig.clear_away()
    assert done == ["last", "first"]


def test_what_fails_afterwards_does_not_keep_the_rest_from_being_done(tmp_path: Path) -> None:
    rig = Rig(System(None), lambda said: None, Journal(tmp_path / "journal.jsonl"))
    done: list[str] = []
    rig.afterwards(lambda: done.append("first"))
    rig.afterwards(lambda: done.remove("nothing"))
    with pytest.raises(ValueError, match="list"):
        rig.clear_away()
    assert done == ["first"]
