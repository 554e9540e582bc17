"""Who is told when a request moves."""

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from pendopo.documents.actions.drafting import mark_sent
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentKind
from pendopo.foundation.templatetags.times import local_date, local_span, local_time
from pendopo.gateways.ical.files import CalendarEvent, Method
from pendopo.intake import telling
from pendopo.intake.models import Assignment, ServiceRequest
from pendopo.intake.queries.requests import visible_requests
from pendopo.intake.queries.tracking import open_question
from pendopo.intake.rules.dispositions import AssignmentState
from pendopo.intake.rules.states import is_true_in
from pendopo.journal.models import SYSTEM, Entry
from pendopo.journal.registry import reacts_to
from pendopo.people.models import Account
from pendopo.people.queries import accounts_with
from pendopo.people.rules import Permission

_ABOUT = "intake.servicerequest:"


def _request_of(subject: str, *, locked: bool = False) -> ServiceRequest | None:
    """The request behind a subject; ``None`` for another kind, and for one that is gone."""
    if not subject.startswith(_ABOUT):
        return None
    rows = ServiceRequest.objects.select_related("event", "account")
    if locked:
        rows = rows.select_for_update(of=("self",))
    return rows.filter(pk=subject.removeprefix(_ABOUT)).first()


def _desks_of(request: ServiceRequest) -> list[Account]:
    """Those on whose desk it lies; where it lies on none, those who register and may see it."""
    assigned = Assignment.objects.filter(
        disposition__request=request, state=AssignmentState.WAITING
    ).values("account")
    held = list(Account.objects.filter(pk__in=assigned, is_active=True))
    return held or [
        each
        for each in accounts_with(Permission.REGISTER_LETTERS)
        if visible_requests(each).filter(pk=request.pk).exists()
    ]


@reacts_to("request.submitted")
def tell_of_new_request(entry: Entry) -> None:
    """The requester has number and code; who registers hears of it."""
    request = _request_of(entry.subject)
    if request is None or request.state == "draft" or request.channel == "self_service":
        return
    key = f"received-{entry.pk}"
    with translation.override(telling.LANGUAGE):
        telling.tell_requester(request, "request.received", key, telling.received(request))
        words = telling.waiting(request, _("Request %(number)s waits to be registered"))
    registrars = accounts_with(Permission.REGISTER_LETTERS)
    telling.tell_staff(request, "request.waits", f"{key}-staff", words, registrars)


@reacts_to("assignment.made")
def tell_whose_desk(entry: Entry) -> None:
    """Whoever has a letter on the desk now hears of it."""
    rows = Assignment.objects.select_related("account", "disposition__request")
    assignment = rows.filter(pk=entry.subject.partition(":")[2]).first()
    if assignment is None:
        return
    request = assignment.disposition.request
    with translation.override(telling.LANGUAGE):
        words = telling.waiting(request, _("Request %(number)s lies on your desk"))
    key = f"assigned-{entry.pk}"
    telling.tell_staff(request, "request.assigned", key, words, [assignment.account])


@reacts_to("request.asked")
def tell_question(entry: Entry) -> None:
    """The requester hears what the office wants to know."""
    request = _request_of(entry.subject)
    question = open_question(request) if request else None
    if request is None or question is None:
        return
    with translation.override(telling.LANGUAGE):
        words = telling.asked(request, question.text)
        telling.tell_requester(request, "request.asked", f"asked-{entry.pk}", words)


@reacts_to("request.answered", "request.offer_accepted", "request.offer_refused")
def tell_answer(entry: Entry) -> None:
    """Those who wait for the requester hear of the answer."""
    request = _request_of(entry.subject)
    if request is None:
        return
    with translation.override(telling.LANGUAGE):
        words = telling.waiting(request, _("Request %(number)s was answered by the requester"))
    key = f"answered-{entry.pk}"
    telling.tell_staff(request, "request.answered", key, words, _desks_of(request))


@reacts_to("request.letter_came")
def tell_letter(entry: Entry) -> None:
    """Those who wait for a letter that was to follow hear that the requester has sent it."""
    request = _request_of(entry.subject)
    if request is None or not entry.actor.startswith("intake.requester:"):
        return
    with translation.override(telling.LANGUAGE):
        words = telling.waiting(request, _("The letter of request %(number)s has come"))
    key = f"letter-{entry.pk}"
    telling.tell_staff(request, "request.letter_came", key, words, _desks_of(request))


