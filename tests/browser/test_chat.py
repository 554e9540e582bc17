"""Chat: it arrives, it stays for the late, and it cannot harm anybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPerson

pytestmark = pytest.mark.browser

TEXT = 'Materi: https://example.org/a?b=1. <b id="bold">tebal</b> javascript:alert(1)'


def test_chat_arrives_and_is_there_for_a_late_joiner(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    assert siti.hook("chat-input").count() == 0  # panels start closed
    siti.hook("chat-open").click()
    siti.says("Selamat pagi")
    siti.has_message("Selamat pagi")
    expect(siti.hook("chat-input")).to_have_value("")

    expect(budi.hook("chat-open")).to_have_accessible_name("Obrolan, 1 pesan belum dibaca")
    budi.hook("chat-open").click()
    expect(budi.has_message("Selamat pagi")).to_contain_text("Siti Aminah")
    expect(budi.hook("chat-open")).to_have_accessible_name("Obrolan")
    budi.says("Pagi, Bu")
    siti.has_message("Pagi, Bu")

    late = new_person("Ketut Wirawan").enter(meeting["join_url"])
    late.hook("chat-open").click()
    expect(late.hook("chat-message")).to_contain_text(["Selamat pagi", "Pagi, Bu"])


def test_links_are_safe_and_html_is_text(meeting: dict[str, str], new_person: NewPerson) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    budi.hook("chat-open").click()
    siti.hook("chat-open").click()
    siti.says(TEXT)
    message = budi.has_message("Materi:")
    expect(message).to_contain_text(TEXT)
    assert budi.page.locator("#bold").count() == 0
    link = message.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.org/a?b=1")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", re.compile(r"\bnoopener\b.*\bnoreferrer\b"))


def test_shift_enter_starts_a_line_and_enter_sends_both(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    siti.hook("chat-open").click()
    field = siti.hook("chat-input")
    field.fill("   ")
    field.press("Enter")  # nothing to send
    field.fill("satu")
    field.press("Shift+Enter")
    field.press_sequentially("dua")
    field.press("Enter")
    expect(siti.hook("chat-message")).to_have_count(1)
    expect(siti.hook("chat-message")).to_contain_text("satu\ndua", use_inner_text=True)
