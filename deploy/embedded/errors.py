"""What can go wrong with the embedded platform, said so that the person at the terminal knows what to do."""

from deploy.errors import PlatformError

__all__ = ["PlatformError", "ProcessFailed"]


class ProcessFailed(PlatformError):
    """A process ended, or did not become ready in time; the message quotes the last lines of its log."""

    def __init__(self, message: str, log: str) -> None:
        shown = "\n".join(log.splitlines()[-15:])
        super().__init__(f"{message} The end of its log:\n{shown}" if shown else f"{message} Its log is empty.")
        self.log = log
