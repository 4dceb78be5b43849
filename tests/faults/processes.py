"""A service as the process that a deployment runs, and what it says of itself meanwhile."""

import os
import sys
from pathlib import Path
from typing import Any, Final

import httpx

from deploy.embedded import ChildProcess, free_port
from shared.access import DevelopmentIssuer

ROOT: Final = Path(__file__).parent.parent.parent


class ServiceProcess:
    """One service on the Kafka and the database of these addresses; `more` are further settings."""

    def __init__(self, name: str, kafka: str, prefix: str, url: str, folder: Path, **more: str) -> None:
        self.name = name
        self.url = url
        port = free_port()
        self._address = f"http://127.0.0.1:{port}"
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("REINTEGRATION_")},
            "REINTEGRATION_KAFKA": kafka,
            "REINTEGRATION_TOPIC_PREFIX": prefix,
            "REINTEGRATION_DATABASE_URL": url,
            "REINTEGRATION_ISSUER_KEY": str(DevelopmentIssuer(folder / "issuer").public_key),
            "REINTEGRATION_DIGEST_KEY": "made-up-for-this-test-and-no-other",
            "REINTEGRATION_PORT": str(port),
            "REINTEGRATION_OUTBOX": str(folder / "outbox"),
            **more,
        }
        self.child = ChildProcess(
            name,
            [sys.executable, "-m", "services", name],
            log=folder / f"{name}.log",
            environment=environment,
            directory=ROOT,
        )

    async def health(self, probe: str) -> tuple[int, dict[str, Any]]:
        """Status and answer of `/health/live` or `/health/ready`; status 0 where nobody listens."""
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                answer = await client.get(f"{self._address}/health/{probe}")
        except httpx.TransportError:
            return 0, {}
        return answer.status_code, answer.json()

    async def alive(self) -> bool:
        return (await self.health("live"))[0] == 200

    async def ready(self) -> bool:
        return (await self.health("ready"))[0] == 200

    async def waits_for(self, what: str) -> bool:
        """Whether it says that it is not ready, because of this."""
        status, answer = await self.health("ready")
        return status == 503 and any(what in problem for problem in answer["problems"])
