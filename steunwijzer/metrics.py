"""Figures for Prometheus and one log line per request: which route, which status, how long. Never what was said or by whom."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "POST", "DELETE", "OPTIONS", "HEAD", "PUT", "PATCH"})
logger = logging.getLogger("steunwijzer.verzoeken")


class Metrics:
    """Counters of this process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "steunwijzer_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "steunwijzer_request_seconds",
            "Seconds until the answer",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.deleted = Counter(
            "steunwijzer_deleted", "Deleted after the retention period", ("kind",), registry=self.registry
        )
        self.deliveries = Counter(
            "steunwijzer_deliveries",
            "Attempts to bring something to another system, by connector and result (afgeleverd, later, mislukt)",
            ("connector", "result"),
            registry=self.registry,
        )
        self.ready = Gauge(
            "steunwijzer_ready",
            "1 when a real question has been answered and the engine is up now",
            registry=self.registry,
        )

    def watch_redis(self, up: Callable[[], bool]) -> None:
        """For who runs more than one process."""
        gauge = Gauge("steunwijzer_redis_up", "1 when Redis answers", registry=self.registry)
        gauge.set_function(lambda: float(up()))

    def page(self) -> HTTPResponse:
        """Everything in Prometheus' text format."""
        return HTTPResponse(generate_latest(self.registry), content_type=CONTENT_TYPE_LATEST)


def install_metrics(app: Sanic[Any, Any], metrics: Metrics) -> None:
    """Count each request when its answer leaves."""

    @app.on_request
    async def began(request: Request) -> None:
        request.ctx.began = time.perf_counter()

    @app.on_response  # type: ignore[untyped-decorator]
    async def answered(request: Request, response: HTTPResponse) -> None:
        seconds = time.perf_counter() - getattr(request.ctx, "began", time.perf_counter())
        route, method = _route(request), request.method if request.method in _METHODS else "anders"
        metrics.requests.labels(route, method, str(response.status)).inc()
        metrics.seconds.labels(route).observe(seconds)
        logger.info(
            "verzoek",
            extra={"route": route, "method": method, "status": response.status, "ms": round(seconds * 1000, 1)},
        )


def _route(request: Request) -> str:
    """The route as we wrote it, without the values in it: ``conversations/messages``."""
    if request.route is None:
        return "onbekend"
    parts = [part for part in request.route.path.split("/") if part and not part.startswith("<")]
    return "/".join(parts).removeprefix("api/v1/") or "pagina"
