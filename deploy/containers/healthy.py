"""A container's health check: whether its service says that it is ready, which it says by its progress.

Run every few seconds beside each service, hence the standard library only: `python -I -S` starts it in a blink.
"""

import http.client
import os
import sys
from typing import Final

ANSWER_SECONDS: Final = 8
"""The service itself waits 3 s for the database and for Kafka."""


def main() -> int:
    """0 where it is ready; prints the answer, which tells what stands in the way."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["REINTEGRATION_PORT"]), timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        print(answer.read().decode())
    except OSError as error:
        print(f"no answer: {error}")
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
