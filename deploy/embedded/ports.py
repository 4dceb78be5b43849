"""Free ports, below those that the system gives to outgoing connections."""

import random
import socket
from pathlib import Path

from deploy.embedded.errors import PlatformError

LOOPBACK = "127.0.0.1"
_LOWEST = 15_000


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on now; another program may still take it first.

    It lies below the range of outgoing connections: a client that knocks at a broker that is down, on a port of that
    range, can be given that very port and connect to itself, and the broker could never come back.
    """
    try:
        highest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except (OSError, ValueError):
        highest = 32_768
    candidates = range(_LOWEST, highest) if highest > _LOWEST + 1_000 else range(_LOWEST, 65_536)
    for _ in range(200):
        port = random.choice(candidates)  # noqa: S311
        if is_free(port):
            return port
    raise PlatformError(f"No free port was found on {LOOPBACK} between {candidates.start} and {candidates.stop}.")


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def is_open(port: int) -> bool:
    """Whether somebody accepts connections on this port of 127.0.0.1."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def require_free(port: int, what: str) -> None:
    """Raise PlatformError where a port that was asked for is taken."""
    if not is_free(port):
        raise PlatformError(f"Port {port} for {what} is taken by another program: end that, or choose another port.")
