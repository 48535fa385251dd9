"""Colleagues, for the administrator: who there is, adding one, roles per municipality, a new link, on and off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts import BEHEERDER, AccountError, Who, colleagues
from steunwijzer.accounts.colleagues import LINK_VALID, Person
from steunwijzer.desk.page import DeskProblem, form, gemeente_name, go_to, not_found, page, signed_in

_LIST = "/balie/collegas"
_HOURS = int(LINK_VALID.total_seconds() // 3600)
_LINK = f"Geef deze link persoonlijk. Hij werkt één keer, {_HOURS} uur lang."


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""
    _add_list(site)
    _add_one(site)
    _add_acts(site)


def _add_list(site: Blueprint) -> None:
    @site.get("/collegas")
    @signed_in(BEHEERDER)
    async def everybody(request: Request, who: Who) -> HTTPResponse:
        return await _list(request, who)

    @site.post("/collegas", name="collegas_post")
    @signed_in(BEHEERDER)
    async def add(request: Request, who: Who) -> HTTPResponse:
        roles = _chosen(request, who)
        try:
            if not roles:
                raise AccountError("Kies minstens één rol.")
            async with request.app.ctx.database.transaction() as session:
                now = request.app.ctx.clock()
                colleague_id, token = await colleagues.add(
                    session, form(request, "naam"), form(request, "email"), roles, by=who, now=now
                )
        except AccountError as wrong:
            return await _list(request, who, str(wrong))
        return go_to(
            request, f"{_LIST}/{colleague_id}", f"De collega is toegevoegd. {_LINK}", link=_link(request, token)
        )


def _add_one(site: Blueprint) -> None:
    @site.get("/collegas/<colleague_id:uuid>")
    @signed_in(BEHEERDER)
    async def one(request: Request, who: Who, colleague_id: Any) -> HTTPResponse:
        async with request.app.ctx.database.transaction() as session:
            person = await _mine(session, str(colleague_id), who)
        return page(
            request, "collega.html",
            person=person, names=_names(request, who), whole=_is_whole(person, who), me=person.who.id == who.id, hours=_HOURS,
        )  # fmt: skip

    @site.post("/collegas/<colleague_id:uuid>/rollen")
    @signed_in(BEHEERDER)
    async def roles(request: Request, who: Who, colleague_id: Any) -> HTTPResponse:
        chosen = set(_chosen(request, who))
        async with request.app.ctx.database.transaction() as session:
            person = await _mine(session, str(colleague_id), who)
            if person.via_provider:
                raise DeskProblem(403, "De rollen van deze collega komen van uw organisatie.")
            lost = [code for code in who.gemeenten(BEHEERDER) if (code, BEHEERDER) not in chosen]
            if person.who.id == who.id and lost:
                raise DeskProblem(403, "U kunt niet uw eigen rol van beheerder weghalen. Vraag een andere beheerder.")
            for code in who.gemeenten(BEHEERDER):
                own = {role for gemeente, role in chosen if gemeente == code}
                await colleagues.set_roles(session, person.who.id, code, own, by=who, now=request.app.ctx.clock())
        return go_to(request, f"{_LIST}/{colleague_id}" if chosen else _LIST, "De rollen zijn bewaard.")


def _add_acts(site: Blueprint) -> None:
    @site.post("/collegas/<colleague_id:uuid>/link")
    @signed_in(BEHEERDER)
    async def link(request: Request, who: Who, colleague_id: Any) -> HTTPResponse:
        address = f"{_LIST}/{colleague_id}"
        try:
            async with request.app.ctx.database.transaction() as session:
                person = await _wholly_mine(session, str(colleague_id), who)
                token = await colleagues.new_link(session, person.who.id, by=who, now=request.app.ctx.clock())
        except AccountError as wrong:
            return go_to(request, address, str(wrong), kind="fout")
        return go_to(request, address, _LINK, link=_link(request, token))

    @site.post("/collegas/<colleague_id:uuid>/uit")
    @signed_in(BEHEERDER)
    async def off(request: Request, who: Who, colleague_id: Any) -> HTTPResponse:
        return await _switch(request, who, str(colleague_id), False)

    @site.post("/collegas/<colleague_id:uuid>/aan")
    @signed_in(BEHEERDER)
    async def on(request: Request, who: Who, colleague_id: Any) -> HTTPResponse:
        return await _switch(request, who, str(colleague_id), True)


async def _switch(request: Request, who: Who, colleague_id: str, active: bool) -> HTTPResponse:
    async with request.app.ctx.database.transaction() as session:
        person = await _wholly_mine(session, colleague_id, who)
        await colleagues.set_active(session, person.who.id, active, by=who, now=request.app.ctx.clock())
    done = "aan" if active else "uit"
    return go_to(request, f"{_LIST}/{colleague_id}", f"Het account van {person.who.name} staat {done}.")


async def _list(request: Request, who: Who, error: str = "") -> HTTPResponse:
    async with request.app.ctx.database.transaction() as session:
        people = await colleagues.people(session, who.gemeenten(BEHEERDER))
    chosen: dict[str, set[str]] = {}
    for code, role in _chosen(request, who):
        chosen.setdefault(code, set()).add(role)
    given = {"naam": form(request, "naam"), "email": form(request, "email"), "rollen": chosen}
    shown = {
        "people": people,
        "names": _names(request, who),
        "given": given,
        "provider": request.app.ctx.provider is not None,
    }
    return page(request, "collegas.html", status=422 if error else 200, error=error, **shown)


async def _mine(session: AsyncSession, colleague_id: str, who: Who) -> Person:
    person = await colleagues.person(session, colleague_id, who.gemeenten(BEHEERDER))
    if person is None:
        raise not_found()
    return person


async def _wholly_mine(session: AsyncSession, colleague_id: str, who: Who) -> Person:
    """Somebody else, who works only where ``who`` is administrator: a link to somebody's account is as good as that account."""
    person = await _mine(session, colleague_id, who)
    if not _is_whole(person, who):
        raise DeskProblem(403, "Deze collega werkt ook voor een gemeente waar u geen beheerder bent.")
    if person.who.id == who.id:
        raise DeskProblem(403, "Voor uw eigen account doet een andere beheerder dit.")
    return person


def _is_whole(person: Person, who: Who) -> bool:
    return set(person.who.roles) <= set(who.gemeenten(BEHEERDER))


def _chosen(request: Request, who: Who) -> list[tuple[str, str]]:
    """The (municipality, role) pairs that were ticked, of the municipalities this administrator has."""
    given: Iterable[str] = request.form.getlist("rol", []) if request.form else []
    pairs = [tuple(value.split(":", 1)) for value in given if value.count(":") == 1]
    return [(code, role) for code, role in pairs if code in who.gemeenten(BEHEERDER)]


def _names(request: Request, who: Who) -> dict[str, str]:
    return {code: gemeente_name(request, code) for code in who.gemeenten(BEHEERDER)}


def _link(request: Request, token: str) -> str:
    settings = request.app.ctx.settings
    return f"{settings.public_url or f'{request.scheme}://{request.host}'}/balie/instellen/{token}"
