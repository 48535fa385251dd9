"""The desk at ``/balie``: pages for staff, made on the server; they work without JavaScript."""

from __future__ import annotations

from sanic import Blueprint

from steunwijzer.desk import colleague_pages, sign_in, start
from steunwijzer.desk.problems import install_problem_pages

__all__ = ["desk_site", "install_problem_pages"]


def desk_site() -> Blueprint:
    """All pages. They find what they work with in ``app.ctx``: ``database``, ``clock``, ``settings``, ``content``, ``accounts``."""
    site = Blueprint("balie", url_prefix="/balie")
    for pages in (start, sign_in, colleague_pages):
        pages.add_pages(site)
    return site
