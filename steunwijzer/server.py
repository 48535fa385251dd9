"""``python -m steunwijzer.server``: the front office, and the custom actions beside it on loopback."""

from __future__ import annotations

import gc
import sys

from sanic import Sanic

from steunwijzer import lean, logs  # noqa: F401  (lean before all that imports httpx)
from steunwijzer.actions_app import make_actions_app
from steunwijzer.app import make_app
from steunwijzer.metrics import Metrics
from steunwijzer.settings import SettingsError, load_settings


def main() -> int:
    """Serve until stopped. Exit code 1 with a Dutch reason when a setting is wrong."""
    metrics = Metrics()
    try:
        settings = load_settings()
        app = make_app(settings, metrics=metrics)
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201  (there is no log yet that anybody reads)
        return 1
    logs.configure(settings.log_format)
    actions = make_actions_app(metrics_page=metrics.page)
    app.prepare(host=settings.host, port=settings.port, access_log=False, motd=False, single_process=True)
    actions.prepare(host="127.0.0.1", port=settings.actions_port, access_log=False, motd=False, single_process=True)
    gc.collect()
    gc.freeze()
    Sanic.serve_single(primary=app)
    return 0


if __name__ == "__main__":
    sys.exit(main())
