"""The service page on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext

pytestmark = pytest.mark.browser


def test_the_first_public_event_is_seen_without_scrolling(new_context: NewContext) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto("/")
    expect(page.get_by_role("link", name="Ajukan permohonan")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Lacak permohonan")).to_be_in_viewport()
    expect(page.locator(".timeline-row").first).to_be_in_viewport(ratio=1)
    assert page.locator("main .button-main").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
