"""The anomalies: each a name, what it means, and the query that finds it. Names follow Jepsen's where it has one.

A query gives one row for each case, its columns ids, names and places only. Tables and views: `store.py`.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["lost", "doubled", "disordered", "ghosts"]
KINDS: tuple[Kind, ...] = ("lost", "doubled", "disordered", "ghosts")


@dataclass(frozen=True, slots=True)
class Check:
    """One anomaly. `meaning` is a sentence for operators."""

    name: str
    kind: Kind
    meaning: str
    query: str


CHECKS = (
    Check(
        "lost-write",
        "lost",
        "The event is in its owner's ledger and no longer waits to be sent, but its topic does not hold it.",
        """
        select service, id, type, subject, sequence from event
        where not unsent
          and not exists (select 1 from record where record.id = event.id and record.topic = event.topic)
        """,
    ),
    Check(
        "lost-effect",
        "lost",
        "The consumer handles this type and its group went on beyond the event, but it has neither seen nor parked it.",
        "select consumer, id, type, subject, sequence, topic, partition, offset from missing where passed",
    ),
    Check(
        "duplicate-event",
        "doubled",
        "Ledgers hold this id more than once.",
        "select service, id, type, count(*) as times from ledger group by id having count(*) > 1",
    ),
    Check(
        "duplicate-effect",
        "doubled",
        "One cause brought about the same fact of the same person more than once.",
        """
        select service, min(id) as id, type, subject, count(distinct id) as times from ledger
        where effect is not null group by service, effect having count(distinct id) > 1
        """,
    ),
    Check(
        "duplicate-message",
        "doubled",
        "A message about the same fact, from the same template, reached the person more than once on one channel.",
        """
        select service, min(id) as id, type, subject, count(distinct id) as times from ledger
        where message is not null group by service, message having count(distinct id) > 1
        """,
    ),
    Check(
        "duplicate-seen",
        "doubled",
        "A consumer wrote the event into its inbox more than once.",
        "select service, consumer, id, count(*) as times from seen group by id, service, consumer having count(*) > 1",
    ),
    Check(
        "out-of-order-ledger",
        "disordered",
        "The owner's sequence for this subject leaves a number out, repeats one or runs backwards.",
        """
        select service, id, type, subject, before + 1 as expected, sequence from (
            select *, lag(sequence, 1, 0) over (partition by service, subject order by position) as before from ledger)
        where sequence <> before + 1
        """,
    ),
    Check(
        "out-of-order-topic",
        "disordered",
        "The event stands in its partition for the first time behind a later one of the same owner and subject.",
        """
        select service, id, type, subject, sequence, before, topic, partition, offset from (
            select *, lag(sequence) over (partition by service, subject, topic, partition order by offset) as before
            from arrived)
        where sequence < before
        """,
    ),
    Check(
        "split-subject",
        "disordered",
        "An owner's events of one subject stand in more than one partition, which have no order between them.",
        """
        select service, subject, count(*) as partitions from (
            select distinct event.service, event.subject, record.topic, record.partition
            from record join event on event.id = record.id and event.topic = record.topic)
        group by service, subject having count(*) > 1
        """,
    ),
    Check(
        "out-of-order-inbox",
        "disordered",
        "The consumer applied the event after a later one of the same owner and subject.",
        """
        select service, consumer, id, type, owner, subject, sequence, before from (
            select seen.service, seen.consumer, event.id, event.type, event.service as owner, event.subject,
                   event.sequence, lag(event.sequence) over (
                       partition by seen.service, seen.consumer, event.service, event.subject, seen.old
                       order by seen.batch, seen.place) as before
            from seen join event on event.id = seen.id
            where not exists (select 1 from parked where parked.id = seen.id and parked.service = seen.service
                              and parked.consumer = seen.consumer))
        where sequence < before
        """,
    ),
    Check(
        "overtaken-parked",
        "disordered",
        "The consumer applied the event although an earlier one of the same owner and subject is parked and waits.",
        """
        select distinct seen.service, seen.consumer, event.id, event.type, event.service as owner, event.subject,
                        event.sequence, earlier.id as parked
        from parked as waiting join event as earlier on earlier.id = waiting.id
        join event on event.service = earlier.service and event.subject = earlier.subject
                  and event.sequence > earlier.sequence
        join seen on seen.id = event.id and seen.service = waiting.service and seen.consumer = waiting.consumer
        where waiting.state = 'waiting'
          and not exists (select 1 from parked where parked.id = event.id and parked.service = seen.service
                          and parked.consumer = seen.consumer and parked.state <> 'replayed')
        """,
    ),
    Check(
        "ghost-event",
        "ghosts",
        "A topic holds an event that is in no ledger.",
        """
        select id, type, subject, topic, partition, min(offset) as offset from record
        where not newer and not exists (select 1 from ledger where ledger.id = record.id)
        group by id
        """,
    ),
    Check(
        "altered-event",
        "ghosts",
        "A topic holds an event with other content than its ledger: see `differs`.",
        """
        select event.service, event.id, event.type, record.topic, record.partition, min(record.offset) as offset,
               trim(iif(record.topic is event.topic, '', 'topic ') || iif(record.type is event.type, '', 'type ') ||
                    iif(record.subject is event.subject, '', 'subject ') ||
                    iif(record.sequence is event.sequence, '', 'sequence ') ||
                    iif(record.attributes is event.attributes, '', 'attributes ') ||
                    iif(record.data is event.data, '', 'data')) as differs
        from record join event on event.id = record.id
        where not exists (
            select 1 from ledger
            where ledger.id = record.id and ledger.topic is record.topic and ledger.type is record.type
              and ledger.subject is record.subject and ledger.sequence is record.sequence
              and ledger.attributes is record.attributes and ledger.data is record.data)
        group by event.id
        """,
    ),
    Check(
        "ghost-effect",
        "ghosts",
        "A consumer has seen an event that neither a topic nor a ledger holds.",
        """
        select service, consumer, id, batch, place from seen
        where not exists (select 1 from record where record.id = seen.id)
          and not exists (select 1 from ledger where ledger.id = seen.id)
        """,
    ),
)
