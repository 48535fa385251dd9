"""What a resident gets at a door that is closed: why, and how to reach the municipality meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Template

from html5tagger import E
from sanic.request import Request
from sanic.response import HTTPResponse, html

from steunwijzer.directory.profiles import profile
from steunwijzer.pages.policy import page_headers
from steunwijzer.pages.ways import call, ways
from steunwijzer.pages.whose import code_in_address, whose

TITLE = "Steunwijzer is nu even dicht"


def closed_page(widget: Path, content: Path) -> Callable[[Request, str], HTTPResponse]:
    """Makes the page from a reason. ``widget``: the folder with ``pages``; ``content``: the editors' folder."""

    def page(request: Request, reason: str) -> HTTPResponse:
        known = profile(content, code_in_address(request, content))
        body = f"{E.p(reason)}{E.p('Probeer het later opnieuw. U kunt ons ook zo bereiken:')}<ul>{ways(known)}</ul>{_DANGER}"
        template = Template((widget / "pages" / "tekst.html").read_text(encoding="utf-8"))
        return html(template.substitute(titel=TITLE, inhoud=body), status=503, headers=page_headers())

    return page


def whom_to_call(content: Path) -> Callable[[Request, str], str]:
    """Says which number to call, for an answer of the API: of the municipality with this code, or else of whose site it is."""
    return lambda request, code: call((profile(content, code) if code else None) or whose(request, content))


_DANGER = str(
    E.h2("Is er gevaar?")(
        E.ul(class_="spoed")(
            E.li(E.a(href="tel:112")(E.strong("112"), " Levensgevaar")),
            E.li(E.a(href="tel:113")(E.strong("113"), " Denkt u aan zelfdoding?")),
            E.li(E.a(href="tel:08002000")(E.strong("0800-2000"), " Veilig Thuis, bij geweld")),
        )
    )
)
