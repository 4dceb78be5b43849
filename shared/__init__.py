"""Mechanism and contracts that every service stands on; no business rules."""
