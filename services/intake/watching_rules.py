"""Notices when other rules are in force than those by which cases were judged: a new build, or a new day."""

from typing import Final

from services.intake.domain import proposals, scheme_rules
from shared.local_time import day
from shared.loop import Loop
from shared.service import Running
from shared.work import Cause, new_id

IN_FORCE: Final = """
insert into rules_in_force (one, version, since) values (true, $1, $2)
on conflict (one) do update set version = excluded.version, since = excluded.since
where rules_in_force.version <> excluded.version returning true
"""


class RulesWatch(Loop):
    """Looks once after a start, and then whether a day has brought or ended a rule; of several copies one is first."""

    name = "rules"
    batch = 1
    poll_seconds = 30.0
    pause_seconds = 30.0

    def __init__(self, running: Running) -> None:
        super().__init__()
        self._running = running
        self._seen: str | None = None

    async def step(self) -> int:
        """Begin to ask about every open case again where other rules hold now; returns whether they do."""
        version = scheme_rules.version_of(scheme_rules.rules_on(day(self._running.clock())))
        if version == self._seen:
            return 0
        async with self._running.unit([proposals.subject_of(version)]) as work:
            changed = await work.connection.fetchval(IN_FORCE, version, work.working.now)
            if changed:
                work.apply(proposals.begin(version, work.working.now), Cause(new_id()))
        self._seen = version
        return 0
