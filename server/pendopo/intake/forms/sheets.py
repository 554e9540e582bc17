"""All forms of a request together: one is handed over, the others show what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from pendopo.intake.forms.wizard import (
    DAYS_AT_MOST,
    EventForm,
    LetterForm,
    SlotForms,
    WhoForm,
    WizardForm,
    slot_initial,
)
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.invitations import LONGEST, Invitation, read_invitation
from pendopo.intake.rules.wizard import Screen
from pendopo.schedule.rules import EventRole, Slot

Errors = dict[str, list[str]]


@dataclass
class Sheets:
    """The forms of one draft."""

    letter: LetterForm
    who: WhoForm
    event: EventForm
    slots: Any  # a formset of SlotForm
    unit_name: str = ""


def sheets_for(
    draft: ServiceRequest | None,
    unit_name: str,
    posted: Screen | None = None,
    data: QueryDict | None = None,
    files: Mapping[str, Any] | None = None,
) -> Sheets:
    """The forms of a draft, filled with what is stored; the posted one with what was handed over.

    One query for the draft's times.
    """
    initial = _stored(draft) if draft else {"role": EventRole.HOST.value}

    def given(screen: Screen) -> dict[str, Any]:
        is_posted = posted is screen
        return {"data": data if is_posted else None, "initial": initial}

    has_letter = bool(draft and draft.letter_id)
    slots = slot_initial([Slot(s.starts_at, s.ends_at) for s in draft.slots.all()]) if draft else []
    return Sheets(
        letter=LetterForm(
            **given(Screen.LETTER),
            files=files if posted is Screen.LETTER else None,
            has_letter=has_letter,
        ),
        who=WhoForm(**given(Screen.WHO), unit_name=unit_name),
        event=EventForm(**given(Screen.EVENT)),
        slots=SlotForms(data if posted is Screen.EVENT else None, initial=slots, prefix="slot"),
        unit_name=unit_name,
    )


def _stored(draft: ServiceRequest) -> dict[str, Any]:
    names = [*LetterForm.base_fields, *WhoForm.base_fields, *EventForm.base_fields]
    stored = {name: getattr(draft, name) for name in names if name != "letter"}
    if not draft.organisation_name:
        # Nobody has chosen yet; a default would be taken for an answer.
        stored["requester_class"] = ""
    return stored


def errors_of(sheets: Sheets, screen: Screen) -> Errors:
    """What is wrong on a screen, by the name of the field as the page knows it."""
    shown: dict[Screen, list[WizardForm]] = {
        Screen.LETTER: [sheets.letter],
        Screen.WHO: [sheets.who],
        Screen.EVENT: [sheets.event, *sheets.slots.forms],
        Screen.CHECK: [],
    }
    if screen is Screen.EVENT and not sheets.slots.is_valid() and sheets.slots.non_form_errors():
        return {"": [str(error) for error in sheets.slots.non_form_errors()]}
    return {
        form.add_prefix(name) if name != "__all__" else "": [str(error) for error in found]
        for form in shown[screen]
        for name, found in form.errors.items()
    }


def filled_sheets(
    draft: ServiceRequest, unit_name: str, data: QueryDict, pasted_file: Any, today: date
) -> Sheets:
    """The forms with a day more, or filled from a pasted invitation; nothing is saved."""
    sheets = sheets_for(draft, unit_name)
    initial: dict[str, Any] = {name: data.get(name, "") for name in sheets.event.fields}
    initial["is_open"], initial["needs_operator"] = "is_open" in data, "needs_operator" in data
    rows = _rows(data)
    if "add_day" in data:
        rows = [*rows, {}][:DAYS_AT_MOST]
    else:
        pasted = data.get("invitation", "")[:LONGEST]
        if pasted_file is not None:
            pasted = pasted_file.read(LONGEST).decode("utf-8", errors="replace")
        found = read_invitation(pasted, settings.TIME_ZONE, today)
        initial, rows = _with(found, initial, rows)
    sheets.event = EventForm(initial=initial)
    sheets.slots = SlotForms(initial=rows, prefix="slot")
    return sheets


def _rows(data: QueryDict) -> list[dict[str, Any]]:
    rows = []
    for place in range(DAYS_AT_MOST):
        row = {name: data.get(f"slot-{place}-{name}", "") for name in ("day", "starts", "ends")}
        if any(row.values()):
            rows.append(row)
    return rows


def _with(
    found: Invitation, initial: dict[str, Any], rows: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What an invitation says goes into the fields; what it leaves open stays as typed."""
    said = {
        "outside_url": found.url,
        "outside_meeting_id": found.meeting_id,
        "outside_passcode": found.passcode,
        "outside_organiser": found.organiser,
        "outside_platform": found.platform,
        "event_title": initial["event_title"] or found.title,
    }
    initial |= {name: value for name, value in said.items() if value}
    initial["role"] = EventRole.CLIENT.value
    if found.starts_at and not rows:
        starts = timezone.localtime(found.starts_at)
        row: dict[str, Any] = {"day": starts.date(), "starts": starts.time()}
        if found.ends_at:
            row["ends"] = timezone.localtime(found.ends_at).time()
        rows = [row]
    return initial, rows
