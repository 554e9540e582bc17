"""The request form when somebody comes back to it: with other papers, links, or after sending."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Request, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, NewContext
from tests.browser.request_form import (
    go_on,
    kept,
    paper,
    photo_with_place,
    press,
    to_check,
    who,
)  # fmt: skip

pytestmark = pytest.mark.browser


def test_an_invitation_fills_in_the_hours_of_the_office(phone: BrowserContext) -> None:
    """Half past five in the evening of UTC is the next day in all of Indonesia."""
    page = phone.new_page()
    page.goto("/ajukan/")
    page.locator('[name="letter_follows"]').check()
    go_on(page, "who")
    who(page)
    go_on(page, "event")
    page.locator('[name="role"][value="client"]').check()
    day = datetime.now(UTC).date() + timedelta(days=30)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Rapat jauh",
        f"DTSTART:{day:%Y%m%d}T173000Z", f"DTEND:{day:%Y%m%d}T190000Z",
        "LOCATION:https://zoom.us/j/91234567890", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    calendar = "\r\n".join(lines).encode()
    page.locator('[name="calendar"]').set_input_files(
        {"name": "undangan.ics", "mimeType": "text/calendar", "buffer": calendar}
    )
    page.locator("[data-fill]").click()
    expect(page.locator("[data-fill-said]")).to_be_visible()
    zone = ZoneInfo(page.locator("[data-wizard]").get_attribute("data-time-zone") or "")
    starts = datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC).astimezone(zone)
    ends = starts + timedelta(minutes=90)
    expect(page.locator('[name="slot-0-day"]')).to_have_value(f"{starts:%Y-%m-%d}")
    expect(page.locator('[name="slot-0-starts"]')).to_have_value(f"{starts:%H:%M}")
    expect(page.locator('[name="slot-0-ends"]')).to_have_value(f"{ends:%H:%M}")
    assert starts.date() == day + timedelta(days=1)


def test_a_photo_that_was_removed_is_not_sent(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/ajukan/")
    page.locator("[data-letter]").set_input_files(photo_with_place())
    expect(page.locator("[data-pages] li")).to_have_count(1)
    go_on(page, "who")
    (draft,) = kept(page, "draft => draft.code && draft.pages.length")
    page.locator("section:not([hidden]) [data-back]").click()
    page.locator("[data-page-remove]").click()
    expect(page.locator("[data-pages] li")).to_have_count(0)
    press(page)
    expect(page.locator("#letter-error")).to_be_visible()
    page.locator('[name="letter_follows"]').check()
    go_on(page, "who")
    to_check(page)
    expect(page.locator('[data-of="letter"]')).to_have_text("menyusul")
    # Also as the server says it, on a phone that knows nothing.
    kept(page, "draft => draft.saved.event === draft.changed.event")
    page.reload()
    expect(page.locator('[data-of="letter"]')).to_have_text("menyusul")
    press(page)
    expect(page.locator(".sent-number")).to_be_visible()
    assert draft["code"] in page.url
    expect(page.locator(".steps li").first).to_contain_text("Kirimkan suratnya")


def test_that_it_follows_takes_the_place_of_the_letter_that_is_here(
    phone: BrowserContext, new_context: NewContext
) -> None:
    page = phone.new_page()
    page.goto("/ajukan/")
    page.locator("[data-letter]").set_input_files(photo_with_place())
    expect(page.locator("[data-pages] li")).to_have_count(1)
    go_on(page, "who")
    kept(page, "draft => draft.code && draft.pages.length")
    to_check(page)
    kept(page, "draft => draft.saved.event === draft.changed.event")
    other = new_context(viewport=PHONE).new_page()
    other.goto(page.url)
    words = other.locator('[data-of="letter"]').inner_text()
    other.goto(page.url.replace("/periksa", "/surat"))
    there, follows = other.locator("[data-letter-there]"), other.locator("#id_letter_follows")
    expect(there).to_be_visible()
    follows.check()
    expect(there).to_be_hidden()
    expect(other.locator('[data-of="letter"]')).to_have_text("menyusul")
    follows.uncheck()
    expect(there).to_be_visible()
    expect(other.locator('[data-of="letter"]')).to_have_text(words)
    follows.check()
    go_on(other, "who")
    kept(other, "draft => draft.saved.letter === draft.changed.letter")
    other.locator("section:not([hidden]) [data-back]").click()
    follows.uncheck()
    expect(there).to_be_hidden()
    press(other)
    expect(other.locator("#letter-error")).to_be_visible()


def test_the_link_of_another_request_leaves_ones_own_on_the_phone(
    phone: BrowserContext, new_context: NewContext
) -> None:
    other = new_context(viewport=PHONE).new_page()
    other.goto("/ajukan/")
    other.locator('[name="letter_follows"]').check()
    go_on(other, "who")
    (link,) = kept(other, "draft => draft.code")

    page = phone.new_page()
    page.goto("/ajukan/")
    page.evaluate("navigator.serviceWorker.ready")
    phone.set_offline(True)
    page.locator("[data-letter]").set_input_files(photo_with_place())
    expect(page.locator("[data-pages] li")).to_have_count(1)
    go_on(page, "who")
    to_check(page)
    (mine,) = kept(page, "draft => draft.pages.length")
    page.close()

    phone.set_offline(False)
    page = phone.new_page()
    page.goto(f"/ajukan/{link['code']}/siapa")
    expect(page.locator('[name="organisation_name"]')).to_have_value("")
    who(page)
    page.locator('[name="contact_name"]').fill("Orang lain")
    assert {each["key"] for each in kept(page, count=2)} == {mine["key"], link["code"]}

    page.goto("/ajukan/")
    expect(page.locator("[data-restored]")).to_be_visible()
    expect(page.locator("[data-pages] li")).to_have_count(1)
    expect(page.locator('[name="contact_name"]')).to_have_value("Siti Aminah")
    page.goto(f"/ajukan/{link['code']}/siapa")
    expect(page.locator('[name="contact_name"]')).to_have_value("Orang lain")
    expect(page.locator("[data-also-sent]")).to_be_hidden()
    page.close()

    # What waits to be sent goes also while the form shows another request.
    phone.set_offline(True)
    page = phone.new_page()
    page.goto("/ajukan/")
    expect(page.locator('[data-screen="check"]')).to_be_visible()
    press(page)
    page.locator("[data-waits]").wait_for(state="attached")
    kept(page, "draft => draft.wantsSending")
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(f"/ajukan/{link['code']}/siapa")
    expect(page.locator("[data-also-sent]")).to_be_visible()
    assert violations(page) == []
    assert [each["key"] for each in kept(page)] == [link["code"]]
    page.locator("[data-also-sent-link]").click()
    expect(page.locator(".sent-number")).to_be_visible()
    assert link["code"] not in page.url


def test_a_letter_that_is_too_much_is_said_when_it_is_chosen(
    phone: BrowserContext, tmp_path: Path
) -> None:
    large = [tmp_path / f"besar{place}.pdf" for place in range(4)]
    small = [tmp_path / f"kecil{place}.pdf" for place in range(21)]
    for paths, size in ((large, 16_000_000), (small, 1_000)):
        for path in paths:
            path.write_bytes(paper(size))
    page = phone.new_page()
    page.goto("/ajukan/")
    page.locator("[data-letter]").set_input_files(large)
    expect(page.locator("#letter-error")).to_contain_text("60 MB")
    expect(page.locator("[data-pages] li")).to_have_count(3)
    for _ in range(3):
        page.locator("[data-page-remove]").first.click()
    expect(page.locator("[data-pages] li")).to_have_count(0)
    page.locator("[data-letter]").set_input_files(small)
    expect(page.locator("#letter-error")).to_contain_text("20 berkas")
    expect(page.locator("[data-pages] li")).to_have_count(20)


def test_a_refusal_that_can_not_be_read_is_said_and_not_repeated(new_context: NewContext) -> None:
    # Without the service worker, past which a route would not see the requests.
    page = new_context(viewport=PHONE, service_workers="block").new_page()
    posted: list[str] = []

    def refuse(route: Route, request: Request) -> None:
        if request.method != "POST":
            route.continue_()
            return
        posted.append(request.url)
        route.fulfill(status=413, content_type="text/html", body="<html>")

    page.route("**/ajukan/", refuse)
    page.goto("/ajukan/")
    page.locator('[name="letter_follows"]').check()
    press(page)
    expect(page.locator("[data-problem]")).to_contain_text("60 MB")
    expect(page.locator("[data-strip]")).to_be_hidden()
    # What every fifteen seconds does, and the signal that comes back.
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)
    assert len(posted) == 1
    expect(page.locator('[data-screen="letter"]')).to_be_visible()


def test_what_is_sent_does_not_come_back_onto_the_phone(new_context: NewContext) -> None:
    page = new_context(viewport=PHONE, service_workers="block").new_page()
    # An answer without a page leaves the form where it is, as one that is slow to come does.
    page.route("**/terkirim", lambda route: route.fulfill(status=204))
    page.goto("/ajukan/")
    page.locator('[name="letter_follows"]').check()
    go_on(page, "who")
    to_check(page)
    kept(page, "draft => draft.code")
    with page.expect_request("**/terkirim"):
        press(page)
    assert kept(page, count=0) == []
    # Meanwhile the phone shows another app; then what every fifteen seconds does.
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', { value: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    page.wait_for_timeout(1_000)
    assert kept(page, count=0) == []
    handed: list[str] = []
    page.on("request", lambda request: handed.append(request.url))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(1_000)
    assert handed == []
    assert kept(page, count=0) == []
