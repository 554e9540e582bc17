"""The request form as a test fills it in on a phone, and what that phone keeps."""

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect


def photo_with_place() -> FilePayload:
    """A photo as a phone takes it: large, lying on its side, with the place in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 47.0, 0.0), 3: "E", 4: (110.0, 22.0, 0.0)})
    out = io.BytesIO()
    Image.effect_noise((3200, 2400), 90).convert("RGB").save(out, "JPEG", quality=92, exif=exif)
    return {"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def go_on(page: Page, shown: str) -> None:
    page.locator("section:not([hidden]) [data-next]").click()
    expect(page.locator(f'[data-screen="{shown}"]')).to_be_visible()


def who(page: Page) -> None:
    page.locator('[name="requester_class"][value="community"]').check()
    page.locator('[name="organisation_name"]').fill("PKK Desa Sukamaju")
    page.locator('[name="contact_name"]').fill("Siti Aminah")
    page.locator('[name="contact_whatsapp"]').fill("0812 3456 7890")


def event(page: Page) -> None:
    day = timezone.now() + timedelta(days=30)
    page.locator('[name="event_title"]').fill("Rapat kader")
    page.locator('[name="slot-0-day"]').fill(f"{day:%Y-%m-%d}")
    page.locator('[name="slot-0-starts"]').fill("09:00")
    page.locator('[name="slot-0-ends"]').fill("11:00")
    page.locator('[name="people"]').fill("40")
    page.locator('[name="attendance"][value="online"]').check()


def kept(page: Page, such: str = "draft => true", count: int = 1) -> list[dict[str, Any]]:
    """The drafts on this phone, once so many are there that are such."""
    found: list[dict[str, Any]] = page.evaluate(
        """async ([such, count]) => {
          const fits = eval(such);
          for (let tries = 0; tries < 100; tries += 1) {
            const asked = indexedDB.open('pendopo-request');
            const database = await new Promise(d => { asked.onsuccess = () => d(asked.result) });
            const got = database.transaction('drafts').objectStore('drafts').getAll();
            const all = await new Promise(d => { got.onsuccess = () => d(got.result) });
            database.close();
            const drafts = all.filter(fits);
            if (drafts.length === count) return drafts.map(
              ({ key, code, pages }) => ({ key, code, sizes: pages.map(page => page.blob.size) }));
            await new Promise(d => setTimeout(d, 100));
          }
          throw new Error(`not ${count} such drafts within ten seconds`);
        }""",
        [such, count],
    )
    return found


def to_check(page: Page) -> None:
    """From the second screen to the last."""
    who(page)
    go_on(page, "event")
    event(page)
    go_on(page, "check")


def press(page: Page) -> None:
    page.locator("section:not([hidden]) [data-next]").click()


def paper(size: int) -> bytes:
    return b"%PDF-1.7\n".ljust(size, b" ")


def is_narrow_enough(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
