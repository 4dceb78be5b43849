"""Where metrics and spans go is a setting; where it is none, or cannot be meant, is told."""

from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import ValidationError

from shared.settings import Settings

NEEDED: Final[dict[str, Any]] = {
    "database_url": "postgresql://nobody:nothing@127.0.0.1:9/nothing",
    "issuer_key": Path("issuer.pem"),
    "digest_key": "k" * 32,
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REINTEGRATION_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT", "REINTEGRATION_METRICS_PORT"):
        monkeypatch.delenv(name, raising=False)


def test_by_default_spans_go_nowhere_and_metrics_have_no_port_of_their_own() -> None:
    settings = Settings(**NEEDED)
    assert (settings.traces_endpoint, settings.metrics_port) == (None, None)


def test_the_usual_variable_is_taken_and_ours_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://theirs:4318")
    assert Settings(**NEEDED).traces_endpoint == "http://theirs:4318"
    monkeypatch.setenv("REINTEGRATION_TRACES_ENDPOINT", "https://ours:4318/base")
    assert Settings(**NEEDED).traces_endpoint == "https://ours:4318/base"
    monkeypatch.setenv("REINTEGRATION_TRACES_ENDPOINT", "")  # as compose hands on what is not set
    assert Settings(**NEEDED).traces_endpoint is None


@pytest.mark.parametrize("endpoint", ["collector:4317", "grpc://collector:4317", "ftp://collector"])
def test_what_is_no_address_over_http_is_refused(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
    with pytest.raises(ValidationError, match="traces_endpoint"):
        Settings(**NEEDED)
