"""Every page in its states, judged by axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = {"width": 360, "height": 740}
_axe = Axe()


def violations(page: Page) -> list[str]:
    """What axe finds, one line an element."""
    found = _axe.run(page).response["violations"]
    return [
        f"{violation['id']}: {' '.join(node['target'])} – {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def is_accessible(page: Page, what: str, *, narrow: bool = False) -> list[str]:
    """What axe finds in light and dark, and on a phone when ``narrow``; empty when all is well."""
    found: list[str] = []
    size = page.viewport_size
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{what}, {scheme}: {line}" for line in violations(page)]
    if narrow and size:
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        found += [f"{what}, narrow: {line}" for line in violations(page)]
        page.set_viewport_size(size)
    return found
