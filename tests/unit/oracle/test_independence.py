"""The oracle shares no code with what it judges, not even by way of something else that it imports."""

import subprocess
import sys
from pathlib import Path

import deploy.oracle

ROOT = Path(deploy.oracle.__file__).parent.parent.parent


def test_nothing_of_shared_or_services_is_loaded_with_it() -> None:
    program = "import sys, deploy.oracle, deploy.oracle.reconciling; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert {"deploy.oracle.checks", "deploy.oracle.reconciling"} <= {*loaded}
    assert [name for name in loaded if name.partition(".")[0] in ("shared", "services")] == []
