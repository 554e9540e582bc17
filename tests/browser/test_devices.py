"""Microphone and camera: refused, missing, tested; and how much is received."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewBrowser, NewContext, NewPerson
from tests.browser.pages import Person
from tests.browser.senses import is_heard, moves

pytestmark = pytest.mark.browser
FAKE = "--use-fake-device-for-media-stream=fps=10"


def test_who_refused_the_devices_is_told_how_to_allow_and_can_join(
    meeting: dict[str, str], new_person: NewPerson, new_context: NewContext, new_browser: NewBrowser
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    strict = new_browser(FAKE)
    budi = Person(new_context(strict, permissions=[]), "Budi Santoso").open(meeting["join_url"])
    for device in ("mikrofon", "kamera"):
        sentence = f"Peramban tidak diizinkan memakai {device}. Tekan gambar gembok"
        expect(budi.page.get_by_text(sentence)).to_be_visible()
    expect(budi.page.get_by_role("button", name="Coba lagi")).to_have_count(2)
    with budi.seated():
        budi.knocks()
    budi.is_inside()
    budi.sees(siti, budi)
    moves(budi.page, budi.video(siti.identity))
    is_heard(budi.page, siti.identity)
    expect(siti.tile(budi.identity)).to_have_attribute("data-muted", "true")
    budi.is_switched("mic", False)
    budi.hook("mic").click()
    budi.is_told("Peramban tidak diizinkan memakai mikrofon.")

    budi.context.grant_permissions(["microphone", "camera"])
    for hook in ("mic", "camera"):
        budi.hook(hook).click()
        budi.is_switched(hook, True)
    moves(siti.page, siti.video(budi.identity))
    is_heard(siti.page, budi.identity)


def test_a_device_without_camera_joins_with_sound(
    meeting: dict[str, str], new_person: NewPerson, new_context: NewContext, new_browser: NewBrowser
) -> None:
    no_camera = "--use-fake-device-for-media-stream=device-count=0"
    plain = new_browser(no_camera)
    context = new_context(plain, permissions=["microphone", "camera"])
    budi = Person(context, "Budi Santoso").open(meeting["join_url"])
    missing = "Kamera tidak ditemukan. Anda tetap dapat masuk tanpa gambar."
    expect(budi.page.get_by_text(missing)).to_be_visible()
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    with budi.seated():
        budi.knocks()
    budi.is_inside()
    is_heard(siti.page, budi.identity)
    assert siti.page.locator(siti.video(budi.identity)).count() == 0
    expect(siti.tile(budi.identity)).to_contain_text("BS")  # initials in place of the picture


def test_the_device_test_shows_picture_sound_and_network(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto("/uji")
    moves(page, "video")
    level = page.get_by_role("meter")
    expect(level).to_be_visible()
    expect(page.get_by_text("Jaringan baik.")).to_be_visible()
    expect(page.get_by_text("Jalur UDP")).to_be_visible()


def test_audio_only_receives_no_pictures_and_is_remembered(
    meeting: dict[str, str], new_person: NewPerson
) -> None:
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    moves(budi.page, budi.video(siti.identity))
    moves(siti.page, siti.video(budi.identity))
    budi.page.get_by_role("button", name="Lainnya").click()
    audio_only = budi.page.get_by_role("switch", name="Suara saja")
    audio_only.click()
    expect(budi.page.locator(budi.video(siti.identity))).to_have_count(0)
    expect(siti.page.locator(siti.video(budi.identity))).to_have_count(0)
    is_heard(budi.page, siti.identity)
    is_heard(siti.page, budi.identity)
    moves(siti.page, siti.video(siti.identity))  # only budi saves

    budi.reloads()
    is_heard(budi.page, siti.identity)
    expect(budi.page.locator("video")).to_have_count(0)
    budi.page.get_by_role("button", name="Lainnya").click()
    expect(audio_only).to_have_attribute("aria-checked", "true")
    audio_only.click()
    moves(budi.page, budi.video(siti.identity))
