"""What an action may answer: events and responses, each a list; anything else is refused before the dialogue reads it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException

from bot.runtime import actions

actions.install()
ACTION = RemoteAction("action_zoek_lokale_opties", None)


@pytest.mark.parametrize(
    "reply", [{}, {"events": []}, {"events": [{"event": "slot"}], "responses": [{"text": "Hallo"}]}]
)
def test_a_reply_with_lists_is_taken(reply: dict[str, Any]) -> None:
    assert ACTION._validate_action_result(reply)


@pytest.mark.parametrize("reply", [None, [], "storing", {"events": {}}, {"events": [], "responses": None}])
def test_any_other_reply_is_refused(reply: Any) -> None:
    with pytest.raises(RasaException, match="action_zoek_lokale_opties"):
        ACTION._validate_action_result(reply)
