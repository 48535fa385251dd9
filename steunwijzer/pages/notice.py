"""A page that says why something is not there, and how to reach the municipality meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

from html5tagger import E
from sanic.request import Request
from sanic.response import HTTPResponse, html

from steunwijzer.directory.profiles import profile
from steunwijzer.pages.policy import page_headers
from steunwijzer.pages.ways import ways
from steunwijzer.pages.whose import code_in_address

# Of the reason: plain words, or words with links made by ``E``.
Notice = Callable[[Request, int, str, Any], HTTPResponse]


def notices(widget: Path, content: Path) -> Notice:
    """Makes the page from status, title and reason. ``widget``: the folder with ``pages``; ``content``: the editors' folder."""

    def page(request: Request, status: int, title: str, reason: Any) -> HTTPResponse:
        known = profile(content, code_in_address(request, content))
        body = f"{E.p(reason)}{E.p('U kunt ons ook zo bereiken:')}<ul>{ways(known)}</ul>{_DANGER}"
        template = Template((widget / "pages" / "tekst.html").read_text(encoding="utf-8"))
        return html(template.substitute(titel=title, inhoud=body), status=status, headers=page_headers())

    return page


_DANGER = str(
    E.h2("Is er gevaar?")(
        E.ul(class_="spoed")(
            E.li(E.a(href="tel:112")(E.strong("112"), " Levensgevaar")),
            E.li(E.a(href="tel:113")(E.strong("113"), " Denkt u aan zelfdoding?")),
            E.li(E.a(href="tel:08002000")(E.strong("0800-2000"), " Veilig Thuis, bij geweld")),
        )
    )
)
