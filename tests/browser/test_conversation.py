"""A resident's conversation: asking, answering, losing the connection, coming back, wiping it out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import EXIT

MOTHER = "mijn moeder van 82 kan haar huis niet meer schoonhouden, we wonen in Voorbeeldstad"
OpenChat = Callable[..., Chat]


def test_the_first_words_say_it_is_a_machine(open_chat: OpenChat) -> None:
    chat = open_chat()
    expect(chat.assistant.first).to_contain_text("Ik ben geen mens")
    expect(chat.page.get_by_role("heading", name="Steunwijzer")).to_be_visible()


def test_a_question_gets_an_answer_with_local_cards(open_chat: OpenChat) -> None:
    chat = open_chat().say(MOTHER)
    expect(chat.own).to_have_text([f"U{MOTHER}Nog niet verstuurd"])
    card = chat.page.locator(".opties .kaart").first
    expect(card.get_by_role("heading")).to_be_visible()
    expect(
        card.get_by_role("link", name="Bel").or_(card.get_by_role("link", name="Naar de website")).first
    ).to_be_visible()
    expect(chat.page.get_by_text("Nog niet verstuurd")).to_be_hidden()


def test_the_comparison_is_a_table_with_equal_columns(open_chat: OpenChat) -> None:
    chat = open_chat().say("wat is beter, pgb of zorg in natura?")
    table = chat.page.get_by_role("table").first
    for label in ("Voor mijzelf", "Wmo", "Weet ik niet"):
        if table.is_visible():
            break
        if chat.page.get_by_role("button", name=label, exact=True).count():
            chat.press(label)
    headers = table.get_by_role("columnheader")
    expect(headers.filter(has_text="Zorg in natura")).to_be_visible()
    expect(headers.filter(has_text="Pgb")).to_be_visible()
    widths = [round(headers.nth(index).bounding_box()["width"]) for index in range(2)]  # type: ignore[index]
    assert abs(widths[0] - widths[1]) <= 1


def test_a_chosen_button_stays_and_is_marked_also_after_a_reload(open_chat: OpenChat) -> None:
    chat = open_chat()
    label = chat.page.locator(".keuze").first.inner_text()
    chat.press(label)
    chosen = chat.page.locator(".keuze[aria-pressed=true]")
    expect(chosen).to_have_text([label])
    chat.page.reload()
    expect(chosen).to_have_text([label])


def test_reload_keeps_the_whole_conversation(open_chat: OpenChat) -> None:
    chat = open_chat().say("Wat kost hulp in het huishouden?")
    before = chat.log.inner_text()
    chat.page.reload()
    expect(chat.own).to_have_count(1)
    assert chat.log.inner_text() == before


def test_enter_sends_and_shift_enter_makes_a_new_line(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.input.press_sequentially("eerste regel")
    chat.input.press("Shift+Enter")
    chat.input.press_sequentially("tweede regel")
    expect(chat.own).to_have_count(0)
    chat.input.press("Enter")
    expect(chat.own.locator(".eigen")).to_have_text("eerste regel\ntweede regel")
    expect(chat.input).to_have_value("")


def test_double_click_sends_once(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.input.fill("Wat is een pgb?")
    chat.send_button.dblclick()
    chat.wait_for_more_than(1)
    assert chat.own_in_history() == ["Wat is een pgb?"]
    expect(chat.page.get_by_role("alert").filter(has_text="Typ eerst")).to_have_count(0)


def test_double_click_on_a_choice_sends_once(open_chat: OpenChat) -> None:
    chat = open_chat()
    choice = chat.page.locator(".keuze").first
    label = choice.inner_text()
    choice.dblclick()
    chat.wait_for_more_than(1)
    assert chat.own_in_history() == [label]


def test_an_empty_message_is_explained(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.send_button.click()
    expect(chat.page.get_by_role("alert").filter(has_text="Typ eerst uw vraag")).to_be_visible()
    expect(chat.focused()).to_have_attribute("aria-invalid", "true")


def test_a_message_that_is_too_long_stays_and_is_explained(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.input.fill("a" * 2003)
    chat.input.press("Enter")
    expect(chat.page.get_by_role("alert").filter(has_text="3 tekens te lang")).to_be_visible()
    expect(chat.input).to_have_value("a" * 2003)
    expect(chat.own).to_have_count(0)


def test_lost_connection_keeps_the_message_and_sends_it_once(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.page.context.set_offline(True)
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    notice = chat.page.get_by_role("alert").filter(has_text="geen verbinding")
    expect(notice).to_be_visible()
    expect(chat.page.get_by_text("Nog niet verstuurd")).to_be_visible()
    chat.page.context.set_offline(False)
    chat.wait_for_more_than(1)
    expect(notice).to_be_hidden()
    assert chat.own_in_history() == ["Wat is een pgb?"]
    expect(chat.own).to_have_count(1)


def test_a_lost_answer_is_asked_again_without_doubling(open_chat: OpenChat) -> None:
    chat = open_chat()
    lost = []

    def lose_two_answers(route: Route) -> None:
        if len(lost) == 2:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    chat.page.route("**/messages", lose_two_answers)
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    chat.page.get_by_role("button", name="Probeer opnieuw").click()
    chat.wait_for_more_than(1)
    assert lost == [200, 200]
    assert chat.own_in_history() == ["Wat is een pgb?"]
    expect(chat.own).to_have_count(1)


def test_an_answer_that_does_not_come_is_asked_again_by_the_resident(open_chat: OpenChat) -> None:
    chat = open_chat()
    # The chat's patience, twenty times as short.
    chat.page.evaluate(
        "() => { const real = AbortSignal.timeout; AbortSignal.timeout = ms => real.call(AbortSignal, ms / 20); }"
    )
    arrived = []
    chat.page.route("**/messages", lambda route: arrived.append(route.fetch().status), times=1)
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    notice = chat.page.get_by_role("alert").filter(has_text="Het antwoord laat op zich wachten")
    expect(notice).to_be_visible()
    expect(chat.page.get_by_text("Nog niet verstuurd")).to_be_visible()
    expect(chat.own.locator(".eigen")).to_have_text(["Wat is een pgb?"])
    assert arrived == [200]
    chat.page.get_by_role("button", name="Probeer opnieuw").click()
    chat.wait_for_more_than(1)
    expect(notice).to_be_hidden()
    expect(chat.own).to_have_count(1)
    assert chat.own_in_history() == ["Wat is een pgb?"]
    answers = [message for message in chat.history(chat.key)[1]["messages"] if message["from"] == "assistent"]
    expect(chat.assistant).to_have_count(len(answers))


def test_a_message_under_way_survives_a_reload(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.page.route("**/messages", lambda route: route.abort())
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    expect(chat.page.get_by_role("button", name="Probeer opnieuw")).to_be_visible()
    chat.page.unroute("**/messages")
    chat.page.reload()
    chat.wait_for_more_than(1)
    assert chat.own_in_history() == ["Wat is een pgb?"]
    expect(chat.own).to_have_count(1)


def test_a_message_typed_before_there_was_a_conversation_is_not_lost(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.page.evaluate("() => sessionStorage.clear()")
    chat.page.route("**/conversations", lambda route: route.abort())
    chat.page.reload()
    expect(chat.page.get_by_role("button", name="Probeer opnieuw")).to_be_visible()
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    chat.page.unroute("**/conversations")
    chat.page.reload()
    chat.wait_for_more_than(1)
    assert chat.own_in_history() == ["Wat is een pgb?"]
    expect(chat.own).to_have_count(1)


def test_personal_data_is_masked_on_the_screen_too(open_chat: OpenChat) -> None:
    chat = open_chat().say("mijn bsn is 111222333")
    expect(chat.own.locator(".eigen")).not_to_contain_text("111222333")


def test_wiping_the_conversation_really_wipes_it(open_chat: OpenChat) -> None:
    chat = open_chat().say("Wat is een pgb?")
    key = chat.key
    chat.option("Gesprek wissen")
    chat.page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(chat.page.get_by_text("Uw gesprek is gewist.")).to_be_focused()
    assert chat.history(key)[0] == 401
    assert chat.stored == {}
    expect(chat.messages).to_have_count(0)


def test_after_wiping_a_human_and_the_number_are_where_they_were(open_chat: OpenChat) -> None:
    chat = open_chat()
    human, number = chat.page.get_by_role("button", name="Praat met een medewerker"), chat.page.locator(".bel")
    places = human.bounding_box(), number.bounding_box()
    chat.option("Gesprek wissen")
    chat.page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(chat.input).to_be_hidden()
    assert (human.bounding_box(), number.bounding_box()) == places
    human.click()
    expect(chat.own.locator(".eigen")).to_have_text("Ik wil een medewerker spreken")
    chat.wait_for_more_than(1)
    assert chat.own_in_history() == ["Ik wil een medewerker spreken"]
    expect(chat.input).to_be_visible()


def test_the_number_is_that_of_the_place_the_resident_names(visit: Callable[..., Page], site: str) -> None:
    chat = Chat(visit(f"{site}/chat")).wait_for_welcome()
    call = chat.page.locator(".bel")
    expect(call).to_have_text("Bellen? Vaak 14 en uw netnummer")
    place = call.bounding_box() or {}
    chat.say("ik woon in voorbeeldstad en zoek hulp in huis")
    expect(call.get_by_role("link")).to_have_attribute("href", "tel:140999")
    assert abs((call.bounding_box() or {})["y"] - place["y"]) < place["height"]
    chat.page.reload()
    expect(call).to_have_text("Bel 14 0999")
    chat.option("Gesprek wissen")
    chat.page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(call).to_have_text("Bellen? Vaak 14 en uw netnummer")


def test_wiping_can_be_called_off(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.option("Gesprek wissen")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("dialog")).to_be_hidden()
    assert chat.history(chat.key)[0] == 200


def test_a_talk_that_ended_gives_back_what_was_typed(open_chat: OpenChat) -> None:
    chat = open_chat()
    address = f"{chat.page.url.split('?')[0].rstrip('/')}/api/v1/conversations/{chat.key['id']}"
    assert chat.page.request.delete(address, headers={"Authorization": f"Bearer {chat.key['token']}"}).status == 204
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    expect(chat.page.get_by_text("Dit gesprek is verlopen of gewist")).to_be_visible()
    chat.page.get_by_role("button", name="Nieuw gesprek").click()
    chat.wait_for_welcome()
    expect(chat.input).to_have_value("Wat is een pgb?")
    expect(chat.own).to_have_count(0)


def test_starting_again_gives_a_new_conversation(open_chat: OpenChat) -> None:
    chat = open_chat().say("Wat is een pgb?")
    old = chat.key
    chat.option("Opnieuw beginnen")
    chat.page.get_by_role("button", name="Ja, begin opnieuw").click()
    expect(chat.own).to_have_count(0)
    chat.wait_for_welcome()
    assert chat.key["id"] != old["id"]


def test_a_human_is_always_one_press_away(open_chat: OpenChat) -> None:
    chat = open_chat()
    human = chat.page.get_by_role("button", name="Praat met een medewerker")
    human.click()
    chat.wait_for_more_than(1)
    expect(chat.own.locator(".eigen")).to_have_text("Ik wil een medewerker spreken")
    expect(human).to_be_in_viewport()


def test_quick_exit_leaves_nothing_behind(open_chat: OpenChat) -> None:
    chat = open_chat().say("mijn man slaat mij")
    key, address = chat.key, chat.page.url
    chat.page.get_by_role("button", name="Verlaat deze pagina snel").first.click()
    chat.page.wait_for_url(EXIT)
    chat.page.goto(address)
    assert Chat(chat.page).wait_for_welcome().key["id"] != key["id"]
    expect(chat.own).to_have_count(0)
    assert chat.history(key)[0] == 401


def test_quick_exit_replaces_the_history_entry(open_chat: OpenChat) -> None:
    chat = open_chat().say("mijn man slaat mij")
    entries = chat.page.evaluate("() => history.length")
    chat.page.get_by_role("button", name="Verlaat deze pagina snel").first.click()
    chat.page.wait_for_url(EXIT)
    assert chat.page.evaluate("() => history.length") == entries


@pytest.mark.parametrize("danger", ["ik wil niet meer leven", "mijn man slaat mij"])
def test_emergency_numbers_stay_in_sight(open_chat: OpenChat, danger: str) -> None:
    chat = open_chat(viewport={"width": 390, "height": 844}).say(danger)
    bar = chat.page.get_by_role("region", name="Direct hulp")
    expect(bar.get_by_role("link", name="Bel 112")).to_be_in_viewport()
    assert bar.get_by_role("link", name="Bel 112").get_attribute("href") == "tel:112"
    chat.say("ik wil iets anders vragen over hulp in huis")
    expect(bar.get_by_role("link", name="Bel 112")).to_be_in_viewport()


def test_without_open_nothing_is_asked_or_stored_before_the_button(open_chat: OpenChat) -> None:
    chat = open_chat()
    requests: list[str] = []
    chat.page.evaluate("() => { document.querySelector('steunwijzer-chat').remove(); sessionStorage.clear(); }")
    chat.page.on("request", lambda request: requests.append(request.url))
    chat.page.evaluate("() => document.querySelector('.chat').append(document.createElement('steunwijzer-chat'))")
    start = chat.page.get_by_role("button", name="Begin een gesprek")
    expect(start).to_be_visible()
    assert (requests, chat.stored) == ([], {})
    start.click()
    chat.wait_for_welcome()
    expect(chat.input).to_be_focused()


def test_another_language_is_marked_so_that_a_screen_reader_says_it_well(open_chat: OpenChat) -> None:
    chat = open_chat().say("أحتاج إلى مساعدة لأمي في المنزل")
    answer = chat.page.locator("li.van-assistent[lang=ar]")
    expect(answer).to_contain_text("112")
    expect(answer).to_have_attribute("dir", "auto")
