"""What is told to whom when a request moves: the words of messages, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendopo.files.models import StoredFile
from pendopo.foundation.templatetags.times import local_date, local_span
from pendopo.gateways.ical.files import CalendarEvent, Method
from pendopo.gateways.ical.files import Session as CalendarSession
from pendopo.intake.links import staff_url, tracking_url
from pendopo.intake.models import IncomingLetter, ServiceRequest
from pendopo.intake.rules.requests import is_from_a_stranger, is_restricted
from pendopo.intake.rules.retention import may_be_told
from pendopo.journal.models import subject_of
from pendopo.meetings.links import public_join_url
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.queries import was_told
from pendopo.people.models import Account
from pendopo.schedule.models import Session
from pendopo.schedule.rules import SessionState

LANGUAGE = "id"  # of requesters: they have chosen none


@dataclass(frozen=True)
class Way:
    """What goes with a message, and whether it may not wait for the morning."""

    attachments: tuple[StoredFile, ...] = ()
    calendar: CalendarEvent | None = None
    urgent: bool = False


def tell_requester(
    request: ServiceRequest, kind: str, key: str, words: Sequence[str], way: Way = Way()
) -> bool:
    """Tells whoever asked, in the caller's transaction, with the link of the request's page;
    whether a message was written, now or before.

    ``words``: the subject, then a paragraph each. A restricted or erased request tells nobody.
    """
    if not may_be_told(request.restricted_at, request.erased_at):
        return False
    with translation.override(LANGUAGE):
        message = Message(
            kind=kind,
            about=subject_of(request),
            key=key,
            subject=words[0],
            text="\n\n".join(words[1:]),
            link=tracking_url(request),
            link_label=_("Open the request"),
            attachments=way.attachments,
            thread=f"request-{request.pk}",
            calendar=way.calendar,
            urgent=way.urgent,
        )
    to = Recipient(
        account=request.account,
        name=request.contact_name,
        email=request.contact_email,
        phone=request.contact_whatsapp,
    )
    return bool(send_notice(message, [to])) or was_told(message.about, key)


def tell_staff(
    request: ServiceRequest, kind: str, key: str, words: Sequence[str], accounts: Iterable[Account]
) -> None:
    """Tells accounts of the office, in the caller's transaction, with the link of the dossier."""
    message = Message(
        kind=kind,
        about=subject_of(request),
        key=key,
        subject=words[0],
        text="\n\n".join(words[1:]),
        link=staff_url(request),
        link_label=_("Open the request"),
        thread=f"request-{request.pk}",
    )
    send_notice(message, [Recipient(account=account) for account in accounts])


def received(request: ServiceRequest) -> list[str]:
    """That the request is here, with its number and what comes next."""
    due = date_format(request.answer_due, "l, j F Y") if request.answer_due else ""
    return [
        _("Your request %(number)s was received") % {"number": request.number},
        _what_came(request),
        _("Its number is %(number)s, its code %(code)s. You will have an answer by %(due)s.")
        % {"number": request.number, "code": request.tracking_code, "due": due},
        _("On the page of your request you see where it stands and what happens next."),
    ]


def _what_came(request: ServiceRequest) -> str:
    """Words of a stranger go to nobody who has not shown that the request is theirs."""
    if is_from_a_stranger(
        request.channel,
        has_account=bool(request.account_id),
        is_confirmed=bool(request.contact_confirmed_at),
    ):
        return _("We have received a request with this contact. If it is not yours, ignore this.")
    return _("We have received your request for “%(title)s”.") % {"title": request.event_title}


def asked(request: ServiceRequest, question: str) -> list[str]:
    """What the office wants to know."""
    return [
        _("A question about your request %(number)s") % {"number": request.number},
        _("To go on with “%(title)s” we need to know:") % {"title": request.event_title},
        question,
        _("Please answer on the page of your request. Until then its clock stands still."),
    ]


