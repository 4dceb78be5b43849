"""The demonstration: a pilot's files, made up and as dirty as real ones, through the whole system."""
