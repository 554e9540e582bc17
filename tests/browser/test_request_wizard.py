"""The request form on a villager's phone: a photo, no signal midway, sent by itself later."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import NewContext

PHONE = {"width": 360, "height": 740}
pytestmark = pytest.mark.browser


def photo_with_place() -> FilePayload:
    """A photo as a phone takes it: large, lying on its side, with the place in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 47.0, 0.0), 3: "E", 4: (110.0, 22.0, 0.0)})
    out = io.BytesIO()
    Image.effect_noise((3200, 2400), 90).convert("RGB").save(out, "JPEG", quality=92, exif=exif)
    return {"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def phone(new_context: NewContext) -> Iterator[BrowserContext]:
    context = new_context(viewport=PHONE, has_touch=True)
    yield context
    context.set_offline(False)


def _next(page: Page, shown: str) -> None:
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator(f'[data-screen="{shown}"]')).to_be_visible()


def _who(page: Page) -> None:
    page.locator('[name="requester_class"][value="community"]').check()
    page.locator('[name="organisation_name"]').fill("PKK Desa Sukamaju")
    page.locator('[name="contact_name"]').fill("Siti Aminah")
    page.locator('[name="contact_whatsapp"]').fill("0812 3456 7890")


def _event(page: Page) -> None:
    day = timezone.now() + timedelta(days=30)
    page.locator('[name="event_title"]').fill("Rapat kader")
    page.locator('[name="slot-0-day"]').fill(f"{day:%Y-%m-%d}")
    page.locator('[name="slot-0-starts"]').fill("09:00")
    page.locator('[name="slot-0-ends"]').fill("11:00")
    page.locator('[name="people"]').fill("40")
    page.locator('[name="attendance"][value="online"]').check()


def _is_narrow_enough(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_letter_goes_on_without_signal_and_is_sent_once_when_it_is_back(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    sizes: list[int] = []
    sent: list[str] = []

    def hear(request: object) -> None:
        url, method = request.url, request.method  # type: ignore[attr-defined]
        if method == "POST" and url.endswith("/periksa"):
            sent.append(url)

    page.on("request", hear)
    page.goto("/ajukan/")
    assert violations(page) == []
    assert _is_narrow_enough(page)
    page.locator("[data-letter]").set_input_files(photo_with_place())
    expect(page.locator("[data-pages] li")).to_have_count(1)
    sizes.append(
        page.evaluate(
            """async () => {
              const asked = indexedDB.open('pendopo-request', 1);
              const database = await new Promise(d => { asked.onsuccess = () => d(asked.result) });
              for (let tries = 0; tries < 100; tries += 1) {
                const got = database.transaction('drafts').objectStore('drafts').get('current');
                const kept = await new Promise(d => { got.onsuccess = () => d(got.result) });
                if (kept?.pages.length) return kept.pages[0].blob.size;
                await new Promise(d => setTimeout(d, 100));
              }
              throw new Error('the photo was not kept within ten seconds');
            }"""
        )
    )
    assert sizes[0] <= 1_000_000
    _next(page, "who")
    expect(page.locator("[data-saved]")).to_be_visible()

    phone.set_offline(True)
    _who(page)
    assert violations(page) == []
    _next(page, "event")
    expect(page.locator("[data-strip]")).to_be_visible()
    _event(page)
    assert violations(page) == []
    assert _is_narrow_enough(page)
    _next(page, "check")
    expect(page.locator('[data-of="organisation_name"]')).to_have_text("PKK Desa Sukamaju")
    assert violations(page) == []
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator("[data-strip]")).to_be_visible()

    phone.set_offline(False)
    expect(page.locator(".sent-number")).to_be_visible()
    assert violations(page) == []
    assert page.url.endswith("/terkirim")


def test_what_was_to_be_sent_goes_when_the_form_is_opened_again(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/ajukan/")
    page.evaluate("navigator.serviceWorker.ready")
    page.locator('[name="letter_follows"]').check()
    phone.set_offline(True)
    _next(page, "who")
    _who(page)
    _next(page, "event")
    _event(page)
    _next(page, "check")
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
    _next(page, "who")
    _who(page)
    page.locator('[name="contact_whatsapp"]').fill("abc")
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator('[name="contact_whatsapp"]')).to_be_focused()
    expect(page.locator('[name="contact_name"]')).to_have_value("Siti Aminah")
    assert violations(page) == []
