"""What intake's commands do: find and hold the person, ask one rule, answer with ids. A file a behaviour.

Every row of a person changes under her lock alone, so each command holds the person first and reads what it needs of
her cases and referrals after that.
"""
