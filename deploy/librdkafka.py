"""Settings for librdkafka, the client that the oracle and the demo read with: not the one that they judge."""

from typing import Any

from shared.settings import KafkaSettings

REQUEST_SECONDS = 15


def client_options(settings: KafkaSettings) -> dict[str, Any]:
    """A deployment's settings as its clients take them."""
    options: dict[str, Any] = {"bootstrap.servers": settings.kafka, "socket.timeout.ms": REQUEST_SECONDS * 1000}
    if settings.kafka_tls:
        options["security.protocol"] = "SSL"
        if settings.kafka_ca is not None:
            options["ssl.ca.location"] = str(settings.kafka_ca)
    if settings.kafka_user is not None and settings.kafka_password is not None:
        options["security.protocol"] = "SASL_SSL"
        options["sasl.mechanism"] = "SCRAM-SHA-512"
        options["sasl.username"] = settings.kafka_user
        options["sasl.password"] = settings.kafka_password.get_secret_value()
    return options
