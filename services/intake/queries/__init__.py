"""What intake shows, read; a file a subject. Whatever the asker does not reach is Absent, as if it did not exist."""
