"""Secrets of an installation in containers: made once, each service's apart, and what services and commands read."""

from pathlib import Path

import pytest

from deploy.addresses import Addresses
from deploy.containers import secret_files
from services.__main__ import NAMES
from shared.access import Verifier
from shared.settings import Settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("administrator", *NAMES, "command-line"):
        (tmp_path / name).mkdir()
    return tmp_path


def content(root: Path) -> dict[str, str]:
    return {str(file.relative_to(root)): file.read_text() for file in root.rglob("*") if file.is_file()}


def test_a_second_start_changes_nothing(root: Path) -> None:
    secret_files.make_secrets(root)
    first = content(root)
    secret_files.make_secrets(root)
    assert content(root) == first


def test_what_is_missing_is_made_and_the_rest_stays(root: Path) -> None:
    secret_files.make_secrets(root)
    first = content(root)
    (root / "training" / "reintegration_digest_key").unlink()
    secret_files.make_secrets(root)
    changed = {name for name, text in content(root).items() if text != first[name]}
    assert changed == {"training/reintegration_digest_key"}


def test_nobody_else_may_read_them(root: Path) -> None:
    secret_files.make_secrets(root)
    modes = {name: (root / name).stat().st_mode & 0o777 for name in content(root)}
    assert {name for name, mode in modes.items() if mode & 0o077} == {
        "administrator/password",  # PostgreSQL's user reads it; nobody else is given its volume
        "command-line/reintegration/issuer/public.pem",
    }


@pytest.mark.parametrize("service", NAMES)
def test_a_service_finds_its_settings_there(root: Path, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REINTEGRATION_DATABASE_URL", "REINTEGRATION_DIGEST_KEY"):
        monkeypatch.delenv(name, raising=False)
    secret_files.make_secrets(root)
    folder = root / service
    settings = Settings(_secrets_dir=folder, issuer_key=folder / "issuer.pem")
    url = settings.database_url.get_secret_value()
    assert url == secret_files.database(root, service)
    assert secret_files.password(url)
    assert secret_files.password(url) not in secret_files.administrator(root)


def test_secrets_differ(root: Path) -> None:
    secret_files.make_secrets(root)
    passwords = {secret_files.password(secret_files.database(root, name)) for name in NAMES}
    digests = {(root / name / "reintegration_digest_key").read_text() for name in NAMES}
    assert len(passwords | digests) == 2 * len(NAMES)


def test_the_command_line_signs_what_services_believe(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = root / "command-line"
    monkeypatch.setattr(secret_files, "COMMAND_LINE", str(own / "reintegration"))
    secret_files.make_secrets(root)
    addresses = Addresses.read(own / "reintegration")
    assert addresses.databases == {name: secret_files.database(root, name) for name in NAMES}
    token = addresses.token("somebody", "counsellor", centre="pursat")
    assert Verifier(root / "intake" / "issuer.pem").principal(f"Bearer {token}").centre == "pursat"
