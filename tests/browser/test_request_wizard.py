"""The request form on a villager's phone: a photo, no signal midway, sent by itself later."""

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.axe import violations
from tests.browser.request_form import (
    event,
    go_on,
    is_narrow_enough,
    kept,
    photo_with_place,
    who,
)  # fmt: skip

pytestmark = pytest.mark.browser


def test_a_letter_goes_on_without_signal_and_is_sent_once_when_it_is_back(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    sent: list[bytes] = []

    def hear(answer: Response) -> None:
        if answer.request.method == "POST" and answer.url.endswith("/periksa"):
            sent.append(answer.request.post_data_buffer or b"")

    page.on("response", hear)
    page.goto("/ajukan/")
    assert violations(page) == []
    assert is_narrow_enough(page)
    page.locator("[data-letter]").set_input_files(photo_with_place())
    expect(page.locator("[data-pages] li")).to_have_count(1)
    (draft,) = kept(page, "draft => draft.pages.length")
    assert draft["sizes"][0] <= 1_000_000
    go_on(page, "who")
    expect(page.locator("[data-saved]")).to_be_visible()

    phone.set_offline(True)
    who(page)
    assert violations(page) == []
    go_on(page, "event")
    expect(page.locator("[data-strip]")).to_be_visible()
    event(page)
    assert violations(page) == []
    assert is_narrow_enough(page)
    go_on(page, "check")
    expect(page.locator('[data-of="organisation_name"]')).to_have_text("PKK Desa Sukamaju")
    assert violations(page) == []
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator("[data-strip]")).to_be_visible()

    phone.set_offline(False)
    expect(page.locator(".sent-number")).to_be_visible()
    assert violations(page) == []
    assert page.url.endswith("/terkirim")
    assert len(sent) == 1
    assert b'name="privacy_version"' in sent[0]  # of the notice that stood on the page


def test_what_was_to_be_sent_goes_when_the_form_is_opened_again(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/ajukan/")
    page.evaluate("navigator.serviceWorker.ready")
    page.locator('[name="letter_follows"]').check()
    phone.set_offline(True)
    go_on(page, "who")
    who(page)
    go_on(page, "event")
    event(page)
    go_on(page, "check")
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator("[data-strip]")).to_be_visible()
    page.locator("[data-waits]").wait_for()
    page.close()

    phone.set_offline(False)
    again = phone.new_page()
    again.goto("/ajukan/")
    expect(again.locator(".sent-number")).to_be_visible()
    once_more = phone.new_page()
    once_more.goto("/ajukan/")
    expect(once_more.locator("[data-restored]")).to_be_hidden()


def test_an_error_stands_under_its_field_and_takes_the_focus(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/ajukan/")
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator("#letter-error")).to_be_visible()
    page.locator('[name="letter_follows"]').check()
    go_on(page, "who")
    who(page)
    page.locator('[name="contact_whatsapp"]').fill("abc")
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator('[name="contact_whatsapp"]')).to_be_focused()
    expect(page.locator('[name="contact_name"]')).to_have_value("Siti Aminah")
    assert violations(page) == []
