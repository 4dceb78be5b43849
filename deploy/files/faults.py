"""What is wrong with a whole file, as one sentence."""

from pathlib import Path

from shared import reference


class FileFault(Exception):
    """A file that cannot be read on; `reason` is a code of `shared/reference/reasons.csv`."""

    def __init__(self, path: Path, reason: str, detail: str = "", line: int | None = None) -> None:
        super().__init__(path, reason, detail, line)
        self.path, self.reason, self.detail, self.line = path, reason, detail, line

    def sentence(self, language: reference.Language = "en") -> str:
        """Which file, which line if one is at fault, what is wrong and what to do."""
        line = {"en": f", line {self.line}", "km": f" ជួរដេក {self.line}"}[language] if self.line else ""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.path.name}{line}: {reference.title('reasons', self.reason, language)}{detail}"

    def __str__(self) -> str:
        return self.sentence()
