"""The bodies that the chat API takes, checked by msgspec."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from steunwijzer.chat.errors import BAD_FIELDS, EMPTY, NOT_JSON, ChatError

# msgspec says where it went wrong: "… missing required field `client_id`" or "… - at `$.text`".
_FIELD = re.compile(r"(?:field `|at `\$\.?)([^`]+)`$")
_MAX_FIELD = 40
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def without_control(text: str) -> str:
    """Text without control characters, which no person types and not every database keeps."""
    return _CONTROL.sub(" ", text).strip()


class NewConversation(msgspec.Struct, forbid_unknown_fields=True):
    """``POST /conversations``."""

    gemeente: str | None = None
    taal: Literal["nl"] = "nl"


class NewMessage(msgspec.Struct, forbid_unknown_fields=True):
    """``POST …/messages``: a text or a choice, and the client's own id for this message."""

    client_id: UUID
    text: str | None = None
    choice: str | None = None

    def cleaned(self) -> str | None:
        """The text without control characters; raises when there is neither a text nor a choice, or both."""
        if (self.text is None) == (self.choice is None):
            raise ChatError(replace(BAD_FIELDS, detail="Stuur 'text' of 'choice', precies één van de twee."))
        if self.text is None:
            return None
        text = without_control(self.text)
        if not text:
            raise ChatError(EMPTY)
        return text


class Callback(msgspec.Struct, forbid_unknown_fields=True):
    """Who to call back, and when."""

    name: str
    phone: str
    best_time: str = ""


class Handover(msgspec.Struct, forbid_unknown_fields=True):
    """``POST …/handover``. ``include``: what the resident agrees to pass on; ``leave_out``: of that, what not.

    In ``leave_out`` stand ids or numbers of messages, and names of fields of the summary. ``seen``: number of the
    last message the resident was shown; what came later is not passed on.
    """

    consent: bool
    include: list[Literal["gesprek", "onderwerp", "gemeente"]] = []
    callback: Callback | None = None
    leave_out: Annotated[list[str | int], msgspec.Meta(max_length=1000)] = []
    seen: int | None = None


class Contact(msgspec.Struct, forbid_unknown_fields=True):
    """``POST …/contact``: what a colleague asked for; nothing has to be filled in."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Feedback(msgspec.Struct, forbid_unknown_fields=True):
    """``POST …/feedback``. ``next_step``: does the resident know what to do now?"""

    solved: Literal["ja", "nee", "deels"] | bool
    next_step: Literal["ja", "nee"] | bool
    text: str | None = None


def decode[Body](body: bytes, kind: type[Body]) -> Body:
    """A checked body. Raises :class:`ChatError` with what is wrong."""
    try:
        given: Any = msgspec.json.decode(body or b"null")
    except (msgspec.DecodeError, RecursionError) as error:
        raise ChatError(NOT_JSON) from error
    except UnicodeDecodeError as error:
        raise ChatError(NOT_JSON) from error
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        field = _FIELD.search(str(error))
        name = field.group(1) if field else ""
        # Only a name of our own is repeated, never one that somebody made up.
        known = re.split(r"[.\[]", name)[0] in getattr(kind, "__struct_fields__", ())
        where = f" Kijk naar '{name[:_MAX_FIELD]}'." if known else ""
        raise ChatError(replace(BAD_FIELDS, detail=BAD_FIELDS.detail + where)) from error
