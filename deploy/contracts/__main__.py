"""`python -m deploy.contracts write|check`; ends with 0, or with 1 and what is wrong."""

import argparse
import sys
from pathlib import Path

from deploy.contracts.documents import ROOT, Contradiction, check, write
from deploy.contracts.services import NotThere, load_services


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.contracts", description=__doc__)
    parser.add_argument(
        "what",
        choices=("write", "check"),
        help="write: generate docs/asyncapi, docs/schemas, docs/events.md and docs/flows.json anew and put new schemas "
        "on record; check: say what would change or break, and change nothing",
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    asked = parser.parse_args(arguments)
    try:
        return _write(asked.root) if asked.what == "write" else _check(asked.root)
    except (NotThere, Contradiction) as error:
        print(error, file=sys.stderr)
        return 1


def _write(root: Path) -> int:
    changed = write(load_services(), root)
    print("\n".join(f"wrote {path}" for path in changed) or "nothing changed")
    return 0


def _check(root: Path) -> int:
    found = check(load_services(), root)
    if not found:
        print("the documents are what the contracts say")
        return 0
    print("\n".join(found), file=sys.stderr)
    print("\nWhere this was meant: python -m deploy.contracts write, and commit what it wrote.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
