"""What keeps the oracle from giving an answer."""


class OracleError(Exception):
    """Kafka or a database could not be read to the end; the text says which and why, and holds no password."""
