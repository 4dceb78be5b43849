"""What intake shows: the shapes of its answers."""
