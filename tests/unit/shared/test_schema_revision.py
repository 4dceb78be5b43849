"""The newest revision is read without Alembic, and is the one that Alembic finds."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from services.__main__ import NAMES, migrations_of, service_named


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_one_that_alembic_finds(name: str) -> None:
    service = service_named(name)
    assert service.schema() == newest_by_alembic(service.migrations)
    assert service.migrations == migrations_of(name)


@pytest.mark.parametrize("annotated", [True, False])
def test_it_is_the_end_of_a_chain_in_whatever_order_the_files_lie(tmp_path: Path, annotated: bool) -> None:
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / "migrations" / "env.py").touch()
    kinds = (": str", ": str | None") if annotated else ("", "")
    for revision, before in (("a", '"c"'), ("b", '"a"'), ("c", "None")):
        text = f'revision{kinds[0]} = "{revision}"\ndown_revision{kinds[1]} = {before}\n'
        (versions / f"{revision}.py").write_text(text)
    service = replace(service_named("training"), folder=tmp_path)
    assert service.schema() == newest_by_alembic(service.migrations) == "b"


def newest_by_alembic(folder: Path) -> str | None:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return ScriptDirectory.from_config(config).get_current_head()
