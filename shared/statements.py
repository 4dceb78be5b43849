"""Several SQL statements sent as one, to spare round trips."""

import re
from functools import lru_cache

PARAMETER = re.compile(r"\$(\d+)")


@lru_cache(maxsize=1_000)
def together(statements: tuple[tuple[str, str], ...]) -> str:
    """One statement of several (name, SQL), each of which changes a table of its own: a round trip instead of several.
    Parameters are numbered on, in the order of the statements; a later one may read what an earlier one returns, by
    its name."""
    parts, before = [], 0
    for name, statement in statements:
        pieces = PARAMETER.split(statement)
        pieces[1::2] = [f"${int(number) + before}" for number in pieces[1::2]]
        parts.append((name, "".join(pieces)))
        before += max(map(int, PARAMETER.findall(statement)), default=0)
    *first, (_, last) = parts
    return f"with {', '.join(f'{name} as ({part})' for name, part in first)} {last}" if first else last
