"""Letting people in who prepare an event."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.foundation.plain_text import storable
from pendopo.intake.actions.moving import require_permission
from pendopo.intake.models import OneTimeCode, Organiser, ServiceRequest
from pendopo.intake.rules.organisers import (
    DIGITS,
    MOST_ORGANISERS,
    VALID_FOR,
    CodeFacts,
    may_have_another,
    refusal_of_code,
)
from pendopo.intake.rules.states import RequestState, Step
from pendopo.journal.actions import record
from pendopo.notices.actions.sending import send_notice
from pendopo.notices.messages import Message, Recipient
from pendopo.notices.rules import CODE_MARK
from pendopo.people.models import Account


def subject_of_organiser(organiser: Organiser) -> str:
    """Who acts, as the journal names them."""
    return f"intake.organiser:{organiser.pk}"


@transaction.atomic
def requester_as_organiser(request: ServiceRequest) -> Organiser:
    """The requester's own place among the organisers, made when it is first needed."""
    organiser, _made = Organiser.objects.get_or_create(
        request=request, is_requester=True, defaults={"added_at": clock.now()}
    )
    organiser.request = request
    return organiser


@transaction.atomic
def add_organiser(
    request: ServiceRequest, name: str, reached_at: tuple[str, str], actor: Organiser
) -> Organiser:
    """One more who may open the organiser's page, by WhatsApp number and e-mail address; they are
    sent the address of their own page.

    Raises ``Refused`` with ``organiser_name_required``, ``organiser_contact_required`` or
    ``too_many_organisers``.
    """
    name, (whatsapp, email) = " ".join(storable(name).split()), reached_at
    if not name:
        raise Refused("organiser_name_required")
    if not whatsapp and not email:
        raise Refused("organiser_contact_required")
    ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if request.organisers.filter(removed_at=None).count() >= MOST_ORGANISERS:
        raise Refused("too_many_organisers", limit=MOST_ORGANISERS)
    organiser = Organiser.objects.create(
        request=request, name=name[:100], whatsapp=whatsapp, email=email, added_at=clock.now()
    )
    organiser.request = request
    record("organiser.added", organiser, subject_of_organiser(actor), request=str(request.pk))
    with translation.override("id"):
        message = _invitation(organiser)
    send_notice(message, [Recipient(name=organiser.called, email=email, phone=whatsapp)])
    return organiser


def _page_of(organiser: Organiser) -> str:
    return f"{settings.BASE_URL}{reverse('organiser-page', args=[organiser.key])}"


def _invitation(organiser: Organiser) -> Message:
    return Message(
        kind="organiser.added",
        about=f"intake.servicerequest:{organiser.request_id}",
        key=f"organiser.added:{organiser.pk}",
        subject=_("You help to prepare an event"),
        text=_(
            'You were added to those who prepare "%(title)s". Your own page of the event asks you'
            " for a one-time code, which we send to this contact. Please pass the address on to"
            " nobody.\n\nIf you know nothing of it, ignore this message."
        )
        % {"title": organiser.request.event_title},
        link=_page_of(organiser),
    )


@transaction.atomic
def remove_organiser(organiser: Organiser, actor: Organiser) -> bool:
    """Takes somebody's access away at once; ``False`` when that was done. The requester stays:
    raises ``Refused('requester_stays')``. Name and contacts go with it."""
    if organiser.is_requester:
        raise Refused("requester_stays")
    removed = Organiser.objects.filter(pk=organiser.pk, removed_at=None).update(
        removed_at=clock.now(), name="", whatsapp="", email=""
    )
    if removed:
        organiser.codes.all().delete()
        record(
            "organiser.removed",
            organiser,
            subject_of_organiser(actor),
            request=str(organiser.request_id),
        )
    return bool(removed)


def _digest(organiser: Organiser, digits: str) -> str:
    return salted_hmac(
        "pendopo.intake.organiser", f"{organiser.pk}:{digits}", algorithm="sha256"
    ).hexdigest()