def offered(request: ServiceRequest, times: Sequence[str], until: str) -> list[str]:
    """Which other times there are."""
    return [
        _("Another time for your request %(number)s") % {"number": request.number},
        _("“%(title)s” can't be served at the time you asked for. We offer:")
        % {"title": request.event_title},
        "\n".join(times),
        _("Please choose one on the page of your request by %(until)s.") % {"until": until},
    ]


def replied(request: ServiceRequest, number: str) -> list[str]:
    """That the signed letter is there."""
    return [
        _("Our letter %(letter)s about your request %(number)s")
        % {"letter": number, "number": request.number},
        _("The signed answer to your request for “%(title)s” is attached.")
        % {"title": request.event_title},
        _("It also stands on the page of your request. Its QR code proves it genuine."),
    ]


def cancelled(request: ServiceRequest, reason: str) -> list[str]:
    """That nothing comes of it."""
    words = [
        _("Your request %(number)s was cancelled") % {"number": request.number},
        _("“%(title)s” will not take place as planned.") % {"title": request.event_title},
    ]
    return [*words, reason] if reason else words


def revoked(request: ServiceRequest, number: str, reason: str) -> list[str]:
    """That a letter of ours holds no longer."""
    return [
        _("Our letter %(letter)s is revoked") % {"letter": number},
        _("Our letter %(letter)s about “%(title)s” is revoked and holds no longer.")
        % {"letter": number, "title": request.event_title},
        _("Reason: %(reason)s") % {"reason": reason},
        _("What holds now stands on the page of your request."),
    ]


def closing(request: ServiceRequest, day: str) -> list[str]:
    """That it ends by itself."""
    return [
        _("Your request %(number)s will be closed") % {"number": request.number},
        _("Nothing has moved in “%(title)s” for some time. On %(day)s we close it.")
        % {"title": request.event_title, "day": day},
        _("Do you still need it? Then answer on the page of your request, or tell the office."),
    ]


def link_of(request: ServiceRequest, joins: Sequence[str]) -> list[str]:
    """How to get in, a day before."""
    return [
        _("The link to “%(title)s”") % {"title": request.event_title},
        "\n".join(joins),
        _("The host's own link stands on the page of your request. Please test it beforehand."),
    ]


def waiting(request: ServiceRequest, what: str) -> list[str]:
    """For staff: what waits. No name of a requester stands here: it may be shown on a phone; above
    ordinary secrecy nothing but the number."""
    said = what % {"number": request.number}
    letter = IncomingLetter.objects.filter(request=request).first()
    if letter is not None and is_restricted(letter.secrecy):
        return [said, _("It is above ordinary secrecy; the dossier says what it is about.")]
    return [said, request.event_title, request.organisation_name]


def calendar_of(request: ServiceRequest, method: Method) -> CalendarEvent | None:
    """The entries for the requester's calendar, one for each session; each names all days.

    Of a cancelled event only what was cancelled: a day that was held stays in the calendar.
    """
    if request.event is None:
        return None
    rows = request.event.sessions.select_related("meeting").order_by("starts_at")
    if method is Method.CANCEL:
        rows = rows.filter(state=SessionState.CANCELLED)
    if not (sessions := list(rows)):
        return None
    first, *more = [_entry_of(request, each) for each in sessions]
    with translation.override(LANGUAGE):
        days = [
            f"{local_date(each.starts_at)}, {local_span(each.starts_at, each.ends_at)}"
            for each in sessions
        ]
    return CalendarEvent(
        uid=first.uid,
        title=request.event_title,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        sequence=request.calendar_sequence,
        method=method,
        zone=settings.TIME_ZONE,
        link=first.link,
        description="\n".join(days) if len(days) > 1 else "",
        more=tuple(more),
    )


def _entry_of(request: ServiceRequest, session: Session) -> CalendarSession:
    assert session.starts_at is not None  # admit_event takes no session without a time
    meeting = getattr(session, "meeting", None)
    link = public_join_url(meeting) if meeting else request.outside_url
    # The session's own id: it stays when another one is put before it.
    return CalendarSession(f"{session.pk}@pendopo", session.starts_at, session.ends_at, link)
