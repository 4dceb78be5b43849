"""F13 makes the next build from this one's source: it must be what F13 says it is."""

import subprocess
import sys
from pathlib import Path

from deploy.chaos.faults.versions import make
from services.__main__ import NAMES
from shared.revisions import newest_revision

ASK = """
from shared.events import REGISTRY
assert REGISTRY
print(all(model.model_fields["written_by"].default for model in REGISTRY.values()))
"""


def test_the_next_build_has_a_later_schema_and_later_contracts(tmp_path: Path) -> None:
    build = tmp_path / "next"
    make(build, list(NAMES))
    assert {newest_revision(build / "services" / name / "migrations") for name in NAMES} == {"next"}
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=build, capture_output=True, text=True, check=False)
    assert asked.stdout.strip() == "True", asked.stderr
