"""What the pages of a request show."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.files.rules import LARGEST_REQUEST, MB, MOST_FILES
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.forms.sheets import Sheets, filled_sheets, sheets_for
from pendopo.intake.forms.wizard import DAYS_AT_MOST, NO_LETTER, SlotForms
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.wizard import lead_times, privacy_version
from pendopo.intake.rules.wizard import SCREENS, Screen, before, number_of
from pendopo.intake.wording import FIELDS
from pendopo.office.queries import unit_of
from pendopo.people.authentication import account_of

# What the last screen repeats, in the order of the form, and where it is changed.
SUMMARY = (
    (Screen.LETTER, ("letter", "letter_number")),
    (Screen.WHO, ("requester_class", "organisation_name", "contact_name", "contact_whatsapp")),
    (Screen.EVENT, ("event_title", "slots", "people", "attendance", "outside_url")),
)


def sheets_of(request: HttpRequest, draft: ServiceRequest | None, posted: Screen | None) -> Sheets:
    """The forms for a page; the posted one holds what was handed over."""
    return sheets_for(draft, unit_name(request, draft), posted, request.POST, request.FILES)


def filled_from(request: HttpRequest, draft: ServiceRequest) -> Sheets:
    """The event's forms with one day more or a pasted invitation read, for pages without script."""
    today = timezone.localdate(clock.now())
    calendar = request.FILES.get("calendar")
    return filled_sheets(draft, unit_name(request, draft), request.POST, calendar, today)


def unit_name(request: HttpRequest, draft: ServiceRequest | None) -> str:
    """The unit for which it is asked, when an account says so; empty for strangers."""
    if draft is not None:
        return draft.unit.name if draft.unit and draft.account_id else ""
    account = account_of(request)
    unit = unit_of(account) if account else None
    return unit.name if unit else ""


def page_of(
    request: HttpRequest,
    draft: ServiceRequest | None,
    sheets: Sheets,
    screen: Screen = Screen.LETTER,
    refusal: str = "",
) -> dict[str, Any]:
    """The whole form; one screen is shown, the others wait for the script.

    Up to seven queries.
    """
    return {
        "draft": draft,
        "sheets": sheets,
        "screen": screen.value,
        "number": number_of(screen),
        "screens": [
            {
                "name": each.value,
                "number": number_of(each),
                "title": TITLES[each](),
                "action": action_of(each, draft),
                "back": action_of(before(each) or each, draft),
                "template": f"intake/wizard/_{each.value}.html",
            }
            for each in SCREENS
        ],
        "title": TITLES[screen](),
        "refusal": refusal,
        "no_letter": NO_LETTER,
        "leads": lead_times(),
        "late": late_for(draft),
        "summary": summary_of(draft, sheets),
        "days_at_most": DAYS_AT_MOST,
        "files_at_most": MOST_FILES,
        "bytes_at_most": LARGEST_REQUEST,
        "empty_slot": SlotForms(prefix="slot").empty_form,
        "privacy_version": privacy_version(),
        "words": words_for_script(),
        "resume_link": resume_link(draft) if draft else "",
        "resume_share": share_link(_resume_text(draft)) if draft else "",
    }


TITLES = {
    Screen.LETTER: lambda: _("The letter"),
    Screen.WHO: lambda: _("Who asks"),
    Screen.EVENT: lambda: _("The event"),
    Screen.CHECK: lambda: _("Check and send"),
}
_NAMES = {
    Screen.LETTER: "request-letter",
    Screen.WHO: "request-who",
    Screen.EVENT: "request-event",
    Screen.CHECK: "request-check",
}


def action_of(screen: Screen, draft: ServiceRequest | None) -> str:
    """Where a screen is handed over; all to the beginning while there is no draft yet."""
    return reverse(_NAMES[screen], args=[draft.tracking_code]) if draft else reverse("request-new")


def summary_of(draft: ServiceRequest | None, sheets: Sheets) -> list[dict[str, Any]]:
    """The rows of the last screen: label, value, and the screen on which it is changed."""
    labels = {
        **FIELDS,
        "letter": _("Letter"),
        "letter_number": _("Letter number"),
        "requester_class": _("You ask for"),
        "slots": _("Day and time"),
        "outside_url": _("Link"),
        "organisation_name": _("Organisation"),
        "contact_name": _("Name"),
        "contact_whatsapp": _("WhatsApp"),
        "event_title": _("Event"),
        "people": _("People"),
        "attendance": _("How they attend"),
    }
    rows = []
    for screen, names in SUMMARY:
        for name in names:
            value = _value(name, draft, sheets) if draft else ""
            rows.append(
                {
                    "name": name,
                    "label": labels[name],
                    "value": value,
                    "screen": screen.value,
                    "address": action_of(screen, draft),
                }
            )
    return rows


def _value(name: str, draft: ServiceRequest, sheets: Sheets) -> Any:
    if name == "letter":
        if draft.letter:
            return _("Pages: %(count)s") % {"count": draft.letter.pages or 1}
        return _("follows later") if draft.letter_follows else ""
    if name == "slots":
        return list(draft.slots.all())
    value = getattr(draft, name)
    for form in (sheets.who, sheets.event):
        field = form.fields.get(name)
        choices = dict(getattr(field, "choices", []))
        if choices:
            return choices.get(value, "")
    return value or ""


def late_for(draft: ServiceRequest | None) -> str:
    """The class whose lead time a draft no longer keeps; empty when it does."""
    slot = draft.slots.first() if draft else None
    if draft is None or slot is None:
        return ""
    day = timezone.localdate(slot.starts_at)
    late = [lead for lead in lead_times() if lead.requester_class == draft.requester_class]
    return draft.requester_class if late and day < late[0].earliest else ""


def resume_link(draft: ServiceRequest) -> str:
    """The address under which a draft is gone on with, on any device."""
    return f"{settings.BASE_URL}{reverse('request-resume', args=[draft.tracking_code])}"


def _resume_text(draft: ServiceRequest) -> str:
    return _("To go on with my request: %(link)s") % {"link": resume_link(draft)}


def share_link(text: str) -> str:
    """Opens WhatsApp with a text, to whomever the reader chooses, also to oneself."""
    return f"https://wa.me/?text={quote(text, safe='')}"


def words_for_script() -> dict[str, str]:
    """What the page's script says; it has no words of its own."""
    return {
        "place": _("%(number)s of 4"),
        "pages": _("Pages: %(count)s"),
        "follows": _("follows later"),
        "filled": _("Filled in. Look at it once more."),
        "nothing": _("We recognise no invitation in it. Fill in the fields by hand."),
        "no_signal": _("This needs a signal. Fill in the fields by hand, or try again later."),
        "too_large": _("“%(file)s” is larger than 20 MB. Take a photo of it instead."),
        "too_many": Refused("too_many_files", most=MOST_FILES).sentence,
        "too_much": Refused("uploads_too_large", most=LARGEST_REQUEST // MB).sentence,
        "refused": _(
            "Our server did not take this and gave no reason. Try again later, or tell the office."
        ),
        "not_kept": _(
            "This phone can keep nothing, perhaps because its storage is full or the window is "
            "private. Stay on this page until the request is sent."
        ),
        "sending": _("Sending…"),
        "reload": _("The page is too old to send. Load it again; nothing is lost."),
    }
