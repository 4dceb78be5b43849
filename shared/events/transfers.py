"""Facts that intake owns about which centre looks after a person."""

from shared.events.envelope import Code, Contract, Id, contract


class TransferFact(Contract):
    """What every fact about a transfer carries: the person's centre, and the one that is to look after her."""

    transfer: Id
    from_centre: Code
    to_centre: Code


@contract("intake", "transfer-requested")
class TransferRequested(TransferFact):
    """A centre asks another to look after the person from now on."""

    reason: Code


@contract("intake", "transfer-accepted")
class TransferAccepted(TransferFact):
    """The other centre looks after the person from now on: who may see what is hers moves with it."""


@contract("intake", "transfer-declined")
class TransferDeclined(TransferFact):
    """The other centre does not take the person, or her own took the question back; she stays where she was."""

    reason: Code


@contract("intake", "case-reopened")
class CaseReopened(Contract):
    """A case that was closed goes on."""

    reason: Code
