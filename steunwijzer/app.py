"""Puts the front office together: chat API, page, widget, and the custom actions on a loopback port of their own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sanic import Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from actions import services as actions
from bot.content import load_facts
from steunwijzer import clock
from steunwijzer.accounts import LocalAccounts, Provider, ProviderSettings, RoleClaim
from steunwijzer.chat import ChatService
from steunwijzer.chat.api import API_HEADERS, chat_api, municipality_of
from steunwijzer.chat.doors import Doors, install_doors
from steunwijzer.chat.limits import Limiter
from steunwijzer.chat.origins import Origins, sites_of_municipalities
from steunwijzer.chat.problems import install_errors
from steunwijzer.chat.texts import Texts
from steunwijzer.connectors import RESULTS, Worker, read_back, read_plan
from steunwijzer.desk import desk_problem, desk_site, install_problem_pages
from steunwijzer.engine import EngineClient, EngineDown
from steunwijzer.guidance import care_forms
from steunwijzer.handover import CallbackStore, Cases, Rules
from steunwijzer.metrics import Metrics, install_metrics
from steunwijzer.pages import (
    Kept,
    closed_page,
    demo_pages,
    municipality_api,
    notices,
    pages,
    problem_page,
    text_pages,
    whom_to_call,
    widget_files,
)
from steunwijzer.pages.gemeenten import profile_pages
from steunwijzer.privacy.seal import Sealer
from steunwijzer.settings import ROOT, Settings
from steunwijzer.shared import open_shared
from steunwijzer.stopping import stop
from steunwijzer.store import Database
from steunwijzer.upkeep import Upkeep

CONTENT = ROOT / "content"
MAX_BODY_BYTES = 20_000
CANARY = "Wat is een pgb?"
# Deliveries to other systems at the same time: a receiver that hangs holds up one.
WORKERS = 3
READ_BACK_EVERY = timedelta(minutes=10)
PURGE_EVERY = timedelta(hours=6)
_LOOK_AGAIN_SECONDS = 0.1
_LOOK_FOR_LOST_SECONDS = 10
_LOOK_AT_ENGINE_SECONDS = 5
logger = logging.getLogger("steunwijzer")
# Read once per process, however many applications it has: nothing in them changes.
_texts = lru_cache(maxsize=1)(Texts)
_call = whom_to_call(CONTENT)

COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def make_app(
    settings: Settings, name: str = "steunwijzer", now: clock.Clock = clock.now, metrics: Metrics | None = None
) -> Sanic[Any, Any]:
    """The application. Database and engine are opened when it starts and closed when it stops."""
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.KEEP_ALIVE_TIMEOUT = 65
    # A client that sends a byte now and then is sent away.
    app.config.REQUEST_TIMEOUT = 15
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.settings, app.ctx.clock, app.ctx.logger = settings, now, logger
    app.ctx.content = CONTENT
    app.ctx.plan = read_plan(settings, now)
    app.ctx.terms = load_facts(CONTENT).terms
    app.ctx.origins = Origins(settings.allowed_origins, sites_of_municipalities(CONTENT))
    app.ctx.shared = open_shared(settings.redis_url)
    app.ctx.limiter = Limiter(enabled=settings.rate_limits, buckets=app.ctx.shared.buckets)
    app.blueprint(chat_api())
    app.blueprint(pages(ROOT / "widget", CONTENT, settings.allowed_origins))
    app.blueprint(text_pages(ROOT / "widget", CONTENT, Kept(settings.retention_days, settings.callback_retention_days)))
    app.blueprint(widget_files(ROOT / "widget"))
    app.blueprint(municipality_api(CONTENT))
    if settings.demo:
        app.blueprint(demo_pages(ROOT / "widget" / "pages" / "demo"))
    app.blueprint(profile_pages(CONTENT, now))
    app.blueprint(desk_site())
    notice = notices(ROOT / "widget", CONTENT)
    install_errors(app, desk_problem, problem_page(notice))
    install_problem_pages(app)
    app.ctx.metrics = metrics or Metrics()
    install_metrics(app, app.ctx.metrics)
    if app.ctx.shared.up is not None:
        app.ctx.metrics.watch_redis(app.ctx.shared.up)
    app.ctx.doors = Doors()
    install_doors(app, app.ctx.doors, closed_page(notice), _whom_to_call)
    app.ctx.provider = _provider(settings)
    _install_headers(app)
    _install_refusals(app)
    _install_life_cycle(app)
    return app


async def _whom_to_call(request: Request) -> str:
    """Which number to call when the chat is closed: of the municipality that this conversation is about, if that can be known."""
    return _call(request, await municipality_of(request))


def _provider(settings: Settings) -> Provider | None:
    """Where colleagues sign in with the organisation's account, if anywhere."""
    if not settings.oidc_issuer:
        return None
    return Provider(
        ProviderSettings(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            redirect=f"{settings.public_url}/balie/aanmelden/organisatie/terug",
            home=f"{settings.public_url}/balie/aanmelden",
            roles=RoleClaim(settings.oidc_roles_claim, settings.oidc_gemeente, settings.oidc_role_names),
        )
    )