@reacts_to("request.offered")
def tell_offer(entry: Entry) -> None:
    """The requester hears of the times at once; the signed letter follows."""
    request = _request_of(entry.subject)
    offer = request.offers.filter(state="open").last() if request else None
    if request is None or offer is None:
        return
    with translation.override(telling.LANGUAGE):
        times = [
            "; ".join(
                f"{local_date(each.starts_at)}, {local_span(each.starts_at, each.ends_at)}"
                for each in days
            )
            for days in offer.choices()
        ]
        until = f"{local_date(offer.expires_at)}, {local_time(offer.expires_at)}"
        words = telling.offered(request, times, until)
        telling.tell_requester(request, "request.offered", f"offered-{entry.pk}", words)


@reacts_to("request.cancelled")
def tell_cancellation(entry: Entry) -> None:
    """The other side hears of it, and the calendar's entry goes."""
    request = _request_of(entry.subject)
    if request is None:
        return
    key = f"cancelled-{entry.pk}"
    last = request.transitions.filter(step="cancel").last()
    with translation.override(telling.LANGUAGE):
        by_office = not entry.actor.startswith("intake.requester:")
        words = telling.cancelled(request, last.note if last and by_office else "")
        calendar = _next_entry(request, Method.CANCEL)
        telling.tell_requester(
            request, "request.cancelled", key, words, telling.Way(calendar=calendar)
        )
        staff = telling.waiting(request, _("Request %(number)s was cancelled"))
    if not by_office:
        telling.tell_staff(request, "request.cancelled", f"{key}-staff", staff, _desks_of(request))


@reacts_to("document.drafted")
def tell_signatory(entry: Entry) -> None:
    """Who is to sign hears that a letter waits."""
    document = _document_of(entry)
    request = _request_of(document.about) if document else None
    if document is None or request is None or document.signatory is None:
        return
    with translation.override(telling.LANGUAGE):
        words = telling.waiting(request, _("The letter about request %(number)s can be signed"))
    key = f"to-sign-{entry.pk}"
    telling.tell_staff(request, "document.waits", key, words, [document.signatory])


@reacts_to("document.signed")
def send_reply(entry: Entry) -> None:
    """The requester gets the signed letter; noted as sent together with the message. Where nobody
    could be told, it stays signed, and the dossier says that it is to be handed over.

    A letter that was overtaken while it was being signed stays unsent: the request no longer stands
    as it says. The request is locked, so that no step comes between looking and sending. A crash
    before the commit leaves the entry undealt with; the key of the message keeps it one.
    """
    document = _document_of(entry)
    request = _request_of(document.about, locked=True) if document else None
    if document is None or request is None or document.file is None or document.revoked_at:
        return
    if not is_true_in(document.kind, request.state):
        return
    approves = document.kind == DocumentKind.APPROVAL
    calendar = _next_entry(request, Method.REQUEST) if approves else None
    with translation.override(telling.LANGUAGE):
        words = telling.replied(request, document.number)
        is_told = telling.tell_requester(
            request,
            "request.replied",
            f"replied-{document.pk}",
            words,
            telling.Way(attachments=(document.file,), calendar=calendar),
        )
    if is_told:
        mark_sent(document, SYSTEM)


@reacts_to("document.revoked")
def tell_revocation(entry: Entry) -> None:
    """Whoever got a letter hears that it holds no longer."""
    document = _document_of(entry)
    request = _request_of(document.about) if document else None
    if document is None or request is None or document.sent_at is None:
        return
    with translation.override(telling.LANGUAGE):
        words = telling.revoked(request, document.number, document.revocation_reason)
        telling.tell_requester(request, "request.reply_revoked", f"revoked-{document.pk}", words)


def _document_of(entry: Entry) -> Document | None:
    rows = Document.objects.select_related("signatory", "file")
    return rows.filter(pk=entry.subject.partition(":")[2]).first()


def _next_entry(request: ServiceRequest, method: Method) -> CalendarEvent | None:
    """The calendar entry under the next sequence number: the first is 0."""
    calendar = telling.calendar_of(request, method)
    if calendar is not None:
        ServiceRequest.objects.filter(pk=request.pk).update(
            calendar_sequence=F("calendar_sequence") + 1
        )
    return calendar
