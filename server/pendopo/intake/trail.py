"""What entries about requests, assignments and registers are called."""

from django.utils.translation import gettext_lazy as _

from pendopo.intake.models import Assignment, IntakePolicy, Organiser, ServiceRequest
from pendopo.intake.rules.requests import Channel
from pendopo.intake.rules.states import RequestState
from pendopo.intake.wording import CHANNELS, STATES
from pendopo.journal.trails import Fact, Name, describe, describe_work, names


def _state(state: str) -> object:
    return STATES[RequestState(state)] if state in set(RequestState) else state


def _channel(channel: str) -> object:
    return CHANNELS[Channel(channel)] if channel in set(Channel) else channel


describe(
    "request",
    _("Requests"),
    {
        "started": _("Request begun"),
        "submitted": _("Request sent"),
        "registered": _("Letter registered"),
        "disposed": _("Letter passed on"),
        "returned": _("Letter returned"),
        "authorised": _("Request let go ahead as urgent"),
        "review_began": _("Review began"),
        "asked": _("Requester asked"),
        "answered": _("Requester answered"),
        "offered": _("Another time offered"),
        "offer_accepted": _("Offer accepted"),
        "offer_refused": _("Offer not accepted"),
        "approved": _("Request approved"),
        "booked": _("Meeting booked by a unit"),
        "rejected": _("Request rejected"),
        "cancelled": _("Request cancelled"),
        "letter_came": _("Letter came later"),
        "exported": _("Letters taken out for the national letter system"),
        "contact_confirmed": _("Contact confirmed"),
        "closing_told": _("Close of the request announced"),
        "drafts_erased": _("Unsent drafts erased"),
    },
    {
        "old": Fact(_("Before"), _state),
        "new": Fact(_("After"), _state),
        "channel": Fact(_("Way"), _channel),
        "pages": Fact(_("Pages")),
        "at": Fact(_("Time")),
        "way": Fact(_("By")),
        "count": Fact(_("How many")),
        "held": Fact(_("Kept by a hold")),
    },
)
describe(
    "assignment",
    _("Letters on desks"),
    {
        "made": _("Letter laid on a desk"),
        "done": _("Letter dealt with"),
        "returned": _("Letter sent back"),
    },
    {
        "request": Fact(_("Id of the request")),
        "to": Fact(_("Id of the recipient")),
        "in_place_of": Fact(_("Id of the absent one")),
    },
)

describe_work(
    {
        "pendopo.intake.tasks.offers.expire_offers": _("Take back offers that nobody answered"),
        "pendopo.intake.tasks.retention.erase_due_requests": _("Erase names kept long enough"),
        "pendopo.intake.tasks.links.send_links": _("Send the links of the next days"),
        "pendopo.intake.reactions.tell_of_new_request": _("Confirm a request"),
        "pendopo.intake.reactions.tell_whose_desk": _("Tell whose desk a letter is on"),
        "pendopo.intake.reactions.tell_question": _("Send a question to the requester"),
        "pendopo.intake.reactions.tell_answer": _("Tell of the requester's answer"),
        "pendopo.intake.reactions.tell_letter": _("Tell that the letter has come"),
        "pendopo.intake.reactions.tell_offer": _("Send other times to the requester"),
        "pendopo.intake.reactions.tell_cancellation": _("Tell of a cancellation"),
        "pendopo.intake.reactions.tell_signatory": _("Tell who is to sign"),
        "pendopo.intake.reactions.tell_revocation": _("Tell of a revoked letter"),
        "pendopo.intake.reactions.send_reply": _("Send the signed letter"),
    }
)

describe(
    "organiser",
    _("Organisers"),
    {
        "added": _("Co-organiser added"),
        "removed": _("Co-organiser removed"),
        "code_sent": _("One-time code sent"),
        "code_issued": _("One-time code made by staff"),
        "entered": _("Page of the event opened with a one-time code"),
    },
    {"request": Fact(_("Id of the request"))},
)
describe(
    "preparation",
    _("Technical preparation"),
    {"saved": _("Part of the technical preparation saved")},
    {"section": Fact(_("Part"))},
)
describe(
    "privacy_notice",
    _("Notice about personal data"),
    {"published": _("New version of the notice published")},
    {"version": Fact(_("Version"))},
)
describe(
    "personal_data",
    _("Personal data of requests"),
    {
        "restricted": _("Use of personal data restricted"),
        "restriction_lifted": _("Restriction lifted"),
        "erasure_asked": _("Erasure asked for"),
        "erasure_granted": _("Erasure granted"),
        "erasure_denied": _("Erasure denied"),
        "hold_placed": _("Legal hold placed"),
        "hold_lifted": _("Legal hold lifted"),
        "read": _("Personal data read by the code"),
    },
    {"form": Fact(_("As"))},
)
describe(
    "requests",
    _("Retention of requests"),
    {"erased": _("Names and contacts erased after their time")},
    {"count": Fact(_("Requests"))},
)


describe_work(
    {"pendopo.intake.tasks.drafts.erase_drafts": _("Erase drafts that were never sent")},
)

describe(
    "absence",
    _("Absences"),
    {"noted": _("Absence noted"), "ended": _("Absence taken back")},
    {
        "deputy": Fact(_("Id of the deputy")),
        "first_day": Fact(_("First day")),
        "last_day": Fact(_("Last day")),
    },
)

_LISTED = {"in_use": Fact(_("In use"))}
describe(
    "instruction",
    _("Instructions"),
    {"created": _("Instruction added"), "changed": _("Instruction changed")},
    _LISTED,
)
describe(
    "rejection_reason",
    _("Reasons of a rejection"),
    {"created": _("Reason added"), "changed": _("Reason changed")},
    _LISTED,
)


def _decision(field: str) -> object:
    """What the form calls a decision."""
    return getattr(IntakePolicy._meta.get_field(field), "verbose_name", field)


def _changes(changes: dict[str, list[object]]) -> str:
    """What was decided anew; old and new value where they may be quoted."""
    told = [
        f"{_decision(field)}: {values[0]} → {values[1]}" if values else str(_decision(field))
        for field, values in changes.items()
    ]
    return ", ".join(told)


describe(
    "intake_policy",
    _("Rules of requests"),
    {"changed": _("Rules of requests changed")},
    {"changes": Fact(_("Changes"), _changes)},
)


@names("intake.servicerequest")
def _requests(ids: list[str]) -> dict[str, Name]:
    found = ServiceRequest.objects.filter(pk__in=ids)
    return {str(each.pk): Name(each.number or "–") for each in found}


@names("intake.requester")
def _requesters(ids: list[str]) -> dict[str, Name]:
    found = ServiceRequest.objects.filter(pk__in=ids)
    return {str(each.pk): Name(str(_("Requester of %s") % (each.number or "–"))) for each in found}


@names("intake.assignment")
def _assignments(ids: list[str]) -> dict[str, Name]:
    found = Assignment.objects.filter(pk__in=ids).select_related("disposition__request")
    return {str(each.pk): Name(each.disposition.request.number or "–") for each in found}


@names("intake.organiser")
def _organisers(ids: list[str]) -> dict[str, Name]:
    found = Organiser.objects.filter(pk__in=ids).select_related("request")
    return {
        str(each.pk): Name(str(_("Organiser of %s") % (each.request.number or "–")))
        for each in found
    }
