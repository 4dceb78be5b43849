"""A real Kafka and a real PostgreSQL without containers, root or an installed Java (docs/adr/0001)."""

from deploy.embedded.errors import PlatformError, ProcessFailed
from deploy.embedded.platform import Platform
from deploy.embedded.ports import free_port
from deploy.embedded.process import ChildProcess
from deploy.embedded.settings import EmbeddedSettings

__all__ = ["ChildProcess", "EmbeddedSettings", "Platform", "PlatformError", "ProcessFailed", "free_port"]
