"""The AsyncAPI 3.0 document of a service: what it sends and receives, on which topics, in which form.

Built from the registry and the service's lists, since the subscriber takes raw batches and a document generated from
it would describe no payload.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deploy.contracts.schemas import schema_of
from deploy.contracts.services import Party
from deploy.topics import Topic
from shared.events import Contract
from shared.events.decoding import TRACEPARENT, UUID
from shared.events.envelope import PREFIX

Document = dict[str, Any]

BINDING = "0.5.0"
"""Version of AsyncAPI's Kafka bindings."""


def asyncapi(service: Party, topics: Mapping[str, Topic], version: str) -> Document:
    """The document of one service. `topics` by name; `version` is the project's."""
    sent, received = _by_topic(service.emits), _by_topic(service.consumes)
    contracts = {contract.type: contract for contract in (*service.emits, *service.consumes)}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"{PREFIX} {service.name}",
            "version": version,
            "description": f"What {service.name} sends and receives. It meets the other services only here: each event "
            "is a fact in the past tense, told by its owner, without personal data. Delivery is at least once; a "
            "reader knows a repeat by ce_id.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "{kafka}",
                "protocol": "kafka",
                "description": "The deployment's Kafka; SASL is used over TLS only.",
                "variables": {
                    "kafka": {"default": "127.0.0.1:9092", "description": "what REINTEGRATION_KAFKA says: host:port"}
                },
            }
        },
        "channels": {
            name: _channel(topics[name], sent.get(name, []), received.get(name, []))
            for name in sorted({*sent, *received})
        },
        "operations": {
            **{f"send-{name}": _operation("send", name, sent[name]) for name in sorted(sent)},
            **{
                f"receive-{name}": _operation("receive", name, received[name], group=service.name)
                for name in sorted(received)
            },
        },
        "components": {
            "messages": {kind: _message(contract, topics) for kind, contract in sorted(contracts.items())},
            "schemas": {
                "cloudevents-headers": headers_schema(),
                **{kind: schema_of(contract) for kind, contract in sorted(contracts.items())},
            },
        },
    }


def headers_schema() -> Document:
    """The headers of every record: CloudEvents 1.0 in Kafka's binary mode, with this system's extensions."""
    identity = {"type": "string", "pattern": f"^{UUID.pattern}$"}
    return {
        "type": "object",
        "description": "CloudEvents attributes, each a header of UTF-8 text. Readers ignore headers they do not know.",
        "required": [
            "content-type",
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_subject",
            "ce_time",
            "ce_sequence",
            "ce_correlationid",
        ],
        "properties": {
            "content-type": {"type": "string", "const": "application/json"},
            "ce_specversion": {"type": "string", "const": "1.0"},
            "ce_id": {**identity, "description": "The event's own id, a UUIDv7; what a reader knows a repeat by."},
            "ce_source": {"type": "string", "description": "Whose fact it is: /reintegration/OWNER."},
            "ce_type": {"type": "string", "description": "reintegration.OWNER.FACT.vN"},
            "ce_subject": {**identity, "description": "Whom or what the fact is about; the same as the record's key."},
            "ce_time": {"type": "string", "format": "date-time", "description": "When it was recorded, with offset."},
            "ce_sequence": {
                "type": "string",
                "pattern": "^[1-9][0-9]{0,17}$",
                "description": "Counts the owner's facts about this subject: 1, 2, 3, ... without a gap. Facts are "
                "ordered by it, never by time or id.",
            },
            "ce_caseid": {**identity, "description": "The case it belongs to; absent where the fact is the person's."},
            "ce_correlationid": {**identity, "description": "The same for all that followed from one command."},
            "ce_causationid": {**identity, "description": "The event it followed from; absent where it was a command."},
            "ce_traceparent": {
                "type": "string",
                "pattern": f"^{TRACEPARENT.pattern}$",
                "description": "W3C trace context.",
            },
        },
    }


def _by_topic(contracts: Iterable[type[Contract]]) -> dict[str, list[type[Contract]]]:
    found: dict[str, list[type[Contract]]] = {}
    for contract in sorted(contracts, key=lambda contract: contract.type):
        found.setdefault(contract.topic, []).append(contract)
    return found


def _channel(topic: Topic, sent: Sequence[type[Contract]], received: Sequence[type[Contract]]) -> Document:
    contracts = {contract.type: contract for contract in (*sent, *received)}
    beside = " Other facts travel here as well; this service skips them." if received else ""
    return {
        "address": topic.name,
        "description": f"Holds {topic.holds}. The key is the {topic.subject}'s id. A deployment may put "
        f"REINTEGRATION_TOPIC_PREFIX before the name.{beside}",
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"} for kind in sorted(contracts)},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "replicas": topic.replication_factor,
                "topicConfiguration": {
                    "cleanup.policy": [topic.config["cleanup.policy"]],
                    "retention.ms": int(topic.config["retention.ms"]),
                    "retention.bytes": int(topic.config["retention.bytes"]),
                },
                "bindingVersion": BINDING,
            }
        },
    }


def _operation(action: str, topic: str, contracts: Sequence[type[Contract]], group: str | None = None) -> Document:
    operation: Document = {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic}"},
        "messages": [{"$ref": f"#/channels/{topic}/messages/{contract.type}"} for contract in contracts],
    }
    if group is not None:
        operation["bindings"] = {"kafka": {"groupId": {"type": "string", "const": group}, "bindingVersion": BINDING}}
    return operation


def _message(contract: type[Contract], topics: Mapping[str, Topic]) -> Document:
    return {
        "name": contract.type,
        "title": contract.fact.replace("-", " "),
        "summary": meaning_of(contract),
        "contentType": "application/json",
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/cloudevents-headers"},
                {
                    "type": "object",
                    "properties": {
                        "ce_type": {"type": "string", "const": contract.type},
                        "ce_source": {"type": "string", "const": f"/{PREFIX}/{contract.owner}"},
                    },
                },
            ]
        },
        "payload": {"$ref": f"#/components/schemas/{contract.type}"},
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "bindings": {
            "kafka": {
                "key": {
                    "type": "string",
                    "pattern": f"^{UUID.pattern}$",
                    "description": f"id of the {topics[contract.topic].subject}",
                },
                "bindingVersion": BINDING,
            }
        },
    }


def meaning_of(contract: type[Contract]) -> str:
    """The contract's docstring in one line. Raises ValueError for a contract that does not say what it means."""
    own = contract.__dict__.get("__doc__") or ""
    if not own.strip():
        raise ValueError(f"{contract.type} does not say what it means: give its class a docstring")
    return " ".join(own.split())
