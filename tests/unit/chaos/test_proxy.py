"""The path that chaos hurts, between a client and a server that echoes: both ends see what each way says they do."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from deploy.chaos.proxy import Proxy

HANG_SECONDS = 20


class Echo:
    """Answers with what it hears, and notes how each of its connections ended."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.ended: list[str] = []
        self.changed = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._answer, args=(self._listening.accept()[0],), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        how = "closed"
        with connection:
            try:
                while heard := connection.recv(4096):
                    connection.sendall(heard)
            except ConnectionResetError:
                how = "reset"
        with self.changed:
            self.ended.append(how)
            self.changed.notify_all()

    def await_ended(self, *how: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.ended) >= len(how), HANG_SECONDS)
        assert self.ended == list(how)

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with Proxy(echo.port) as proxy:
        yield proxy


def connect(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=HANG_SECONDS)


def said(connection: socket.socket, text: bytes) -> bytes:
    connection.sendall(text)
    heard = b""
    while len(heard) < len(text):
        heard += connection.recv(4096)
    return heard


def quiet(connection: socket.socket) -> bool:
    """Whether nothing comes for a moment, and the connection is not closed either."""
    connection.settimeout(0.2)
    try:
        connection.recv(1)
    except TimeoutError:
        return True
    finally:
        connection.settimeout(HANG_SECONDS)
    return False


def test_it_passes_on_in_both_directions_and_the_end_as_well(proxy: Proxy, echo: Echo) -> None:
    big = bytes(range(256)) * 2_000
    with connect(proxy) as connection:
        connection.settimeout(HANG_SECONDS)
        sending = threading.Thread(target=connection.sendall, args=(big,))
        sending.start()
        heard = b""
        while len(heard) < len(big):
            heard += connection.recv(65_536)
        sending.join()
        assert heard == big
    echo.await_ended("closed")
    assert proxy.accepted == 1


def test_slow_and_narrow_paths_pass_everything_on(proxy: Proxy) -> None:
    with connect(proxy) as connection:
        proxy.delay(0.05)
        assert said(connection, b"slow") == b"slow"
        proxy.heal()
        proxy.narrow(10_000)
        assert said(connection, b"n" * 1_000) == b"n" * 1_000


def test_what_was_sent_into_silence_arrives_when_it_ends(proxy: Proxy) -> None:
    with connect(proxy) as connection:
        assert said(connection, b"before") == b"before"
        proxy.silence()
        connection.sendall(b"meanwhile")
        assert quiet(connection)
        proxy.heal()
        assert connection.recv(4096) == b"meanwhile"


def test_a_reset_reaches_both_ends_and_new_connections_work(proxy: Proxy, echo: Echo) -> None:
    with connect(proxy) as connection:
        assert said(connection, b"before") == b"before"
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
        echo.await_ended("reset")
    with connect(proxy) as connection:
        assert said(connection, b"after") == b"after"


def test_of_a_halved_connection_the_client_keeps_its_end_for_ever(proxy: Proxy, echo: Echo) -> None:
    with connect(proxy) as connection, connect(proxy) as later:
        assert said(connection, b"before") == said(later, b"before")
        proxy.halve("client")
        echo.await_ended("reset", "reset")
        connection.sendall(b"to nobody")
        with connect(proxy) as new:
            new.sendall(b"to nobody either")
            assert quiet(new)
        proxy.heal()
        assert quiet(connection)
        assert quiet(later)
    with connect(proxy) as connection:
        assert said(connection, b"after") == b"after"


def test_of_a_halved_connection_the_server_keeps_its_end_for_ever(proxy: Proxy, echo: Echo) -> None:
    with connect(proxy) as connection:
        assert said(connection, b"before") == b"before"
        proxy.halve("server")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
        proxy.heal()
    with connect(proxy) as connection:
        assert said(connection, b"after") == b"after"
    echo.await_ended("closed")  # the second one only


def test_a_cut_path_refuses_until_it_heals(proxy: Proxy, echo: Echo) -> None:
    with connect(proxy) as connection:
        assert said(connection, b"before") == b"before"
        proxy.cut()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
        with pytest.raises(ConnectionRefusedError):
            connect(proxy)
    proxy.heal()
    with connect(proxy) as connection:
        assert said(connection, b"after") == b"after"


def test_a_server_that_is_away_is_told_to_its_clients(echo: Echo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with Proxy(port) as proxy, pytest.raises(ConnectionResetError), connect(proxy) as connection:
        connection.recv(1)  # where it was not told while it connected
