"""The rules of training: courses and their seats, completions, recognition of prior learning. Pure.

Every rule is a function from what is known and what happened to a decision, or raises Rejected where what was asked
for cannot be.
"""
