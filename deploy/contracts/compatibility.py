"""Whether a contract's schema may take the place of a released one without a new version.

Kafka keeps every event for ever and services are replaced one at a time, so both ways must work: today's readers read
what was ever written, and readers of any released build read what is written today (full transitive). Readers check
what they read, so a limit may neither be narrowed (old events would be refused) nor widened (old readers would refuse
new events). What is left: new fields that are optional. Unknown fields are ignored, which makes those safe.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deploy.contracts.schemas import Schema, structure_of

LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
COMPARED_ALONE = {"type", "format", "properties", "required", "items", "enum", "const", "default", *LOWEST, *HIGHEST}


def incompatibilities(old_schema: Schema, new_schema: Schema) -> list[str]:
    """What the new schema breaks for events or readers of the old one, a sentence each; empty when nothing."""
    return list(_compared("data", structure_of(old_schema), structure_of(new_schema)))


def breaks(released: Sequence[Schema], new_schema: Schema) -> list[str]:
    """The same against every schema ever released of this version, each sentence once, oldest first."""
    return list(dict.fromkeys(line for old in released for line in incompatibilities(old, new_schema)))


def _compared(path: str, old: Schema, new: Schema) -> Iterator[str]:
    """Two schemas of the same place: of the same types, and then type by type."""
    if old.get("default") != new.get("default") and "default" in old and "default" in new:
        yield f"{path}: default changed from {old['default']!r} to {new['default']!r}; events without it mean another"
    before, after = _by_type(old), _by_type(new)
    if set(before) != set(after):
        yield f"{path}: type changed from {_listed(before)} to {_listed(after)}; give the new meaning a name of its own"
        return
    for kind, branch in before.items():
        if len(branch) == len(after[kind]) == 1:
            yield from _compared_alike(path, branch[0], after[kind][0])
        elif branch != after[kind]:
            yield f"{path}: alternatives of type {kind} changed"


def _by_type(schema: Schema) -> dict[str, list[Schema]]:
    """The alternatives of a schema by type; a format counts as part of it, since a date is not just any text."""
    found: dict[str, list[Schema]] = {}
    for branch in schema.get("anyOf", [schema]):
        kind = str(branch.get("type", "anything"))
        found.setdefault(f"{kind} ({branch['format']})" if "format" in branch else kind, []).append(branch)
    return found


def _listed(kinds: Mapping[str, Any]) -> str:
    return " or ".join(sorted(kinds))


def _compared_alike(path: str, old: Schema, new: Schema) -> Iterator[str]:
    """Two schemas of one type."""
    yield from _fields(path, old, new)
    if "items" in old or "items" in new:
        yield from _compared(f"{path}[]", old.get("items", {}), new.get("items", {}))
    for keyword in LOWEST:
        yield from _limit(path, keyword, old.get(keyword), new.get(keyword), lowest=True)
    for keyword in HIGHEST:
        yield from _limit(path, keyword, old.get(keyword), new.get(keyword), lowest=False)
    yield from _values(path, old, new)
    if "pattern" in old or "pattern" in new:
        if "pattern" not in old:
            yield f"{path}: narrowed: a pattern was added; released events may not match it"
        elif "pattern" not in new:
            yield f"{path}: widened: its pattern was taken away; released readers refuse what does not match it"
        elif old["pattern"] != new["pattern"]:
            yield f"{path}: pattern changed from {old['pattern']} to {new['pattern']}; one side may refuse the other's"
    closed = old.get("additionalProperties", True), new.get("additionalProperties", True)
    if closed[0] != closed[1]:
        yield f"{path}: additionalProperties changed from {closed[0]} to {closed[1]}; unknown fields must stay ignored"
    for keyword in sorted((set(old) | set(new)) - COMPARED_ALONE - {"pattern", "additionalProperties", "anyOf"}):
        if old.get(keyword) != new.get(keyword):
            yield f"{path}: {keyword} changed from {old.get(keyword)!r} to {new.get(keyword)!r}"


def _fields(path: str, old: Schema, new: Schema) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed, needs = set(old.get("required", ())), set(new.get("required", ()))
    for name in before:
        if name in after:
            if name in needed - needs:
                yield f"{path}.{name}: was required and is optional now; released readers refuse an event without it"
            if name in needs - needed:
                yield f"{path}.{name}: was optional and is required now; released events may lack it"
            yield from _compared(f"{path}.{name}", before[name], after[name])
            continue
        heirs = [other for other in after if other not in before and after[other] == before[name]]
        renamed = f", or renamed to {heirs[0]}" if len(heirs) == 1 else ""
        kind = "required" if name in needed else "optional"
        yield f"{path}.{name}: {kind} field removed{renamed}; readers of this version count on it"
    for name in after:
        if name not in before and name in needs:
            yield f"{path}.{name}: new field is required; released events lack it"


def _limit(path: str, keyword: str, old: float | None, new: float | None, *, lowest: bool) -> Iterator[str]:
    if old == new:
        return
    if old is None:
        narrowed = True
    elif new is None:
        narrowed = False
    else:
        narrowed = (new > old) is lowest
    change = f"{keyword} {'none' if old is None else old} became {'none' if new is None else new}"
    if narrowed:
        yield f"{path}: narrowed: {change}; released events may lie outside"
    else:
        yield f"{path}: widened: {change}; released readers refuse what lies outside the old limit"


def _values(path: str, old: Schema, new: Schema) -> Iterator[str]:
    """Lists of allowed values. Contracts have none (their codes are open), so that one is never the cause of a v2."""
    before, after = _allowed(old), _allowed(new)
    if before == after:
        return
    if before is None or (after is not None and set(before) - set(after)):
        gone = "any other value" if before is None else ", ".join(sorted(set(before) - set(after or ())))
        yield f"{path}: narrowed: no longer allowed: {gone}; released events may hold it"
    if after is None or (before is not None and set(after) - set(before)):
        come = "any value" if after is None else ", ".join(sorted(set(after) - set(before or ())))
        yield f"{path}: widened: now allowed: {come}; released readers refuse it"


def _allowed(schema: Schema) -> list[str] | None:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else [repr(value) for value in values]
