"""The chat as a resident handles it, for tests: say, press, read."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

KEY = "steunwijzer.gesprek"
# The chat takes two presses in a shorter time for one double click.
SHORTEST_THOUGHT_MS = 500


class Chat:
    """A page with the chat. Locators go through the open shadow root by themselves."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.input = page.get_by_label("Uw bericht")
        self.send_button = page.get_by_role("button", name="Verstuur", exact=True)
        self.log = page.get_by_role("log")
        self.own = page.locator(".van-inwoner")
        self.assistant = page.locator(".van-assistent")
        self.messages = page.locator(".bericht")

    def wait_for_welcome(self) -> Chat:
        """Until the assistant has said hello."""
        expect(self.assistant.first).to_be_visible()
        return self

    def say(self, text: str) -> Chat:
        """Type, press Enter, and wait for the answer."""
        before = self.assistant.count()
        self.input.fill(text)
        self.input.press("Enter")
        return self.wait_for_more_than(before)

    def press(self, label: str) -> Chat:
        """Press the last button with this label, and wait for the answer."""
        before = self.assistant.count()
        self.page.wait_for_timeout(SHORTEST_THOUGHT_MS)
        self.page.get_by_role("button", name=label, exact=True).last.click()
        return self.wait_for_more_than(before)

    def wait_for_more_than(self, count: int) -> Chat:
        """Until the assistant has said something new."""
        expect(self.assistant.nth(count)).to_be_visible()
        return self

    def option(self, label: str) -> None:
        """Choose from the menu."""
        self.page.get_by_role("button", name="Opties").click()
        self.page.get_by_role("button", name=label, exact=True).click()

    @property
    def stored(self) -> dict[str, str]:
        """What this tab remembers."""
        found: dict[str, str] = self.page.evaluate("() => ({...sessionStorage, ...localStorage})")
        return found

    @property
    def key(self) -> dict[str, str]:
        """Id and token of the conversation."""
        found: dict[str, str] = self.page.evaluate(f"() => JSON.parse(sessionStorage.getItem('{KEY}'))")
        return found

    def history(self, key: dict[str, str]) -> Any:
        """The server's own answer for a conversation: status code and body."""
        address = f"/api/v1/conversations/{key['id']}"
        answer = self.page.request.get(
            _origin(self.page) + address, headers={"Authorization": f"Bearer {key['token']}"}
        )
        return answer.status, answer.json()

    def own_in_history(self) -> list[str]:
        """The resident's messages as the server has them."""
        _, body = self.history(self.key)
        return [message["text"] for message in body["messages"] if message["from"] == "inwoner"]

    def focused(self) -> Locator:
        """Where the focus is, inside the shadow root too."""
        return self.page.locator("steunwijzer-chat :focus")


def _origin(page: Page) -> str:
    origin: str = page.evaluate("() => location.origin")
    return origin


def launch(page: Page) -> Chat:
    """Press the button that stands in the corner of another site."""
    page.get_by_role("button", name="Stel uw vraag").click()
    return Chat(page).wait_for_welcome()
