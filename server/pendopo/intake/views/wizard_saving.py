"""Handing a checked screen to the actions."""

from django.db import transaction

from pendopo.files.actions.keeping import Checked
from pendopo.foundation import clock
from pendopo.intake.actions.drafts import checked_papers, drop_letter, put_letter, save_draft
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.forms.sheets import Sheets
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.wizard import version_read
from pendopo.intake.rules.wizard import Screen


def save_sheet(draft: ServiceRequest, screen: Screen, sheets: Sheets, notice: str = "") -> None:
    """Saves one screen. ``notice`` is the version of the notice about personal data on the page.

    Raises ``Refused`` when it was sent already, or about a file.
    """
    if screen is Screen.LETTER:
        with checked_papers(sheets.letter.cleaned_data["letter"]) as paper:
            save_letter(draft, sheets, paper)
    elif screen is Screen.WHO:
        save_draft(draft, sheets.who.cleaned_data)
    elif screen is Screen.EVENT:
        save_draft(draft, sheets.event.cleaned_data, sheets.slots.slots())
    else:
        read = {"privacy_version": version_read(notice), "privacy_read_at": clock.now()}
        save_draft(draft, read)


@transaction.atomic
def save_letter(draft: ServiceRequest, sheets: Sheets, paper: Checked | None) -> None:
    """Saves the first screen with its paper, which was checked before. Raises ``Refused``.

    "It follows" without a paper takes away what was handed over before: somebody removed it.
    """
    values = dict(sheets.letter.cleaned_data)
    del values["letter"]
    if paper:
        values["letter_follows"] = False
    save_draft(draft, values)
    if paper:
        put_letter(draft, paper, requester_of(draft))
    elif values["letter_follows"]:
        drop_letter(draft, requester_of(draft))
