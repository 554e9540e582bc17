"""The pages of the office's own people."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext, NewPerson
from tests.browser.pages import Person, sign_in
from tests.plugins.clients import Program

pytestmark = pytest.mark.browser


def test_now_shows_a_live_meeting_and_counts_by_itself(
    new_context: NewContext, new_person: NewPerson, program: Program
) -> None:
    title = "Rapat pantauan langsung"
    meeting = program.meeting(title=title)
    page = new_context().new_page()
    sign_in(page, "admin")
    page.goto("/sekarang")
    expect(page.get_by_text("Daftar ini diperbarui sendiri.")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text=title)
    siti = new_person("Siti Aminah").enter(meeting["host_url"])
    expect(row).to_contain_text("1 orang")
    budi = new_person("Budi Santoso").enter(meeting["join_url"])
    expect(row).to_contain_text("2 orang")
    budi.leaves()
    expect(row).to_contain_text("1 orang")
    siti.hook("end-for-all").click()
    expect(row).to_have_count(0)


def test_an_account_starts_a_meeting_and_is_its_host(new_context: NewContext) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write", "camera", "microphone"])
    page = context.new_page()
    sign_in(page, "operator")
    start = page.get_by_role("region", name="Mulai sekarang")
    start.get_by_label("Judul rapat").fill("Rapat mendadak")
    start.get_by_role("button", name="Mulai rapat").click()
    page.wait_for_url(re.compile(r"/j/[a-z]{3}-[a-z]{4}-[a-z]{3}"))
    host = Person(context, "Operator", page)
    expect(host.hook("join-name")).not_to_have_value("")  # the account's name
    with host.seated():
        host.knocks()
    host.is_inside()
    expect(host.hook("end-for-all")).to_be_visible()

    slug = host.given["meeting"]["slug"]
    other = context.new_page()
    other.goto(f"/rapat/{slug}/")
    expect(other.get_by_role("table")).to_contain_text(host.given["name"])
    other.get_by_role("button", name="Salin undangan").click()
    expect(other.get_by_role("button", name="Tersalin")).to_be_visible()
    copied = other.evaluate("navigator.clipboard.readText()")
    assert f"/j/{slug}" in copied
    assert "Rapat mendadak" in copied
