"""The HTTP side of a service: its routes behind the policy, its own description, its health.

Whatever goes wrong is answered by one place, `shared.middleware.Envelope`, so the framework's own handlers only pass
errors on to it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from shared.access import POLICY, AccessSettings, Verifier
from shared.api_page import page
from shared.commands import KEY, CommandPermit, Permit
from shared.middleware import LARGEST_BODY, PUBLIC, Authentication, Bodies, Envelope, NamesOfSchema
from shared.problems import MEDIA_TYPE, Problem
from shared.scraping import PATH, Scrape
from shared.service import Running


def application(running: Running, access: AccessSettings | None = None, largest_body: int = LARGEST_BODY) -> FastAPI:
    """The HTTP application of a service; its lifespan starts and stops the service.

    Raises ValueError where a route has no action of the policy, or where the issuer's key cannot be read.
    """
    service = running.service

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await running.start()
        try:
            yield
        finally:
            await running.stop()

    names = NamesOfSchema(lambda: app.openapi())
    app = FastAPI(
        title=f"reintegration: {service.name}",
        version=version("reintegration"),
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from elsewhere; ours is at /
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        exception_handlers={HTTPException: _pass_on, RequestValidationError: _pass_on},
        responses={"default": {"description": "a problem: what is wrong and what to do", "content": PROBLEM}},
        # FastAPI's own signals carry the texts of errors, in which values stand.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        middleware=[
            Middleware(Envelope, names=names, instruments=running.instruments),
            Middleware(Authentication, verifier=Verifier(running.settings.issuer_key, access)),
            Middleware(Bodies, largest=largest_body),
        ],
    )
    app.state.running = running
    app.include_router(service.router)
    _add_health(app, running)
    if running.settings.metrics_port is None:
        _add_metrics(app, running)
    _add_page(app)
    for method, path, action in routes_and_actions(app):
        if action is None and path not in PUBLIC:
            raise ValueError(f"{method} {path} has no action: give its route a Command.of(...) or Query.of(...)")
        if action is not None and not action.startswith(f"{service.name}."):
            raise ValueError(f"{method} {path} has the action {action}, which is another service's")
    return app


PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
TOKEN = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
DEVICE_TIME = {
    "name": "Device-Time",
    "in": "header",
    "required": False,
    "description": "when this was written down by the clock of the device, with its time zone; kept beside ours",
    "schema": {"type": "string", "format": "date-time"},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "new for each command, the same when it is repeated",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
}


async def _pass_on(_: Request, error: Exception) -> JSONResponse:
    raise error


def routes_and_actions(app: FastAPI) -> list[tuple[str, str, str | None]]:
    """Every route as method, path template and action; None where it has no action, as only public ones may."""
    return [(method, path, permit.action if permit else None) for method, path, permit in _routes(app)]


def _routes(app: FastAPI) -> list[tuple[str, str, Permit | None]]:
    found = []
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute):
            calls = [each.call for each in context.dependant.dependencies]
            permit = next((call for call in calls if isinstance(call, Permit)), None)
            found += [(method, str(context.path_format), permit) for method in context.methods or ()]
    return sorted(found, key=lambda route: route[:2])


def _add_health(app: FastAPI, running: Running) -> None:
    @app.get("/health/live", tags=["health"], summary="Whether its loops go on; if not, start it anew")
    async def live() -> JSONResponse:
        loops = running.alive()
        alive = running.died is None and all(loops.values())
        return JSONResponse({"alive": alive, "loops": loops}, 200 if alive else 503)

    @app.get("/health/ready", tags=["health"], summary="Whether it can work, and what stands in the way")
    async def ready() -> JSONResponse:
        problems = await running.problems()
        return JSONResponse(
            {"ready": not problems, "problems": problems, "counts": running.counts()}, 503 if problems else 200
        )


def _add_metrics(app: FastAPI, running: Running) -> None:
    scrape = Scrape(running)

    @app.get(PATH, tags=["health"], summary="What it counts, for Prometheus", response_class=PlainTextResponse)
    async def metrics() -> Response:
        return await scrape.page()


def _add_page(app: FastAPI) -> None:
    described = app.openapi

    def openapi() -> dict[str, Any]:
        """The framework's document, with what it cannot know: problems, tokens, keys, and who may call what."""
        if app.openapi_schema is None:
            document = described()
            components = document.setdefault("components", {})
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            components.setdefault("schemas", {}).update(problem.pop("$defs", {}) | {"Problem": problem})
            components["securitySchemes"] = {"token": TOKEN}
            for method, path, permit in _routes(app):
                if permit is not None:
                    operation = document["paths"][path][method.lower()]
                    operation |= {"x-action": permit.action, "x-roles": sorted(POLICY[permit.action])}
                    operation["security"] = [{"token": []}]
                    if isinstance(permit, CommandPermit):
                        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
                        if app.state.running.service.device_times is not None:
                            operation["parameters"].append(DEVICE_TIME)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]

    @app.get("/", tags=["description"], summary="This API, to be read by people")
    async def description() -> HTMLResponse:
        return HTMLResponse(page(app.openapi()))
