"""Which schema a build has, read from its migrations' files.

Without Alembic: only who migrates needs that, and to load it would take a fifth of a service's start.
"""

import re
from pathlib import Path

REVISION = re.compile(r'^revision\b[^=]*= "([^"]+)"', re.MULTILINE)
FOLLOWED = re.compile(r'^down_revision\b[^=]*= "([^"]+)"', re.MULTILINE)


def newest_revision(migrations: Path) -> str:
    """The revision that no other follows. Raises ValueError where there is not exactly one."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((migrations / "versions").glob("*.py"))]
    revisions: set[str] = {name for text in texts for name in REVISION.findall(text)}
    followed: set[str] = {name for text in texts for name in FOLLOWED.findall(text)}
    (newest,) = revisions - followed
    return newest
