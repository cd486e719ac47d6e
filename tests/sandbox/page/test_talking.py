import re

import pytest
from playwright.sync_api import expect

from tests.browsing import ASHA, BRYN, DEV, EBELE, GENERAL, last_line, write

pytestmark = pytest.mark.browser


def test_a_newcomer_lands_in_the_direct_message_with_the_bot(tea, visit):
    page = visit()
    expect(page.locator("h1")).to_have_text("Tea Bot")
    expect(page.locator("#guide summary")).to_have_text(re.compile(r"You are\s+Dev\s+\(volunteer\)\. Try:"))
    page.get_by_role("button", name="am I a member?").click()
    expect(last_line(page)).to_contain_text("am I a member?")


def test_an_answer_arrives_without_reloading(visit):
    page = visit()
    write(page, "tea please")
    expect(last_line(page)).to_contain_text("Hello @Dev, tea?")
    expect(last_line(page).locator("strong", has_text="Hello")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("Tea Bot: Tea?")
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator("#words")).to_have_value("")


def test_a_whisper_is_marked_and_nobody_else_sees_it(tea, visit):
    dev, asha = visit(DEV, GENERAL), visit(ASHA, GENERAL)
    write(dev, "whisper to me")
    expect(last_line(dev)).to_contain_text("Only visible to you")
    expect(last_line(dev)).to_contain_text("Only between us")
    tea.say(BRYN, GENERAL, "good morning")
    expect(last_line(asha)).to_contain_text("good morning")
    assert "Only between" not in asha.locator("#lines").inner_text()


def test_what_people_type_is_never_markup(visit):
    page = visit()
    write(page, "echo <b>x</b> <script>document.title='got you'</script> & *bold*")
    expect(page.locator("#lines > li")).to_have_count(2)
    for line in page.locator("#lines > li").all():
        expect(line).to_contain_text("echo <b>x</b> <script>document.title='got you'</script> & bold")
        expect(line.locator("form strong")).to_have_text("bold")


def test_two_people_talk_in_two_tabs_and_unread_messages_are_counted(tea, visit):
    dev, asha = visit(DEV, GENERAL), visit(ASHA)
    write(dev, "hello @Asha")
    door = asha.get_by_role("link", name=re.compile("general"))
    expect(door).to_have_text(re.compile(r"1\s*unread"))
    expect(asha).to_have_title(re.compile(r"^\(1\) "))
    door.click()
    expect(last_line(asha)).to_contain_text("hello @Asha")
    expect(asha.locator(".mention.you")).to_have_text("@Asha")
    expect(asha.get_by_role("link", name=re.compile("general"))).not_to_contain_text("unread")


def test_new_messages_are_marked_for_somebody_who_comes_back(tea, visit):
    page = visit(DEV, GENERAL)
    tea.say(ASHA, GENERAL, "before")
    expect(last_line(page)).to_contain_text("before")
    page.get_by_role("link", name="App Home").click()
    tea.say(ASHA, GENERAL, "after")
    page.get_by_role("link", name=re.compile("general")).click()
    expect(page.locator("li", has=page.locator(".new"))).to_contain_text("after")
    expect(page.locator(".new")).to_have_count(1)


def test_a_thread_has_its_own_box_and_refuses_commands(visit):
    page = visit()
    write(page, "echo one")
    expect(page.locator("#lines > li")).to_have_count(2)
    page.get_by_role("link", name=re.compile("Reply in thread to Tea Bot")).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-live] #thread-words")
    write(page, "echo two", "#thread-words")
    expect(last_line(page, "#thread")).to_contain_text("echo two")
    expect(page.locator("#thread > li")).to_have_count(3)
    expect(page.locator("#lines > li")).to_have_count(2)
    expect(page.get_by_role("link", name=re.compile("2 replies"))).to_be_visible()
    write(page, "/tea", "#thread-words")
    expect(last_line(page)).to_contain_text("/tea is not supported in threads. Sorry!")


def test_a_mention_is_completed_and_reaches_the_bot(visit):
    page = visit(DEV, GENERAL)
    page.focus("#words")
    page.keyboard.type("@te")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("are you there?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("1 reply"))).to_be_visible()


def test_the_person_switcher_groups_people_by_their_part(visit):
    page = visit()
    page.locator("#switcher summary").click()
    assert page.locator("#switcher h2").all_inner_texts() == [
        "Steering group",
        "Volunteers",
        "Guests and visitors",
    ]
    page.get_by_role("link", name=re.compile("Ebele Thorne Volunteer")).click()
    expect(page).to_have_url(re.compile(f"/as/{EBELE}/"))
    expect(page.locator("#guide summary")).to_contain_text("Ebele")


def test_what_somebody_is_typing_stays_while_others_talk(tea, visit):
    page = visit(DEV, GENERAL)
    page.focus("#words")
    page.keyboard.type("half a sent")
    tea.say(ASHA, GENERAL, "tea")
    expect(last_line(page)).to_contain_text("tea?")
    page.keyboard.type("ence")
    expect(page.locator("#words")).to_have_value("half a sentence")


def test_links_to_messages_of_the_workspace_open_on_this_page(tea, visit):
    said = tea.say(ASHA, GENERAL, "the very one")["message"]["ts"]
    tea.say(DEV, GENERAL, f"echo {tea.url}/archives/{GENERAL}/p{said.replace('.', '')}")
    page = visit(DEV, GENERAL)
    last_line(page).get_by_role("link", name=re.compile("archives")).click()
    expect(page).to_have_url(re.compile(f"/as/{DEV}/{GENERAL}#m{said}"))
