"""Which website may use the chat, and for which municipality: a page elsewhere is refused before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.yamlsource import load
from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError


class Origins:
    """``everywhere``: sites that may start any conversation; ``by_municipality``: sites of one municipality, for that one only."""

    def __init__(self, everywhere: tuple[str, ...], by_municipality: Mapping[str, tuple[str, ...]]) -> None:
        self._everywhere, self._by_municipality = frozenset(everywhere), by_municipality
        self._all = self._everywhere.union(*by_municipality.values())

    def knows(self, origin: str) -> bool:
        """Whether this site is on a list at all; such a site may read our answers."""
        return origin in self._all

    def check(self, origin: str, host: str) -> None:
        """Raise :class:`ChatError` for a site that is on no list. Without an origin it is no web page of another."""
        if origin and not self._is_own(origin, host) and not self.knows(origin):
            raise ChatError(errors.FOREIGN_SITE)

    def check_start(self, origin: str, host: str, gemeente: str | None) -> None:
        """The same, and a municipality's own site starts conversations of that municipality only."""
        self.check(origin, host)
        may = self._everywhere | frozenset(self._by_municipality.get(gemeente or "", ()))
        if origin and not self._is_own(origin, host) and origin not in may:
            raise ChatError(errors.FOREIGN_SITE)

    @staticmethod
    def _is_own(origin: str, host: str) -> bool:
        # The scheme is the proxy's affair: it speaks https outside and http to us.
        try:
            return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
        except ValueError:
            return False


def sites_of_municipalities(content: Path) -> dict[str, tuple[str, ...]]:
    """The ``websites`` of each municipality's profile, by its code."""
    return {
        path.stem: tuple(map(str, (load(path) or {}).get("websites") or ()))
        for path in sorted((content / "gemeenten").glob("GM*.yml"))
    }
