"""Intake: the person, her cases, consent, needs and plan, every referral, social protection."""
