"""What every holder of something that rests on consent tells alike: that it stopped, once the consent ended."""

from pydantic import Field

from shared.events.envelope import Code, Contract, Id, contract


class WithdrawalConfirmed(Contract):
    """Nothing that rests on this consent goes on here any more; a later consent to the same purpose is another one."""

    withdrawal: Id = Field(description="id of the event that told of the withdrawal")
    purpose: Code
    consent: Id | None = Field(default=None, description="which consent ended, as the withdrawal named it")


@contract("training", "withdrawal-confirmed")
class ConfirmedByTraining(WithdrawalConfirmed):
    """Training holds no seat and no application that rests on this consent."""


@contract("employment", "withdrawal-confirmed")
class ConfirmedByEmployment(WithdrawalConfirmed):
    """Employment proposes nothing on this consent, and holds no seat with an employer on it."""


@contract("notifications", "withdrawal-confirmed")
class ConfirmedByNotifications(WithdrawalConfirmed):
    """Notifications sends no message on this consent."""
