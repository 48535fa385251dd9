"""What must hold before the first ``import rasa``: no telemetry, no left-out packages, quiet and text-free logs."""

from __future__ import annotations

import logging
import os
import warnings

from bot.runtime import left_out

# More steps than any turn needs (the flow walker proves it); a runaway turn stops here.
MAX_ACTIONS_PER_TURN = 40


def prepare(*, training: bool) -> None:
    """Set up this process for Rasa. Call once, before anything imports ``rasa``."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    os.environ["MAX_NUMBER_OF_PREDICTIONS"] = str(MAX_ACTIONS_PER_TURN)
    os.environ.setdefault("TQDM_DISABLE", "1")
    # Threads that wait for work by turning round keep the cores from residents; the encoder divides its own work.
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    if not training:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import sanic  # noqa: F401  (it switches warnings on for users of Rasa's packages: off again after it)

    warnings.filterwarnings("ignore")
    left_out.install(left_out.NEVER_INSTALLED | (frozenset() if training else left_out.NOT_FOR_ANSWERING))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("bot").setLevel(logging.INFO)
    from rasa.utils.log_utils import configure_structlog

    # At a lower level Rasa prints what residents say.
    configure_structlog(logging.WARNING)
