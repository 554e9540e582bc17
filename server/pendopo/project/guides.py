"""The guides: short Indonesian texts for each duty (`docs/panduan`), and which one a page opens."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from pendopo.foundation.errors import Refused
from pendopo.people.rules import Duty

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "panduan"
FOR_GUESTS = "peserta"

# Pages that everybody has alike open one guide, of the first beginning that fits.
BY_PAGE = (
    ("account", "akun"),
    ("mfa", "akun"),
    ("token", "akun"),
    ("first-run", "administrator"),
    ("join", FOR_GUESTS),
    ("device-test", FOR_GUESTS),
    ("request-", "pemohon"),
    ("booking", "pemohon"),
    ("signing-", "kepala-dinas"),
    ("signature-", "kepala-dinas"),
)
# Elsewhere it is that of the reader's own duty, the first that they hold in this order.
BY_DUTY = {
    Duty.ADMINISTRATOR: "administrator",
    Duty.SECRETARIAT: "sekretariat",
    Duty.HEAD_OF_OFFICE: "kepala-dinas",
    Duty.DIVISION_HEAD: "kepala-bidang",
    Duty.COORDINATOR: "koordinator",
    Duty.OPERATOR: "petugas",
    Duty.COMMAND_CENTRE: "pusat-kendali",
    Duty.AUDITOR: "auditor",
    Duty.HOST: "penyelenggara",
    Duty.REQUESTER: "pemohon",
}


@dataclass(frozen=True)
class Guide:
    """One guide; ``body`` is HTML made from our own Markdown."""

    slug: str
    title: str
    body: SafeString


def guide_for(page: str, duties: Iterable[str]) -> str:
    """The slug of the guide that "?" opens on the page of this url name, for these duties."""
    for beginning, slug in BY_PAGE:
        if page.startswith(beginning):
            return slug
    held = set(duties)
    return next((slug for duty, slug in BY_DUTY.items() if duty in held), FOR_GUESTS)


@cache
def guides() -> dict[str, Guide]:
    """All guides by slug, in the order of the alphabet."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.md")) if path.stem != "README"}


def _read(path: Path) -> Guide:
    text = path.read_text("utf-8")
    title, _, rest = text.removeprefix("# ").partition("\n")
    # Links between guides end in .md, so that they also work in the repository.
    linked = re.sub(r"\]\(([a-z-]+)\.md\)", r"](/panduan/\1)", rest)
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(linked)
    return Guide(path.stem, title.strip(), mark_safe(html))  # noqa: S308  (our own files)


@require_safe
def guide_list(request: HttpRequest) -> HttpResponse:
    """All guides."""
    return render(request, "project/guides.html", {"guides": guides().values()})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide. It is Indonesian in both languages of the interface."""
    found = guides().get(slug)
    if found is None:
        raise Refused("not_found")
    return render(request, "project/guide.html", {"guide": found})
