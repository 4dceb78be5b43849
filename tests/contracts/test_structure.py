"""The layout keeps its promises: who may import whom, and the same names in every service."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shared.events import OWNERS
from tests.contracts import imports

ROOT = Path(__file__).parents[2]


def test_services_never_import_each_other() -> None:
    assert imports.between_services(ROOT) == []


def test_shared_holds_mechanism_and_contracts_only() -> None:
    assert imports.out_of_shared(ROOT) == []


def test_rules_are_pure() -> None:
    assert {file.relative_to(ROOT).parts[1] for file in imports.domain_files(ROOT)} == set(OWNERS)
    assert imports.impure(ROOT) == []


def test_the_oracle_shares_nothing_with_what_it_judges() -> None:
    assert imports.oracle_files(ROOT)
    assert imports.out_of_the_oracle(ROOT) == []


def test_every_service_has_the_seven_names() -> None:
    assert [service.name for service in imports.services(ROOT)] == sorted(OWNERS)
    assert imports.missing_names(ROOT) == []


SOUND = {
    "shared/text.py": "import unicodedata",
    "services/one/__init__.py": "",
    "services/one/domain/__init__.py": "from services.one.domain import seats\nfrom .seats import Seat",
    "services/one/domain/seats.py": "import uuid\nfrom datetime import date\nfrom shared import text\n"
    "from shared.events import training\nfrom shared.kinds import Decision\n",
    "services/one/handlers.py": "from services.one import domain\nfrom services.one.storage import SEATS\n"
    "from shared.handling import Handlers\nfrom services import one",
    "services/two/__init__.py": "",
    "services/two/domain.py": "from shared.events.intake import CaseClosed",
    "deploy/oracle/__init__.py": "import confluent_kafka\nfrom deploy.oracle.reading import rows",
    "deploy/oracle/reading.py": "import asyncpg\nfrom . import counting",
    "deploy/oracle/counting.py": "",
    "deploy/cli.py": "import shared.settings\nfrom deploy import oracle\nfrom services.one import app",
}
RULES = (imports.between_services, imports.out_of_shared, imports.impure, imports.out_of_the_oracle)


def lay(root: Path, tree: dict[str, str]) -> Path:
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def test_a_sound_tree_breaks_no_rule(tmp_path: Path) -> None:
    lay(tmp_path, SOUND)
    assert [rule(tmp_path) for rule in RULES] == [[], [], [], []]


@pytest.mark.parametrize(
    ("rule", "file", "line", "told"),
    [
        (imports.between_services, "services/one/api.py", "from services.two import domain", "services.two.domain"),
        (imports.between_services, "services/one/api.py", "import services.two.storage", "services.two.storage"),
        (imports.between_services, "services/one/api.py", "from services import two", "services.two"),
        (imports.between_services, "services/one/api.py", "from ..two import storage", "services.two.storage"),
        (imports.between_services, "services/one/api.py", "def f():\n    import services", "services"),
        (imports.between_services, "services/one/api.py", "from deploy.topics import Topic", "deploy.topics.Topic"),
        (imports.out_of_shared, "shared/outbox.py", "from services.one import app", "services.one.app"),
        (imports.out_of_shared, "shared/outbox.py", "import deploy", "deploy"),
        (
            imports.out_of_the_oracle,
            "deploy/oracle/a.py",
            "from shared.events import REGISTRY",
            "shared.events.REGISTRY",
        ),
        (imports.out_of_the_oracle, "deploy/oracle/a.py", "import services", "services"),
        (imports.out_of_the_oracle, "deploy/oracle/a.py", "from deploy import topics", "deploy.topics"),
        (imports.out_of_the_oracle, "deploy/oracle/a.py", "from ..topics import Topic", "deploy.topics.Topic"),
        (imports.impure, "services/two/domain.py", "import sqlalchemy", "sqlalchemy"),
        (imports.impure, "services/two/domain.py", "from shared.database import Database", "shared.database.Database"),
        (imports.impure, "services/two/domain.py", "from shared import outbox", "shared.outbox"),
        (imports.impure, "services/two/domain.py", "import shared", "shared"),
        (imports.impure, "services/two/domain.py", "from services.two import storage", "services.two.storage"),
        (
            imports.impure,
            "services/two/domain.py",
            "from services.one.domain import seats",
            "services.one.domain.seats",
        ),
        (imports.impure, "services/one/domain/seats.py", "from ..storage import SEATS", "services.one.storage.SEATS"),
        (imports.impure, "services/two/domain.py", "import asyncio", "asyncio"),
        (imports.impure, "services/two/domain.py", "from urllib.request import urlopen", "urllib.request.urlopen"),
        (imports.impure, "services/two/domain.py", "def f():\n    return open('x')", "open"),
        (imports.impure, "services/two/domain.py", "import datetime\nA = datetime.date.today()", "datetime.date.today"),
        (imports.impure, "services/two/domain.py", "import uuid\nA = uuid.uuid4()", "uuid.uuid4"),
    ],
)
def test_each_planted_breach_is_named(
    rule: Callable[[Path], list[str]], file: str, line: str, told: str, tmp_path: Path
) -> None:
    (found,) = rule(lay(tmp_path, {**SOUND, file: line}))
    assert found.startswith(file)
    assert found.endswith(f" {told}")


def test_each_missing_name_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {"services/one/__init__.py": ""})
    assert imports.missing_names(tmp_path) == [
        f"services/one lacks {name}"
        for name in (
            "README.md",
            "app.py",
            "handlers.py or handlers/",
            "api.py or api/",
            "storage.py or storage/",
            "domain.py or domain/",
            "migrations/",
        )
    ]