def _install_headers(app: Sanic[Any, Any]) -> None:
    @app.on_response  # type: ignore[untyped-decorator]
    async def add_headers(request: Request, response: HTTPResponse) -> None:
        for name, value in COMMON_HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            for name, value in API_HEADERS.items():
                response.headers.setdefault(name, value)
        origin = request.headers.get("origin", "")
        if origin and app.ctx.origins.knows(origin):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Vary"] = ", ".join(filter(None, (response.headers.get("Vary"), "Origin")))
            response.headers["Access-Control-Allow-Headers"] = "authorization, content-type, last-event-id"
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
            response.headers["Access-Control-Max-Age"] = "600"

    # Not a route: then every unknown address would be one that only lacks the method.
    @app.on_request
    async def preflight(request: Request) -> HTTPResponse | None:
        return HTTPResponse(status=204) if request.method == "OPTIONS" and request.path.startswith("/api/") else None


def _install_refusals(app: Sanic[Any, Any]) -> None:
    @app.on_request
    async def no_null_byte(request: Request) -> None:
        # No page has such a name, and to ask the disk for it is an error of ours.
        if "%00" in request.path:
            raise NotFound


def _install_life_cycle(app: Sanic[Any, Any]) -> None:
    settings: Settings = app.ctx.settings

    @app.before_server_start
    async def open_all(app: Sanic[Any, Any]) -> None:
        app.ctx.database = Database(settings.database_url)
        await app.ctx.database.migrate()
        await app.ctx.doors.look(app.ctx.database)
        app.ctx.accounts = LocalAccounts(app.ctx.database, settings.secret_key)
        app.ctx.engine = EngineClient(settings.engine_url, settings.engine_timeout_seconds)
        app.ctx.texts = _texts(CONTENT)
        app.ctx.unseal = Sealer(settings.secret_key).open
        app.ctx.chat = ChatService(
            app.ctx.database, app.ctx.engine, app.ctx.texts, app.ctx.limiter, app.ctx.clock,
            secret=settings.secret_key, seal=Sealer(settings.secret_key).seal, rules=Rules.read(CONTENT, ROOT / "data" / "flows"), content=CONTENT,
            retention_days=settings.retention_days, token_hours=settings.token_hours,
            plan=app.ctx.plan, calls=app.ctx.shared.calls,
        )  # fmt: skip
        await app.ctx.shared.open()
        actions.configure(_action_services(app))
        app.ctx.upkeep = Upkeep(
            app.ctx.database,
            app.ctx.clock,
            settings.exports_path,
            settings.audit_years,
            settings.judgement_retention_days,
        )
        app.ctx.ready = asyncio.Event()
        app.ctx.tasks = [
            asyncio.create_task(_watch_engine(app)),
            asyncio.create_task(_purge_now_and_then(app)),
            asyncio.create_task(app.ctx.upkeep.run()),
            asyncio.create_task(app.ctx.doors.watch(app.ctx.database)),
            asyncio.create_task(_free_lost_talks(app)),
            asyncio.create_task(_read_back_now_and_then(app)),
            *(asyncio.create_task(worker.run()) for worker in _workers(app)),
        ]

    @app.before_server_stop
    async def close_all(app: Sanic[Any, Any]) -> None:
        app.ctx.chat.live.close()
        app.ctx.chat.desk.live.close()
        await stop(app.ctx.tasks)
        await app.ctx.plan.close()
        await app.ctx.chat.second_look.done()
        await app.ctx.shared.close()
        await app.ctx.engine.close()
        await app.ctx.database.close()


