"""Settings of every unit test."""

from hypothesis import settings

# A busy machine is slow now and then; a test that fails for that says nothing about the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
