"""What is published about the contracts: JSON Schemas, AsyncAPI documents, the event map; and what may change in them.

Everything is generated from the registry of contracts, each service's lists and `deploy/kafka/topics.yaml`, and
committed, so that a change of a contract shows in review and `check` finds what was not generated anew.
"""
