"""What a PromQL expression names: metrics and labels, read from its text."""

import re
from typing import Final

from shared.metrics import METRICS
from tests.unit.observability.table import LIBRARY

WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """and or unless by without on ignoring sum max min avg count topk rate increase changes histogram_quantile
        vector label_values""",
    )
)
"""Operators and functions that our expressions may use."""
OF_TARGETS: Final = frozenset({"service", "instance", "job", "le"})
"""Labels that Prometheus gives by itself, or that our scrape configuration gives."""
HIDDEN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]')
MATCHERS: Final = re.compile(r"\{([^}]*)\}")
GROUPED: Final = re.compile(r"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")
NAME: Final = re.compile(r"[a-zA-Z_]\w*")
SUFFIX: Final = re.compile(r"_(bucket|sum|count)$")


def labels_of(name: str) -> frozenset[str] | None:
    """The labels of a metric; None where no service shows it."""
    if name == "up":
        return frozenset()
    for known in (name, SUFFIX.sub("", name)):
        if known in METRICS:
            kind, labels, _ = METRICS[known]
            return frozenset(labels) if (kind == "histogram") == (known != name) else None
        if known in LIBRARY:
            return frozenset(LIBRARY[known].labels)
    return None


def wrong_in(expression: str) -> list[str]:
    """Metrics that no service shows, and labels that none of the metrics named has."""
    bare = HIDDEN.sub("", expression)
    labels = {name for matchers in MATCHERS.findall(bare) for name in NAME.findall(matchers)}
    labels |= {name for grouped in GROUPED.findall(bare) for name in NAME.findall(grouped)}
    named = set(NAME.findall(GROUPED.sub("", MATCHERS.sub("", bare)))) - WORDS
    known = {name: labels_of(name) for name in named}
    possible = OF_TARGETS.union(*(found for found in known.values() if found is not None))
    return [f"no metric: {name}" for name, found in sorted(known.items()) if found is None] + [
        f"no label: {name}" for name in sorted(labels - possible)
    ]
