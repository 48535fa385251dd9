"""The desk at ``/balie``: pages for staff, made on the server; they work without JavaScript."""

from __future__ import annotations

from sanic import Blueprint

from steunwijzer.desk import (
    audit_pages,
    callback_pages,
    colleague_pages,
    delivery_pages,
    export_pages,
    help_pages,
    history_pages,
    live_pages,
    number_pages,
    quality_pages,
    sign_in,
    start,
    talk_acts,
    talk_pages,
    worklist_pages,
)
from steunwijzer.desk.problems import desk_problem, install_problem_pages

__all__ = ["desk_problem", "desk_site", "install_problem_pages"]


def desk_site() -> Blueprint:
    """All pages. They find what they work with in ``app.ctx``: ``database``, ``clock``, ``settings``, ``content``, ``accounts``, ``upkeep``."""
    site = Blueprint("balie", url_prefix="/balie")
    for pages in (
        start,
        sign_in,
        worklist_pages,
        talk_pages,
        talk_acts,
        callback_pages,
        live_pages,
        help_pages,
        colleague_pages,
        delivery_pages,
        history_pages,
        export_pages,
        number_pages,
        quality_pages,
        audit_pages,
    ):
        pages.add_pages(site)
    return site