def _action_services(app: Sanic[Any, Any]) -> actions.Services:
    """What the custom actions work with: the same content, directory and database."""
    return actions.Services(
        directory=app.ctx.settings.directory_path,
        content=CONTENT,
        terms=app.ctx.terms,
        care_forms=care_forms.read(CONTENT / "zorgvormen.yml"),
        callbacks=CallbackStore(app.ctx.database, app.ctx.clock, actions.CallbacksUnavailable),
        clock=app.ctx.clock,
    )


def _workers(app: Sanic[Any, Any]) -> list[Worker]:
    """Who deliver to other systems, counting what comes of it."""
    counter = app.ctx.metrics.deliveries
    for _, name, _ in app.ctx.plan.all():
        for result in RESULTS:
            # A counter that starts at zero: an alarm on its growth would miss one that appears with the first failure.
            counter.labels(name, result)

    def count(connector: str, result: str) -> None:
        counter.labels(connector, result).inc()

    return [Worker(app.ctx.database, app.ctx.plan, app.ctx.clock, count=count) for _ in range(WORKERS)]


async def _watch_engine(app: Sanic[Any, Any]) -> None:
    """Once ready we stay open when the engine falls over: residents read a number to call. The figures tell that it did."""
    await _wait_for_engine(app)
    while True:
        app.ctx.metrics.ready.set(await app.ctx.engine.is_up())
        await asyncio.sleep(_LOOK_AT_ENGINE_SECONDS)


async def _wait_for_engine(app: Sanic[Any, Any]) -> None:
    """Ready only when a real question has been answered."""
    today = app.ctx.clock().astimezone(clock.NETHERLANDS).date().isoformat()
    while not app.ctx.ready.is_set():
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        if not await app.ctx.engine.is_up():
            continue
        with contextlib.suppress(EngineDown):
            reply = await app.ctx.engine.turn("kanarie", {}, {"type": "text", "text": CANARY}, {"vandaag": today})
            if any(message["text"] for message in reply.messages):
                app.ctx.ready.set()


async def _free_lost_talks(app: Sanic[Any, Any]) -> None:
    """Whose colleague's browser was lost, goes back to the queue."""
    cases = Cases(app.ctx.chat.desk)
    while True:
        await asyncio.sleep(_LOOK_FOR_LOST_SECONDS)
        try:
            await cases.free_lost()
        except (SQLAlchemyError, OSError) as error:
            logger.error("wachtrij niet na te kijken: %s", type(error).__name__)


async def _read_back_now_and_then(app: Sanic[Any, Any]) -> None:
    """What receivers say has become of what they got. Nobody waits for it, so a failure is only noted."""
    while True:
        await asyncio.sleep(READ_BACK_EVERY.total_seconds())
        try:
            await read_back(app.ctx.database, app.ctx.plan, app.ctx.clock())
        except (SQLAlchemyError, OSError) as error:
            logger.error("terugvragen bij koppelingen mislukt: %s", type(error).__name__)


async def _purge_now_and_then(app: Sanic[Any, Any]) -> None:
    settings: Settings = app.ctx.settings
    while True:
        try:
            conversations, callbacks = await app.ctx.database.purge(
                app.ctx.clock(), settings.retention_days, settings.callback_retention_days
            )
        except (SQLAlchemyError, OSError) as error:
            # The next round does it; a database that is away for a moment must not end the promise to delete.
            logger.error("opruimen mislukt: %s", type(error).__name__)
        else:
            app.ctx.metrics.deleted.labels("gesprek").inc(conversations)
            app.ctx.metrics.deleted.labels("terugbelverzoek").inc(callbacks)
            if conversations or callbacks:
                logger.info(
                    "bewaartermijn voorbij: %s gesprekken, %s terugbelverzoeken gewist", conversations, callbacks
                )
        await asyncio.sleep(PURGE_EVERY.total_seconds())
