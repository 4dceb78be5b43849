"""What intake does with each event it consumes, and each timer: a file a behaviour. Everything is noted for the
person's timeline; some of it moves a referral."""

from services.intake.handlers import clock, conflicts, consents, eligibility, moments, placements, referrals
from services.intake.handlers.noting import HANDLERS

__all__ = ["HANDLERS", "clock", "conflicts", "consents", "eligibility", "moments", "placements", "referrals"]
