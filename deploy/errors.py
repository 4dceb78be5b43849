"""What can go wrong with the servers under a system, said so that the person at the terminal knows what to do."""


class PlatformError(RuntimeError):
    """Kafka or PostgreSQL cannot be set up, reached or run; the message is a sentence that says why and what helps."""


class TopicError(Exception):
    """Topics that cannot be made as the file says; the text says which and what to do."""