def _make_code(organiser: Organiser) -> str:
    """New digits in the caller's transaction; those before are worth nothing any more."""
    now = clock.now()
    Organiser.objects.select_for_update().get(pk=organiser.pk)
    made = organiser.codes.filter(made_at__gt=now - timedelta(hours=1)).count()
    if not may_have_another(made):
        raise Refused("organiser_code_too_often")
    organiser.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    OneTimeCode.objects.create(
        organiser=organiser,
        digest=_digest(organiser, digits),
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    return digits


@transaction.atomic
def send_organiser_code(organiser: Organiser) -> None:
    """Sends six digits to an organiser by mail and WhatsApp, whichever is known.

    Raises ``Refused`` with ``organiser_code_too_often``, or ``organiser_unreachable`` when there is
    neither number nor address.
    """
    whatsapp, email = organiser.reached_at
    if not whatsapp and not email:
        raise Refused("organiser_unreachable")
    digits = _make_code(organiser)
    with translation.override("id"):
        message = _message(organiser, digits)
    send_notice(message, [Recipient(name=organiser.called, email=email, phone=whatsapp)])
    record("organiser.code_sent", organiser, subject_of_organiser(organiser))


def _message(organiser: Organiser, digits: str) -> Message:
    request = organiser.request
    minutes = int(VALID_FOR.total_seconds() // 60)
    newest = organiser.codes.latest("id")
    return Message(
        kind="organiser.code",
        about=f"intake.servicerequest:{request.pk}",
        key=f"organiser.code:{newest.pk}",
        subject=_("Code for the page of your event: %(code)s") % {"code": CODE_MARK},
        text=_(
            "Your one-time code is %(code)s. It is valid for %(minutes)d minutes and opens the page"
            ' of "%(title)s".\n\nNobody of the office will ask you for it.'
        )
        % {"code": CODE_MARK, "minutes": minutes, "title": request.event_title},
        link=_page_of(organiser),
        urgent=True,
        code=digits,
        code_until=newest.expires_at,
    )


@transaction.atomic
def issue_organiser_code(request: ServiceRequest, organiser: Organiser, account: Account) -> str:
    """Six digits for staff to read out, shown this once.

    Whoever works on letters may. Raises ``Refused`` with ``not_allowed``, ``not_found`` for an
    organiser of another request, ``step_not_possible`` before the approval, or
    ``organiser_code_too_often``.
    """
    require_permission(Step.ASK, account)
    if organiser.request_id != request.pk or organiser.removed_at:
        raise Refused("not_found")
    if request.state != RequestState.APPROVED:
        raise Refused("step_not_possible")
    digits = _make_code(organiser)
    record("organiser.code_issued", organiser, account)
    return digits


def let_in(organiser: Organiser, digits: str) -> None:
    """Uses a one-time code up. Five wrong tries are the end of it.

    Raises ``Refused`` with ``organiser_code_wrong``, ``organiser_code_expired`` or
    ``organiser_code_blocked``; a wrong try is noted all the same.
    """
    refusal = _use_code(organiser, "".join(digits.split()))
    if refusal:
        raise Refused(refusal)


@transaction.atomic
def _use_code(organiser: Organiser, digits: str) -> str:
    now = clock.now()
    code = organiser.codes.select_for_update().order_by("-id").first()
    facts = CodeFacts(code.expires_at, code.tries, code.used_at is not None) if code else None
    matches = code is not None and constant_time_compare(code.digest, _digest(organiser, digits))
    refusal = refusal_of_code(facts, matches=matches, now=now)
    if code is None:
        return refusal
    if refusal == "organiser_code_wrong":
        OneTimeCode.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
    elif not refusal:
        OneTimeCode.objects.filter(pk=code.pk).update(used_at=now)
        record("organiser.entered", organiser, subject_of_organiser(organiser))
    return refusal
