"""`python -m services NAME` runs one service until it is told to end; `python -m services NAME migrate` brings its
database to the schema of this build. Settings come from the environment, and from files in `REINTEGRATION_SECRETS`."""

import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever only asks for names need not load a service
    from shared.service import Service

NAMES = ("intake", "training", "employment", "notifications")
USAGE = 64
WRONG_SETTINGS = 78


def service_named(name: str) -> "Service":
    """The service as its `app.py` puts it together."""
    service: Service = import_module(f"services.{name}.app").SERVICE
    return service


def migrations_of(name: str) -> Path:
    """The folder of a service's migrations, without loading the service."""
    return Path(__file__).parent / name / "migrations"


def main(arguments: list[str]) -> int:
    """Run what the arguments say; returns the exit code: 64 for other arguments, 78 for settings, else `serve`'s."""
    if not arguments or arguments[0] not in NAMES or arguments[1:] not in ([], ["migrate"]):
        print(f"say which service: one of {', '.join(NAMES)}; then, if you like, migrate", file=sys.stderr)
        return USAGE
    # What is loaded now stays: looking for garbage in it takes a sixth of the start. `serve` lets it be looked for.
    gc.disable()
    from pydantic import ValidationError

    from shared.settings import Settings

    try:
        settings = Settings(_secrets_dir=os.environ.get("REINTEGRATION_SECRETS"))
        service = None if arguments[1:] else service_named(arguments[0])
        if service is not None:
            service.own_settings()
    except ValidationError as error:
        # Which settings are wrong and how; never what they hold.
        for problem in error.errors(include_input=False, include_url=False, include_context=False):
            name = "_".join(str(part) for part in problem["loc"]).upper()
            print(f"REINTEGRATION_{name}: {problem['msg']}", file=sys.stderr)
        return WRONG_SETTINGS
    if service is None:
        from shared.migrating import migrate

        migrate(migrations_of(arguments[0]), settings.database_url.get_secret_value())
        return 0
    from shared.serving import serve

    return serve(service, settings)


if __name__ == "__main__":
    # Until the service listens to the signal there is nothing to drain. As a container's first process it would else be
    # deaf to it, and be waited for in vain.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
